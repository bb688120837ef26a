package projector_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/server/control"
	"optimist/server/eventlog"
	"optimist/server/natsd"
	"optimist/server/projector"
	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
)

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// world is a log, a read model and what the projector has said.
type world struct {
	t     testing.TB
	nc    *nats.Conn
	log   *eventlog.Log
	path  string
	db    *sqlite.DB
	board *control.Board
	p     *projector.Projector
	last  map[string]uint64 // By record, the last event about it that the test knows of.

	mu       sync.Mutex
	news     chan struct{} // Has an element after anything was said.
	feeds    []protocol.Feed
	beats    int
	told     uint64 // The position of the newest message, heartbeats included.
	statuses []string
	observed []uint64
	retried  []uint64 // The checkpoint at each retry.
}

func mustWorld(t testing.TB) *world {
	t.Helper()
	srv, err := natsd.Start(t.Context(), natsd.Config{Dir: t.TempDir(), Durability: natsd.PageCache})
	if err != nil {
		t.Fatal(err)
	}
	nc, err := srv.ConnectLog()
	if err != nil {
		t.Fatal(err)
	}
	log, err := eventlog.Open(t.Context(), nc, eventlog.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		log.Close()
		nc.Close()
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{
		t: t, nc: nc, log: log, path: filepath.Join(t.TempDir(), "users.db"),
		board: control.NewBoard(true), last: map[string]uint64{}, news: make(chan struct{}, 1),
	}
	w.mustReopen()
	t.Cleanup(w.closeDB)
	return w
}

// mustReopen opens the file at path, after closing it.
func (w *world) mustReopen() {
	w.t.Helper()
	w.closeDB()
	db, err := sqlite.Open(context.Background(), w.path, sqlite.Normal)
	if err != nil {
		w.t.Fatal(err)
	}
	w.db = db
}

func (w *world) closeDB() {
	if w.db == nil {
		return
	}
	if err := w.db.Close(); err != nil {
		w.t.Error(err)
	}
	w.db = nil
}

func (w *world) config() projector.Config {
	return projector.Config{
		Log: w.log, DB: w.db, Faults: w.board, Heartbeat: 20 * time.Millisecond,
		Publish: func(f protocol.Feed) {
			w.note(func() {
				w.told = f.To
				if f.From == f.To {
					w.beats++
				} else {
					w.feeds = append(w.feeds, f)
				}
			})
		},
		Status: func(s projector.Status) {
			w.note(func() {
				w.statuses = append(w.statuses, s.String())
				if s.State == protocol.Retrying {
					w.retried = append(w.retried, w.p.Checkpoint())
				}
			})
		},
		Observe: func(ev event.Event) { w.note(func() { w.observed = append(w.observed, ev.Seq) }) },
	}
}

// note lets the projector's goroutine say something.
func (w *world) note(say func()) {
	w.mu.Lock()
	say()
	w.mu.Unlock()
	select {
	case w.news <- struct{}{}:
	default:
	}
}

// await waits until the condition holds, which is asked again at any news.
func (w *world) await(what string, holds func() bool) {
	w.t.Helper()
	late := time.After(patience)
	for {
		w.mu.Lock()
		ok := holds()
		w.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-w.news:
		case <-late:
			w.mu.Lock()
			defer w.mu.Unlock()
			w.t.Fatalf("no %s: feeds %+v, statuses %q", what, w.feeds, w.statuses)
		}
	}
}

// awaitTold waits until everybody was told of everything up to seq, and has heard
// it: of a message that was dropped, the next heartbeat tells.
func (w *world) awaitTold(seq uint64) {
	w.t.Helper()
	w.await(fmt.Sprintf("feed up to #%d", seq), func() bool { return w.p.Watermark() >= seq && w.told >= seq })
}

// awaitQuiet waits until everybody was told of everything, rejections included.
func (w *world) awaitQuiet() {
	w.t.Helper()
	w.await("quiet", func() bool {
		end, err := w.log.End(context.Background())
		return err == nil && w.p.Watermark() == end && w.told == end
	})
}

// awaitBeats waits for some heartbeats.
func (w *world) awaitBeats() {
	w.t.Helper()
	const some = 4
	first := -1
	w.await("heartbeats", func() bool {
		if first < 0 {
			first = w.beats
		}
		return w.beats >= first+some
	})
}

func (w *world) mustOpen() {
	w.t.Helper()
	p, err := projector.Open(w.t.Context(), w.config())
	if err != nil {
		w.t.Fatal(err)
	}
	w.p = p
}

// start opens the projector and runs it until the test ends or stop is called.
func (w *world) start() (stop func()) {
	w.t.Helper()
	w.mustOpen()
	return w.run()
}

// startCalm is start without heartbeats, which would interrupt the wait for an
// event.
func (w *world) startCalm() (stop func()) {
	w.t.Helper()
	cfg := w.config()
	cfg.Heartbeat = time.Hour
	p, err := projector.Open(w.t.Context(), cfg)
	if err != nil {
		w.t.Fatal(err)
	}
	w.p = p
	return w.run()
}

func (w *world) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.p.Run(ctx) }() // The goroutine under test.
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Error(err)
		}
	})
	w.t.Cleanup(stop)
	return stop
}

// restart closes everything, as after a crash, and starts again.
func (w *world) restart(stop func()) func() {
	w.t.Helper()
	stop()
	w.mustReopen()
	return w.start()
}

// mustAppend appends ev behind whatever is on its record.
func (w *world) mustAppend(ev event.Event) uint64 {
	w.t.Helper()
	ev.ID = ev.Identify()
	for {
		seq, err := w.log.Append(w.t.Context(), ev, w.last[ev.Record])
		if err == nil {
			w.last[ev.Record] = seq
			return seq
		}
		if !errors.Is(err, eventlog.ErrConflict) {
			w.t.Fatal(err)
		}
		events, err := w.log.Record(w.t.Context(), ev.Record, w.last[ev.Record])
		if err != nil || len(events) == 0 {
			w.t.Fatalf("reread %s: %d events, %v", ev.Record, len(events), err)
		}
		w.last[ev.Record] = events[len(events)-1].Seq
	}
}

func (w *world) mustArm(f fault.Fault) {
	w.t.Helper()
	if _, err := w.board.Arm(f); err != nil {
		w.t.Fatal(err)
	}
}

// mustSQL runs a statement on the file behind the projector's back.
func (w *world) mustSQL(text string) {
	w.t.Helper()
	db, err := sql.Open("sqlite3", w.path)
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(text); err != nil {
		w.t.Fatal(err)
	}
}
