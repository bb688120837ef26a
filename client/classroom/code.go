package classroom

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"strings"
)

// letters of a code are those that nobody takes for another: 32, so that eight
// of them are 40 bits.
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// Length of a code, and the most of what is typed for one, in characters.
const (
	codeLength = 8
	maxTyped   = 64
)

// code is what a person types to come in; "" lets nobody in.
type code string

// newCode returns a code that nobody can guess.
func newCode() code {
	raw := make([]byte, codeLength)
	_, _ = rand.Read(raw) // It never fails.
	for i, b := range raw {
		raw[i] = letters[int(b)%len(letters)]
	}
	return code(raw)
}

// String returns the code as a person reads it: ABCD-EFGH.
func (c code) String() string {
	if c == "" {
		return ""
	}
	return string(c[:codeLength/2] + "-" + c[codeLength/2:])
}

// opens reports whether somebody typed the code; case, blanks and dashes do not
// matter. It takes as long whatever is wrong.
func (c code) opens(typed string) bool {
	if c == "" || len(typed) > maxTyped {
		return false
	}
	typed = strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(typed))
	have, want := sha256.Sum256([]byte(typed)), sha256.Sum256([]byte(c))
	return subtle.ConstantTimeCompare(have[:], want[:]) == 1
}
