package search_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/client/search"
	"optimist/client/story"
	"optimist/shared/strategy"
)

func mustWalk(tb testing.TB, s *search.Scope) *search.Walk {
	tb.Helper()
	w, err := search.NewWalk(s)
	if err != nil {
		tb.Fatal(err)
	}
	return w
}

// From the beginning a route is as long as the film; from each place on it, it
// is what is left of it; and it can be walked to the anomaly.
func TestRoutesAreAsLongAsFilms(t *testing.T) {
	for _, under := range []string{"check-projection", "check-log", "reconcile", "read-log"} {
		s := mustScope(t, "a", under)
		for _, f := range mustExplore(t, s, search.Options{}).Films {
			w := mustWalk(t, s)
			for left := f.Steps; ; left-- {
				r := w.Route(f.Anomaly, search.Options{})(context.Background())
				if len(r.Moves) != left || r.Steps != f.Steps || r.Faults != f.Faults {
					t.Fatalf("%s under %s: after %d steps a route of %d, %d and %d faults in all; the film has %s",
						f.Anomaly.Name, under, w.Steps(), len(r.Moves), r.Steps, r.Faults, f.Size())
				}
				if err := w.Take(r.Moves[0]); err != nil {
					t.Fatal(err)
				}
				if left == 1 {
					break
				}
			}
			shown := false
			for _, found := range w.Found(w.Steps()) {
				shown = shown || found.ID == f.Anomaly.ID
			}
			if !shown || w.Faults() != f.Faults {
				t.Errorf("%s under %s: walked, it shows %v with %d faults", f.Anomaly.Name, under, w.Found(w.Steps()), w.Faults())
			}
		}
	}
}

// What is not in the scope is not found, and the whole of it was searched; a
// search that was cut says so.
func TestNoRoute(t *testing.T) {
	film := mustExplore(t, mustScope(t, "a", "check-projection"), search.Options{}).Films[0]
	w := mustWalk(t, mustScope(t, "a", "reconcile"))
	if r := w.Route(film.Anomaly, search.Options{})(context.Background()); len(r.Moves) != 0 || r.Cut != "" || r.Counts.States < 100 {
		t.Errorf("%+v", r)
	}
	if r := w.Route(film.Anomaly, search.Options{Limits: search.Limits{States: 20}})(context.Background()); len(r.Moves) != 0 || r.Cut != "states" {
		t.Errorf("%+v", r)
	}
}

// Whatever is offered can be taken, back again is as before, and the way so far
// is a script that runs without a line undone. Faults are offered while some are
// left.
func TestWalks(t *testing.T) {
	s := mustScope(t, "c", "check-log")
	w := mustWalk(t, s)
	for n := 0; w.Steps() < 14; n++ {
		before, offered := w.State(w.Steps()), w.Moves()
		if len(offered) == 0 {
			break
		}
		for _, mv := range offered {
			if mv.Fault != "" && w.Left() == 0 || mv.Words == "" || len(mv.Lines) == 0 {
				t.Fatalf("%+v is offered", mv)
			}
			if err := w.Take(mv); err != nil {
				t.Fatalf("%v: %v", mv.Lines, err)
			}
			if mv.Fault != "" {
				if err := w.Take(mv); !errors.Is(err, search.ErrNoMove) {
					t.Fatalf("a second fault within a budget of one: %v", err)
				}
			}
			w.Back(1)
			if diff := cmp.Diff(before, w.State(w.Steps())); diff != "" {
				t.Fatal(diff)
			}
		}
		if err := w.Take(offered[n*7%len(offered)]); err != nil {
			t.Fatal(err)
		}
	}
	if w.Faults() != 1 {
		t.Fatalf("%d faults: the walk is too tame", w.Faults())
	}
	script, lines := w.Script("A walk")
	if len(lines) != w.Steps()+1 {
		t.Fatalf("%d lines of %d steps", len(lines), w.Steps())
	}
	for i, line := range lines[1:] {
		if want := w.Move(i + 1).Lines; script.Text()[line-1] != want[len(want)-1] {
			t.Errorf("step %d is at line %d, %q, want %q", i+1, line, script.Text()[line-1], want)
		}
	}
	o := story.Job{Script: script, Under: strategy.Of("check-log")}.Run(context.Background(), story.Simulated)
	if o.Err != nil || len(o.Result.Notes) > 0 {
		t.Errorf("%v %+v", o.Err, o.Result.Notes)
	}
	w.Back(100)
	if w.Steps() != 0 || w.Faults() != 0 {
		t.Errorf("%d steps, %d faults at the beginning", w.Steps(), w.Faults())
	}
}
