// Package user is the domain: what a user is, which commands change one, and
// when a command is legal. It decides; it stores nothing and sends nothing.
package user

import "fmt"

// Op is what a command asks for.
type Op uint8

// The three operations. The zero Op is invalid.
const (
	Create Op = iota + 1
	Edit
	Delete
)

// String returns the operation's word: create, edit or delete.
func (o Op) String() string {
	switch o {
	case Create:
		return "create"
	case Edit:
		return "edit"
	case Delete:
		return "delete"
	}
	return fmt.Sprintf("op(%d)", uint8(o))
}

// ParseOp is the inverse of Op.String.
func ParseOp(s string) (Op, bool) {
	for _, o := range []Op{Create, Edit, Delete} {
		if o.String() == s {
			return o, true
		}
	}
	return 0, false
}

// MarshalText makes an Op its word in JSON.
func (o Op) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the word written by MarshalText.
func (o *Op) UnmarshalText(text []byte) error {
	op, ok := ParseOp(string(text))
	if !ok {
		return fmt.Errorf("unknown operation %q", text)
	}
	*o = op
	return nil
}

// Ref names a command for ever: who asked, and the id that client gave it.
// The zero Ref names nothing.
type Ref struct {
	Client  string `json:"client,omitempty"`
	Command string `json:"command,omitempty"`
}

// IsZero reports whether r names nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// String returns client/command.
func (r Ref) String() string { return r.Client + "/" + r.Command }

// Command asks for one change of one user. It carries only the fields it
// sets, so that changes of different fields merge.
type Command struct {
	Ref
	Record string // The user's id.
	Op     Op
	Patch  Patch  // The fields set; empty for a delete.
	Cause  Ref    // The pending mutation it was typed on, if any.
	Base   uint64 // The log sequence of the record its author had seen; 0: none.
}

// State is a user as a fold of its events. The zero State is a user that never
// was. Version counts effective changes and is never reset: a user created
// again after a delete goes on counting.
type State struct {
	Exists   bool
	Name     string
	Email    string
	Version  uint64
	NameSeq  uint64 // Log sequence of the last change of Name.
	EmailSeq uint64 // Log sequence of the last change of Email.
	NameBy   string // Client of the last change of Name.
	EmailBy  string // Client of the last change of Email.
}

// Change is a command that happened: its place in the log is known.
type Change struct {
	Seq    uint64
	Client string
	Op     Op
	Patch  Patch
}

// Legal reports whether op may happen to s, as nil, ErrExists or ErrNotFound.
// It is the domain's rule where an event stands in the log; Decide adds the
// author's point of view.
func Legal(s State, op Op) error {
	switch {
	case op == Create && s.Exists:
		return ErrExists
	case op != Create && !s.Exists:
		return ErrNotFound
	}
	return nil
}

// Decide reports whether c may happen to s: nil, ErrExists, ErrNotFound, or
// ErrConflict when another client changed a field that c sets after the
// author's base. Changes of other fields merge. A command with neither base nor
// cause takes s itself as what its author saw; with a cause and base 0, its
// author had seen nothing of the record but the own create.
func Decide(s State, c Command) error {
	if err := Legal(s, c.Op); err != nil {
		return err
	}
	if c.Op != Edit || c.Base == 0 && c.Cause.IsZero() {
		return nil
	}
	if c.Patch.Set.Has(FieldName) && s.NameSeq > c.Base && s.NameBy != c.Client {
		return ErrConflict
	}
	if c.Patch.Set.Has(FieldEmail) && s.EmailSeq > c.Base && s.EmailBy != c.Client {
		return ErrConflict
	}
	return nil
}

// Evolve returns s after ch, which must be legal on s.
func Evolve(s State, ch Change) State {
	s.Version++
	switch ch.Op {
	case Create:
		s.Exists = true
		s.Name, s.Email = "", ""
		s = s.with(ch)
	case Edit:
		s = s.with(ch)
	case Delete:
		s.Exists = false
	default:
		panic(fmt.Sprintf("user: unknown %v", ch.Op))
	}
	return s
}

// with sets the fields of ch and who set them where.
func (s State) with(ch Change) State {
	if ch.Patch.Set.Has(FieldName) {
		s.Name, s.NameSeq, s.NameBy = ch.Patch.Name, ch.Seq, ch.Client
	}
	if ch.Patch.Set.Has(FieldEmail) {
		s.Email, s.EmailSeq, s.EmailBy = ch.Patch.Email, ch.Seq, ch.Client
	}
	return s
}
