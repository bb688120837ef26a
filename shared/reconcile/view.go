package reconcile

import (
	"fmt"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// Status is what the screen says of a record, in one of three words.
type Status uint8

// The three words. The zero Status is invalid.
const (
	StatusConfirmed Status = iota + 1
	StatusPending
	StatusRolledBack
)

// String returns the status's word.
func (s Status) String() string {
	switch s {
	case StatusConfirmed:
		return "confirmed"
	case StatusPending:
		return "pending"
	case StatusRolledBack:
		return "rolled-back"
	}
	return fmt.Sprintf("status(%d)", uint8(s))
}

// View is one record as its person sees it: the confirmed row with the
// person's own pending mutations over it, field by field.
type View struct {
	ID     string
	Name   string
	Email  string
	Status Status
	Exists bool // False for what is only in the tray, or deleted.

	Seen uint64 // Version on the screen: the row's, and one for each guess over it. 0: none.
	Log  uint64 // Version in the log, as far as this client was told. 0: none.
	DB   uint64 // Version of the confirmed row, or what is known of it from the log's. 0: none.

	Row      protocol.Row // The confirmed row, or the log's for who reads that; ID "" if there is none.
	Deleting bool         // A pending delete is over it.
	Ghost    bool         // Somebody deleted it under a pending edit.
	Slow     bool         // A pending mutation has been quiet for long.
	Twin     bool         // The row of a pending create came before its answer: shown under two ids.

	Pending []Mutation // In the order typed.
	Tray    []Mutation // Rolled back and not dismissed, in the order typed.
	Shown   []string   // Ids of the own mutations laid over the row, in the order typed: pending, or taken for success.
}

// overlay is a confirmed row and what pending mutations make of it.
type overlay struct {
	exists, ghost, deleting bool
	name, email             string
	version                 uint64
}

// startOverlay returns what row shows by itself.
func startOverlay(row protocol.Row) overlay {
	return overlay{
		exists: row.ID != "" && !row.Deleted,
		name:   row.Name, email: row.Email, version: row.Version,
	}
}

// lay puts m over o.
func (o overlay) lay(m *Mutation) overlay {
	o.version++
	switch m.Op {
	case user.Create:
		o.exists, o.ghost, o.deleting = true, false, false
		o.name, o.email = m.Patch.Name, m.Patch.Email
	case user.Edit:
		o.ghost = !o.exists
		o = o.patch(m.Patch)
	case user.Delete:
		// What is taken for success is not marked as under way.
		o.exists, o.deleting = o.exists && m.Phase != Confirmed, m.Phase != Confirmed
	default:
		panic(fmt.Sprintf("reconcile: unknown %v", m.Op))
	}
	return o
}

func (o overlay) patch(p user.Patch) overlay {
	if p.Set.Has(user.FieldName) {
		o.name = p.Name
	}
	if p.Set.Has(user.FieldEmail) {
		o.email = p.Email
	}
	return o
}

// plain makes v what row shows by itself. It keeps the room of v's lists.
func (v *View) plain(id string, row protocol.Row) {
	*v = View{
		ID: id, Name: row.Name, Email: row.Email, Status: StatusConfirmed,
		Exists: row.ID != "" && !row.Deleted, Row: row,
		Pending: v.Pending[:0], Tray: v.Tray[:0], Shown: v.Shown[:0],
	}
	if v.Exists {
		v.Seen, v.Log, v.DB = row.Version, row.Version, row.Version
	}
}

// under adds what is under way on the record: lists and marks, and no guess.
func (v *View) under(l lane) {
	for c := l.first(); c != nil; c = l.next(c) {
		switch {
		case c.Phase.Pending():
			v.Pending = append(v.Pending, c.Mutation)
			v.Slow = v.Slow || c.Slow
			v.Log = max(v.Log, c.Version)
		case c.Phase == Confirmed:
			v.Log = max(v.Log, c.Version)
		case c.Phase == RolledBack:
			v.Tray = append(v.Tray, c.Mutation)
		}
	}
	switch {
	case len(v.Pending) > 0:
		v.Status = StatusPending
	case len(v.Tray) > 0:
		v.Status = StatusRolledBack
	}
}

// lay makes v show o, and what lies in the tray where there is nothing else.
func (v *View) lay(o overlay) {
	if !o.exists && len(v.Pending) == 0 {
		for i := range v.Tray {
			o = o.patch(v.Tray[i].Patch)
		}
	}
	v.Name, v.Email, v.Exists, v.Ghost, v.Deleting = o.name, o.email, o.exists, o.ghost, o.deleting
	v.Seen = 0
	if o.exists || o.ghost {
		v.Seen = o.version
	}
}

// lag tells the rows' version where row is the log's and the read model has been
// told of up to reached: exactly if one event of the record is under way.
func (v *View) lag(row protocol.Row, reached uint64) {
	switch {
	case row.Seq <= reached:
	case row.Born > reached:
		v.DB = 0
	case v.DB > 0:
		v.DB--
	}
}
