package remote_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"optimist/client/outbox"
	"optimist/client/remote"
	"optimist/server/app"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// Sizes of one round. The two sides take turns, so that a noisy machine is
// noisy for both, and the medians of the rounds are compared.
const (
	benchRounds = 5
	aloneOps    = 1_500
	crowdedOps  = 12_000
	crowd       = 256
)

// loop is something that can be asked for n confirmed creates with so many
// outstanding, and returns how long each took.
type loop interface {
	run(tb testing.TB, n, outstanding int) (each []time.Duration, whole time.Duration)
}

// BenchmarkCreateConfirmed measures create → confirmed at a real client, beside
// a bare loop in the same run: publish → consume → SQLite commit → notify, with
// nothing decided, checked or kept. Both store their log in the page cache. A
// second bare loop commits to the tables and indexes of the read model.
func BenchmarkCreateConfirmed(b *testing.B) {
	for b.Loop() {
		ours, bare, same := newClientLoop(b), newBareLoop(b, openBareRows), newBareLoop(b, openSameRows)
		warm(b, ours, bare, same)
		var p50, p99, bare50, bare99, same50, rate, bareRate, sameRate, cpu, bareCPU []float64
		for range benchRounds {
			a, _ := ours.run(b, aloneOps, 1)
			c, _ := bare.run(b, aloneOps, 1)
			p50, p99 = append(p50, micros(a, 50)), append(p99, micros(a, 99))
			bare50, bare99 = append(bare50, micros(c, 50)), append(bare99, micros(c, 99))
			d, _ := same.run(b, aloneOps, 1)
			same50 = append(same50, micros(d, 50))
			before := cpuTime(b)
			_, whole := ours.run(b, crowdedOps, crowd)
			between := cpuTime(b)
			_, bareWhole := bare.run(b, crowdedOps, crowd)
			rate = append(rate, crowdedOps/whole.Seconds())
			bareRate = append(bareRate, crowdedOps/bareWhole.Seconds())
			cpu = append(cpu, float64((between-before).Microseconds())/crowdedOps)
			bareCPU = append(bareCPU, float64((cpuTime(b)-between).Microseconds())/crowdedOps)
			_, sameWhole := same.run(b, crowdedOps, crowd)
			sameRate = append(sameRate, crowdedOps/sameWhole.Seconds())
		}
		a, _ := ours.run(b, crowdedOps, crowd)
		c, _ := bare.run(b, crowdedOps, crowd)
		b.ReportMetric(median(p50), "p50-µs")
		b.ReportMetric(median(rate), "creates/s")
		fmt.Println()
		figure("create_confirmed_p50", median(p50), "µs", "by ratio")
		figure("create_confirmed_p99", median(p99), "µs", "by ratio")
		figure("bare_loop_p50", median(bare50), "µs", "reference")
		figure("bare_loop_p99", median(bare99), "µs", "reference")
		figure("create_confirmed_p50_ratio", median(p50)/median(bare50), "x", "<=1.25")
		figure("same_tables_p50", median(same50), "µs", "reference")
		figure("create_confirmed_p50_same_tables_ratio", median(p50)/median(same50), "x", "by ratio")
		figure("create_confirmed_256_p50", micros(a, 50), "µs", "by ratio")
		figure("create_confirmed_256_p99", micros(a, 99), "µs", "by ratio")
		figure("bare_loop_256_p50", micros(c, 50), "µs", "reference")
		figure("bare_loop_256_p99", micros(c, 99), "µs", "reference")
		figure("create_confirmed_256_throughput", median(rate), "1/s", "by ratio")
		figure("bare_loop_256_throughput", median(bareRate), "1/s", "reference")
		figure("create_confirmed_256_cpu", median(cpu), "µs", "reference")
		figure("bare_loop_256_cpu", median(bareCPU), "µs", "reference")
		figure("create_confirmed_256_throughput_ratio", median(rate)/median(bareRate), "x", ">=0.8")
		figure("same_tables_256_throughput", median(sameRate), "1/s", "reference")
		figure("create_confirmed_256_throughput_same_tables_ratio", median(rate)/median(sameRate), "x", "by ratio")
	}
}

