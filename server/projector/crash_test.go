package projector_test

import (
	"context"
	"errors"
	"testing"

	"optimist/server/projector"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/user"
)

// What each crash point leaves behind, and that the next start makes it good.
func TestCrashPoints(t *testing.T) {
	for _, tc := range []struct {
		kind      fault.Kind
		committed bool // The rejected create.
		logged    bool // Its rejection.
	}{
		{fault.ProjectCrashBeforeCommit, false, false},
		{fault.ProjectCrashAfterCommit, true, false},
		{fault.ProjectCrashAfterReject, true, true},
	} {
		t.Run(string(tc.kind), func(t *testing.T) {
			w := mustWorld(t)
			cfg := w.config()
			var points []string
			cfg.Crash = func(point string) { points = append(points, point) }
			ended := w.mustRun(cfg)
			w.awaitTold(w.mustAppend(create("a", "c1", "ada@example.org")))
			w.mustArm(fault.Fault{Kind: tc.kind, On: "b"})
			seq := w.mustAppend(create("b", "c2", "ada@example.org"))
			if err := <-ended; !errors.Is(err, projector.ErrCrashed) || len(points) != 1 || points[0] != string(tc.kind) {
				t.Fatalf("%v at %q", err, points)
			}
			if _, found, err := w.db.FateAt(seq); found != tc.committed || err != nil {
				t.Errorf("committed: %v, %v", found, err)
			}
			if got := len(w.mustRejections()) > 0; got != tc.logged {
				t.Errorf("logged: %v", got)
			}
			if len(w.rejected()) != 0 {
				t.Errorf("told: %v", w.rejected())
			}
			w.mustReopen()
			w.start()
			w.awaitQuiet()
			if f := w.mustFate("c2"); f.Status != projection.Rejected || f.Code != user.ErrEmailTaken || len(w.mustRejections()) != 1 {
				t.Errorf("after a restart: %+v, %d rejections", f, len(w.mustRejections()))
			}
			w.mustVerify()
		})
	}
}

// mustRun opens the projector with cfg and runs it; its end is told.
func (w *world) mustRun(cfg projector.Config) <-chan error {
	w.t.Helper()
	p, err := projector.Open(w.t.Context(), cfg)
	if err != nil {
		w.t.Fatal(err)
	}
	w.p = p
	ctx, cancel := context.WithCancel(context.Background())
	ended, over := make(chan error, 1), make(chan struct{})
	go func() { // The goroutine under test.
		defer close(over)
		ended <- p.Run(ctx)
	}()
	w.t.Cleanup(func() { cancel(); <-over })
	return ended
}

// Where nothing can crash, the fault is used up and nothing happens.
func TestCrashThatNobodyCarriesOut(t *testing.T) {
	w := mustWorld(t)
	w.start()
	w.mustArm(fault.Fault{Kind: fault.ProjectCrashBeforeCommit})
	w.awaitTold(w.mustAppend(create("a", "c1", "ada@example.org")))
	if left := w.board.List(); len(left) != 0 {
		t.Errorf("still armed: %v", left)
	}
}

// A rejection ends the claim of the change that it voids, in one batch with it.
func TestRejectionReleases(t *testing.T) {
	w := mustWorld(t)
	w.start()
	w.mustArm(fault.Fault{Kind: fault.ProjectFail, On: "b", Forever: true})
	ev := create("b", "c1", "ada@example.org")
	ev.Strategy = "reserve"
	claim := event.Event{
		Kind: event.Reserved, Op: user.Create, Record: "b", Ref: ev.Ref, Strategy: ev.Strategy,
		Patch: user.SetEmail("ada@example.org"),
	}
	first, err := w.log.AppendAll(t.Context(), []event.Event{claim, ev}, []uint64{0, 0})
	if err != nil {
		t.Fatal(err)
	}
	w.awaitQuiet()
	rejections := w.mustRejections()
	emails, err := w.log.Email(t.Context(), event.EmailToken("ada@example.org"), 0)
	if err != nil || len(rejections) != 1 || len(emails) != 2 {
		t.Fatalf("rejections %+v, about the email %+v, %v", rejections, emails, err)
	}
	if r := emails[1]; r.Kind != event.Released || r.Target != first || r.Seq != rejections[0].Seq+1 || r.Build != 1 {
		t.Errorf("released: %+v", r)
	}
	if c, found, err := w.db.Claim(event.EmailToken("ada@example.org")); !found || c.Held() || c.Last != emails[1].Seq || err != nil {
		t.Errorf("claim: %+v, %v, %v", c, found, err)
	}
	w.mustVerify()
}

// A rejection finds the claim ended already by events that it had not seen.
func TestRejectionOfWhatWasReleasedMeanwhile(t *testing.T) {
	w := mustWorld(t)
	w.start()
	w.mustArm(fault.Fault{Kind: fault.ProjectStall, On: "b"})
	w.mustArm(fault.Fault{Kind: fault.ProjectFail, On: "c1", Forever: true})
	ev := create("b", "c1", "ada@example.org")
	ev.Strategy = "reserve"
	claim := event.Event{
		Kind: event.Reserved, Op: user.Create, Record: "b", Ref: ev.Ref, Strategy: ev.Strategy,
		Patch: user.SetEmail("ada@example.org"),
	}
	first, err := w.log.AppendAll(t.Context(), []event.Event{claim, ev}, []uint64{0, 0})
	if err != nil {
		t.Fatal(err)
	}
	gone := change(user.Delete, "b", "c2", user.Patch{})
	gone.Strategy, gone.Cause = "reserve", ev.Ref
	release := claim
	release.Kind, release.Target, release.Ref = event.Released, first, gone.Ref
	if _, err := w.log.AppendAll(t.Context(), []event.Event{release, gone}, []uint64{first, first + 1}); err != nil {
		t.Fatal(err)
	}
	w.board.Clear(1)
	w.awaitQuiet()
	emails, err := w.log.Email(t.Context(), event.EmailToken("ada@example.org"), 0)
	if err != nil || len(emails) != 2 {
		t.Errorf("about the email: %+v, %v", emails, err)
	}
	if n := len(w.mustRejections()); n != 2 {
		t.Errorf("%d rejections", n)
	}
	w.mustVerify()
}
