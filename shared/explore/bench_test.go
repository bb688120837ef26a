package explore_test

import (
	"fmt"
	"syscall"
	"testing"

	"optimist/shared/explore"
)

// BenchmarkRace measures the search itself: on the small model, whose steps cost
// next to nothing, with parents kept, on one processor.
func BenchmarkRace(b *testing.B) {
	var states int64
	before := cpu()
	for b.Loop() {
		states += run(race{persons: 3, changes: 2}, explore.Config{}, 1, 64).Counts().States
	}
	fmt.Println()
	fmt.Printf("figure explore_race %.2f M_states/CPU-s (goal >=1)\n", float64(states)/(cpu()-before)/1e6)
}

// cpu returns the seconds that this program has computed.
func cpu() float64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return float64(used.Utime.Nano()) / 1e9
}
