package export

import (
	"fmt"
	"strings"

	"optimist/shared/anomaly"
	"optimist/shared/printable"
	"optimist/shared/protocol"
	"optimist/shared/trace"
)

// Tone is how a row feels: the three words of every screen, and trouble.
type Tone uint8

// The tones.
const (
	Neutral Tone = iota
	Pencil       // A guess.
	Ink          // In the database.
	Erased       // Rolled back, refused.
	Fault        // Something was made to fail, or an anomaly showed.
)

// Row is one line of a diagram: an arrow between two lanes, or a note at one.
type Row struct {
	Step int   // Of the trace.
	At   int64 // Milliseconds.
	Line int   // Of the script; 0: none.
	From int   // A lane.
	To   int   // A lane; From again for a note.
	Text string
	Tone Tone
	// Finding is what a checker found here; its row is a note.
	Finding *anomaly.Finding
}

// Arrow reports whether the row goes from one lane to another.
func (r Row) Arrow() bool { return r.From != r.To }

// Diagram is a trace as a space–time diagram: one lane an actor, time
// downwards.
type Diagram struct {
	Title string
	About string   // The strategy and how it was run.
	Lanes []string // The clients, then the server, the log and the database.
	Rows  []Row
}

// NewDiagram draws run.
func NewDiagram(run Run) Diagram {
	t := run.Trace
	d := Diagram{Title: printable.Line(t.Title), About: printable.Line(strings.TrimSuffix(t.Strategy+", "+t.Mode, ", "))}
	d.Lanes = append(append([]string{}, t.Clients...), "server", "log", "database")
	p := painter{diagram: &d, trace: t, findings: run.Findings}
	for i := range t.Events {
		p.event(i)
	}
	p.found(len(t.Events))
	return d
}

// painter draws one event after the other.
type painter struct {
	diagram  *Diagram
	trace    *trace.Trace
	findings []anomaly.Finding // Those that are not drawn yet, by step.
}

// Lanes behind those of the clients.
func (p *painter) server() int   { return len(p.trace.Clients) }
func (p *painter) log() int      { return len(p.trace.Clients) + 1 }
func (p *painter) database() int { return len(p.trace.Clients) + 2 }

// lane returns where an actor stands.
func (p *painter) lane(actor string) int {
	for i, c := range p.trace.Clients {
		if c == actor {
			return i
		}
	}
	switch actor {
	case trace.Log:
		return p.log()
	case trace.Projector:
		return p.database()
	}
	return p.server()
}

// known reports whether a client has a lane: the one that made what was given
// has none.
func (p *painter) known(client string) bool {
	return client != "" && p.lane(client) < p.server()
}

func (p *painter) add(ev *trace.Event, from, to int, tone Tone, format string, args ...any) {
	p.diagram.Rows = append(p.diagram.Rows, Row{
		Step: ev.Step, At: ev.At, Line: ev.Line, From: from, To: to, Tone: tone,
		Text: printable.Line(fmt.Sprintf(format, args...)),
	})
}

// note adds a row at one lane.
func (p *painter) note(ev *trace.Event, at int, tone Tone, format string, args ...any) {
	p.add(ev, at, at, tone, format, args...)
}

// found draws what the checkers found before the event at index i.
func (p *painter) found(i int) {
	end := i == len(p.trace.Events)
	for len(p.findings) > 0 && (end || p.findings[0].Step < p.trace.Events[i].Step) {
		f := p.findings[0]
		p.findings = p.findings[1:]
		at := p.server()
		if p.known(f.Client) {
			at = p.lane(f.Client)
		}
		row := Row{Step: f.Step, From: at, To: at, Tone: Fault, Finding: &f, Text: printable.Line(fmt.Sprintf("%s %s: %s", f.ID, f.Name, f.Why))}
		if n := len(p.diagram.Rows); n > 0 {
			row.At, row.Line = p.diagram.Rows[n-1].At, p.diagram.Rows[n-1].Line
		}
		p.diagram.Rows = append(p.diagram.Rows, row)
	}
}

// event draws the event at index i.
func (p *painter) event(i int) {
	p.found(i)
	ev := &p.trace.Events[i]
	switch ev.Kind {
	case trace.Acted, trace.Held, trace.Sent, trace.Answered, trace.Believed, trace.Based:
		if p.known(ev.Client) {
			p.client(ev)
		}
	case trace.Decided, trace.Wrote, trace.Appended, trace.Refused, trace.Voided:
		p.write(ev, i)
	case trace.Committed:
		p.add(ev, p.log(), p.database(), Ink, "#%d → %s", ev.Seq, p.value(ev.Record, ev.Value))
	case trace.Skipped:
		p.note(ev, p.database(), Erased, "✗ #%d %s", ev.Seq, ev.Code)
	case trace.Disconnected, trace.Reconnected, trace.Crashed, trace.Restarted, trace.Faulted, trace.Waited:
		p.world(ev)
	case trace.Rendered, trace.Published, trace.Quiet:
		// What the screen says follows from the rows around it.
	default:
		panic(fmt.Sprintf("export: unknown %v", ev.Kind))
	}
}

