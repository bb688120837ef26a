package command

import (
	"fmt"
	"testing"

	"optimist/shared/user"
)

func TestSeenForgetsNothingAndGuessesSeldom(t *testing.T) {
	const names, mostGuesses = 100_000, 100
	s := newSeen()
	ref := func(i int) user.Ref { return user.Ref{Client: "ada", Command: fmt.Sprint("c", i)} }
	if !s.mayCommand(ref(0)) || !s.mayRecord("c0") {
		t.Error("what is not whole knows that something is new")
	}
	s.whole.Store(true)
	for i := range names {
		s.command(ref(i))
	}
	s.record("u1")
	guesses := 0
	for i := range names {
		if !s.mayCommand(ref(i)) {
			t.Fatalf("%s is forgotten", ref(i))
		}
		if s.mayCommand(ref(names + i)) {
			guesses++
		}
	}
	if guesses > mostGuesses {
		t.Errorf("%d of %d new commands are taken for known", guesses, names)
	}
	if !s.mayRecord("u1") || s.mayRecord("u2") || s.mayCommand(user.Ref{Client: "bob", Command: "c1"}) {
		t.Error("it confuses records, or clients")
	}
}
