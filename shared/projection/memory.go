package projection

import (
	"github.com/tidwall/btree"

	"optimist/shared/user"
)

// Memory is a Store in memory, for folds that are thrown away: verification,
// tests and the simulator. The zero Memory is empty. Its methods never fail,
// and what they list comes in the order of ids and sequences.
type Memory struct {
	records btree.Map[string, Record]
	fates   btree.Map[uint64, Fate]
	seqs    map[user.Ref]uint64 // Of each command's fate; only ever looked up.
	owners  map[string]string   // The living record of each EmailKey; likewise.
}

// Record returns the record, also a tombstone or a mark, or false.
func (m *Memory) Record(id string) (Record, bool, error) {
	r, found := m.records.Get(id)
	return r, found, nil
}

// PutRecord writes the record whole.
func (m *Memory) PutRecord(r Record) error {
	old, found := m.records.Set(r.ID, r)
	if found && old.Exists {
		delete(m.owners, user.EmailKey(old.Email))
	}
	if r.Exists {
		if m.owners == nil {
			m.owners = make(map[string]string)
		}
		m.owners[user.EmailKey(r.Email)] = r.ID
	}
	return nil
}

// EmailOwner returns the living record that has the email.
func (m *Memory) EmailOwner(email string) (string, bool, error) {
	id, found := m.owners[user.EmailKey(email)]
	return id, found, nil
}

// Fate returns what became of a command, or false.
func (m *Memory) Fate(ref user.Ref) (Fate, bool, error) {
	seq, found := m.seqs[ref]
	if !found {
		return Fate{}, false, nil
	}
	return m.FateAt(seq)
}

// FateAt returns the fate of the command whose event is at seq, or false.
func (m *Memory) FateAt(seq uint64) (Fate, bool, error) {
	f, found := m.fates.Get(seq)
	return f, found, nil
}

// PutFate writes the fate of a command whole.
func (m *Memory) PutFate(f Fate) error {
	if m.seqs == nil {
		m.seqs = make(map[user.Ref]uint64)
	}
	m.seqs[f.Ref] = f.Seq
	m.fates.Set(f.Seq, f)
	return nil
}

// Records calls each with every record, in the order of ids, until it returns
// false.
func (m *Memory) Records(each func(Record) bool) {
	m.records.Scan(func(_ string, r Record) bool { return each(r) })
}

// Fates calls each with every fate, in the order of sequences, until it returns
// false.
func (m *Memory) Fates(each func(Fate) bool) {
	m.fates.Scan(func(_ uint64, f Fate) bool { return each(f) })
}
