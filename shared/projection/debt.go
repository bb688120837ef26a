package projection

import (
	"fmt"

	"optimist/shared/event"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// Authority is the build of the read model that rejects.
type Authority struct {
	Stream string
	Build  uint64
}

// Debt is a committed rejection that the log does not have for certain. It is
// appended whole or not at all: what a change took is given back with it, and
// what it gave back is taken again.
type Debt struct {
	Event   event.Event // The Rejected event.
	Expect  uint64      // The last event about the record, as far as is known.
	Release event.Event // The Released event after it, if its change holds a claim; else of Kind 0.
	Claim   uint64      // With a release: the last event about the email, likewise.
	Reserve event.Event // The Reserved event after these, if its change let go what its user has still; else of Kind 0.
	Former  uint64      // With it: the last event about that email, likewise.
}

// Batch appends the events of d to events, and what each expects to expect.
func (d *Debt) Batch(events []event.Event, expect []uint64) ([]event.Event, []uint64) {
	events, expect = append(events, d.Event), append(expect, d.Expect)
	if d.Release.Kind != 0 {
		events, expect = append(events, d.Release), append(expect, d.Claim)
	}
	if d.Reserve.Kind != 0 {
		events, expect = append(events, d.Reserve), append(expect, d.Former)
	}
	return events, expect
}

// Debts is what the log is owed, in the order of the events that fell. The zero
// Debts is empty. Only one debt of a record is appended at a time, because each
// expects what the one before it will be.
type Debts struct {
	list []Debt
}

// Rejection returns the event that makes ev void.
func Rejection(ev event.Event, fate Fate, by Authority, now int64) event.Event {
	rej := event.Event{
		Kind: event.Rejected, Time: now,
		Ref: ev.Ref, Record: ev.Record, Op: ev.Op,
		Cause: ev.Cause, Base: ev.Base, Strategy: ev.Strategy,
		Code: fate.Code, Why: fate.Why, Target: ev.Seq,
		Stream: by.Stream, Build: by.Build,
	}
	if fate.Root != fate.Ref {
		rej.Root = fate.Root
	}
	rej.ID = rej.Identify()
	return rej
}

// ClaimToken returns the token of the email that ev may hold a claim of, or "".
func ClaimToken(ev event.Event) string {
	if !ev.Patch.Set.Has(user.FieldEmail) || !reserves(ev) {
		return ""
	}
	return event.EmailToken(ev.Patch.Email)
}

// reserves reports whether claims of emails go with ev.
func reserves(ev event.Event) bool {
	return strategy.Of(ev.Strategy).UniqueEmail == strategy.ReservedInLog
}

// Touched is the claims that a change may have moved, before its event fell.
type Touched struct {
	Taken Claim // Of the email that it sets.
	Let   Claim // Of the email that its user still has.
}

// Touch returns what store knows of the claims that ev may have moved. rec is
// its record, which ev left as it was.
func Touch(store interface {
	Claim(token string) (Claim, bool, error)
}, ev event.Event, rec Record) (t Touched, err error) {
	if token := ClaimToken(ev); token != "" {
		if t.Taken, _, err = store.Claim(token); err != nil {
			return Touched{}, err
		}
	}
	if rec.Exists && reserves(ev) {
		t.Let, _, err = store.Claim(event.EmailToken(rec.Email))
	}
	return t, err
}

// Owe notes that ev fell and left rec as it was. The claim that was made for ev
// ends, unless its user has the email whatever falls; the one that ev let go is
// made again. An edit let one go only in taking another, and if that has ended,
// a later change of the record has seen to both.
func (d *Debts) Owe(ev event.Event, fate Fate, rec Record, claims Touched, by Authority, now int64) {
	debt := Debt{Event: Rejection(ev, fate, by, now), Expect: rec.Last}
	beside := event.Event{
		Time: now, Ref: ev.Ref, Record: ev.Record, Op: ev.Op, Strategy: ev.Strategy, Stream: by.Stream, Build: by.Build,
	}
	taken, let := claims.Taken, claims.Let
	if has := rec.Exists && taken.Token == let.Token; taken.Held() && taken.Ref == ev.Ref && !has {
		debt.Release, debt.Claim = beside, taken.Last
		debt.Release.Kind, debt.Release.Target, debt.Release.Patch = event.Released, taken.Seq, user.SetEmail(taken.Email)
		debt.Release.ID = debt.Release.Identify()
	}
	moved := ev.Op == user.Delete || ev.Op == user.Edit && debt.Release.Kind != 0
	if moved && rec.Exists && let.Last != 0 && !let.Held() {
		debt.Reserve, debt.Former = beside, let.Last
		debt.Reserve.Kind, debt.Reserve.Target, debt.Reserve.Patch = event.Reserved, ev.Seq, user.SetEmail(rec.Email)
		debt.Reserve.ID = debt.Reserve.Identify()
	}
	d.list = append(d.list, debt)
}

// Len returns how many rejections the log is owed.
func (d *Debts) Len() int { return len(d.list) }

// First returns the oldest debt; there must be one.
func (d *Debts) First() Debt { return d.list[0] }

// Reset forgets everything.
func (d *Debts) Reset() { d.list = d.list[:0] }

// Round appends to out the first debt of each record, at most limit.
func (d *Debts) Round(limit int, out []Debt) []Debt {
	first := len(out)
	for _, debt := range d.list {
		if len(out)-first == limit {
			break
		}
		if !among(out[first:], debt.Event.Record) {
			out = append(out, debt)
		}
	}
	return out
}

// among reports whether one of the debts is of the record.
func among(debts []Debt, record string) bool {
	for i := range debts {
		if debts[i].Event.Record == record {
			return true
		}
	}
	return false
}

// ReadBack notes that the log has the rejection of the event at target.
func (d *Debts) ReadBack(target uint64) {
	if i := d.find(target); i >= 0 {
		d.drop(i)
	}
}

// Appended notes that the log has the rejection of the event at target at seq,
// and what belongs to it right after.
func (d *Debts) Appended(target, seq uint64) {
	i := d.find(target)
	if i < 0 {
		return
	}
	record := d.list[i].Event.Record
	d.drop(i)
	d.expect(record, seq)
}

// Reread takes what stands in the way of the rejection of the event at target:
// the events about its record after Expect, those about the email it releases
// after Claim, and those about the email it reserves after Former. Either the
// rejection is among them, appended before but not answered, or they are newer
// than was known and it is to be appended again.
func (d *Debts) Reread(target uint64, record, release, reserve []event.Event) error {
	i := d.find(target)
	if i < 0 {
		return nil
	}
	debt := d.list[i]
	if len(record)+len(release)+len(reserve) == 0 {
		return fmt.Errorf("append %s: the log disagrees about #%d of %s", debt.Event.ID, debt.Expect, debt.Event.Record)
	}
	d.list[i] = debt.reclaim(release).rereserve(reserve)
	for _, ev := range record {
		d.expect(debt.Event.Record, ev.Seq)
		if ev.Kind == event.Rejected && ev.Target == target && ev.Build == debt.Event.Build {
			d.ReadBack(target)
		}
	}
	return nil
}

// reclaim returns d with what the newer events say of the email it releases: the
// last of them, and perhaps that the claim has ended by other means. If a later
// change of the record ended it, the claims are that one's; if another user has
// taken it over, only that one is.
func (d Debt) reclaim(email []event.Event) Debt {
	if d.Release.Kind == 0 {
		return d
	}
	claim := Claim{Seq: d.Release.Target, Last: d.Claim}
	for _, ev := range email {
		claim = claim.After(ev)
	}
	d.Claim = claim.Last
	if claim.Seq == d.Release.Target {
		return d
	}
	if d.Release = (event.Event{}); !claim.Held() || claim.Record == d.Event.Record {
		d.Reserve = event.Event{}
	}
	return d
}

// rereserve returns d with what the newer events say of the email it reserves:
// the last of them, and perhaps that somebody holds it meanwhile. The log has
// told them so, and they keep it; if they fall in their turn, nobody claims it.
func (d Debt) rereserve(email []event.Event) Debt {
	if d.Reserve.Kind == 0 {
		return d
	}
	claim := Claim{Last: d.Former}
	for _, ev := range email {
		claim = claim.After(ev)
	}
	d.Former = claim.Last
	if claim.Held() {
		d.Reserve = event.Event{}
	}
	return d
}

// expect corrects what is known of the record's last event.
func (d *Debts) expect(record string, last uint64) {
	for i := range d.list {
		if debt := &d.list[i]; debt.Event.Record == record {
			debt.Expect = max(debt.Expect, last)
		}
	}
}

func (d *Debts) find(target uint64) int {
	for i := range d.list {
		if d.list[i].Event.Target == target {
			return i
		}
	}
	return -1
}

func (d *Debts) drop(i int) { d.list = append(d.list[:i], d.list[i+1:]...) }

// CopyFrom makes d what src is, in the memory it has.
func (d *Debts) CopyFrom(src *Debts) { d.list = append(d.list[:0], src.list...) }
