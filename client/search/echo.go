package search

import (
	"optimist/shared/explore"
	"optimist/shared/fault"
)

// What happens to the server itself, every connected client learns: that it
// crashed, or that it runs again. To a program that is no more than that its
// connection is lost or there again, whatever the others make of it. So such a step
// is taken apart: first what it is to the server while nobody is connected, then
// its echo, one step of each client's own. Each is found out without the
// others, and the checker is shown one after the other.

// echo returns as what step of its own each connected client learns of a step of
// the server; false if it does not.
func (s *Scope) echo(st step) (verb, bool) {
	switch {
	case st.verb == restart:
		return reconnect, true
	case st.strike == 0 || st.verb != project:
		return 0, false
	}
	switch s.Strikes[st.strike-1].Fault.Kind {
	case fault.ProjectCrashBeforeCommit, fault.ProjectCrashAfterCommit, fault.ProjectCrashAfterReject:
		return cut, true
	default:
		return 0, false
	}
}

// spread has each connected client learn of a step, of which it is known what it
// makes of the server. It floods nobody: nothing is on its way to who is cut off.
func (m *mosaic) spread(s *explore.Step, t *taking, story uint32) {
	m.show(s, t, story)
	echo, _ := m.model.scope.echo(stepOf(t.key.action))
	before := s.From // A connection is lost while the server is still there,
	if echo == reconnect {
		before = s.To // and found once it is there again.
	}
	links := s.To[linksAt]
	for place := range m.model.deeds {
		if links&cutBit(place) != 0 {
			continue
		}
		if echo == reconnect {
			s.To[linksAt] = links | cutBit(place)
		}
		var k stepKey
		hash, _ := m.key(&k, before, step{verb: echo, of: place}.code())
		e := m.effect(&k, hash, before)
		t.is |= e.is
		s.Marks |= m.become(s.To, &e.outcome)
		m.show(s, t, e.story)
	}
	s.To[linksAt] = links // Who is cut off by itself is so as before.
}

// show makes the checker what it becomes by a part of a step.
func (m *mosaic) show(s *explore.Step, t *taking, story uint32) {
	if story == 0 {
		return
	}
	var k verdictKey
	m.judgement(&k, s.To, story, loud)
	v := m.verdict(&k, k.hash(), s.To)
	t.is |= v.is
	s.Marks |= m.become(s.To, v)
}
