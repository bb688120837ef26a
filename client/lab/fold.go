package lab

import (
	"optimist/shared/event"
	"optimist/shared/sim"
	"optimist/shared/user"
)

// logged is what the log makes of a record: the fold of its events but those
// that a rejection names.
func logged(s *sim.State, record string) user.State {
	var out user.State
	for i := range s.Log {
		e := &s.Log[i]
		if e.Record != record || !e.Kind.Changes() || void(s, e.Seq) || user.Legal(out, e.Op) != nil {
			continue
		}
		out = user.Evolve(out, e.Change())
	}
	return out
}

// void reports whether the log has a rejection of that event.
func void(s *sim.State, seq uint64) bool {
	for i := range s.Log {
		if e := &s.Log[i]; e.Kind == event.Rejected && e.Target == seq {
			return true
		}
	}
	return false
}

// stored is the record's row in the database, and whether there is one.
func stored(s *sim.State, record string) (name, email string, version uint64) {
	for i := range s.Rows {
		if r := &s.Rows[i]; r.ID == record && !r.Deleted {
			return r.Name, r.Email, r.Version
		}
	}
	return "", "", 0
}

// known lists every record that anybody has, by the order of its birth in the
// log, and then those that are only typed.
func known(s *sim.State) []string {
	var ids []string
	seen := map[string]bool{}
	add := func(id string) {
		if id != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	for i := range s.Log {
		if s.Log[i].Kind.Changes() {
			add(s.Log[i].Record)
		}
	}
	for i := range s.Rows {
		add(s.Rows[i].ID)
	}
	for i := range s.Clients {
		for j := range s.Clients[i].Records {
			add(s.Clients[i].Records[j].ID)
		}
	}
	return ids
}
