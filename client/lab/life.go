package lab

import (
	"cmp"
	"fmt"
	"slices"

	"optimist/client/view"
	"optimist/shared/protocol"
	"optimist/shared/trace"
)

// maxLife is how many lines of a record's life are kept, the newest.
const maxLife = 64

// life returns what happened to a record up to the stop, to this person, at the
// server, in the log and in the database.
func (d desk) life(record string) []view.Step {
	var steps []view.Step
	for i := range d.tape.Trace.Events[:d.stop.Events] {
		e := &d.tape.Trace.Events[i]
		if !d.tape.of(e, record) || !d.concerns(e) {
			continue
		}
		if s := d.step(e); s.Text != "" {
			s.When = fmt.Sprintf("step %d", d.tape.stepOf(i))
			steps = append(steps, s)
		}
	}
	if n := len(steps) - maxLife; n > 0 {
		steps = steps[n:]
	}
	return steps
}

// stepOf is in which step an event of the trace came about, as the story counts.
func (t *Tape) stepOf(event int) int {
	if !t.walked {
		return t.Trace.Events[event].Step
	}
	at, _ := slices.BinarySearchFunc(t.Stops, event, func(s Stop, event int) int { return cmp.Compare(s.Events, event+1) })
	return at
}

// concerns reports whether a fact belongs to this person's story of a record:
// what others do on their own screens does not.
func (d desk) concerns(e *trace.Event) bool {
	switch e.Kind {
	case trace.Held, trace.Sent, trace.Answered, trace.Believed, trace.Based, trace.Rendered:
		return d.client != nil && e.Client == d.client.Name
	default:
		return true
	}
}

// you is who did it, as this person says it.
func (d desk) you(client string) string {
	if d.client != nil && client == d.client.Name {
		return "you"
	}
	return client
}

// step says what a fact is in a life; an empty Text: nothing worth a line.
func (d desk) step(e *trace.Event) view.Step {
	switch e.Kind {
	case trace.Acted:
		return view.Step{Actor: d.you(e.Client), Text: join(e.Intent, e.Op.String(), fields(e.Patch)), Note: "shown", Mark: view.MarkPending}
	case trace.Held:
		return view.Step{Actor: "outbox", Text: "keeps " + e.Intent + " back"}
	case trace.Sent:
		s := view.Step{Actor: "outbox", Text: "sends " + e.Intent}
		if e.Attempt > 1 {
			s.Note = fmt.Sprintf("attempt %d", e.Attempt)
		}
		return s
	case trace.Answered:
		return answered(e)
	case trace.Believed:
		return believed(e)
	case trace.Based:
		return view.Step{Actor: "feed", Text: "brings the row, " + value(e.Value), Seq: e.Seq}
	case trace.Decided:
		return decided(e)
	case trace.Wrote:
		return view.Step{Actor: "db", Text: e.Intent + ": the row first, " + value(e.Value)}
	case trace.Appended:
		return view.Step{Actor: "log", Text: join(e.Intent, e.Op.String()), Seq: e.Seq, Note: "accepted", Mark: view.MarkPending}
	case trace.Refused:
		return view.Step{Actor: "log", Text: "refuses " + e.Intent, Seq: e.Seq, Note: string(e.Code), Mark: view.MarkRolledBack}
	case trace.Voided:
		return view.Step{Actor: "log", Text: "makes " + hash(e.Target) + " void", Seq: e.Seq, Note: string(e.Code), Mark: view.MarkRolledBack}
	case trace.Committed:
		return view.Step{Actor: "db", Text: value(e.Value), Seq: e.Seq, Note: "in the database", Mark: view.MarkConfirmed}
	case trace.Skipped:
		return view.Step{Actor: "db", Text: "gives the event up", Seq: e.Seq, Note: string(e.Code), Mark: view.MarkRolledBack}
	case trace.Faulted:
		return view.Step{Actor: "fault", Text: e.Fault, Mark: view.MarkStalled}
	case trace.Rendered, trace.Disconnected, trace.Reconnected, trace.Published, trace.Crashed, trace.Restarted, trace.Waited, trace.Quiet:
		return view.Step{} // The table has what the screen says.
	}
	panic(fmt.Sprintf("lab: unknown %v", e.Kind))
}

// answered says what reached the person.
func answered(e *trace.Event) view.Step {
	s := view.Step{Actor: "answer", Text: e.Intent}
	switch e.Verdict {
	case protocol.Accepted:
		s.Seq, s.Note, s.Mark = e.Seq, "accepted", view.MarkPending
	case protocol.Confirmed:
		s.Note, s.Mark = "confirmed", view.MarkConfirmed
	case protocol.Refused:
		s.Note, s.Mark = "refused: "+string(e.Code), view.MarkRolledBack
	case protocol.RolledBack:
		s.Note, s.Mark = "rolled back: "+string(e.Code), view.MarkRolledBack
	case protocol.Retry:
		s.Note = "try again"
	case protocol.Unknown:
		s.Note = "unknown"
	}
	return s
}

// believed says what the person's screen makes of an own change. What is only on
// its way the other lines say.
func believed(e *trace.Event) view.Step {
	s := view.Step{Actor: "screen"}
	switch e.Fate {
	case trace.FateConfirmed:
		s.Text, s.Note, s.Mark = "inks "+e.Intent, "confirmed", view.MarkConfirmed
	case trace.FateRolledBack:
		s.Text, s.Note, s.Mark = "strikes "+e.Intent, string(e.Code), view.MarkRolledBack
	case trace.FateWithdrawn:
		s.Text, s.Note = "takes "+e.Intent+" back", "withdrawn"
	case trace.FateHeld, trace.FateSent, trace.FateAccepted:
	}
	return s
}

// decided says whom the server asked and what it made of that.
func decided(e *trace.Event) view.Step {
	s := view.Step{Actor: "server", Text: "takes " + e.Intent + " unchecked"}
	switch e.Looked {
	case trace.AtLog:
		s.Text = "checks " + e.Intent + " against the log"
	case trace.AtProjection:
		s.Text = "checks " + e.Intent + " against the database"
	case trace.AtNothing:
	}
	switch e.Verdict {
	case protocol.Refused, protocol.RolledBack:
		s.Note, s.Mark = string(e.Code), view.MarkRolledBack
	case protocol.Retry:
		s.Note = "try again"
	case protocol.Accepted, protocol.Confirmed, protocol.Unknown:
		s.Note = "fine"
	}
	return s
}

// value is a record as somebody has it.
func value(v trace.Value) string {
	if !v.Exists {
		return "deleted"
	}
	return fmt.Sprintf("“%s” v%d", v.Name, v.Version)
}

// join puts words together, empty ones left out.
func join(words ...string) string {
	text := ""
	for _, w := range words {
		switch {
		case w == "":
		case text == "":
			text = w
		default:
			text += " " + w
		}
	}
	return text
}
