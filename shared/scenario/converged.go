package scenario

import (
	"fmt"

	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/sim"
)

// diverged returns the first difference between the fold of the log, the read
// model and the screens, or what is still pending; "" if there is neither.
func (r *Stepper) diverged() string {
	state := r.state()
	folded := fold(state)
	if what := r.compare("the log", folded, "the database", living(state.Rows)); what != "" {
		return what
	}
	for i := range state.Clients {
		if what := r.screen(&state.Clients[i], living(state.Rows)); what != "" {
			return what
		}
	}
	return ""
}

// screen returns how a client's screen differs from the database, or what is
// pending on it. Records in its tray do not count.
func (r *Stepper) screen(c *sim.ClientState, rows []protocol.Row) string {
	if c.Down {
		return c.Name + " has crashed"
	}
	var seen []protocol.Row
	tray := make(map[string]bool)
	for i := range c.Records {
		v := &c.Records[i]
		switch {
		case v.Status == reconcile.StatusPending:
			return fmt.Sprintf("%s sees %s pending", c.Name, r.ids.name(v.ID))
		case v.Status == reconcile.StatusRolledBack:
			tray[v.ID] = true
		case v.Exists:
			seen = append(seen, protocol.Row{ID: v.ID, Name: v.Name, Email: v.Email})
		}
	}
	var others []protocol.Row
	for _, row := range rows {
		if !tray[row.ID] {
			others = append(others, row)
		}
	}
	return r.compare(c.Name+"'s screen", seen, "the database", others)
}

// fold returns the rows that the log makes, by the one fold that the projector
// runs as well, by id.
func fold(state *sim.State) []protocol.Row {
	var voids projection.Voids
	for _, ev := range state.Log {
		voids.Read(ev)
	}
	var rows projection.Memory
	var authority projection.Voids // As it was where each event stands.
	for _, ev := range state.Log {
		authority.Read(ev)
		ev = projection.Heard(ev, authority.Build)
		if _, err := projection.Apply(&rows, ev, voids.At(ev.Seq), ""); err != nil {
			panic(fmt.Sprintf("scenario: fold the log: %v", err)) // Memory never fails.
		}
	}
	var out []protocol.Row
	for _, rec := range rows.Records() {
		if rec.Exists {
			out = append(out, projection.RowOf(rec))
		}
	}
	return out
}

// living returns the rows that are not deleted.
func living(rows []protocol.Row) []protocol.Row {
	var out []protocol.Row
	for _, row := range rows {
		if !row.Deleted {
			out = append(out, row)
		}
	}
	return out
}

// compare returns the first difference between two lists of rows, each by id.
func (r *Stepper) compare(here string, a []protocol.Row, there string, b []protocol.Row) string {
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].ID < b[0].ID:
			return fmt.Sprintf("%s has %s, %s has not", here, r.ids.name(a[0].ID), there)
		case len(a) == 0 || b[0].ID < a[0].ID:
			return fmt.Sprintf("%s has %s, %s has not", there, r.ids.name(b[0].ID), here)
		case a[0].Name != b[0].Name || a[0].Email != b[0].Email:
			return fmt.Sprintf("of %s, %s has %s, %s has %s", r.ids.name(a[0].ID),
				here, fieldWords(a[0].Name, a[0].Email), there, fieldWords(b[0].Name, b[0].Email))
		}
		a, b = a[1:], b[1:]
	}
	return ""
}
