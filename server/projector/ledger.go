package projector

import (
	"github.com/tidwall/btree"

	"optimist/shared/projection"
	"optimist/shared/user"
)

// ledger is a projection.Store in memory, for a whole log that is folded once
// and thrown away. The zero ledger is empty. Its methods never fail, and what
// they list comes in the order of ids and sequences.
type ledger struct {
	records btree.Map[string, projection.Record]
	fates   btree.Map[uint64, projection.Fate]
	seqs    map[user.Ref]uint64 // Of each command's fate; only ever looked up.
	owners  map[string]string   // The living record of each EmailKey; likewise.
	claims  btree.Map[string, projection.Claim]
}

// Record returns the record, also a tombstone or a mark, or false.
func (l *ledger) Record(id string) (projection.Record, bool, error) {
	r, found := l.records.Get(id)
	return r, found, nil
}

// PutRecord writes the record whole.
func (l *ledger) PutRecord(r projection.Record) error {
	old, found := l.records.Set(r.ID, r)
	if found && old.Exists {
		delete(l.owners, user.EmailKey(old.Email))
	}
	if r.Exists {
		if l.owners == nil {
			l.owners = make(map[string]string)
		}
		l.owners[user.EmailKey(r.Email)] = r.ID
	}
	return nil
}

// EmailOwner returns the living record that has the email.
func (l *ledger) EmailOwner(email string) (string, bool, error) {
	id, found := l.owners[user.EmailKey(email)]
	return id, found, nil
}

// Fate returns what became of a command, or false.
func (l *ledger) Fate(ref user.Ref) (projection.Fate, bool, error) {
	seq, found := l.seqs[ref]
	if !found {
		return projection.Fate{}, false, nil
	}
	return l.FateAt(seq)
}

// FateAt returns the fate of the command whose event is at seq, or false.
func (l *ledger) FateAt(seq uint64) (projection.Fate, bool, error) {
	f, found := l.fates.Get(seq)
	return f, found, nil
}

// PutFate writes the fate of a command whole. One without a sequence is not
// kept.
func (l *ledger) PutFate(f projection.Fate) error {
	if f.Seq == 0 {
		return nil
	}
	if l.seqs == nil {
		l.seqs = make(map[user.Ref]uint64)
	}
	l.seqs[f.Ref] = f.Seq
	l.fates.Set(f.Seq, f)
	return nil
}

// Records calls each with every record, in the order of ids, until it returns
// false.
func (l *ledger) Records(each func(projection.Record) bool) {
	l.records.Scan(func(_ string, r projection.Record) bool { return each(r) })
}

// Fates calls each with every fate, in the order of sequences, until it returns
// false.
func (l *ledger) Fates(each func(projection.Fate) bool) {
	l.fates.Scan(func(_ uint64, f projection.Fate) bool { return each(f) })
}

// Claim returns the claim of an email, also one that has ended, or false.
func (l *ledger) Claim(token string) (projection.Claim, bool, error) {
	c, found := l.claims.Get(token)
	return c, found, nil
}

// PutClaim writes the claim whole.
func (l *ledger) PutClaim(c projection.Claim) error {
	l.claims.Set(c.Token, c)
	return nil
}
