//go:build !race

package search_test

// scopes are the default scopes that are searched to their end.
var scopes = []string{"a", "b"}

// shared is how many states are searched of the scope that two persons share; 0:
// all of them.
const shared = 0
