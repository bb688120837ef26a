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
// appended whole or not at all.
type Debt struct {
	Event   event.Event // The Rejected event.
	Expect  uint64      // The last event about the record, as far as is known.
	Release event.Event // The Released event after it, if its change holds a claim; else of Kind 0.
	Claim   uint64      // With a release: the last event about the email, likewise.
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
	if !ev.Patch.Set.Has(user.FieldEmail) || strategy.Of(ev.Strategy).UniqueEmail != strategy.ReservedInLog {
		return ""
	}
	return event.EmailToken(ev.Patch.Email)
}

// Owe notes that ev fell. last is the last event about its record, and claim the
// claim of its ClaimToken: it ends too if it was made for ev.
func (d *Debts) Owe(ev event.Event, fate Fate, last uint64, claim Claim, by Authority, now int64) {
	debt := Debt{Event: Rejection(ev, fate, by, now), Expect: last}
	if claim.Held() && claim.Ref == ev.Ref {
		debt.Release = event.Event{
			Kind: event.Released, Time: now,
			Ref: ev.Ref, Record: ev.Record, Op: ev.Op, Patch: user.SetEmail(claim.Email),
			Strategy: ev.Strategy, Target: claim.Seq, Stream: by.Stream, Build: by.Build,
		}
		debt.Release.ID = debt.Release.Identify()
		debt.Claim = claim.Last
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
// and the release that belongs to it right after.
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
// the events about its record after Expect, and those about its email after
// Claim. Either the rejection is among them, appended before but not answered,
// or they are newer than was known and it is to be appended again.
func (d *Debts) Reread(target uint64, record, email []event.Event) error {
	i := d.find(target)
	if i < 0 {
		return nil
	}
	debt := d.list[i]
	if len(record)+len(email) == 0 {
		return fmt.Errorf("append %s: the log disagrees about #%d of %s", debt.Event.ID, debt.Expect, debt.Event.Record)
	}
	if debt.Release.Kind != 0 {
		d.list[i] = debt.reclaim(email)
	}
	for _, ev := range record {
		d.expect(debt.Event.Record, ev.Seq)
		if ev.Kind == event.Rejected && ev.Target == target && ev.Build == debt.Event.Build {
			d.ReadBack(target)
		}
	}
	return nil
}

// reclaim returns d with what its email's newer events say: its last event, and
// perhaps that the claim has ended by other means.
func (d Debt) reclaim(email []event.Event) Debt {
	claim := Claim{Seq: d.Release.Target, Last: d.Claim}
	for _, ev := range email {
		claim = claim.After(ev)
	}
	d.Claim = claim.Last
	if claim.Seq != d.Release.Target {
		d.Release = event.Event{}
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
