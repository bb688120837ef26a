package projector_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"optimist/server/projector"
	"optimist/shared/fault"
)

// turnstile is a gate that lets one ask through for each permit.
type turnstile struct {
	asks    chan [2]uint64 // What the projector wants: an event twice, or a batch to commit.
	permits chan uint64    // The last event that it may take; for a commit, anything.
	mu      sync.Mutex
	allowed uint64
}

func (g *turnstile) May(seq uint64) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return seq <= g.allowed
}

func (g *turnstile) Event(ctx context.Context, seq uint64) error {
	if g.May(seq) {
		return nil
	}
	to, err := g.ask(ctx, seq, 0)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.allowed = to
	return err
}

func (g *turnstile) Commit(ctx context.Context, first, last uint64) error {
	_, err := g.ask(ctx, first, last)
	return err
}

func (g *turnstile) Pause(ctx context.Context, _ time.Duration) error {
	_, err := g.ask(ctx, 0, 0)
	return err
}

func (g *turnstile) ask(ctx context.Context, first, last uint64) (uint64, error) {
	select {
	case g.asks <- [2]uint64{first, last}:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	select {
	case to := <-g.permits:
		return to, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// A gated projector asks before it takes and before it commits, takes no more
// than it may, and commits first what stands before an event that a fault holds.
func TestGate(t *testing.T) {
	w := mustWorld(t)
	g := &turnstile{asks: make(chan [2]uint64), permits: make(chan uint64)}
	cfg := w.config()
	cfg.Gate = g
	w.mustRun(cfg)
	for _, id := range []string{"a", "b", "c", "d"} {
		w.mustAppend(create(id, "c"+id, id+"@example.org")) // #3 to #6.
	}
	w.mustArm(fault.Fault{Kind: fault.ProjectFail, On: "c"})
	for i, step := range []struct {
		ask    [2]uint64
		permit uint64
		at     uint64 // The checkpoint when it asks.
	}{
		{[2]uint64{3, 0}, 3, 2}, {[2]uint64{3, 3}, 0, 2}, // One event.
		{[2]uint64{4, 0}, 6, 3}, {[2]uint64{4, 4}, 0, 3}, // Three, of which the second fails once:
		{[2]uint64{0, 0}, 0, 4}, {[2]uint64{5, 6}, 0, 4}, // those before it, a pause, the rest.
		{[2]uint64{7, 0}, 7, 6},
	} {
		if ask := <-g.asks; ask != step.ask || w.p.Checkpoint() != step.at {
			t.Fatalf("step %d: asks for %v at #%d, want %v at #%d", i, ask, w.p.Checkpoint(), step.ask, step.at)
		}
		g.permits <- step.permit
	}
	w.awaitTold(w.mustTakeOne(g))
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.beats > 1 { // The first says where it begins.
		t.Errorf("%d heartbeats, though no time passes", w.beats)
	}
}

// mustTakeOne appends an event that there is leave for, and lets it be committed.
func (w *world) mustTakeOne(g *turnstile) uint64 {
	w.t.Helper()
	seq := w.mustAppend(create("e", "ce", "e@example.org"))
	if ask := <-g.asks; ask != [2]uint64{seq, seq} {
		w.t.Fatalf("asks for %v, want to commit #%d", ask, seq)
	}
	g.permits <- 0
	return seq
}

// held keeps what was to happen after lateness, and lets the rest happen in
// time.
type held struct {
	mu sync.Mutex
	do []func()
}

const lateness = 3 * time.Second

func (h *held) AfterFunc(d time.Duration, do func()) (stop func() bool) {
	if d != lateness {
		return time.AfterFunc(d, do).Stop
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.do = append(h.do, do)
	return func() bool { return false } // Too late to stop it.
}

// mustStrike lets the one thing happen that is held.
func (h *held) mustStrike(t *testing.T) {
	t.Helper()
	h.mu.Lock()
	due := h.do
	h.mu.Unlock()
	if len(due) != 1 {
		t.Fatalf("%d messages are late, want one", len(due))
	}
	due[0]()
}

// A late message is overtaken by those that come after it.
func TestFeedLate(t *testing.T) {
	w := mustWorld(t)
	var h held
	cfg := w.config()
	cfg.AfterFunc = h.AfterFunc
	w.mustRun(cfg)
	w.mustArm(fault.Fault{Kind: fault.FeedLate, On: "a", Delay: lateness.Milliseconds()})
	late := w.mustAppend(create("a", "ca", "a@example.org"))
	w.awaitTold(late)
	next := w.mustAppend(create("b", "cb", "b@example.org"))
	w.await("the next message", func() bool { return len(w.feeds) == 1 })
	h.mustStrike(t)
	w.await("the late message", func() bool { return len(w.feeds) == 2 })
	var got [][2]uint64
	for _, f := range w.feeds {
		got = append(got, [2]uint64{f.From, f.To})
	}
	if diff := cmp.Diff([][2]uint64{{late, next}, {late - 1, late}}, got); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}

// What is late when the projector ends is lost: nothing is published after.
func TestLateMessageIsLostAtTheEnd(t *testing.T) {
	w := mustWorld(t)
	var h held
	cfg := w.config()
	cfg.AfterFunc = h.AfterFunc
	cfg.Crash = func(string) {}
	ended := w.mustRun(cfg)
	w.mustArm(fault.Fault{Kind: fault.FeedLate, On: "a", Delay: lateness.Milliseconds()})
	w.awaitTold(w.mustAppend(create("a", "ca", "a@example.org")))
	w.mustArm(fault.Fault{Kind: fault.ProjectCrashAfterCommit})
	w.mustAppend(create("b", "cb", "b@example.org"))
	if err := <-ended; !errors.Is(err, projector.ErrCrashed) {
		t.Fatal(err)
	}
	h.mustStrike(t)
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.feeds) != 0 {
		t.Errorf("published after the end: %+v", w.feeds)
	}
}
