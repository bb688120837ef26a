package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/user"
)

// history is a random log that grows while it is folded: rejections are
// appended some events after those they name, as a projector does.
type history struct {
	rnd  *rand.Rand
	log  []event.Event
	fail map[uint64]string // Why the database gives an event up, by sequence.
	owed []event.Event     // Rejections that are not in the log yet.

	strategies []string
	claims     []event.Event // Every reservation.
}

// append adds ev as the next event.
func (h *history) append(ev event.Event) event.Event {
	ev.Seq = uint64(len(h.log) + 1)
	ev.ID = ev.Identify()
	h.log = append(h.log, ev)
	return ev
}

// next returns the next event: a rejection that is owed, a refusal, a repeated
// append, or a change of one of a few users with a few emails.
func (h *history) next() event.Event {
	n := len(h.log)
	if len(h.owed) > 0 && h.rnd.IntN(3) == 0 {
		rej := h.owed[0]
		h.owed = h.owed[1:]
		return h.append(rej)
	}
	if h.rnd.IntN(20) == 0 && n > 2 {
		return h.append(h.log[2+h.rnd.IntN(n-2)])
	}
	if h.rnd.IntN(6) == 0 {
		return h.claim()
	}
	op := []user.Op{user.Create, user.Edit, user.Edit, user.Delete}[h.rnd.IntN(4)]
	ev := event.Event{
		Kind: event.Of(op), Op: op, Record: fmt.Sprintf("r%d", h.rnd.IntN(8)),
		Ref:      user.Ref{Client: "ann", Command: fmt.Sprintf("c%d", n)},
		Strategy: h.strategies[h.rnd.IntN(len(h.strategies))],
	}
	if op != user.Delete {
		ev.Patch = user.SetBoth(fmt.Sprintf("n%d", n), fmt.Sprintf("E%d@example.org", h.rnd.IntN(6)))
	}
	if h.rnd.IntN(2) == 0 {
		ev.Cause = user.Ref{Client: "ann", Command: fmt.Sprintf("c%d", h.rnd.IntN(n+1))}
	}
	if h.rnd.IntN(15) == 0 {
		ev.Kind, ev.Code, ev.Why = event.Refused, user.ErrNotFound, "refused"
	}
	ev = h.append(ev)
	if ev.Kind.Changes() && h.rnd.IntN(12) == 0 {
		h.fail[ev.Seq] = "the disk is on fire"
	}
	return ev
}

// claim returns a reservation, or a release of some reservation, ended or not.
func (h *history) claim() event.Event {
	if len(h.claims) > 0 && h.rnd.IntN(2) == 0 {
		ev := h.claims[h.rnd.IntN(len(h.claims))]
		ev.Kind, ev.Target = event.Released, ev.Seq
		return h.append(ev)
	}
	n := len(h.log)
	ev := h.append(event.Event{
		Kind: event.Reserved, Op: user.Create, Record: fmt.Sprintf("r%d", h.rnd.IntN(8)), Strategy: "reserve",
		Ref:   user.Ref{Client: "ann", Command: fmt.Sprintf("c%d", n)},
		Patch: user.SetEmail(fmt.Sprintf("E%d@example.org", h.rnd.IntN(6))),
	})
	h.claims = append(h.claims, ev)
	return ev
}

// take notes the rejection that the log is owed, if any.
func (h *history) take(ev event.Event, eff projection.Effect) {
	if eff.Fell.Status == 0 || eff.Fell.Logged {
		return
	}
	rej := ev
	rej.Kind, rej.Target, rej.Build = event.Rejected, ev.Seq, 1
	rej.Code, rej.Why = eff.Fell.Code, eff.Fell.Why
	h.owed = append(h.owed, rej)
}

