package gate

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// mustBeQuiet waits until nothing is under way.
func mustBeQuiet(t testing.TB, g *Gate) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := g.Quiet(ctx, 0, 0); err != nil {
		t.Fatal(err)
	}
}

func wantDone(t testing.TB, done []string, want ...string) {
	t.Helper()
	if strings.Join(done, " ") != strings.Join(want, " ") {
		t.Errorf("done is %v, not %v", done, want)
	}
}

func TestAnOpenGateHoldsNothing(t *testing.T) {
	var g *Gate
	var done []string
	g.Command("alice", "a1", func() { done = append(done, "command") })
	g.Append("alice", "a1", 0, func() { done = append(done, "append") })
	g.Begin()
	g.End()
	g.Answered()
	g.Wake()
	g.Break(errors.New("broken"))
	wantDone(t, done, "command", "append")
	if !g.May(1) {
		t.Error("an open gate holds an event back")
	}
	if since := time.Since(g.Now()); since < 0 || since > time.Minute {
		t.Errorf("its clock is off by %v", since)
	}
	fired := make(chan struct{})
	g.AfterFunc(0, func() { close(fired) })
	<-fired
}

func TestAPermitLetsTheOldestOfAClientThrough(t *testing.T) {
	g := New(0)
	var done []string
	for _, c := range []struct{ client, command string }{{"alice", "a1"}, {"bob", "b1"}, {"alice", "a2"}} {
		g.Command(c.client, c.command, func() { done = append(done, c.command) })
	}
	for _, client := range []string{"alice", "alice", "bob"} {
		if err := g.Handle(client); err != nil {
			t.Fatal(err)
		}
	}
	wantDone(t, done, "a1", "a2", "b1")
	if err := g.Handle("alice"); err == nil {
		t.Error("a permit was given to nobody")
	}
}

func TestADelayedAppendKeepsItsPlace(t *testing.T) {
	g := New(100)
	var done []string
	store := func(command string, delay time.Duration) {
		g.Append("alice", command, delay, func() { done = append(done, command) })
	}
	store("a1", 50*time.Millisecond)
	store("a2", 0)
	if list := g.Appends(); len(list) != 1 || list[0].Command != "a2" {
		t.Errorf("at the gate are %v", list)
	}
	if err := g.Store("alice", "a1"); err == nil {
		t.Error("it passed before it came")
	}
	if at, ok := g.Next(); !ok || at != 150 {
		t.Errorf("next is %d, %t", at, ok)
	}
	g.Advance(150)
	if list := g.Appends(); len(list) != 2 || list[0].Command != "a1" {
		t.Errorf("at the gate are %v", list)
	}
	if _, ok := g.Next(); ok {
		t.Error("time is waited for, and nothing is delayed")
	}
}

func TestTimersStrikeInOrder(t *testing.T) {
	g := New(0)
	var done []string
	after := func(d time.Duration, what string) func() bool {
		return g.AfterFunc(d, func() { done = append(done, what) })
	}
	after(20*time.Millisecond, "late")
	after(10*time.Millisecond, "first")
	after(10*time.Millisecond, "second")
	stop := after(10*time.Millisecond, "stopped")
	if !stop() || stop() {
		t.Error("it was not stopped once")
	}
	if g.Strike() {
		t.Error("one struck before its time")
	}
	g.Advance(10)
	for g.Strike() {
	}
	wantDone(t, done, "first", "second")
	if at, ok := g.Next(); !ok || at != 20 {
		t.Errorf("next is %d, %t", at, ok)
	}
}

func TestQuietSaysWhatIsMissing(t *testing.T) {
	g := New(0)
	g.Begin()
	g.Command("alice", "a1", func() {})
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		arrived, answered uint64
		want              string
	}{
		{2, 0, "1 of 2 commands came"},
		{1, 3, "0 of 3 queries were answered"},
		{1, 0, "1 things are under way, and the projector is under way"},
	} {
		if err := g.Quiet(over, c.arrived, c.answered); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v does not say %q", err, c.want)
		}
	}
	g.End()
	g.Break(errors.New("the disk is gone"))
	if err := g.Quiet(over, 0, 0); err == nil || err.Error() != "the disk is gone" {
		t.Errorf("%v does not say what broke", err)
	}
}

// The projector goes from place to place, and is under way in between.
func TestTheProjectorWaitsForItsPermits(t *testing.T) {
	g := New(0)
	g.Begin()
	done := make(chan error, 1)
	var went []string
	go func() {
		done <- project(t.Context(), g, func(what string) { went = append(went, what) })
		g.End()
	}()
	for _, step := range []struct {
		place  Place
		permit func() error
	}{
		{AtEvents, func() error { return g.Project(2) }},
		{AtCommit, g.LetCommit},
		{InPause, func() error { g.Advance(25); g.Strike(); return nil }},
		{InStall, func() error { g.Wake(); return nil }},
	} {
		mustBeQuiet(t, g)
		if at := g.Worker(); at.Place != step.place {
			t.Fatalf("it is %v, not %v", at.Place, step.place)
		}
		if err := step.permit(); err != nil {
			t.Fatal(err)
		}
	}
	mustBeQuiet(t, g)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	wantDone(t, went, "event 5", "event 6", "commit", "pause", "stall")
}

// project is a projector's life of five waits.
func project(ctx context.Context, g *Gate, note func(string)) error {
	if err := g.Event(ctx, 5); err != nil {
		return err
	}
	note("event 5")
	if !g.May(6) || g.May(7) {
		return errors.New("the permit is not for two events")
	}
	note("event 6")
	if err := g.Commit(ctx, 5, 6); err != nil {
		return err
	}
	note("commit")
	if err := g.Pause(ctx, 25*time.Millisecond); err != nil {
		return err
	}
	note("pause")
	if err := g.Pause(ctx, 0); err != nil {
		return err
	}
	note("stall")
	return nil
}

func TestAWaitEndsWithItsContext(t *testing.T) {
	g := New(0)
	g.Begin()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- g.Commit(ctx, 1, 1)
		g.End()
	}()
	mustBeQuiet(t, g)
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	mustBeQuiet(t, g)
	if err := g.LetCommit(); err == nil {
		t.Error("a permit was given to nobody")
	}
}
