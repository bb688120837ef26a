package projector

import (
	"context"
	"fmt"
	"math"
	"strings"

	"optimist/server/eventlog"
	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/projection"
)

// Limits of Verify.
const (
	maxDifferences = 100  // Lines it returns; the rest is counted.
	verifyPage     = 1000 // Records it reads at once.
)

// Diff is what Verify found. It is empty of Lines if the read model is what the
// log says.
type Diff struct {
	Events  uint64   // Events recomputed.
	Records int      // Records compared, tombstones included.
	Lines   []string // The differences, for people.
	More    int      // Differences that are not in Lines.
}

// Equal reports whether nothing differs.
func (d Diff) Equal() bool { return len(d.Lines) == 0 }

func (d *Diff) add(format string, args ...any) {
	if len(d.Lines) == maxDifferences {
		d.More++
		return
	}
	d.Lines = append(d.Lines, fmt.Sprintf(format, args...))
}

// Verify recomputes the read model from the log, in memory, as far as the
// checkpoint, and compares. It changes nothing. It returns a *MismatchError if
// the read model does not belong to the log. What was given up for good under a
// strategy that logs no rejection differs: a rebuild would bring it back. So does
// a change that was written before its event if the event was lost: a rebuild
// would leave it out.
func Verify(ctx context.Context, log *eventlog.Log, db *sqlite.DB) (Diff, error) {
	v := verification{log: log, db: db}
	if err := v.run(ctx); err != nil {
		return Diff{}, fmt.Errorf("verify read model: %w", err)
	}
	return v.diff, nil
}

// verification is one run of Verify.
type verification struct {
	log  *eventlog.Log
	db   *sqlite.DB
	want ledger
	diff Diff
}

func (v *verification) run(ctx context.Context) error {
	cp, err := v.db.Checkpoint()
	if err != nil {
		return err
	}
	if _, err := checkIdentity(ctx, v.log, cp); err != nil {
		return err
	}
	if err := v.recompute(ctx, cp.Seq); err != nil {
		return err
	}
	v.diff.Events = cp.Seq
	if err := v.addOutbox(); err != nil {
		return err
	}
	if err := v.compareRecords(); err != nil {
		return err
	}
	if err := v.compareClaims(); err != nil {
		return err
	}
	return v.compareFates()
}

// recompute folds the log up to to. Rejections count wherever they stand in the
// log, and so do those that the log is still owed.
func (v *verification) recompute(ctx context.Context, to uint64) error {
	var voids projection.Voids
	if err := v.log.Verdicts(ctx, 1, func(ev event.Event) error {
		voids.Read(ev)
		return nil
	}); err != nil {
		return err
	}
	owed, err := v.db.Unlogged()
	if err != nil {
		return err
	}
	for _, f := range owed {
		voids.Add(f.Seq, projection.Void{Code: f.Code, Why: f.Why, Root: f.Root})
	}
	var authority uint64
	return readLog(ctx, v.log, 1, to, func(ev event.Event) error {
		authority = authorityAfter(authority, ev)
		_, err := projection.Apply(&v.want, projection.Heard(ev, authority), voids.At(ev.Seq), "")
		return err
	})
}

// addOutbox writes what the outbox holds, as it was written before its events.
func (v *verification) addOutbox() error {
	entries, err := v.db.Outbox(math.MaxInt32)
	if err != nil {
		return err
	}
	for _, e := range entries {
		fate, found, err := v.db.Fate(e.Event.Ref)
		if err != nil {
			return err
		}
		if !found || fate.Seq != 0 {
			continue // The log has it, and so has the fold.
		}
		rec, _, _ := v.want.Record(e.Event.Record)
		rec, _ = projection.Written(rec, e.Event)
		_ = v.want.PutRecord(rec) // In memory, nothing fails.
	}
	return nil
}

// compareRecords walks both lists by id.
func (v *verification) compareRecords() error {
	after := ""
	seen := make(map[string]bool)
	for {
		page, err := v.db.List(after, verifyPage)
		if err != nil {
			return err
		}
		for _, got := range page {
			want, found, _ := v.want.Record(got.ID)
			seen[got.ID] = true
			v.compareRecord(want, found, got)
		}
		if len(page) < verifyPage {
			break
		}
		after = page[len(page)-1].ID
	}
	v.diff.Records = len(seen)
	v.want.Records(func(want projection.Record) bool {
		if !seen[want.ID] {
			v.diff.add("%s: the log says %s; the read model has no such record", want.ID, describe(want))
		}
		return true
	})
	return nil
}

