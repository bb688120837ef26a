package lab

import (
	"fmt"
	"slices"
	"strings"

	"optimist/shared/protocol"
	"optimist/shared/trace"
)

// fact is what a trace tells, without what two runs of one story need not share:
// places in the log, steps and times. Two facts that are equal are the same
// thing happening.
type fact struct {
	kind    trace.Kind
	client  string
	intent  string
	record  string // The script's name.
	verdict protocol.Verdict
	code    string
	fate    trace.Fate
	value   string
	mark    trace.Mark
	twin    bool
	event   *trace.Event // Where it is from; never compared.
}

// same reports whether the same thing happens.
func (f fact) same(g fact) bool {
	f.event, g.event = nil, nil
	return f == g
}

// about reports whether two facts can be told against each other: the same kind
// of thing, of the same intent or record.
func (f fact) about(g fact) bool {
	return f.kind == g.kind && f.client == g.client && f.intent == g.intent && (f.intent != "" || f.record == g.record)
}

// order is how early in the life of a change a kind of fact is. Kinds without a
// place make no difference: they follow from the others.
var order = []trace.Kind{
	trace.Faulted, trace.Crashed, trace.Acted, trace.Held, trace.Sent, trace.Decided, trace.Wrote, trace.Appended, trace.Refused,
	trace.Committed, trace.Skipped, trace.Voided, trace.Answered, trace.Believed, trace.Rendered,
}

// facts are what happened on one line of the script.
func (t *Tape) facts(line int) []fact {
	var list []fact
	for i := range t.Trace.Events {
		e := &t.Trace.Events[i]
		if e.Line != line || !slices.Contains(order, e.Kind) {
			continue
		}
		f := fact{
			kind: e.Kind, client: e.Client, intent: e.Intent, record: t.Trace.Called(e.Record), verdict: e.Verdict,
			code: string(e.Code), fate: e.Fate, mark: e.Mark, twin: e.Twin, event: e,
		}
		switch e.Kind {
		case trace.Believed, trace.Acted, trace.Sent, trace.Appended:
			f.record = ""
		case trace.Committed, trace.Wrote, trace.Rendered:
			f.value = value(e.Value)
		case trace.Faulted:
			f.value = e.Fault
		case trace.Crashed:
			f.value = e.Actor
		default:
		}
		if e.Kind == trace.Believed && e.Fate < trace.FateConfirmed {
			continue // What is only on its way the answer says.
		}
		list = append(list, f)
	}
	return list
}

// Difference is where two runs of one story first part.
type Difference struct {
	Line int    // Of the script; 0: they do not.
	Text string // One sentence.
}

// Differ finds the first line of the script at which two runs of it differ in
// what happens: in what is decided, logged, stored, told or shown, not merely in
// who was asked.
func Differ(a, b *Tape) Difference {
	for line := range len(a.Script.Lines) + 1 {
		left, right := a.facts(line), b.facts(line)
		onlyLeft, onlyRight := without(left, right), without(right, left)
		if len(onlyLeft)+len(onlyRight) == 0 {
			continue
		}
		return Difference{Line: line, Text: a.tell(line, onlyLeft, b, onlyRight)}
	}
	return Difference{Text: fmt.Sprintf("they do not differ: %s and %s do the same in this story", a.Under.Text(), b.Under.Text())}
}

// without is list without what other has too, one for one.
func without(list, other []fact) []fact {
	left := slices.Clone(other)
	var only []fact
	for _, f := range list {
		if at := slices.IndexFunc(left, f.same); at >= 0 {
			left = slices.Delete(left, at, at+1)
			continue
		}
		only = append(only, f)
	}
	return only
}

// earliest is the index of the fact that is earliest in the life of a change.
func earliest(list []fact) (at, rank int) {
	at, rank = -1, len(order)
	for i, f := range list {
		if r := slices.Index(order, f.kind); r < rank {
			at, rank = i, r
		}
	}
	return at, rank
}

// tell says in one sentence what differs.
func (t *Tape) tell(line int, mine []fact, other *Tape, theirs []fact) string {
	text := t.text(line)
	at, rank := earliest(mine)
	if j, r := earliest(theirs); r < rank || at < 0 {
		return fmt.Sprintf("they differ first at line %d, %s: %s.", line, text, other.against(theirs[j], t, mine))
	}
	return fmt.Sprintf("they differ first at line %d, %s: %s.", line, text, t.against(mine[at], other, theirs))
}

