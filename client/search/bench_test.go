package search_test

import (
	"fmt"
	"syscall"
	"testing"

	"optimist/client/search"
	"optimist/shared/strategy"
)

// usual is what a search may take if nothing else is said.
var usual = search.Limits{Memory: 2 << 30}

// BenchmarkExplore measures a search of the real cores, checkers and parents
// included, by the time that processors computed: two persons with two intents
// each on one record, with one fault, under every strategy.
func BenchmarkExplore(b *testing.B) {
	var states, transitions int64
	var used float64
	for _, s := range strategy.All() {
		b.Run(s.Name, func(b *testing.B) {
			scope := mustScope(b, "c", s.Name)
			before := cpu()
			for b.Loop() {
				r := mustExplore(b, scope, search.Options{Limits: usual})
				states, transitions = states+r.Counts.States, transitions+r.Counts.Transitions
			}
			used += cpu() - before
			fmt.Println()
			fmt.Printf("figure explore_%s %.2f s (goal <=2)\n", s.Name, b.Elapsed().Seconds()/float64(b.N))
		})
	}
	fmt.Printf("figure explore_states %.3f M_states/CPU-s (goal >=1)\n", float64(states)/used/1e6)
	fmt.Printf("figure explore_transitions %.3f M_transitions/CPU-s (goal by ratio)\n", float64(transitions)/used/1e6)
}

// cpu returns the seconds that this program has computed.
func cpu() float64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return float64(used.Utime.Nano()) / 1e9
}