func (v *verification) compareRecord(want projection.Record, found bool, got projection.Record) {
	got.Change = 0
	if want.Direct && got.Direct {
		// Whose event set a field last is not known before all of them are met.
		want.NameSeq, want.EmailSeq = got.NameSeq, got.EmailSeq
	}
	switch {
	case found && want == got:
	case got.Direct:
		v.diff.add("%s: the log does not have the event of its last change, the command %s; the read model says %s", got.ID, got.Changed, describe(got))
	case !found:
		v.diff.add("%s: the log knows no such record; the read model says %s", got.ID, describe(got))
	case describe(want) != describe(got):
		v.diff.add("%s: the log says %s; the read model says %s", got.ID, describe(want), describe(got))
	default:
		v.diff.add("%s: the log says %s; the read model says %s", got.ID, describeBooks(want), describeBooks(got))
	}
}

// describe says in words what a person would see of a record.
func describe(r projection.Record) string {
	switch {
	case r.Exists && r.Seq == 0:
		return fmt.Sprintf("%q <%s> v%d, of no event", r.Name, r.Email, r.Version)
	case r.Exists:
		return fmt.Sprintf("%q <%s> v%d at #%d", r.Name, r.Email, r.Version, r.Seq)
	case r.Version > 0:
		return fmt.Sprintf("it was deleted, as v%d at #%d", r.Version, r.Seq)
	}
	return "it never came to be"
}

// describeBooks says what the read model keeps of a record beside what a person
// would see.
func describeBooks(r projection.Record) string {
	return fmt.Sprintf("name set at #%d by %s, email at #%d by %s; created at #%d, last changed at #%d, last event #%d",
		r.NameSeq, r.NameBy, r.EmailSeq, r.EmailBy, r.Born, r.Seq, r.Last)
}

// compareFates compares what became of every command. Whether a rejection is in
// the log is not compared: it may be on its way.
func (v *verification) compareFates() error {
	var failed error
	v.want.Fates(func(want projection.Fate) bool {
		got, found, err := v.db.FateAt(want.Seq)
		if failed = err; err != nil {
			return false
		}
		want.Logged, got.Logged, got.Change = false, false, 0
		switch {
		case !found:
			v.diff.add("command %s: the log says %s; the read model does not know it", want.Ref, describeFate(want))
		case got != want:
			v.diff.add("command %s: the log says %s; the read model says %s", want.Ref, describeFate(want), describeFate(got))
		}
		return true
	})
	return failed
}

// compareClaims compares who holds which email.
func (v *verification) compareClaims() error {
	got, err := v.db.Claims()
	if err != nil {
		return err
	}
	want := v.want.claims.Values()
	for len(want)+len(got) > 0 {
		switch {
		case len(got) == 0 || len(want) > 0 && want[0].Token < got[0].Token:
			v.diff.add("claim of %s: the log says %s; the read model does not know it", want[0].Email, describeClaim(want[0]))
			want = want[1:]
		case len(want) == 0 || got[0].Token < want[0].Token:
			v.diff.add("claim of %s: the log knows no such claim; the read model has %s", got[0].Email, describeClaim(got[0]))
			got = got[1:]
		default:
			if want[0] != got[0] {
				v.diff.add("claim of %s: the log says %s; the read model has %s", want[0].Email, describeClaim(want[0]), describeClaim(got[0]))
			}
			want, got = want[1:], got[1:]
		}
	}
	return nil
}

func describeClaim(c projection.Claim) string {
	if !c.Held() {
		return fmt.Sprintf("nobody's since #%d", c.Last)
	}
	return fmt.Sprintf("that of %s since #%d, last event #%d", c.Record, c.Seq, c.Last)
}

func describeFate(f projection.Fate) string {
	words := []string{fmt.Sprintf("%s #%d of %s", f.Op, f.Seq, f.Record)}
	switch f.Status {
	case projection.Applied:
		words = append(words, fmt.Sprintf("confirmed as v%d", f.Version))
	case projection.Rejected:
		words = append(words, fmt.Sprintf("rejected (%s: %s)", f.Code, f.Why))
	case projection.Refused:
		words = append(words, fmt.Sprintf("refused (%s: %s)", f.Code, f.Why))
	}
	if f.Fallen {
		words = append(words, fmt.Sprintf("fallen with %s at #%d", f.Root, f.RootSeq))
	}
	return strings.Join(words, ", ")
}
