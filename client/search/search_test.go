package search_test

import (
	"context"
	"fmt"
	"strings"
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

// summary is all that a search found, and of how much.
func summary(r *search.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d states, %d transitions\n", r.Counts.States, r.Counts.Transitions)
	for _, f := range r.Films {
		price := ""
		if f.Finding.Price {
			price = "*"
		}
		fmt.Fprintf(&b, "%s%s %d/%d\n", f.Anomaly.ID, price, f.Steps, f.Faults)
	}
	return b.String()
}

// shows is what the smallest scope shows under each strategy: the anomaly, a
// star for a printed price, and how many steps and faults it takes.
var shows = map[string]string{
	"dual-write":       "D6 2/0 V5 3/1 V8 3/1 D7 3/1 V2 4/1",
	"outbox":           "D6 2/0",
	"fire-and-forget":  "V2 4/1 V5 5/1 V8 5/1 W1 5/1 W4 5/1 D7 5/1 D4 10/1",
	"check-projection": "V1 4/0 V4* 5/1",
	"wait":             "V1 4/0",
	"check-log":        "V2 5/1 V4 7/1 V6 7/1 D7 7/1 W5 8/1",
	"hold":             "V4* 5/1",
	"read-log":         "W1 1/0 V2* 6/1 V4* 6/1 V9* 10/1",
	"server-id":        "W8 4/0 V2* 5/1 V4* 5/1 V9* 8/1",
	"natural-key":      "V2* 5/1 V4* 5/1 V9* 8/1",
	"reconcile":        "V2* 5/1 V4* 5/1 V9* 8/1",
	"reserve":          "V2* 6/1 V4* 7/1 V9* 10/1",
}

func TestKnownAnswers(t *testing.T) {
	for _, under := range strategy.Names() {
		t.Run(under, func(t *testing.T) {
			r := mustExplore(t, mustScope(t, "a", under), search.Options{})
			_, found, _ := strings.Cut(strings.ReplaceAll(summary(r), "\n", " "), "transitions ")
			if got := strings.TrimSpace(found); got != shows[under] {
				t.Errorf("%q: %q,", under, got)
			}
			for _, f := range r.Films {
				mustReplay(t, &f, strategy.Of(under))
			}
		})
	}
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
		if got.Counts != want.Counts {
			t.Fatalf("%d workers: %+v, want %+v", 1+n%4, got.Counts, want.Counts)
		}
	}
}

// A search that does not reach its end says why.
func TestACutSearchSaysSo(t *testing.T) {
	r := mustExplore(t, mustScope(t, "a", "reconcile"), search.Options{Limits: search.Limits{States: 50}})
	if r.Cut != "states" || r.Whole >= 0 || r.Counts.States != 50 {
		t.Errorf("cut by %q, whole up to %d, %d states", r.Cut, r.Whole, r.Counts.States)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := search.Explore(ctx, mustScope(t, "a", "reconcile"), search.Options{})
	if err != nil || r.Cut != "interrupt" {
		t.Errorf("cut by %q: %v", r.Cut, err)
	}
}
