package reconcile

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// batch is how many operations are timed in one go. Between two batches the
// clock stands still while the replica is brought back to where it was, so that
// what is pending stays the same but for one batch.
const batch = 128

// BenchmarkReplica times one operation of each kind, by records and by what is
// pending beside it on other records.
func BenchmarkReplica(b *testing.B) {
	took := figures{}
	for _, records := range []int{1_000, 100_000, 1_000_000} {
		for _, pending := range []int{0, 1_000, 10_000} {
			d := newDesk(records, pending)
			for _, op := range []struct {
				name               string
				before, do, behind func(id int)
			}{
				{"submit", nil, d.submit, d.withdraw},
				{"confirm", d.accept, d.confirm, nil},
				{"rollback-one", d.accept, d.rollBack, d.dismiss},
				{"feed", nil, d.foreign, nil},
			} {
				name := fmt.Sprintf("%s/%sx%s", op.name, short(records), short(pending))
				b.Run(name, func(b *testing.B) {
					b.StopTimer()
					for done := 0; done < b.N; done += batch {
						count := min(batch, b.N-done)
						first := d.next()
						each(count, first, op.before)
						b.StartTimer()
						each(count, first, op.do)
						b.StopTimer()
						each(count, first, op.behind)
					}
					took[name] = float64(b.Elapsed().Nanoseconds()) / float64(b.N) / 1e3
				})
			}
			runtime.GC() // The next one begins without this one's rows.
		}
	}
	fmt.Println()
	for _, op := range []string{"submit", "confirm", "rollback-one", "feed"} {
		took.print(op)
	}
}

// figures is how long one operation took, in microseconds, by benchmark.
type figures map[string]float64

// print prints the figures of one operation that were measured.
func (f figures) print(op string) {
	at, ok := f[op+"/100kx1k"]
	if !ok {
		return
	}
	fmt.Printf("figure replica_%s_100k_1k %.2f µs (goal <=5)\n", op, at)
	fmt.Printf("figure replica_%s_1k_pending_to_none %.2f x (goal <=1.5)\n", op, at/f[op+"/100kx0"])
	fmt.Printf("figure replica_%s_1M_to_100k %.2f x (goal <=2)\n", op, f[op+"/1Mx1k"]/at)
}

func short(n int) string {
	switch {
	case n >= 1_000_000:
		return fmt.Sprintf("%dM", n/1_000_000)
	case n >= 1_000:
		return fmt.Sprintf("%dk", n/1_000)
	}
	return fmt.Sprint(n)
}

func each(count, first int, do func(int)) {
	for id := first; do != nil && id < first+count; id++ {
		do(id)
	}
}

// desk is a replica that is brought to and kept at some number of records and
// of pending mutations.
type desk struct {
	r       *Replica
	out     []Effect
	order   []int    // Of the records that operations touch, shuffled.
	ids     []string // Of records, so that naming one costs nothing.
	at      int
	command []string // Of the newest mutation, by record.
	feed    protocol.Feed
}

func newDesk(records, pending int) *desk {
	d := &desk{r: New("ann", NewTree()), command: make([]string, records)}
	d.order = rand.New(rand.NewPCG(1, 1)).Perm(records)
	all := protocol.Sync{Epoch: "e", Full: true, To: uint64(records), Change: uint64(records)}
	for i := range records {
		d.ids = append(d.ids, fmt.Sprintf("user-%08d", i))
		all.Rows = append(all.Rows, d.row(i, uint64(i+1)))
	}
	d.step(Input{Kind: Connected})
	d.step(Input{Kind: Synced, Sync: &all})
	for i := range pending {
		id := fmt.Sprintf("pending-%d", i)
		d.step(Input{Kind: Submit, ID: id, Record: id, Op: user.Create, Patch: user.SetBoth("Ada", "ada@example.org"), Strategy: "reconcile"})
		d.step(Input{Kind: Stored, ID: id})
		d.step(Input{Kind: Answered, Reply: protocol.Reply{Command: id, Verdict: protocol.Accepted, Epoch: "e", Seq: 1<<40 + uint64(i)}})
	}
	return d
}

func (d *desk) row(i int, seq uint64) protocol.Row {
	return protocol.Row{ID: d.ids[i], Name: "Ada Lovelace", Email: "ada@example.org", Version: 1, Seq: seq}
}

func (d *desk) step(in Input) { d.out = d.r.Step(in, d.out[:0]) }

// next returns the first of batch operations, and gives each the id of its
// mutation ahead of the clock.
func (d *desk) next() int {
	d.at += batch
	for i := d.at; i < d.at+batch; i++ {
		d.command[d.touched(i)] = fmt.Sprintf("c-%d", i)
	}
	d.feed = protocol.Feed{Epoch: "e", Rows: make([]protocol.Row, 1)}
	return d.at
}

// touched returns the number of the record that an operation touches.
func (d *desk) touched(op int) int { return d.order[op%len(d.order)] }

func (d *desk) submit(op int) {
	n := d.touched(op)
	d.step(Input{Kind: Submit, ID: d.command[n], Record: d.ids[n], Op: user.Edit, Patch: user.SetName("Ada"), Strategy: "reconcile"})
	d.step(Input{Kind: Stored, ID: d.command[n]})
}

func (d *desk) accept(op int) {
	d.submit(op)
	d.step(Input{Kind: Answered, Reply: protocol.Reply{
		Command: d.command[d.touched(op)], Verdict: protocol.Accepted, Epoch: "e", Seq: d.r.link.to + uint64(op-d.at) + 1,
	}})
}

func (d *desk) confirm(op int) { d.foreign(op) }

func (d *desk) rollBack(op int) {
	d.step(Input{Kind: Answered, Reply: protocol.Reply{
		Command: d.command[d.touched(op)], Verdict: protocol.RolledBack, Code: user.ErrProjectionFailed, Epoch: "e",
	}})
}

func (d *desk) dismiss(op int) { d.step(Input{Kind: Dismiss, Record: d.ids[d.touched(op)]}) }

func (d *desk) withdraw(op int) {
	d.rollBack(op)
	d.dismiss(op)
}

// foreign is one event of the feed.
func (d *desk) foreign(op int) {
	to := d.r.link.to + 1
	d.feed.From, d.feed.To, d.feed.Change = to-1, to, to
	d.feed.Rows[0] = d.row(d.touched(op), to)
	d.step(Input{Kind: Fed, Feed: &d.feed})
}
