package classroom

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"testing"
)

// slow is a writer that waits to be let on.
type slow struct {
	begun chan struct{}
	let   chan error
	mu    sync.Mutex
	got   bytes.Buffer
}

func newSlow() *slow { return &slow{begun: make(chan struct{}), let: make(chan error)} }

func (s *slow) Write(p []byte) (int, error) {
	s.begun <- struct{}{}
	err := <-s.let
	s.mu.Lock()
	defer s.mu.Unlock()
	n, _ := s.got.Write(p)
	return n, err
}

// Nobody waits who writes; all of it comes, in order; and there is an end to what
// is kept for who does not read.
func TestOutlet(t *testing.T) {
	to := newSlow()
	o := newOutlet(to)
	go o.pump() // Waited for by o.done.
	mustWrite(t, o, "one ")
	<-to.begun
	mustWrite(t, o, "two ")
	mustWrite(t, o, "three")
	if !o.behind() {
		t.Error("nothing waits")
	}
	if _, err := o.Write(make([]byte, maxQueue)); !errors.Is(err, errSlow) {
		t.Errorf("too much: %v", err)
	}
	to.let <- nil
	<-to.begun
	to.let <- nil
	<-o.drained
	if o.behind() || to.got.String() != "one two three" {
		t.Errorf("behind %v with %q", o.behind(), to.got.String())
	}
	mustWrite(t, o, "!")
	<-to.begun
	o.end()
	to.let <- nil
	for done := false; !done; { // The end may wake it once more, with nothing.
		select {
		case <-to.begun:
			to.let <- nil
		case <-o.done:
			done = true
		}
	}
	if !strings.HasSuffix(to.got.String(), "!") {
		t.Errorf("the end came before the rest: %q", to.got.String())
	}
}

// What fails once is over.
func TestOutletThatBreaks(t *testing.T) {
	to, broken := newSlow(), errors.New("broken")
	o := newOutlet(to)
	go o.pump() // Waited for by o.done.
	mustWrite(t, o, "one")
	<-to.begun
	to.let <- broken
	<-o.done
	if _, err := o.Write([]byte("two")); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
}

func mustWrite(t *testing.T, o *outlet, text string) {
	t.Helper()
	if _, err := o.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
}
