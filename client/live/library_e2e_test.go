//go:build e2e

package live

import (
	"testing"

	"optimist/scenarios"
	"optimist/shared/strategy"
)

// TestLibraryUnderAll runs every story of the library live under every strategy.
func TestLibraryUnderAll(t *testing.T) {
	for _, name := range scenarios.Names() {
		for _, s := range strategy.All() {
			t.Run(name+"/"+s.Name, func(t *testing.T) { mustTell(t, mustRead(t, name), s) })
		}
	}
}
