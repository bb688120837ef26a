package search_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/client/search"
	"optimist/client/story"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

func mustScope(tb testing.TB, name, under string) *search.Scope {
	tb.Helper()
	scripts, err := search.Defaults()
	if err != nil {
		tb.Fatal(err)
	}
	for _, s := range scripts {
		if s.Name == name {
			scope, err := search.NewScope(s, strategy.Of(under))
			if err != nil {
				tb.Fatal(err)
			}
			return scope
		}
	}
	tb.Fatalf("no default scope %s", name)
	return nil
}

func mustExplore(tb testing.TB, s *search.Scope, o search.Options) *search.Result {
	tb.Helper()
	r, err := search.Explore(context.Background(), s, o)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// mustReplay runs a film, which must show its anomaly and leave no line undone.
func mustReplay(t *testing.T, f *search.Film, under strategy.Strategy) {
	t.Helper()
	script, err := scenario.Parse("film", f.Text)
	if err != nil {
		t.Fatal(err)
	}
	o := story.Job{Script: script, Under: under}.Run(context.Background(), story.Simulated)
	if o.Code() != 0 || len(o.Result.Notes) > 0 {
		t.Errorf("%v: %v %+v %+v\n%s", f.Anomaly.Name, o.Err, o.Result.Failures, o.Result.Notes, f.Text)
	}
}

// However many workers there are, and however often: states, transitions and
// films are the same, byte for byte.
func TestManyWorkersFindWhatOneFinds(t *testing.T) {
	s := mustScope(t, "a", "check-log")
	limits := search.Limits{States: 800}
	want := mustExplore(t, s, search.Options{Workers: 1, Limits: limits})
	if len(want.Films) == 0 {
		t.Fatal("nothing is found, so nothing is compared")
	}
	for n := 1; n <= 20; n++ {
		got := mustExplore(t, s, search.Options{Workers: 1 + n%4, Limits: limits})
		if diff := cmp.Diff(want.Films, got.Films); diff != "" {
			t.Fatalf("%d workers: %s", 1+n%4, diff)
		}
		if got.Counts != want.Counts || got.Price != want.Price {
			t.Fatalf("%d workers: %+v, %+v, want %+v, %+v", 1+n%4, got.Counts, got.Price, want.Counts, want.Price)
		}
	}
}

// A search that does not reach its end says why.
func TestACutSearchSaysSo(t *testing.T) {
	r := mustExplore(t, mustScope(t, "a", "reconcile"), search.Options{Limits: search.Limits{States: 30}})
	if r.Cut != "states" || r.Whole >= 0 || r.Counts.States != 30 {
		t.Errorf("cut by %q, whole up to %d, %d states", r.Cut, r.Whole, r.Counts.States)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := search.Explore(ctx, mustScope(t, "a", "reconcile"), search.Options{})
	if err != nil || r.Cut != "interrupt" {
		t.Errorf("cut by %q: %v", r.Cut, err)
	}
}
