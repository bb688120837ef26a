//go:build race

package search_test

// scopes are the default scopes that are searched to their end: with the race
// detector, which makes that slow, the smallest.
var scopes = []string{"a"}

// shared is how many states are searched of the scope that two persons share.
const shared = 5000
