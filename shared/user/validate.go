package user

import (
	"fmt"
	"net/mail"
	"strings"
	"unicode/utf8"
)

// Limits of what a person may type. Client and server check the same ones.
const (
	MaxID    = 64  // Characters of an id.
	MaxName  = 200 // Characters of a name.
	MaxEmail = 254 // Characters of an email (RFC 5321, 4.5.3.1.3 less the brackets).
)

// Validate returns the first thing wrong with c as a wrapped Code, or nil.
// Nothing that fails here may reach a subject or a statement.
func Validate(c Command) error {
	for _, id := range []string{c.Client, c.Record} {
		if err := ValidateID(id); err != nil {
			return err
		}
	}
	if err := ValidateCommandID(c.Command); err != nil {
		return err
	}
	if c.Op == Create && c.Patch.Set != FieldName|FieldEmail {
		return missing(c.Patch)
	}
	if c.Op == Edit && c.Patch.Set == 0 {
		return fmt.Errorf("%w: an edit sets a name or an email", ErrInvalidName)
	}
	if c.Patch.Set.Has(FieldName) {
		if err := ValidateName(c.Patch.Name); err != nil {
			return err
		}
	}
	if c.Patch.Set.Has(FieldEmail) {
		return ValidateEmail(c.Patch.Email)
	}
	return nil
}

// missing says which field a create lacks.
func missing(p Patch) error {
	if !p.Set.Has(FieldName) {
		return fmt.Errorf("%w: a create needs a name", ErrInvalidName)
	}
	return fmt.Errorf("%w: a create needs an email", ErrInvalidEmail)
}

// ValidateID accepts 1 to MaxID of A-Z a-z 0-9 _ and -, so that an id is
// always exactly one subject token. It wraps ErrInvalidID.
func ValidateID(id string) error {
	if id == "" {
		return fmt.Errorf("%w: an id is empty; use 1 to %d of A-Z a-z 0-9 _ -", ErrInvalidID, MaxID)
	}
	if len(id) > MaxID {
		return fmt.Errorf("%w: an id has %d characters; at most %d are allowed", ErrInvalidID, len(id), MaxID)
	}
	for _, r := range id {
		if !idRune(r) {
			return fmt.Errorf("%w: an id holds %q; use A-Z a-z 0-9 _ -", ErrInvalidID, r)
		}
	}
	return nil
}

// ValidateCommandID accepts an id, or several with a dot between each two, of at
// most MaxID characters in all: a script calls its commands alice.1. It wraps
// ErrInvalidID.
func ValidateCommandID(id string) error {
	if len(id) > MaxID {
		return ValidateID(id)
	}
	for part := range strings.SplitSeq(id, ".") {
		if err := ValidateID(part); err != nil {
			return err
		}
	}
	return nil
}

func idRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-'
}

// ValidateName accepts 1 to MaxName characters of valid UTF-8 that are not all
// white space. Control and bidirectional characters are accepted: what a screen
// shows of them is the screen's business. It wraps ErrInvalidName.
func ValidateName(name string) error {
	switch n := utf8.RuneCountInString(name); {
	case strings.TrimSpace(name) == "":
		return fmt.Errorf("%w: the name is empty", ErrInvalidName)
	case n > MaxName:
		return fmt.Errorf("%w: the name has %d characters; at most %d are allowed", ErrInvalidName, n, MaxName)
	case !utf8.ValidString(name):
		return fmt.Errorf("%w: the name is not valid UTF-8", ErrInvalidName)
	}
	return nil
}

// ValidateEmail accepts one bare address of at most MaxEmail characters. It
// wraps ErrInvalidEmail.
func ValidateEmail(email string) error {
	switch n := utf8.RuneCountInString(email); {
	case email == "":
		return fmt.Errorf("%w: the email is empty", ErrInvalidEmail)
	case n > MaxEmail:
		return fmt.Errorf("%w: the email has %d characters; at most %d are allowed", ErrInvalidEmail, n, MaxEmail)
	case !utf8.ValidString(email):
		return fmt.Errorf("%w: the email is not valid UTF-8", ErrInvalidEmail)
	}
	addr, err := mail.ParseAddress(email)
	if err != nil || addr.Address != email || strings.ContainsAny(email, "\"()<> \t\r\n") {
		return fmt.Errorf("%w: %q is not an address like ada@example.org", ErrInvalidEmail, email)
	}
	return nil
}

// EmailKey returns what makes two emails the same: the address in lower case.
func EmailKey(email string) string { return strings.ToLower(email) }
