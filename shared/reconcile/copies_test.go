package reconcile

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// later is by how much the clock of one copy is ahead, in milliseconds.
const later = 1_000_000_007

// copies are replicas that must do what another one does: two that are copied
// anew before every other step, over what they were before; and one whose clock
// is ahead and whose cells lie elsewhere, but which is told the same.
type copies struct {
	t     testing.TB
	fresh [2]*Replica
	ahead *Replica
	probe *Replica

	want, got []byte
	steps     int
}

func newCopies(t testing.TB, base func() Base) *copies {
	c := &copies{t: t, ahead: New("ann", base()), probe: New("ann", base())}
	c.fresh = [2]*Replica{New("ann", base()), New("ann", base())}
	// What was typed and withdrawn leaves nothing behind but holes.
	for _, r := range []*Replica{c.fresh[0], c.fresh[1], c.ahead} {
		for _, id := range []string{"j1", "j2", "j3", "j4"} {
			r.Step(Input{Kind: Submit, ID: id, Record: records[len(id)%3], Op: 1}, nil)
		}
		for _, id := range []string{"j2", "j1", "j4"} {
			r.book.remove(r.book.find(id))
		}
	}
	c.ahead.book.remove(c.ahead.book.find("j3"))
	c.ahead.number = 0
	return c
}

// step steps r and its copies, and returns what r wants done.
func (c *copies) step(r *Replica, in Input) []Effect {
	c.t.Helper()
	c.steps++
	fresh := c.fresh[c.steps%2]
	fresh.CopyFrom(r)
	c.want = r.AppendBinary(c.want[:0])
	copied := fresh.Step(in, nil)
	if c.got = r.AppendBinary(c.got[:0]); !bytes.Equal(c.want, c.got) {
		c.t.Fatalf("a step of a copy changed the original")
	}
	out := r.Step(in, nil)
	if !slices.Equal(out, copied) {
		c.t.Fatalf("a copy does something else:\n%s", cmp.Diff(linesOf(out), linesOf(copied)))
	}
	in.At += later
	if in.Mutation != nil {
		m := *in.Mutation
		m.At, m.SentAt = m.At+later, m.SentAt+later
		in.Mutation = &m
	}
	if diff := cmp.Diff(linesOf(out), linesOf(c.ahead.Step(in, nil))); diff != "" {
		c.t.Fatalf("with the clock ahead something else is done:\n%s", diff)
	}
	c.want = r.AppendBinary(c.want[:0])
	for _, other := range []*Replica{fresh, c.ahead} {
		if c.got = other.AppendBinary(c.got[:0]); !bytes.Equal(c.want, c.got) {
			c.t.Fatalf("the same state in other bytes:\n%q\n%q", c.want, c.got)
		}
		record := records[c.steps%len(records)]
		if diff := cmp.Diff(shownOf(r, record), shownOf(other, record)); diff != "" {
			c.t.Fatalf("a copy shows something else: %s", diff)
		}
	}
	c.timer(r)
	return out
}

// timer checks that nothing is done before Next, and something at it.
func (c *copies) timer(r *Replica) {
	c.t.Helper()
	at, ok := r.Next()
	if !ok {
		at = math.MaxInt64
	}
	if out := c.tick(r, at-1); at-1 >= r.now && len(out) > 0 {
		c.t.Fatalf("%q is done at %d, before %d", linesOf(out), at-1-r.now, at-r.now)
	}
	if out := c.tick(r, at); ok && len(out) == 0 {
		c.t.Fatalf("nothing is done after %d", at-r.now)
	}
}

// tick returns what r would do at some time.
func (c *copies) tick(r *Replica, at int64) []Effect {
	c.probe.CopyFrom(r)
	return c.probe.Step(Input{Kind: Tick, At: at}, nil)
}

func linesOf(out []Effect) []string {
	var lines []string
	for _, e := range out {
		lines = append(lines, effectLine(e))
	}
	return lines
}
