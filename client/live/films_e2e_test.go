//go:build e2e

package live

import (
	"testing"

	"optimist/shared/strategy"
)

// TestFilmsUnderAll runs every film of the smaller scopes live.
func TestFilmsUnderAll(t *testing.T) {
	for _, scope := range []string{"a", "b"} {
		for _, under := range strategy.Names() {
			mustShowFilms(t, scope, under)
		}
	}
}
