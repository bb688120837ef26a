package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"optimist/client/search"
	"optimist/shared/strategy"
)

// answers is what a search must find under each strategy where one person makes
// a record and edits it, once or twice, with at most one fault: each anomaly, a
// star for a printed price, with the steps and faults of its shortest film. The
// headline is what the strategy is known for.
var answers = map[string]struct{ headline, all string }{
	"dual-write":       {"D7 3/1", "D6 2/0 V5 3/1 V8 3/1 D7 3/1 V2 4/1"},
	"outbox":           {"D6 2/0", "D6 2/0"},
	"fire-and-forget":  {"W4 5/1", "V2 4/1 V5 5/1 V8 5/1 W1 5/1 W4 5/1 D7 5/1 D4 10/1"},
	"check-projection": {"V1 4/0", "V1 4/0 V4* 5/1"},
	"wait":             {"V1 4/0", "V1 4/0"},
	"check-log":        {"V6 7/1", "V2 5/1 V4 7/1 V6 7/1 D7 7/1 W5 8/1"},
	"hold":             {"V4* 5/1", "V4* 5/1"},
	"read-log":         {"W1 1/0", "W1 1/0 V2* 6/1 V4* 6/1 V9* 10/1"},
	"server-id":        {"W8 4/0", "W8 4/0 V2* 5/1 V4* 5/1 V9* 8/1"},
	"natural-key":      {"V9* 8/1", "V2* 5/1 V4* 5/1 V9* 8/1"},
	"reconcile":        {"V9* 8/1", "V2* 5/1 V4* 5/1 V9* 8/1"},
	"reserve":          {"V9* 10/1", "V2* 6/1 V4* 7/1 V9* 10/1"},
}

func TestKnownAnswers(t *testing.T) {
	for _, scope := range scopes {
		for _, under := range strategy.Names() {
			t.Run(scope+"/"+under, func(t *testing.T) {
				r := mustSearch(t, scope, under)
				want := answers[under]
				got := findings(r)
				if strings.Join(got, " ") != want.all {
					t.Errorf("found %q, want %q", strings.Join(got, " "), want.all)
				}
				if !slices.Contains(got, want.headline) {
					t.Errorf("%s was not found", want.headline)
				}
				for i := range r.Films {
					mustReplay(t, &r.Films[i], strategy.Of(under))
				}
			})
		}
	}
}

// forTwo is what a search must find of two persons with one record where nothing
// fails: whoever asks the log overwrites nothing that its author had not seen.
var forTwo = map[string]string{
	"dual-write":       "D6 2/0 D1 4/0",
	"outbox":           "D6 2/0 D1 4/0",
	"fire-and-forget":  "D1 4/0 V2 8/0 W1 10/0 W4 15/0 V5 15/0 V8 15/0",
	"check-projection": "D1 4/0 V2 10/0 V4* 13/0",
	"wait":             "D1 4/0 V2 10/0",
	"read-log":         "W1 1/0",
}

func TestKnownAnswersForTwo(t *testing.T) {
	for _, under := range strategy.Names() {
		s := mustScope(t, "c", under)
		s.Budget = 0
		r := mustExplore(t, s, search.Options{Limits: search.Limits{States: shared}})
		got, want := strings.Join(findings(r), " "), forTwo[under]
		if r.Cut != "" {
			want = want[:min(len(got), len(want))] // The nearest are found first.
		}
		if got != want {
			t.Errorf("%s: found %q, want %q", under, got, forTwo[under])
		}
		if slices.Contains(promising, under) {
			mustBeClean(t, r)
		}
	}
}

// findings lists what a search found, in the order it did.
func findings(r *search.Result) []string {
	var all []string
	for i := range r.Films {
		f := &r.Films[i]
		star := ""
		if f.Finding.Price {
			star = "*"
		}
		all = append(all, fmt.Sprintf("%s%s %d/%d", f.Anomaly.ID, star, f.Steps, f.Faults))
	}
	return all
}
