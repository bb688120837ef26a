package classroom

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	gossh "golang.org/x/crypto/ssh"

	"optimist/client/lab"
)

func mustJoin(t *testing.T, c *class, teaches bool) *member {
	t.Helper()
	m, err := c.join(teaches)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The last vote before the answer is out counts, of those who are there.
func TestVotes(t *testing.T) {
	tape, asks := mustTape(t)
	c := newClass(tape, 3)
	teacher, ann, bob := mustJoin(t, c, true), mustJoin(t, c, false), mustJoin(t, c, false)
	ann.vote(0, 0)
	ann.vote(0, 1)
	bob.vote(0, 1)
	for _, wrong := range [][2]int{{-1, 0}, {99, 0}, {0, -1}, {0, 9}} {
		bob.vote(wrong[0], wrong[1])
	}
	late := mustJoin(t, c, false)
	late.vote(0, 2)
	late.leave()
	late.leave()
	want := func(counts []int, voted, seats int) {
		t.Helper()
		n := teacher.now()
		if diff := cmp.Diff(counts, n.Votes[0]); diff != "" || n.Voted[0] != voted || n.Seats != seats {
			t.Errorf("%d of %d voted (-want +got):\n%s", n.Voted[0], n.Seats, diff)
		}
	}
	want([]int{0, 2, 0}, 2, 2)
	p := lab.NewPlayer(tape)
	p.Jump(asks)
	p.Reveal()
	teacher.show(lab.SceneOf(p))
	ann.vote(0, 2)
	bob.leave()
	want([]int{0, 2, 0}, 2, 1)
}

// Who does not look for long sees the newest once, and who has left is told no
// more.
func TestNewsIsTheNewest(t *testing.T) {
	tape, _ := mustTape(t)
	c := newClass(tape, 3)
	ann, teacher := mustJoin(t, c, false), mustJoin(t, c, true)
	p := lab.NewPlayer(tape)
	for p.Step(1) {
		teacher.show(lab.SceneOf(p))
	}
	n, ok := ann.news().(*lab.News)
	if !ok || n.Scene.At() != p.At() || n.Gone {
		t.Fatalf("%+v", n)
	}
	select {
	case <-ann.look:
		t.Error("there is more")
	default:
	}
	ann.leave()
	if msg := ann.news(); msg != nil {
		t.Errorf("after leaving: %v", msg)
	}
	teacher.leave()
	if again := mustJoin(t, c, true); again.now().Scene.At() != p.At() {
		t.Error("the class lost its place with its teacher")
	}
}

// What comes faster than a person types waits.
func TestInletIsPaced(t *testing.T) {
	stop := make(chan struct{})
	in := &inlet{from: strings.NewReader(strings.Repeat(".", 1<<20)), stop: stop, pace: pace{rate: 1, burst: keyRead}}
	if n, err := in.Read(make([]byte, 4096)); n != keyRead || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	read := make(chan struct{})
	go func() { // Ends with the test.
		defer close(read)
		_, _ = io.ReadFull(in, make([]byte, keyRead))
	}()
	waits := time.NewTimer(50 * time.Millisecond)
	defer waits.Stop()
	select {
	case <-read:
		t.Error("it did not wait")
	case <-waits.C:
	}
	close(stop)
	<-read
}

// A terminal that cannot draw is told so, and sent no screen.
func TestSeatThatCannotDraw(t *testing.T) {
	r := mustServe(t, nil)
	for _, kind := range []string{"dumb", ""} {
		s, err := r.mustDial("ann", r.room.Info().JoinCode).NewSession()
		if err != nil {
			t.Fatal(err)
		}
		var told strings.Builder
		s.Stdout = &told
		if err := errors.Join(s.RequestPty(kind, 24, 80, nil), s.Shell()); err != nil {
			t.Fatal(err)
		}
		var status *gossh.ExitError
		if err := s.Wait(); !errors.As(err, &status) || status.ExitStatus() != 1 || !strings.Contains(told.String(), "a seat is a screen") || strings.Contains(told.String(), "\x1b") {
			t.Errorf("TERM=%q: %v, told %q", kind, err, told.String())
		}
	}
}
