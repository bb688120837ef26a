package search_test

import (
	"sync"
	"testing"

	"optimist/client/search"
)

// searches are those that several tests look at.
var searches sync.Map // of func() *search.Result, by scope and strategy.

// mustSearch searches a default scope to its end, once for all tests.
func mustSearch(t *testing.T, scope, under string) *search.Result {
	t.Helper()
	once, _ := searches.LoadOrStore(scope+" under "+under, sync.OnceValue(func() *search.Result {
		return mustExplore(t, mustScope(t, scope, under), search.Options{})
	}))
	r := once.(func() *search.Result)()
	if r == nil || r.Cut != "" {
		t.Fatalf("%s under %s was not searched to its end", scope, under)
	}
	return r
}
