package matrix

import (
	"fmt"
	"syscall"
	"testing"

	"optimist/client/search"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// BenchmarkMatrix measures the search of the whole default matrix: every schedule
// of every default scope under every strategy, without a fault and with one.
func BenchmarkMatrix(b *testing.B) {
	work := mustBeAll(b)
	var states int64
	before := used(b)
	for b.Loop() {
		m, err := work.Fill(b.Context(), Watch{})
		if err != nil {
			b.Fatal(err)
		}
		if n := cutCount(m); n > 0 {
			b.Fatalf("%d searches are cut", n)
		}
		states += m.States
	}
	after := used(b)
	fmt.Println()
	fmt.Printf("figure matrix_states %.3f M_states/CPU-s (goal >=1)\n", float64(states)/1e6/float64(after.Utime.Sec-before.Utime.Sec))
	fmt.Printf("figure matrix_time %.1f s (goal <=30)\n", b.Elapsed().Seconds()/float64(b.N))
	fmt.Printf("figure matrix_memory %d MiB (goal <=2048)\n", after.Maxrss>>10)
}

// mustBeAll is the work of the whole default matrix, within two GiB.
func mustBeAll(tb testing.TB) *Work {
	tb.Helper()
	scripts, err := search.Defaults()
	if err != nil {
		tb.Fatal(err)
	}
	return &Work{
		Scripts: scripts,
		Under:   func(*scenario.Script) []strategy.Strategy { return strategy.All() },
		Limits:  func(*scenario.Script) search.Limits { return search.Limits{Memory: 2 << 30} },
	}
}

// used returns what this program has used of the machine.
func used(tb testing.TB) syscall.Rusage {
	tb.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return u
}
