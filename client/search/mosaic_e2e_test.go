//go:build e2e

package search

import (
	"math"
	"testing"

	"optimist/shared/strategy"
)

// So it is to the end of a scope, where what was done first is long over, and far
// into the one that two persons share.
func TestPartsDoWhatTheWholeDoesToTheEnd(t *testing.T) {
	for _, s := range strategy.All() {
		t.Run(s.Name, func(t *testing.T) {
			mustAgree(t, mustDefault(t, 1, s), math.MaxInt)
			mustAgree(t, mustDefault(t, 2, s), 20_000)
		})
	}
}
