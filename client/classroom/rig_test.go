package classroom

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"testing"
	"time"

	"optimist/client/lab"
	"optimist/scenarios"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// longWait is how long a test waits for something; far more than it takes.
const longWait = 30 * time.Second

// theStory is what the classes of the tests go through: it asks something.
const theStory = "create-then-edit"

// tapeOf records a story of the library, once for all tests.
var tapeOf = sync.OnceValues(func() (*lab.Tape, error) {
	text, err := scenarios.Read(theStory)
	if err != nil {
		return nil, err
	}
	s, err := scenario.Parse(theStory, text)
	if err != nil {
		return nil, err
	}
	return lab.Study(context.Background(), s, s.Strategy)
})

// mustTape returns the story, and the stop of its first question.
func mustTape(tb testing.TB) (tape *lab.Tape, asks int) {
	tb.Helper()
	tape, err := tapeOf()
	if err != nil {
		tb.Fatal(err)
	}
	for i := range tape.Stops {
		if tape.Stops[i].Question == 0 {
			return tape, i
		}
	}
	tb.Fatal("the story asks nothing")
	return nil, 0
}

// rig is a room that is served.
type rig struct {
	tb   testing.TB
	room *Room
	logs *journal
	stop func() // Ends the class and waits.
}

// journal keeps what is logged.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// mustServe serves a class in which the teacher comes over SSH, unless told
// otherwise. When the test is over nothing of it may run any more.
func mustServe(tb testing.TB, change func(*Config), later ...func(*Room)) *rig {
	tb.Helper()
	tape, _ := mustTape(tb)
	logs := &journal{}
	cfg := Config{
		Listen: "127.0.0.1:0", Data: tb.TempDir(), Seats: 30, Tape: tape,
		Again: func(s strategy.Strategy) (*lab.Tape, error) { return lab.Simulate(tb.Context(), tape.Script, s) },
		Log:   slog.New(slog.NewTextHandler(logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&cfg)
	}
	before := runtime.NumGoroutine()
	room, err := Open(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	for _, f := range later {
		f(room)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- room.Serve(ctx) }()
	r := &rig{tb: tb, room: room, logs: logs}
	r.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-served; err != nil {
			tb.Errorf("serve: %v", err)
		}
	})
	// Clients of the test are cleaned up before this.
	tb.Cleanup(func() {
		r.stop()
		nothingLeft(tb, before)
	})
	return r
}

// nothingLeft fails if more goroutines run than before. Those of the libraries
// that nobody can wait for have a moment.
func nothingLeft(tb testing.TB, before int) {
	tb.Helper()
	limit := time.NewTimer(longWait)
	defer limit.Stop()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for runtime.NumGoroutine() > before {
		select {
		case <-look.C:
		case <-limit.C:
			stacks := make([]byte, 1<<20)
			tb.Fatalf("%d goroutines before, %d now:\n%s", before, runtime.NumGoroutine(), stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// at is how a screen says that the story is at a stop.
func at(stop int) string {
	tape, err := tapeOf()
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("  %d/%d  ", stop, len(tape.Stops)-1)
}
