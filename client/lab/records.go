package lab

import (
	"fmt"
	"strings"

	"optimist/client/view"
	"optimist/shared/reconcile"
	"optimist/shared/sim"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// desk is one person's screen at one stop.
type desk struct {
	tape   *Tape
	stop   *Stop
	client *sim.ClientState // nil: nobody is there yet.
	theme  view.Theme
	wide   bool // The lane has room for names.
}

// records returns the table. What the log or the database has and the person
// does not see is in it too, without a mark.
func (d desk) records(selected string, height int) view.Records {
	out := view.Records{Selected: -1, Title: "records", Empty: "no records yet"}
	all := known(d.stop.State)
	for _, id := range all {
		if r, shows := d.row(id); shows {
			if id == selected {
				out.Selected = len(out.Rows)
			}
			out.Rows = append(out.Rows, r)
		}
	}
	out.Total = len(out.Rows)
	if d.client != nil {
		for i := range d.client.Intents {
			switch u := &d.client.Intents[i]; {
			case pending(u):
				out.Pending++
			case u.Tray:
				out.RolledBack++
			}
		}
	}
	if first := out.Selected - height + 1; first > 0 && height > 0 {
		out.Offset, out.Rows, out.Selected = first, out.Rows[first:], height-1
	}
	return out
}

// pending reports whether an intent has no verdict yet.
func pending(u *sim.IntentState) bool {
	return !u.Withdrawn && u.Phase != reconcile.Confirmed && u.Phase != reconcile.RolledBack
}

// row returns one record in its three versions, and whether anybody has it.
func (d desk) row(id string) (view.Row, bool) {
	s := d.stop.State
	name, email, version := stored(s, id)
	fold := logged(s, id)
	r := view.Row{ID: id, Name: name, Email: email, DB: version, Age: -1}
	if fold.Exists {
		r.Name, r.Email, r.Log = fold.Name, fold.Email, fold.Version
	}
	shows := r.Log != 0 || r.DB != 0
	if d.client == nil {
		return r, shows
	}
	for i := range d.client.Records {
		if rec := &d.client.Records[i]; rec.ID == id {
			d.seen(&r, rec)
			return r, true
		}
	}
	return r, shows
}

// seen lays what the person sees over what the log and the database have.
func (d desk) seen(r *view.Row, rec *sim.RecordState) {
	own := len(rec.Shown) > 0
	r.Name, r.Email, r.Mark, r.Seen = rec.Name, rec.Email, statusMark(rec.Status), rec.Seen
	r.Guess = rec.Status == reconcile.StatusPending && own && rec.Seen != r.DB
	r.Ghost, r.Deleting, r.Slow = rec.Ghost, rec.Deleting, rec.Slow
	r.Struck = rec.Deleting || rec.Status == reconcile.StatusRolledBack && !rec.Exists
	if !rec.Exists && !rec.Ghost {
		r.Seen = 0
	}
	r.Tags = d.tags(rec)
	typed := d.fallen(rec.ID)
	switch {
	case rec.Exists:
		r.Erased = erased(typed, rec)
	case r.Name == "":
		r.Name, r.Email = typed.Name, typed.Email
	}
}

// fallen is what of the record was rolled back and not dismissed, as one patch.
func (d desk) fallen(record string) user.Patch {
	var p user.Patch
	for i := range d.client.Intents {
		if u := &d.client.Intents[i]; u.Tray && u.Record == record {
			p = d.tape.patch(u.ID).Over(p)
		}
	}
	return p
}

// erased is the first thing typed that the record does not have.
func erased(p user.Patch, rec *sim.RecordState) string {
	switch {
	case p.Set.Has(user.FieldName) && p.Name != rec.Name:
		return p.Name
	case p.Set.Has(user.FieldEmail) && p.Email != rec.Email:
		return p.Email
	}
	return ""
}

// tags names the person's changes of the record that are under way or fell.
func (d desk) tags(rec *sim.RecordState) string {
	var ids []string
	for i := range d.client.Intents {
		u := &d.client.Intents[i]
		if u.Record != rec.ID {
			continue
		}
		switch {
		case pending(u):
			ids = append(ids, u.ID)
		case u.Tray && rec.Status != reconcile.StatusRolledBack:
			ids = append(ids, d.theme.Glyph(view.MarkRolledBack)+u.ID)
		case u.Tray:
			ids = append(ids, u.ID)
		}
	}
	if len(ids) < 2 && rec.Status != reconcile.StatusRolledBack {
		return strings.Join(ids, "")
	}
	for i := range ids { // They are all of the person whose screen it is.
		ids[i] = strings.Replace(ids[i], d.client.Name+".", ".", 1)
	}
	return strings.Join(ids, " ")
}

// patch is what an intent sets.
func (t *Tape) patch(intent string) user.Patch {
	if e := t.intents[intent]; e != nil {
		return e.Patch
	}
	return user.Patch{}
}

// maxChips is how many chips a station of the lane gets.
const maxChips = 12

// pipeline returns the lane from the person to the screen.
func (d desk) pipeline(selected view.Row) view.Pipeline {
	s := d.stop.State
	p := view.Pipeline{State: "running", LogSeq: uint64(len(s.Log)), DBSeq: s.Checkpoint}
	switch {
	case s.ServerDown:
		p.State = "server down"
	case s.Stalled != 0:
		p.State, p.Project = "stalled", view.Chip{Text: d.event(s.Stalled), Mark: view.MarkStalled}
	case s.Retrying != 0:
		p.State, p.Project = "retrying", view.Chip{Text: d.event(s.Retrying), Mark: view.MarkStalled}
	}
	at := max(s.Stalled, s.Retrying)
	for _, w := range s.Waiting {
		if w.Gate == sim.CommitGate {
			p.Project, at = view.Chip{Text: d.event(w.To), Mark: view.MarkPending}, w.To
		}
	}
	for i := range s.Log {
		e := &s.Log[i]
		if e.Seq <= s.Checkpoint || e.Seq == at || !e.Kind.Changes() || len(p.Log) == maxChips {
			continue
		}
		chip := view.Chip{Text: hash(e.Seq), Mark: view.MarkPending}
		if d.wide {
			chip.Text = d.event(e.Seq)
		}
		if void(s, e.Seq) {
			chip.Mark = view.MarkRolledBack
		}
		p.Log = append(p.Log, chip)
	}
	d.typed(&p)
	if selected.ID != "" {
		p.Selected, p.Seen = selected.Name, view.Version(selected.Seen, selected.Guess)
		p.InLog, p.InDB = view.Version(selected.Log, false), view.Version(selected.DB, false)
	}
	return p
}

// typed puts the person's changes without an answer at the lane's beginning.
func (d desk) typed(p *view.Pipeline) {
	if d.client == nil {
		return
	}
	for i := range d.client.Intents {
		u := &d.client.Intents[i]
		if !pending(u) {
			continue
		}
		p.Guesses++
		if u.Phase != reconcile.Accepted && len(p.You) < maxChips {
			p.You = append(p.You, view.Chip{Text: u.ID, Mark: view.MarkPending})
		}
	}
}

// event names an event shortly: by whose it is, or where.
func (d desk) event(seq uint64) string {
	if seq == 0 || seq > uint64(len(d.stop.State.Log)) {
		return hash(seq)
	}
	e := &d.stop.State.Log[seq-1]
	if e.Command == "" {
		return hash(seq)
	}
	return e.Command
}

// inspector returns the life of a record up to the stop.
func (d desk) inspector(row view.Row) view.Inspector {
	out := view.Inspector{Row: row, Offset: -1}
	if row.ID == "" {
		return out
	}
	out.Steps = d.life(row.ID)
	if n := len(out.Steps); n > 0 && row.Mark != view.MarkConfirmed {
		out.Steps[n-1].Here = true
	}
	name, email, _ := stored(d.stop.State, row.ID)
	out.Fields = []view.Field{{Name: "name", Seen: row.Name, DB: name}, {Name: "email", Seen: row.Email, DB: email}}
	if d.client == nil {
		return out
	}
	for i := len(d.client.Intents) - 1; i >= 0; i-- {
		if u := &d.client.Intents[i]; u.Tray && u.Record == row.ID {
			out.Verdicts = append(out.Verdicts, view.Verdict{
				Tag: u.ID, What: fmt.Sprintf("%s rolled back: %s", u.Op, u.Code), Why: why(u), Typed: fields(d.tape.patch(u.ID)),
			})
		}
	}
	return out
}

// why says why an intent was rolled back.
func why(u *sim.IntentState) string {
	switch {
	case u.Why != "":
		return u.Why
	case u.Root != "":
		return "the create it was typed on was rolled back: " + u.Root
	}
	return string(u.Code)
}

// of reports whether a fact is about the record: of itself, or by its intent.
func (t *Tape) of(e *trace.Event, record string) bool {
	if e.Record != "" {
		return e.Record == record
	}
	acted := t.intents[e.Intent]
	return acted != nil && acted.Record == record
}
