package projection

import (
	"cmp"
	"slices"

	"optimist/shared/user"
)

// Memory is a Store in memory, for worlds that are copied and compared: small,
// flat, and with one canonical form. The zero Memory is empty. Its methods
// never fail. It gives the change numbers that a database would.
type Memory struct {
	To     uint64 // The checkpoint: the last event projected.
	Change uint64 // The last change number given.

	records []Record // By id.
	fates   []Fate   // By client and command.
	claims  []Claim  // By token.
}

func (m *Memory) record(id string) (int, bool) {
	return slices.BinarySearchFunc(m.records, id, func(r Record, id string) int { return cmp.Compare(r.ID, id) })
}

func (m *Memory) fate(ref user.Ref) (int, bool) {
	return slices.BinarySearchFunc(m.fates, ref, func(f Fate, ref user.Ref) int { return compareRefs(f.Ref, ref) })
}

func (m *Memory) claim(token string) (int, bool) {
	return slices.BinarySearchFunc(m.claims, token, func(c Claim, token string) int { return cmp.Compare(c.Token, token) })
}

func compareRefs(a, b user.Ref) int {
	if c := cmp.Compare(a.Client, b.Client); c != 0 {
		return c
	}
	return cmp.Compare(a.Command, b.Command)
}

// Record returns the record, also a tombstone or a mark, or false.
func (m *Memory) Record(id string) (Record, bool, error) {
	i, found := m.record(id)
	if !found {
		return Record{}, false, nil
	}
	return m.records[i], true, nil
}

// PutRecord writes the record whole, under a new change number if Seq or
// Version changed.
func (m *Memory) PutRecord(r Record) error {
	m.Change++
	r.Change = m.Change
	i, found := m.record(r.ID)
	if !found {
		m.records = slices.Insert(m.records, i, r)
		return nil
	}
	if old := m.records[i]; old.Seq == r.Seq && old.Version == r.Version {
		r.Change = old.Change
	}
	m.records[i] = r
	return nil
}

// EmailOwner returns the living record that has the email.
func (m *Memory) EmailOwner(email string) (string, bool, error) {
	key := user.EmailKey(email)
	for i := range m.records {
		if r := &m.records[i]; r.Exists && user.EmailKey(r.Email) == key {
			return r.ID, true, nil
		}
	}
	return "", false, nil
}

// Fate returns what became of a command, or false.
func (m *Memory) Fate(ref user.Ref) (Fate, bool, error) {
	i, found := m.fate(ref)
	if !found {
		return Fate{}, false, nil
	}
	return m.fates[i], true, nil
}

// FateAt returns the fate of the command whose event is at seq, or false.
func (m *Memory) FateAt(seq uint64) (Fate, bool, error) {
	for i := range m.fates {
		if m.fates[i].Seq == seq && seq != 0 {
			return m.fates[i], true, nil
		}
	}
	return Fate{}, false, nil
}

// PutFate writes the fate of a command whole. A rejection that is not silent
// gets a change number.
func (m *Memory) PutFate(f Fate) error {
	f.Change = 0
	if f.numbered() {
		m.Change++
		f.Change = m.Change
	}
	i, found := m.fate(f.Ref)
	if !found {
		m.fates = slices.Insert(m.fates, i, f)
		return nil
	}
	if old := m.fates[i]; old.Status == f.Status {
		f.Change = old.Change
	}
	m.fates[i] = f
	return nil
}

// numbered reports whether clients learn of f among what changed.
func (f Fate) numbered() bool { return f.Status == Rejected && !f.Silent }

// Claim returns the claim of an email, also one that has ended, or false.
func (m *Memory) Claim(token string) (Claim, bool, error) {
	i, found := m.claim(token)
	if !found {
		return Claim{}, false, nil
	}
	return m.claims[i], true, nil
}

// PutClaim writes the claim whole.
func (m *Memory) PutClaim(c Claim) error {
	i, found := m.claim(c.Token)
	if found {
		m.claims[i] = c
		return nil
	}
	m.claims = slices.Insert(m.claims, i, c)
	return nil
}

// Records returns every record, by id. The slice is the Memory's own.
func (m *Memory) Records() []Record { return m.records }

// Fates returns every fate, by client and command. The slice is the Memory's own.
func (m *Memory) Fates() []Fate { return m.fates }

// Unlogged appends to out the rejections that the log is still owed, in the
// order of their events.
func (m *Memory) Unlogged(out []Fate) []Fate {
	first := len(out)
	for _, f := range m.fates {
		if f.Status == Rejected && !f.Logged {
			out = append(out, f)
		}
	}
	slices.SortFunc(out[first:], func(a, b Fate) int { return cmp.Compare(a.Seq, b.Seq) })
	return out
}

// Claims returns every claim, by token. The slice is the Memory's own.
func (m *Memory) Claims() []Claim { return m.claims }

// Since returns up to limit rows and rejections that changed after the change
// number.
func (m *Memory) Since(change uint64, limit int) Page {
	page := Page{To: m.To, Change: m.Change}
	records := newer(m.records, change, func(r Record) uint64 {
		if r.Version == 0 {
			return 0
		}
		return r.Change
	})
	fates := newer(m.fates, change, func(f Fate) uint64 { return f.Change })
	page.Merge(records, fates, limit)
	return page
}

// newer returns those of list whose number is over after, in the order of their
// numbers.
func newer[T any](list []T, after uint64, number func(T) uint64) []T {
	var out []T
	for _, t := range list {
		if number(t) > after {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b T) int { return cmp.Compare(number(a), number(b)) })
	return out
}

// CopyFrom makes m what src is, in the memory it has.
func (m *Memory) CopyFrom(src *Memory) {
	m.To, m.Change = src.To, src.Change
	m.records = append(m.records[:0], src.records...)
	m.fates = append(m.fates[:0], src.fates...)
	m.claims = append(m.claims[:0], src.claims...)
}
