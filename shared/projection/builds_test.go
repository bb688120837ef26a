package projection_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// lineage is a log and the builds that were its authority, one after the other.
// What an old one still owed when the next took over may come late.
type lineage struct {
	t      *testing.T
	rng    *rand.Rand
	log    []event.Event
	rows   projection.Memory
	voids  projection.Voids // That the present build knew when it took over.
	build  uint64
	owed   projection.Debts
	late   []event.Event // Of builds that are none any more.
	number int
}

// store puts events into the log.
func (l *lineage) store(events ...event.Event) {
	for _, ev := range events {
		ev.Seq = uint64(len(l.log) + 1)
		l.log = append(l.log, ev)
	}
}

// takeOver makes a new build of all there is.
func (l *lineage) takeOver() {
	for _, d := range l.owed.Round(9, nil) {
		events, _ := d.Batch(nil, nil)
		l.late = append(l.late, events...)
	}
	l.owed.Reset()
	l.build++
	l.store(event.Event{Kind: event.Epoch, Stream: "s", Build: l.build})
	l.rows, l.voids = projection.Memory{}, projection.Voids{}
	for _, ev := range l.log {
		l.voids.Read(ev)
	}
	for authority := uint64(0); l.rows.To < uint64(len(l.log)); {
		authority = l.project(authority, "")
	}
}

// project projects the next event, heard as under the authority, and returns the
// authority after it.
func (l *lineage) project(authority uint64, fail string) uint64 {
	l.t.Helper()
	ev := l.log[l.rows.To]
	if ev.Kind == event.Epoch {
		authority = max(authority, ev.Build)
	}
	ev = projection.Heard(ev, authority)
	if !strategy.Of(ev.Strategy).Compensates() {
		fail = "" // The log would never hear of it.
	}
	effect, err := projection.Apply(&l.rows, ev, l.voids.At(ev.Seq), fail)
	if err != nil {
		l.t.Fatal(err)
	}
	l.rows.To = ev.Seq
	if fell := effect.Fell; fell.Status == projection.Rejected && !fell.Logged {
		claims, _ := projection.Touch(&l.rows, ev, effect.Record) // Memory never fails.
		l.owed.Owe(ev, fell, effect.Record, claims, projection.Authority{Stream: "s", Build: l.build}, 0)
	}
	l.owed.ReadBack(effect.Logged)
	return authority
}

// pay logs the oldest debt, after what has come in between.
func (l *lineage) pay() {
	if l.owed.Len() == 0 {
		return
	}
	d := l.owed.First()
	events, _ := d.Batch(nil, nil)
	l.owed.ReadBack(d.Event.Target)
	l.store(events...)
}

// change logs somebody's change, legal or not, and what it does to claims.
func (l *lineage) change() {
	l.number++
	op := user.Op(1 + l.rng.IntN(3))
	ev := event.Event{
		Kind: event.Of(op), Op: op, Record: fmt.Sprint("r", l.rng.IntN(3)), Strategy: []string{"reserve", "reconcile", "check-log"}[l.rng.IntN(3)],
		Ref: user.Ref{Client: "ann", Command: fmt.Sprint("c", l.number)},
	}
	if op != user.Delete {
		ev.Patch = user.SetBoth(fmt.Sprint("N", l.number), fmt.Sprintf("%d@x.org", l.rng.IntN(3)))
	}
	if l.rng.IntN(2) == 0 {
		ev.Cause = user.Ref{Client: "ann", Command: fmt.Sprint("c", max(1, l.number-1-l.rng.IntN(3)))}
	}
	if token := projection.ClaimToken(ev); token != "" {
		claim := ev
		claim.Kind, claim.Patch = event.Reserved, user.SetEmail(ev.Patch.Email)
		l.store(claim)
	}
	l.store(ev)
}

// Whoever was the authority, and whatever an older one still said: a read model
// that is made anew from the log is the one that serves.
func TestEveryBuildComesToTheSame(t *testing.T) {
	for seed := range uint64(400) {
		l := &lineage{t: t, rng: rand.New(rand.NewPCG(seed, 3))}
		l.store(event.Event{Kind: event.Opened, Stream: "s"})
		l.takeOver()
		for range 60 {
			switch n := l.rng.IntN(20); {
			case n < 8:
				l.change()
			case n < 15 && l.rows.To < uint64(len(l.log)):
				l.project(l.build, []string{"", "", "", "disk on fire"}[l.rng.IntN(4)])
			case n < 18:
				l.pay()
			case n == 18 && len(l.late) > 0:
				l.store(l.late...)
				l.late = nil
			case n == 19:
				l.takeOver()
			}
		}
		for l.rows.To < uint64(len(l.log)) || l.owed.Len() > 0 {
			l.pay()
			if l.rows.To < uint64(len(l.log)) {
				l.project(l.build, "")
			}
		}
		before := parts(&l.rows)
		l.takeOver()
		if diff := cmp.Diff(before, parts(&l.rows), cmpopts.IgnoreFields(projection.Record{}, "Change"), cmpopts.IgnoreFields(projection.Fate{}, "Change")); diff != "" {
			t.Fatalf("seed %d: a rebuild differs (-serving +rebuilt):\n%s", seed, diff)
		}
	}
}

// parts is all that a model holds.
func parts(m *projection.Memory) []any {
	var copied projection.Memory
	copied.CopyFrom(m)
	return []any{copied.Records(), copied.Fates(), copied.Claims()}
}
