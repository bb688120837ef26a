package sim

import (
	"fmt"

	"optimist/shared/event"
)

// AppendText appends what the world is, for people: a line for each thing.
// Equal worlds have equal texts.
func (w *World) AppendText(b []byte) []byte {
	s := w.State()
	b = fmt.Appendf(b, "at %d ms, %s\n", s.Now, w.text)
	for i := range s.Log {
		b = appendLogLine(b, &s.Log[i])
	}
	for _, r := range s.Rows {
		b = fmt.Appendf(b, "row %s v%d #%d %q <%s>", r.ID, r.Version, r.Seq, r.Name, r.Email)
		if r.Deleted {
			b = append(b, " deleted"...)
		}
		b = append(b, '\n')
	}
	for _, f := range s.Fates {
		b = fmt.Appendf(b, "fate %s %s #%d %s\n", f.Command, f.Status, f.Seq, f.Code)
	}
	b = fmt.Appendf(b, "projected #%d, published #%d", s.Checkpoint, s.Watermark)
	if s.ServerDown {
		b = append(b, ", server down"...)
	}
	if s.Stalled != 0 {
		b = fmt.Appendf(b, ", stalled at #%d", s.Stalled)
	}
	if s.Retrying != 0 {
		b = fmt.Appendf(b, ", retrying #%d", s.Retrying)
	}
	b = append(b, '\n')
	for i := range s.Clients {
		b = s.Clients[i].appendText(b)
	}
	for _, x := range s.Waiting {
		b = fmt.Appendf(b, "at the %s gate: %s\n", x.Gate, x)
	}
	for _, f := range w.plan.List() {
		b = fmt.Appendf(b, "armed: %s\n", f)
	}
	return b
}

func appendLogLine(b []byte, ev *event.Event) []byte {
	b = fmt.Appendf(b, "#%d %s", ev.Seq, ev.Kind)
	switch {
	case ev.Kind == event.Rejected:
		b = fmt.Appendf(b, " #%d %s", ev.Target, ev.Code)
	case ev.Kind == event.Refused:
		b = fmt.Appendf(b, " %s %s", ev.Command, ev.Code)
	case ev.Kind == event.Reserved, ev.Kind == event.Released:
		b = fmt.Appendf(b, " %s", ev.Patch.Email)
	case ev.Kind.Changes():
		b = fmt.Appendf(b, " %s %s", ev.Record, ev.Command)
	}
	return append(b, '\n')
}

func (c *ClientState) appendText(b []byte) []byte {
	b = append(b, c.Name...)
	switch {
	case c.Down:
		return append(b, " has crashed\n"...)
	case !c.Online:
		b = append(b, " is offline,"...)
	}
	b = fmt.Appendf(b, " has read to #%d\n", c.To)
	for i := range c.Records {
		r := &c.Records[i]
		b = fmt.Appendf(b, "  sees %s %q <%s> %s, seen %d log %d db %d", r.ID, r.Name, r.Email, r.Status, r.Seen, r.Log, r.DB)
		for _, word := range r.words() {
			b = append(append(b, ' '), word...)
		}
		b = append(b, '\n')
	}
	for i := range c.Intents {
		x := &c.Intents[i]
		b = fmt.Appendf(b, "  believes %s %s %s #%d %s", x.ID, x.Op, x.Phase, x.Seq, x.Code)
		if x.Withdrawn {
			b = append(b, " withdrawn"...)
		}
		b = append(b, '\n')
	}
	return b
}

// words says what else is to be said of a record.
func (r *RecordState) words() []string {
	var words []string
	for _, w := range []struct {
		is   bool
		word string
	}{{!r.Exists, "absent"}, {r.Ghost, "ghost"}, {r.Deleting, "deleting"}, {r.Slow, "slow"}, {r.Twin, "twin"}} {
		if w.is {
			words = append(words, w.word)
		}
	}
	return append(words, r.Shown...)
}

// String says what waits, for people.
func (x Waiting) String() string {
	switch {
	case x.Resync:
		return fmt.Sprintf("resync of %s up to #%d", x.Client, x.To)
	case x.Gate == FeedGate:
		return fmt.Sprintf("feed #%d…#%d to %s", x.From, x.To, x.Client)
	case x.Intent != "":
		return x.Intent
	}
	return fmt.Sprintf("#%d…#%d", x.From, x.To)
}
