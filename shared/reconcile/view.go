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
	DB   uint64 // Version of the confirmed row. 0: none.

	Row      protocol.Row // The confirmed row; ID "" if there is none.
	Deleting bool         // A pending delete is over it.
	Ghost    bool         // Somebody deleted it under a pending edit.
	Slow     bool         // A pending mutation has been quiet for long.
	Twin     bool         // The row of a pending create came before its answer: shown under two ids.

	Pending []Mutation // In the order typed.
	Tray    []Mutation // Rolled back and not dismissed, in the order typed.
	Shown   []string   // Ids of the own mutations that are laid over the row, in the order typed.
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

// lay puts m over o. A mutation whose event the row holds already adds nothing:
// rows may run ahead of the read position while a resync comes in.
func (o overlay) lay(m *Mutation, row protocol.Row) overlay {
	if m.Phase == Writing || m.Seq != 0 && m.Seq <= row.Seq {
		return o
	}
	o.version++
	switch m.Op {
	case user.Create:
		o.exists, o.ghost, o.deleting = true, false, false
		o.name, o.email = m.Patch.Name, m.Patch.Email
	case user.Edit:
		o.ghost = !o.exists
		o = o.patch(m.Patch)
	case user.Delete:
		o.deleting = true
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