// client draws what happens at a client.
func (p *painter) client(ev *trace.Event) {
	at := p.lane(ev.Client)
	switch ev.Kind {
	case trace.Acted:
		p.note(ev, at, Pencil, "✎ %s %s", ev.Intent, deed(p.trace, ev))
	case trace.Held:
		p.note(ev, at, Pencil, "%s is kept back", ev.Intent)
	case trace.Sent:
		again := ""
		if ev.Attempt > 1 {
			again = " again"
		}
		p.add(ev, at, p.server(), Neutral, "%s%s", ev.Intent, again)
	case trace.Answered:
		p.add(ev, p.server(), at, verdictTone(ev.Verdict), "%s %s", ev.Intent, verdictText(ev))
	case trace.Based:
		from := p.database()
		if ev.Actor == trace.Log {
			from = p.log() // A row that was folded from it.
		}
		p.add(ev, from, at, Ink, "%s", p.value(ev.Record, ev.Value))
	case trace.Believed:
		switch ev.Fate {
		case trace.FateConfirmed:
			p.note(ev, at, Ink, "● %s confirmed", ev.Intent)
		case trace.FateRolledBack:
			p.note(ev, at, Erased, "✗ %s rolled back: %s", ev.Intent, ev.Code)
		case trace.FateWithdrawn:
			p.note(ev, at, Neutral, "%s withdrawn", ev.Intent)
		case trace.FateHeld, trace.FateSent, trace.FateAccepted:
		}
	default:
		panic(fmt.Sprintf("export: %v is no client's", ev.Kind))
	}
}

// write draws what the server does.
func (p *painter) write(ev *trace.Event, i int) {
	switch ev.Kind {
	case trace.Decided:
		p.decided(ev, i)
	case trace.Wrote:
		p.add(ev, p.server(), p.database(), Ink, "%s: the row first, %s", ev.Intent, p.value(ev.Record, ev.Value))
	case trace.Appended:
		p.add(ev, p.server(), p.log(), Neutral, "#%d %s %s %s", ev.Seq, ev.Intent, ev.Op, p.trace.Called(ev.Record))
	case trace.Refused:
		p.add(ev, p.server(), p.log(), Erased, "#%d refuses %s: %s", ev.Seq, ev.Intent, ev.Code)
	case trace.Voided:
		p.add(ev, p.database(), p.log(), Erased, "#%d rejects #%d: %s", ev.Seq, ev.Target, ev.Code)
	default:
		panic(fmt.Sprintf("export: %v is not the server's", ev.Kind))
	}
}

// world draws what happens around.
func (p *painter) world(ev *trace.Event) {
	switch ev.Kind {
	case trace.Disconnected:
		p.note(ev, p.lane(ev.Client), Fault, "! disconnected")
	case trace.Reconnected:
		p.note(ev, p.lane(ev.Client), Neutral, "connected")
	case trace.Crashed:
		p.note(ev, p.lane(ev.Actor), Fault, "! crashed")
	case trace.Restarted:
		p.note(ev, p.lane(ev.Actor), Neutral, "restarted")
	case trace.Faulted:
		p.note(ev, p.lane(ev.Actor), Fault, "! %s", ev.Fault)
	case trace.Waited:
		p.note(ev, 0, Neutral, "… until %s", clock(ev.At))
	default:
		panic(fmt.Sprintf("export: %v is nobody's", ev.Kind))
	}
}

// value is a record as somebody has it.
func (p *painter) value(id string, v trace.Value) string {
	name := p.trace.Called(id)
	if !v.Exists {
		return name + " deleted"
	}
	return fmt.Sprintf("%s %q v%d", name, v.Name, v.Version)
}

// deed is what a person did.
func deed(t *trace.Trace, ev *trace.Event) string {
	return strings.TrimSpace(fmt.Sprintf("%v %s %v", ev.Op, t.Called(ev.Record), ev.Patch))
}

func verdictText(ev *trace.Event) string {
	switch ev.Verdict {
	case protocol.Accepted:
		return fmt.Sprintf("accepted #%d", ev.Seq)
	case protocol.Refused:
		return fmt.Sprintf("refused: %s", ev.Code)
	case protocol.Confirmed:
		return "confirmed"
	case protocol.RolledBack:
		return fmt.Sprintf("rolled back: %s", ev.Code)
	case protocol.Retry:
		return "try again"
	case protocol.Unknown:
		return "unknown"
	}
	return string(ev.Verdict)
}

func verdictTone(v protocol.Verdict) Tone {
	switch v {
	case protocol.Refused, protocol.RolledBack:
		return Erased
	case protocol.Confirmed:
		return Ink
	case protocol.Accepted, protocol.Retry, protocol.Unknown:
		return Neutral
	}
	return Neutral
}

// clock is a time of the run in seconds.
func clock(ms int64) string { return fmt.Sprintf("%d.%03d s", ms/1000, ms%1000) }
