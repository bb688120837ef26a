package projection

import (
	"optimist/shared/event"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// Needed returns what of an event in the log may still decide anything: no words,
// not what its author saw, and what it was typed on only if it may fall with that.
func Needed(ev event.Event) event.Event {
	ev.Why, ev.Base = "", 0
	if !strategy.Of(ev.Strategy).Compensates() {
		ev.Cause, ev.Root = user.Ref{}, user.Ref{}
	}
	return ev
}

// AppendNeeded appends the form of m without the words of its verdicts and,
// unless its strategy compensates, what they fell with. Models with equal ones
// take the same events in the same way.
func (m *Memory) AppendNeeded(b []byte, compensates bool) []byte {
	b = m.appendRecords(b)
	for i := range m.fates {
		f := m.fates[i]
		f.Why = ""
		if !compensates {
			f.Fallen, f.Root, f.RootSeq = false, user.Ref{}, 0
		}
		b = f.appendBinary(b)
	}
	return m.appendClaims(b)
}
