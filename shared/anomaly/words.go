package anomaly

import (
	"fmt"
	"strings"

	"optimist/shared/trace"
	"optimist/shared/user"
)

// recordID returns a record's id; "" of none.
func (c *Checker) recordID(r int32) string {
	if r == none {
		return ""
	}
	return c.records[r].id
}

// called returns what a person calls a record.
func (c *Checker) called(r int32) string {
	id := c.recordID(r)
	for _, alias := range c.names {
		if alias.Record == id {
			return alias.Name
		}
	}
	return id
}

// deed says whose intent does what to which record.
func (c *Checker) deed(u *intent) string {
	return c.sentence("%s's %s %s of %s", u.client, u.op, u.id, c.called(u.record))
}

// asEvent names the event of an intent; nothing if there is none.
func (c *Checker) asEvent(entry int32) string {
	if entry == none {
		return ""
	}
	return c.sentence(" as event #%d", c.log[entry].seq)
}

// listed joins ids as a person does.
func listed(ids []string) string {
	if n := len(ids); n > 1 {
		return strings.Join(ids[:n-1], ", ") + " and " + ids[n-1]
	}
	return strings.Join(ids, "")
}

// face is what a value looks like: an absent record has no name.
type face struct {
	exists      bool
	name, email string
}

// faceOf returns what v looks like.
func faceOf(v trace.Value) face {
	if !v.Exists {
		return face{}
	}
	return face{true, v.Name, v.Email}
}

// stateFace returns what s looks like.
func stateFace(s user.State) face {
	if !s.Exists {
		return face{}
	}
	return face{true, s.Name, s.Email}
}

// holds reports whether f has the effect of an operation.
func (f face) holds(op user.Op, p user.Patch) bool {
	if op == user.Delete {
		return !f.exists
	}
	return f.exists && (!p.Set.Has(user.FieldName) || f.name == p.Name) && (!p.Set.Has(user.FieldEmail) || f.email == p.Email)
}

// String is the face in a sentence.
func (f face) String() string {
	if !f.exists {
		return "absent"
	}
	return fmt.Sprintf("%q <%s>", f.name, f.email)
}

// sentence is fmt.Sprintf by the name of what it makes; nothing if nobody reads it.
func (c *Checker) sentence(format string, args ...any) string {
	if c.brief {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

// field names what p sets, for a sentence.
func field(p user.Patch) string {
	switch p.Set {
	case user.FieldName:
		return "name"
	case user.FieldEmail:
		return "email"
	}
	return "same field"
}
