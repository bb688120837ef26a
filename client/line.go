package main

import (
	"encoding/json"
	"fmt"
	"io"

	"optimist/shared/printable"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// line is a record, or a command on it, as a shell command prints it.
type line struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Email     string     `json:"email"`
	Seen      *uint64    `json:"seen"` // Versions; null: none there.
	Log       *uint64    `json:"log"`
	DB        *uint64    `json:"db"`
	Status    string     `json:"status"`
	Phase     string     `json:"phase"`
	Seq       *uint64    `json:"seq"`
	Reason    *user.Code `json:"reason"`
	CommandID string     `json:"command_id"`

	why      string
	numbered bool   // Its strategy has the server make the ids that are shown.
	born     uint64 // That id: the create's place in the log. 0: not known.
}

// recordLine is a record as a list shows it: pending until the rows have what
// the log has, and from then on what a screen shows is the row. What never came to
// be is rolled back.
func recordLine(r protocol.Record) line {
	l := line{ID: r.ID, Name: r.Name, Email: r.Email, Log: versionOf(r.Log), DB: versionOf(r.DB), Seen: versionOf(max(r.Log, r.DB))}
	l.CommandID, l.Seq, l.born = r.Last.Command, versionOf(r.Last.Seq), r.Born
	if r.Settled {
		l.Seen = l.DB
	}
	phase := reconcile.Confirmed
	switch {
	case !r.Settled:
		phase = reconcile.Accepted
	case r.Log == 0 && r.DB == 0 && r.Last.Verdict == protocol.RolledBack:
		phase = reconcile.RolledBack
		l.blame(r.Last)
	}
	return l.in(phase)
}

// settledLine is a record with nothing under way, and what became of the newest
// command on it.
func settledLine(r protocol.Record) line {
	l := recordLine(r)
	if phase := phaseOf(r.Last.Verdict); phase == reconcile.RolledBack {
		l.blame(r.Last)
		return l.in(phase)
	}
	return l
}

// commandLine is one command after answer a, on a record as the server knows it
// now; known is false if the server was not asked or knows none.
func commandLine(c user.Command, a protocol.Reply, r protocol.Record, known bool) line {
	l := line{ID: c.Record, Name: c.Patch.Name, Email: c.Patch.Email, CommandID: c.Command, Seq: versionOf(a.Seq)}
	if known {
		l.Log, l.DB, l.born = versionOf(r.Log), versionOf(r.DB), r.Born
		if r.Name != "" {
			l.Name, l.Email = r.Name, r.Email
		}
	}
	phase := phaseOf(a.Verdict)
	if phase == reconcile.Accepted && l.Log == nil {
		l.Log = versionOf(a.Version)
	}
	l.Seen = l.DB
	if phase == reconcile.Accepted {
		l.Seen = l.Log
	}
	if phase == reconcile.RolledBack {
		l.blame(a)
	}
	return l.in(phase)
}

// takenLine is a command whose client takes accepted for success and looks no
// further: it shows what was typed, on r where nothing was.
func takenLine(c user.Command, a protocol.Reply, r protocol.Record) line {
	l := commandLine(c, a, protocol.Record{}, false)
	if !c.Patch.Set.Has(user.FieldName) {
		l.Name = r.Name
	}
	if !c.Patch.Set.Has(user.FieldEmail) {
		l.Email = r.Email
	}
	return l.in(reconcile.Confirmed)
}

// phaseOf returns how far a command with that answer has come.
func phaseOf(v protocol.Verdict) reconcile.Phase {
	switch v {
	case protocol.Accepted:
		return reconcile.Accepted
	case protocol.Confirmed:
		return reconcile.Confirmed
	case protocol.Refused, protocol.RolledBack:
		return reconcile.RolledBack
	case protocol.Retry, protocol.Unknown, "":
		return reconcile.Sent
	}
	panic(fmt.Sprintf("optimist: unknown verdict %q", v))
}

// in sets how far l has come.
func (l line) in(p reconcile.Phase) line {
	l.Phase, l.Status = p.String(), reconcile.StatusPending.String()
	if !p.Pending() {
		l.Status = l.Phase
	}
	return l
}

// blame says why l was rolled back.
func (l *line) blame(a protocol.Reply) {
	code := a.Code
	l.Reason, l.why = &code, a.Why
}

func versionOf(v uint64) *uint64 {
	if v == 0 {
		return nil
	}
	return &v
}

// print writes l for a program or for a person.
func (l line) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(l)
	}
	_, err := fmt.Fprintln(w, l.text())
	return err
}

// text is one line for a person.
func (l line) text() string {
	s := fmt.Sprintf("%-20s SEEN %-4s LOG %-4s DB %-4s %-11s %s", l.ID, v(l.Seen), v(l.Log), v(l.DB), l.Status, l.person())
	if l.numbered && l.born > 0 {
		s += fmt.Sprintf("  id #%d", l.born)
	}
	if l.Reason != nil {
		s += fmt.Sprintf("  %s: %s", *l.Reason, l.why)
	}
	return printable.Line(s)
}

func (l line) person() string {
	if l.Email == "" {
		return l.Name
	}
	return fmt.Sprintf("%s <%s>", l.Name, l.Email)
}

// v is a version as the screen's columns show it.
func v(version *uint64) string {
	if version == nil {
		return "–"
	}
	return fmt.Sprintf("v%d", *version)
}
