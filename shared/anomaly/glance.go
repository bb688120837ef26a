package anomaly

import (
	"optimist/shared/trace"
	"optimist/shared/user"
)

// glance is a value that was on the screen.
type glance struct {
	face  face
	row   uint64
	valid bool
	stale bool // The person did something since it came.
}

// acts notes that a change of what is shown is no wonder now.
func (s *screen) acts() { s.older.valid, s.now.stale = false, true }

// flickers looks for a screen that goes back to what it was without news.
func (c *Checker) flickers(s *screen, e *trace.Event, f face) {
	row, rec := e.Value.Seq, &c.records[s.record]
	if !f.exists {
		row = max(row, s.base) // What is not there is so as of what its client took.
	}
	if before := c.entry(s.now.row); s.now.valid && row != 0 && row < s.now.row && before != none && c.stands(before) {
		c.blame(flicker, s, c.sentence("%s's screen of %s went back from #%d to #%d", e.Client, c.called(s.record), s.now.row, row))
	}
	switch {
	case !s.now.valid:
		s.now = glance{face: f, row: row, valid: true}
	case f == s.now.face && row > s.now.row:
		s.now.row, s.now.stale = row, false // It came anew.
	case f == s.now.face:
	default:
		if s.older.valid && f == s.older.face && rec.news <= s.older.row {
			c.blame(flicker, s, c.sentence("%s's screen showed %s as %v, then as %v, and then as before, although nothing had happened to it",
				e.Client, c.called(s.record), s.older.face, s.now.face))
		}
		s.older, s.now = s.now, glance{face: f, row: row, valid: true}
		s.older.valid = !s.older.stale
	}
}

// absent notes what a screen on which nothing is shown is as of: what its client
// took is not drawn anew where it shows nothing either.
func (c *Checker) absent(s *screen) {
	if s.rendered || !s.now.valid || s.now.face.exists || s.base <= s.now.row {
		return
	}
	s.now.row, s.now.stale = s.base, false
	if at := c.entry(s.base); at != none && c.log[at].op == user.Delete {
		s.goneAt = s.base
	}
}
