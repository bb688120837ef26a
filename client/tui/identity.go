package tui

import (
	"strings"

	"optimist/client/view"
	"optimist/shared/reconcile"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// reads returns the strategy that the client reads by.
func (m *Model) reads() strategy.Strategy { return strategy.Of(m.strategy) }

// shownID returns the id that a person sees of a record, "" where ids are the
// client's own and nobody needs to see them. One that the server makes is
// temporary until its place in the log is known.
func (m *Model) shownID(v reconcile.View) string {
	switch m.reads().Identity {
	case strategy.ByClient:
		return ""
	case strategy.ByEmail:
		return v.ID
	case strategy.ByServer:
	}
	for _, p := range v.Pending {
		if p.Op != user.Create {
			continue
		}
		if p.Seq == 0 {
			return temporary(v.ID)
		}
		return hash(p.Seq)
	}
	return m.storedID(v)
}

// storedID returns the id that a record has in the database, as a person sees it.
func (m *Model) storedID(v reconcile.View) string {
	switch {
	case m.reads().Identity != strategy.ByServer:
		return v.ID
	case v.Row.Born == 0:
		return temporary(v.ID)
	}
	return hash(v.Row.Born)
}

// temporaryLetters is how much of the client's id a temporary one shows.
const temporaryLetters = 4

// temporary is the id of a record whose create has no place yet.
func temporary(id string) string {
	return "tmp-" + strings.TrimLeft(id[max(len(id)-temporaryLetters, 0):], "-")
}

// twin returns the row of a create that came before its answer: such a client
// cannot know that it is its own, and shows it beside the create.
func (m *Model) twin(v reconcile.View) view.Row {
	r := view.Row{
		ID: v.ID, Shown: m.storedID(v), Name: v.Row.Name, Email: v.Row.Email, Mark: view.MarkConfirmed,
		Seen: v.Row.Version, Log: v.Row.Version, DB: v.Row.Version, Age: -1, Twin: true,
	}
	if at, ok := m.ages.get(v.ID); ok {
		r.Age = m.now - at
	}
	return r
}