func newHistory(seed uint64) *history {
	h := &history{rnd: rand.New(rand.NewPCG(seed, seed)), fail: map[uint64]string{}, strategies: []string{"reconcile", "reserve"}}
	h.append(event.Event{Kind: event.Opened, Stream: "log"})
	h.append(event.Event{Kind: event.Epoch, Stream: "log", Build: 1})
	return h
}

// TestFoldsAgree checks on random logs with failures that the fold in memory
// and the one in SQLite agree after every event, and that a fold which knows the
// log's rejections beforehand, as a rebuild does, ends the same.
func TestFoldsAgree(t *testing.T) {
	for seed := range uint64(12) {
		h := newHistory(seed)
		db, _ := mustFresh(t)
		var live projection.Memory
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		for range 400 {
			ev := h.next()
			want := mustApply(t, &live, ev, nil, h.fail[ev.Seq])
			got := mustApply(t, tx, ev, nil, h.fail[ev.Seq])
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("seed %d: effect of %+v (-memory +sqlite):\n%s", seed, ev, diff)
			}
			h.take(ev, want)
		}
		for len(h.owed) > 0 { // The log is told of everything.
			ev := h.append(h.owed[0])
			h.owed = h.owed[1:]
			mustApply(t, &live, ev, nil, "")
			mustApply(t, tx, ev, nil, "")
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		compare(t, fmt.Sprintf("seed %d: sqlite", seed), &live, db)
		refold(t, seed, h, &live)
	}
}

func mustApply(t testing.TB, s projection.Store, ev event.Event, void *projection.Void, fail string) projection.Effect {
	t.Helper()
	eff, err := projection.Apply(s, ev, void, fail)
	if err != nil {
		t.Fatalf("apply %+v: %v", ev, err)
	}
	return eff
}

// refold folds the log from the start, as a rebuild does: it knows what was
// rejected, and not why the database failed.
func refold(t *testing.T, seed uint64, h *history, live *projection.Memory) {
	t.Helper()
	var voids projection.Voids
	for _, ev := range h.log {
		voids.Read(ev)
	}
	db, _ := mustFresh(t)
	mustWrite(t, db, func(tx *sqlite.Tx) error {
		for _, ev := range h.log {
			if eff := mustApply(t, tx, ev, voids.At(ev.Seq), ""); eff.Fell.Status != 0 && !eff.Fell.Logged {
				t.Errorf("seed %d: the second fold rejects %+v", seed, ev)
			}
		}
		return nil
	})
	compare(t, fmt.Sprintf("seed %d: rebuild", seed), live, db, unnumbered)
}

// unnumbered leaves the numbers of changes out: another fold gives others.
var unnumbered = cmp.Options{
	cmpopts.IgnoreFields(projection.Record{}, "Change"), cmpopts.IgnoreFields(projection.Fate{}, "Change"),
}

// compare checks that db holds exactly the records and fates of live.
func compare(t *testing.T, what string, live *projection.Memory, db *sqlite.DB, opts ...cmp.Option) {
	t.Helper()
	got, err := db.List("", 1000)
	if diff := cmp.Diff(live.Records(), got, opts...); diff != "" || err != nil {
		t.Fatalf("%s: records, err %v (-live +other):\n%s", what, err, diff)
	}
	claims, err := db.Claims()
	if diff := cmp.Diff(live.Claims(), claims); diff != "" || err != nil || len(claims) == 0 {
		t.Fatalf("%s: claims, err %v (-live +other):\n%s", what, err, diff)
	}
	rejected := 0
	for _, f := range live.Fates() {
		got, found, err := db.Fate(f.Ref)
		if diff := cmp.Diff(f, got, opts...); diff != "" || !found || err != nil {
			t.Fatalf("%s: fate at #%d, found %v, err %v (-live +other):\n%s", what, f.Seq, found, err, diff)
		}
		if f.Status == projection.Rejected {
			rejected++
		}
	}
	if rejected < 20 {
		t.Errorf("%s: only %d rejections; the history is too tame to show anything", what, rejected)
	}
}
