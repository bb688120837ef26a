package search

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"optimist/shared/event"
	"optimist/shared/exit"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// mustMoved returns the scope in which a record comes to be another.
func mustMoved(t *testing.T) *Scope {
	t.Helper()
	text, err := os.ReadFile("testdata/moved.scenario")
	if err != nil {
		t.Fatal(err)
	}
	return mustBeScope(t, string(text))
}

// mustBeScope returns the scope that a text is, where the email is the id.
func mustBeScope(t *testing.T, text string) *Scope {
	t.Helper()
	script, err := scenario.Parse("moved", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	scope, err := NewScope(script, strategy.Of("natural-key"))
	if err != nil {
		t.Fatal(err)
	}
	return scope
}

// Everybody goes on with the record that the second try made, once they see it.
func TestDeedsFollowARecord(t *testing.T) {
	w := mustWalk(t, mustMoved(t), "alice")
	s := w.at().state
	if done := s.done[:2]; done[0] != 3 || done[1] != 1 {
		t.Errorf("of the deeds %v were done", done)
	}
	mustBeAbout(t, s, 0, "grace@example.org", "ada@example.org", "ada@example.org")
	mustBeAbout(t, s, 1, "ada@example.org")
}

// Who is too early sees Grace's record, and a script must call it so.
func TestDeedsNameWhatIsSeen(t *testing.T) {
	w := mustWalk(t, mustMoved(t), "alice create", "alice retry", "server handle alice.1", "deliver reply alice.1", "bob")
	mustBeAbout(t, w.at().state, 1, "grace@example.org")
	var lines []string
	for i := range w.places[1:] {
		if l := w.Move(i + 1).Lines[0]; strings.HasPrefix(l, "bob ") {
			lines = append(lines, l)
		}
	}
	if want := []string{`bob edit grace email=bob@example.org`}; !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}

// What is tried again is where its person left it, though it is another's record,
// and nobody else takes that for it.
func TestDeedsFollowTheirPerson(t *testing.T) {
	w := mustWalk(t, mustBeScope(t, `
client alice bob
given grace name="Grace" email=grace@example.org
given zoe name="Zoe" email=zoe@example.org
alice create ada name="Ada" email=grace@example.org
alice retry ada email=zoe@example.org
alice retry ada email=ada@example.org
alice delete ada
bob edit ada name="Grace Hopper"
`), "alice")
	mustBeAbout(t, w.at().state, 0, "grace@example.org", "zoe@example.org", "ada@example.org", "ada@example.org")
	mustBeAbout(t, w.at().state, 1, "grace@example.org")
}

// mustWalk takes steps without a fault to the end: of each place the first whose
// line begins with one of the words, the earlier before the later, or else any,
// but something that a person does only if nothing else can happen.
func mustWalk(t *testing.T, scope *Scope, words ...string) *Walk {
	t.Helper()
	w, err := NewWalk(scope)
	if err != nil {
		t.Fatal(err)
	}
	words = append(words, "server", "project", "deliver", "")
	for {
		moves := slices.DeleteFunc(w.Moves(), func(mv Move) bool { return mv.Fault != "" })
		if len(moves) == 0 {
			return w
		}
		at := -1
		for i := 0; at < 0; i++ {
			at = slices.IndexFunc(moves, func(mv Move) bool { return strings.HasPrefix(mv.Lines[0], words[i]) })
		}
		if err := w.Take(moves[at]); err != nil {
			t.Fatal(err)
		}
	}
}

// mustBeAbout fails unless what a client did is about the records of these emails.
func mustBeAbout(t *testing.T, s *state, client int, emails ...string) {
	t.Helper()
	var got, want []string
	for _, i := range s.world.State().Clients[client].Intents {
		got = append(got, i.Record)
	}
	for _, email := range emails {
		want = append(want, event.EmailToken(email))
	}
	if !slices.Equal(got, want) {
		t.Errorf("they are about %q, want %q", got, want)
	}
}

// In parts such a record comes to be another as in the whole, and the films of it
// are of the record that they name.
func TestPartsFollowARecord(t *testing.T) {
	mustAgree(t, mustMoved(t), 1, 3_000)
	r, err := Explore(context.Background(), mustMoved(t), Options{})
	if err != nil || r.Cut != "" || len(r.Films) == 0 {
		t.Fatalf("%d films, cut by %q, %v", len(r.Films), r.Cut, err)
	}
	for i := range r.Films {
		f := &r.Films[i]
		script, err := scenario.Parse("film", f.Text)
		if err != nil {
			t.Fatal(err)
		}
		world, err := script.Simulate(script.Strategy)
		if err != nil {
			t.Fatal(err)
		}
		if result, err := scenario.Run(script, world, scenario.Options{}); err != nil || result.Code() != exit.True || len(result.Notes) > 0 {
			t.Errorf("%v %+v\n%s", err, result, f.Text)
		}
	}
}
