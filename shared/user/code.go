package user

import (
	"errors"
	"strings"
)

// Code says why a change was refused or rolled back, with the same word on the
// wire, in the log, in the read model, in scripts and on the screen. A Code is
// an error, so that it can be wrapped with %w and found with errors.Is.
type Code string

// Every reason there is.
const (
	ErrNotFound         Code = "not_found"         // No such user where it was looked for.
	ErrExists           Code = "exists"            // A user with this id exists.
	ErrConflict         Code = "conflict"          // Another client changed the same field after the base.
	ErrEmailTaken       Code = "email_taken"       // Another living user has this email.
	ErrEmailFixed       Code = "email_fixed"       // The email is the user's identity and cannot change.
	ErrCascade          Code = "cascade"           // The create it was typed on was rolled back.
	ErrProjectionFailed Code = "projection_failed" // The read model gave up on the event for good.
	ErrRefusedByStore   Code = "refused_by_store"  // The event store refused the event for good.
	ErrInvalidID        Code = "invalid_id"        // See ValidateID.
	ErrInvalidName      Code = "invalid_name"      // See ValidateName.
	ErrInvalidEmail     Code = "invalid_email"     // See ValidateEmail.
)

// Codes lists every reason in the order of this file.
var Codes = []Code{
	ErrNotFound, ErrExists, ErrConflict, ErrEmailTaken, ErrEmailFixed, ErrCascade,
	ErrProjectionFailed, ErrRefusedByStore, ErrInvalidID, ErrInvalidName, ErrInvalidEmail,
}

// Error returns the code itself: it is a word, not a sentence.
func (c Code) Error() string { return string(c) }

// Words returns what err says besides its code: the reason for a person.
func Words(err error) string {
	var code Code
	if !errors.As(err, &code) {
		return err.Error()
	}
	return strings.TrimPrefix(err.Error(), string(code)+": ")
}
