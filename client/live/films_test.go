package live

import (
	"context"
	"testing"

	"optimist/client/search"
	"optimist/scenarios"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// Each film that a search finds is the same on the real parts, step by step: a
// few here, and every one of the smaller scopes among the end-to-end tests.
func TestFilms(t *testing.T) {
	for _, under := range []string{"dual-write", "check-projection", "check-log", "reconcile"} {
		mustShowFilms(t, "a", under)
	}
}

// mustShowFilms searches a default scope and runs its films live.
func mustShowFilms(t *testing.T, scope, under string) {
	t.Helper()
	scripts, err := search.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, script := range scripts {
		if script.Name != scope {
			continue
		}
		s, err := search.NewScope(script, strategy.Of(under))
		if err != nil {
			t.Fatal(err)
		}
		r, err := search.Explore(context.Background(), s, search.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Films {
			shown++
			film, err := scenario.Parse(f.Anomaly.Name+scenarios.Ext, f.Text)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(scope+"/"+under+"/"+f.Anomaly.Name, func(t *testing.T) { mustTell(t, film, film.Strategy) })
		}
	}
	if shown == 0 {
		t.Errorf("%s under %s: there is no film", scope, under)
	}
}