// cpuTime returns what the process has used of the processors, which does not
// depend on who else uses them as much as a throughput does.
func cpuTime(tb testing.TB) time.Duration {
	tb.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func warm(tb testing.TB, loops ...loop) {
	for _, l := range loops {
		l.run(tb, 300, 1)
		l.run(tb, 2_000, crowd)
	}
}

func figure(name string, value float64, unit, goal string) {
	fmt.Printf("figure %s %.2f %s (goal %s)\n", name, value, unit, goal)
}

func micros(each []time.Duration, percent int) float64 {
	slices.Sort(each)
	return float64(each[len(each)*percent/100].Nanoseconds()) / 1e3
}

func median(values []float64) float64 {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}

// clientLoop is a real client of a real server: replica, remote and all.
type clientLoop struct {
	remote  *remote.Remote
	replica *reconcile.Replica
	batches chan remote.Batch
	next    int
	started map[string]time.Time
	effects []reconcile.Effect
}

func newClientLoop(tb testing.TB) *clientLoop {
	tb.Helper()
	opened, err := app.Open(context.Background(), app.Config{})
	if err != nil {
		tb.Fatal(err)
	}
	l := &clientLoop{
		replica: reconcile.New("bench", reconcile.NewTree()),
		batches: make(chan remote.Batch, 64), started: map[string]time.Time{},
	}
	l.remote, err = remote.Dial(context.Background(), remote.Config{
		Connect: opened.Connect, Client: "bench", Outbox: outbox.Memory("bench"),
		Deliver: func(b remote.Batch) { l.batches <- b },
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		// Deliveries are drained so that the remote can end.
		go func() {
			for range l.batches {
				continue
			}
		}()
		if err := l.remote.Close(); err != nil {
			tb.Error(err)
		}
		close(l.batches)
		if err := opened.Close(); err != nil {
			tb.Error(err)
		}
	})
	for !l.replica.Position().Online || l.replica.Position().Epoch == "" {
		l.take(tb, nil)
	}
	return l
}

// take steps through one delivery and calls confirmed for each create that the
// rows have.
func (l *clientLoop) take(tb testing.TB, confirmed func(id string)) {
	b := <-l.batches
	for _, err := range b.Failures {
		tb.Fatal(err)
	}
	l.effects = l.effects[:0]
	for _, in := range b.Inputs {
		l.effects = l.replica.Step(in, l.effects)
	}
	for i := range l.effects {
		switch e := &l.effects[i]; e.Kind {
		case reconcile.Settled:
			confirmed(e.ID)
		case reconcile.Fell:
			tb.Fatalf("%s rolled back: %s %s", e.ID, e.Mutation.Code, e.Mutation.Why)
		default:
		}
	}
	l.remote.Do(l.effects)
}

func (l *clientLoop) create() {
	l.next++
	n := strconv.Itoa(l.next)
	id := "c" + n
	l.started[id] = time.Now()
	l.remote.Do(l.replica.Step(reconcile.Input{
		Kind: reconcile.Submit, At: time.Now().UnixMilli(), ID: id, Record: "r" + n, Op: user.Create,
		Patch: user.SetBoth("Somebody "+n, "somebody"+n+"@example.org"),
	}, nil))
}

func (l *clientLoop) run(tb testing.TB, n, outstanding int) ([]time.Duration, time.Duration) {
	each := make([]time.Duration, 0, n)
	begun := time.Now()
	for range outstanding {
		l.create()
	}
	left := n - outstanding
	for len(each) < n {
		l.take(tb, func(id string) {
			each = append(each, time.Since(l.started[id]))
			delete(l.started, id)
			if left > 0 {
				left--
				l.create()
			}
		})
	}
	return each, time.Since(begun)
}
