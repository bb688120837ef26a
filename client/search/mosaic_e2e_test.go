//go:build e2e

package search

import (
	"math"
	"testing"

	"optimist/shared/strategy"
)

// So it is to the end of a scope, where what was done first is long over, with two
// faults, of which one undoes what the other did, and far into the scope that two
// persons share.
func TestPartsDoWhatTheWholeDoesToTheEnd(t *testing.T) {
	for _, s := range strategy.All() {
		t.Run(s.Name, func(t *testing.T) {
			mustAgree(t, mustDefault(t, 0, s), 2, math.MaxInt)
			mustAgree(t, mustDefault(t, 1, s), 1, math.MaxInt)
			mustAgree(t, mustDefault(t, 2, s), 1, 20_000)
			mustAgree(t, mustAmend(t, s), 1, math.MaxInt)
		})
	}
}
