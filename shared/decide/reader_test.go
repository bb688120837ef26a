package decide_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/protocol"
)

// Those that read the log are told of each event in its order, once what lies
// before it is known.
func TestLogFeed(t *testing.T) {
	s := newServer(t)
	s.ask("", create("c1"))
	s.step(decide.Input{Kind: decide.Followed})
	if s.core.LogPosition() != 2 {
		t.Errorf("begins at #%d", s.core.LogPosition())
	}
	s.ask("", edit("e1", "Augusta"))
	s.ask("", of("bob", "u2", create("c2"))) // The same email: it will fall.
	s.store(event.Event{Kind: event.Epoch, Build: 2, Stream: "story"})
	s.ask("", edit("e2", "Ada L."))
	s.ask("", remove("d1"))
	var got []string
	line := func(f protocol.Feed) string {
		text := ""
		for _, row := range f.Rows {
			text += row.ID + " " + row.Name
			if row.Deleted {
				text += " deleted"
			}
			if row.Change != f.To || !f.Log || f.From+1 != f.To {
				t.Errorf("%+v", f)
			}
		}
		return text
	}
	tell := func(want ...string) {
		t.Helper()
		s.carryOut()
		got = nil
		for _, f := range s.feeds {
			got = append(got, line(f))
		}
		s.feeds = nil
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	tell("u1 Augusta", "u2 Ada") // Nobody here knows of the epoch.
	s.project()
	tell("", "u1 Ada L.", "u1 Ada L. deleted", "u2  deleted")
	if s.core.LogPosition() != uint64(len(s.log)) {
		t.Errorf("told up to #%d of %d", s.core.LogPosition(), len(s.log))
	}
}
