package decide

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/event"
	"optimist/shared/user"
)

func seqs(events []*event.Event) []uint64 {
	var out []uint64
	for _, ev := range events {
		out = append(out, ev.Seq)
	}
	return out
}

func change(seq uint64, op user.Op, command string) event.Event {
	return event.Event{
		Kind: event.Of(op), Op: op, Seq: seq, Record: "u1",
		Ref: user.Ref{Client: "ada", Command: command}, Patch: user.SetName("x"),
	}
}

func TestTailHoldsWhatIsNotCommitted(t *testing.T) {
	var x tail
	about := topic{id: "u1"}
	created := change(2, user.Create, "c1")
	x.add(change(5, user.Edit, "e2"))
	x.add(created)
	x.add(change(4, user.Edit, "e1"))
	x.add(created)
	refused := change(6, user.Edit, "e3")
	refused.Kind = event.Refused
	x.add(refused)
	if diff := cmp.Diff([]uint64{2, 4, 5}, seqs(x.of(about, nil))); diff != "" {
		t.Error(diff)
	}
	x.observe(2)
	if _, found := x.command(created.Ref); found {
		t.Error("the create is committed and still there")
	}
	if diff := cmp.Diff([]uint64{4, 5}, seqs(x.of(about, nil))); diff != "" {
		t.Error(diff)
	}
	x.observe(5)
	if ids := x.records(); len(ids) != 0 {
		t.Errorf("left: %v", ids)
	}
	if _, found := x.command(refused.Ref); !found {
		t.Error("the refusal is gone before it is committed")
	}
	x.observe(6)
	x.add(refused) // Its acknowledgement comes late.
	if _, found := x.command(refused.Ref); found || x.len() != 0 {
		t.Error("the refusal is committed and still there")
	}
}

// A second append of a command is never taken for what became of it.
func TestTailSkipsRepeats(t *testing.T) {
	for _, more := range []int{0, 3 * few} {
		var x tail
		x.add(change(2, user.Create, "c1"))
		x.add(change(3, user.Create, "c1"))
		for i := range more {
			x.add(change(uint64(4+i), user.Edit, fmt.Sprint("e", i)))
		}
		if ev, found := x.command(user.Ref{Client: "ada", Command: "c1"}); !found || ev.Seq != 2 {
			t.Errorf("%+v, %v", ev, found)
		}
		x.observe(2)
		if ev, found := x.command(user.Ref{Client: "ada", Command: "c1"}); found {
			t.Errorf("%+v", ev)
		}
	}
}

// A tail with indexes gives what a search from end to end gives.
func TestTailIndexes(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 1))
		var x tail
		var plain []event.Event
		next, committed := uint64(1), uint64(0)
		for range 400 {
			if rng.IntN(3) > 0 {
				next++
				ev := randomEvent(rng, next)
				x.add(ev)
				plain = append(plain, ev)
			} else if committed < next {
				committed += 1 + rng.Uint64N(next-committed)
				x.observe(committed)
				plain = slices.DeleteFunc(plain, func(ev event.Event) bool { return ev.Seq <= committed })
			}
			if rng.IntN(20) == 0 {
				var other tail
				other.copyFrom(&x)
				x = other
			}
			compareTail(t, rng, &x, plain)
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
		}
	}
}

// randomEvent returns an event of a few records and emails.
func randomEvent(rng *rand.Rand, seq uint64) event.Event {
	kinds := []event.Kind{event.Created, event.Edited, event.Rejected, event.Refused, event.Reserved, event.Epoch}
	return event.Event{
		Kind: kinds[rng.IntN(len(kinds))], Seq: seq, Record: fmt.Sprint("u", rng.IntN(5)),
		Ref:   user.Ref{Client: "ada", Command: fmt.Sprint("c", seq)},
		Patch: user.SetEmail(fmt.Sprint(rng.IntN(3), "@x.org")),
	}
}

func compareTail(t *testing.T, rng *rand.Rand, x *tail, plain []event.Event) {
	about := topic{id: fmt.Sprint("u", rng.IntN(5))}
	if rng.IntN(2) == 0 {
		about = topic{email: true, id: event.EmailToken(fmt.Sprint(rng.IntN(3), "@x.org"))}
	}
	var want []uint64
	for i := range plain {
		if topicOf(&plain[i]) == about {
			want = append(want, plain[i].Seq)
		}
	}
	if diff := cmp.Diff(want, seqs(x.of(about, nil))); diff != "" {
		t.Error(diff)
	}
	ref := user.Ref{Client: "ada", Command: fmt.Sprint("c", rng.IntN(400))}
	at := slices.IndexFunc(plain, func(ev event.Event) bool { return ev.Ref == ref && becameOf(&ev) })
	if _, found := x.command(ref); found != (at >= 0) {
		t.Errorf("%s: %v", ref, found)
	}
}