// text is a line of the script without its condition and its comment.
func (t *Tape) text(line int) string {
	text, _, _ := strings.Cut(cut(t.Script.Text()[line-1]), " #")
	return strings.TrimSpace(text)
}

// against says what happens here, and what there instead.
func (t *Tape) against(f fact, other *Tape, theirs []fact) string {
	here := t.with(f) + says(f)
	at := slices.IndexFunc(theirs, f.about)
	if at < 0 {
		return here + "; " + other.with(f) + missing(f)
	}
	return here + "; " + other.with(f) + says(theirs[at])
}

// with begins a part of the sentence: what a strategy does, or what a screen
// shows with it.
func (t *Tape) with(f fact) string {
	if f.kind == trace.Rendered {
		return "with " + t.Under.Text() + ", "
	}
	return t.Under.Text() + " "
}

// says puts a fact into words.
func says(f fact) string {
	switch f.kind {
	case trace.Acted:
		return "takes " + f.intent
	case trace.Held:
		return "keeps " + f.intent + " back in its client"
	case trace.Sent:
		return "sends " + f.intent
	case trace.Decided:
		return asks(f.event) + verdict(f.event)
	case trace.Wrote:
		return "writes the row of " + f.record + " before anything is in the log"
	case trace.Appended:
		return "puts " + f.intent + " into the log"
	case trace.Refused:
		return "logs the refusal of " + f.intent + " (" + f.code + ")"
	case trace.Voided:
		return "logs that " + f.intent + " is void (" + f.code + ")"
	case trace.Committed:
		return "commits " + f.record + " as " + f.value
	case trace.Skipped:
		return "gives " + f.intent + " up in the database (" + f.code + ")"
	case trace.Answered:
		return "answers " + f.intent + " with " + reply(f)
	case trace.Believed:
		return "shows " + f.intent + " as " + f.fate.String()
	case trace.Rendered:
		return f.client + "'s screen " + shows(f.event, f.record)
	case trace.Faulted:
		return "is struck by " + f.value
	case trace.Crashed:
		return "has " + f.value + " crash"
	default:
		return f.kind.String()
	}
}

// asks says whom the server asked before a decision.
func asks(e *trace.Event) string {
	switch e.Looked {
	case trace.AtLog:
		return "asks the log about " + e.Intent
	case trace.AtProjection:
		return "asks the database about " + e.Intent
	case trace.AtNothing:
	}
	return "asks nobody about " + e.Intent
}

// verdict says what the server made of it.
func verdict(e *trace.Event) string {
	switch e.Verdict {
	case protocol.Refused, protocol.RolledBack:
		return " and refuses it (" + string(e.Code) + ")"
	case protocol.Retry:
		return " and puts it off"
	case protocol.Accepted, protocol.Confirmed, protocol.Unknown:
	}
	return " and takes it"
}

// reply is an answer in words.
func reply(f fact) string {
	if f.code != "" {
		return fmt.Sprintf("“%s, %s”", f.verdict, f.code)
	}
	return fmt.Sprintf("“%s”", f.verdict)
}

// shows is what a screen does with a record.
func shows(e *trace.Event, record string) string {
	switch {
	case e.Twin:
		return "shows " + record + " under two ids"
	case !e.Value.Exists && e.Mark == trace.Failed:
		return "shows " + record + " struck out"
	case !e.Value.Exists:
		return "does not show " + record
	case e.Mark == trace.Failed:
		return fmt.Sprintf("shows %s, %s, and that a change was rolled back", record, value(e.Value))
	case e.Mark == trace.Pending:
		return fmt.Sprintf("shows %s, %s in pencil", record, value(e.Value))
	}
	return fmt.Sprintf("shows %s, %s in ink", record, value(e.Value))
}

// missing says that nothing like it happens.
func missing(f fact) string {
	switch f.kind {
	case trace.Acted:
		return "takes no change of a pending record"
	case trace.Held:
		return "sends it at once"
	case trace.Sent:
		return "does not send it here"
	case trace.Decided:
		return "decides nothing here"
	case trace.Wrote:
		return "writes no row here"
	case trace.Appended:
		return "does not"
	case trace.Refused:
		return "logs no refusal"
	case trace.Voided:
		return "logs nothing of the kind"
	case trace.Committed:
		return "commits no such row here"
	case trace.Skipped:
		return "gives nothing up"
	case trace.Answered:
		return "does not answer here"
	case trace.Believed:
		return "does not, yet"
	case trace.Rendered:
		return "it does not"
	default:
		return "is not"
	}
}
