package lab

import (
	"fmt"
	"strings"

	"optimist/client/view"
	"optimist/shared/reconcile"
	"optimist/shared/scenario"
	"optimist/shared/sim"
	"optimist/shared/user"
)

// action says in words what a step does.
func (t *Tape) action(a sim.Action) string {
	switch a.Verb {
	case sim.Create, sim.Edit, sim.Delete, sim.Retry, sim.Dismiss, sim.Undo:
		return strings.TrimSpace(fmt.Sprintf("%s: %v %s %s", a.Client, a.Verb, t.Trace.Called(a.Record), fields(a.Patch)))
	case sim.Join:
		return a.Client + " comes and connects"
	case sim.Disconnect:
		return a.Client + " loses the connection"
	case sim.Reconnect:
		return a.Client + " is connected again"
	case sim.CrashClient:
		return a.Client + "'s client crashes: its memory is gone, its outbox is not"
	case sim.RestartClient:
		return a.Client + "'s client starts again"
	case sim.CrashServer:
		return "the server crashes"
	case sim.RestartServer:
		return "the server starts again"
	case sim.Arm:
		return "a fault is armed: " + a.Fault.Script()
	case sim.Disarm:
		return "every fault is disarmed"
	case sim.Advance:
		return duration(a.For) + " pass"
	default:
		return t.permit(a)
	}
}

// permit says in words what the system does.
func (t *Tape) permit(a sim.Action) string {
	switch a.Verb {
	case sim.Handle:
		return "the server decides the oldest command of " + a.Client
	case sim.Append:
		return "the event of " + a.Intent + " goes into the log"
	case sim.Project:
		return "the projector takes the next " + plural(a.N, "event")
	case sim.Commit:
		return "the database commits what the projector took"
	case sim.DeliverReply:
		return "the oldest answer reaches " + a.Client
	case sim.DeliverFeed:
		return "the feed reaches " + a.Client
	default:
		return a.String()
	}
}

// doing says what happened at a stop: the script's line, and the step of it.
func (t *Tape) doing(s *Stop) string {
	text := ""
	if s.Line != nil && s.Line.Kind == scenario.Directive {
		text = strings.TrimSpace(cut(t.Script.Text()[s.Line.Number-1]))
	}
	switch {
	case s.Action.Verb != 0 && text == "":
		text = t.action(s.Action)
	case s.Parts > 1:
		text += fmt.Sprintf("  %d/%d: %s", s.Part, s.Parts, t.action(s.Action))
	}
	if len(s.Notes) > 0 {
		text += "  (" + strings.Join(s.Notes, "; ") + ")"
	}
	return text
}

// cut returns a script's line without the condition before it.
func cut(line string) string {
	if rest := strings.TrimSpace(line); strings.HasPrefix(rest, "[") {
		_, line, _ = strings.Cut(rest, "]")
	}
	return line
}

// gates says what stands at which gate.
func gates(list []sim.Waiting) string {
	var parts []string
	for _, w := range list {
		switch w.Gate {
		case sim.CommandGate:
			parts = append(parts, w.Intent+" before the server")
		case sim.AppendGate:
			parts = append(parts, w.Intent+" before the log")
		case sim.EventGate:
			parts = append(parts, span(w)+" before the projector")
		case sim.CommitGate:
			parts = append(parts, span(w)+" before its commit")
		case sim.ReplyGate:
			what := "an answer"
			if w.Intent != "" {
				what = "the answer to " + w.Intent
			}
			parts = append(parts, what+" before "+w.Client)
		case sim.FeedGate:
			parts = append(parts, "the feed before "+w.Client)
		}
	}
	return strings.Join(parts, ", ")
}

// span names the events that wait.
func span(w sim.Waiting) string {
	if w.From == w.To {
		return hash(w.From)
	}
	return hash(w.From) + "–" + hash(w.To)
}

// fields lists what a patch sets.
func fields(p user.Patch) string {
	var parts []string
	if p.Set.Has(user.FieldName) {
		parts = append(parts, fmt.Sprintf("name “%s”", p.Name))
	}
	if p.Set.Has(user.FieldEmail) {
		parts = append(parts, p.Email)
	}
	return strings.Join(parts, ", ")
}

// statusMark is how a status is drawn.
func statusMark(s reconcile.Status) view.Mark {
	switch s {
	case reconcile.StatusPending:
		return view.MarkPending
	case reconcile.StatusRolledBack:
		return view.MarkRolledBack
	case reconcile.StatusConfirmed:
		return view.MarkConfirmed
	}
	return view.MarkNone
}

func hash(seq uint64) string { return fmt.Sprintf("#%d", seq) }

func plural(n int, thing string) string {
	if n == 1 {
		return thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// duration writes milliseconds as people do.
func duration(ms int64) string {
	if ms < 1000 {
		return fmt.Sprintf("%d ms", ms)
	}
	return fmt.Sprintf("%d.%03d s", ms/1000, ms%1000)
}
