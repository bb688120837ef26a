package user

import (
	"strconv"
	"strings"
)

// Fields is a set of a user's fields.
type Fields uint8

// The fields of a user.
const (
	FieldName Fields = 1 << iota
	FieldEmail
)

// Has reports whether f holds all of other.
func (f Fields) Has(other Fields) bool { return f&other == other }

// Patch holds new values for some fields: those in Set. The others are empty
// and mean nothing.
type Patch struct {
	Set   Fields
	Name  string
	Email string
}

// SetName returns a patch of the name.
func SetName(name string) Patch { return Patch{Set: FieldName, Name: name} }

// SetEmail returns a patch of the email.
func SetEmail(email string) Patch { return Patch{Set: FieldEmail, Email: email} }

// SetBoth returns a patch of both fields, as a create needs it.
func SetBoth(name, email string) Patch {
	return Patch{Set: FieldName | FieldEmail, Name: name, Email: email}
}

// Over returns p laid over older: p's fields win.
func (p Patch) Over(older Patch) Patch {
	out := older
	if p.Set.Has(FieldName) {
		out.Set |= FieldName
		out.Name = p.Name
	}
	if p.Set.Has(FieldEmail) {
		out.Set |= FieldEmail
		out.Email = p.Email
	}
	return out
}

// String writes the fields that p sets as a script does: name="Ada"
// email=ada@example.org. It is empty if p sets none.
func (p Patch) String() string {
	var words []string
	if p.Set.Has(FieldName) {
		words = append(words, "name="+strconv.Quote(p.Name))
	}
	if p.Set.Has(FieldEmail) {
		email := p.Email
		if ValidateEmail(email) != nil {
			email = strconv.Quote(email)
		}
		words = append(words, "email="+email)
	}
	return strings.Join(words, " ")
}
