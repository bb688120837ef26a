package search

import (
	"slices"

	"optimist/shared/event"
	"optimist/shared/scenario"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// Where the email is the id, one alias of a script may come to mean one record
// after another: a create that was rolled back and is tried again with another
// email makes another. Which one a deed is about is then known in the state in
// which it is done.

// follow finds the aliases that may come to mean another record, and gives each
// deed of such a one all that it may be about.
func (s *Scope) follow() {
	if s.Strategy.Identity != strategy.ByEmail {
		return
	}
	for i := range s.deeds {
		d := &s.deeds[i]
		d.records = s.meant(d.alias)
		if len(d.records) == 1 {
			d.records = nil
			continue
		}
		if d.action.Verb == sim.Create {
			d.action.Record = event.EmailToken(d.action.Patch.Email)
		}
		for _, record := range d.records {
			if alias := (trace.Alias{Name: d.alias, Record: record}); !slices.Contains(s.names, alias) {
				s.names = append(s.names, alias)
			}
		}
	}
}

// meant returns the records that an alias may come to mean: the first, that of
// each create, and if anybody tries again, that of each email that was typed.
func (s *Scope) meant(alias string) []string {
	records := []string{s.first(alias)}
	retried := slices.ContainsFunc(s.deeds, func(d deed) bool { return d.alias == alias && d.action.Verb == sim.Retry })
	for i := range s.deeds {
		d := &s.deeds[i]
		if d.alias != alias || !d.action.Patch.Set.Has(user.FieldEmail) || !retried && d.action.Verb != sim.Create {
			continue
		}
		if record := event.EmailToken(d.action.Patch.Email); !slices.Contains(records, record) {
			records = append(records, record)
		}
	}
	return records
}

// record returns what a deed is about in w: what its person made or tried again
// under that alias last; else, as somebody else did, the latest on their screen
// that goes by no other name.
func (m *model) record(w *sim.World, at int) string {
	d := &m.scope.deeds[at]
	record := d.action.Record
	if len(d.records) == 0 || d.action.Verb == sim.Create {
		return record
	}
	for i := at - 1; i >= 0; i-- {
		own := &m.scope.deeds[i]
		if own.client != d.client || own.alias != d.alias || !own.makes() {
			continue
		}
		if made, ok := w.RecordOf(d.action.Client, own.action.Intent); ok {
			return made
		}
	}
	for _, later := range d.records {
		if shown, _ := w.Shows(d.action.Client, later); shown && !m.scope.calls(later, d.alias) {
			record = later
		}
	}
	return record
}

// calls reports whether a record has a name besides this one.
func (s *Scope) calls(record, besides string) bool {
	return slices.ContainsFunc(s.names, func(n trace.Alias) bool { return n.Record == record && n.Name != besides })
}

// alias returns by which name a script would find in w what a deed is about. The
// deed's own may mean a later record by then, which its person does not see yet.
func (m *model) alias(w *sim.World, at int) string {
	d := &m.scope.deeds[at]
	if len(d.records) == 0 || d.action.Verb == sim.Create {
		return d.alias
	}
	record := m.record(w, at)
	if meant, _ := m.meaning(w, d.alias); meant == record {
		return d.alias
	}
	for _, n := range m.scope.names {
		if meant, known := m.meaning(w, n.Name); known && meant == record {
			return n.Name
		}
	}
	return d.alias
}

// meaning returns which record a script means by an alias in w: that of what was
// made or tried again under it last, or was given.
func (m *model) meaning(w *sim.World, alias string) (record string, known bool) {
	for i := range slices.Backward(m.scope.deeds) {
		d := &m.scope.deeds[i]
		if d.alias != alias || !d.makes() {
			continue
		}
		if record, known = w.RecordOf(d.action.Client, d.action.Intent); known {
			return record, true
		}
	}
	given := func(l scenario.Line) bool { return l.Step.Do == scenario.Given && l.Step.Record == alias }
	return m.scope.first(alias), slices.ContainsFunc(m.scope.Script.Lines, given)
}

// makes reports whether an alias means what this deed makes from then on.
func (d *deed) makes() bool { return d.action.Verb == sim.Create || d.action.Verb == sim.Retry }
