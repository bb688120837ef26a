package export

import (
	"optimist/shared/protocol"
	"optimist/shared/trace"
)

// decided draws a decision unless its event follows in the same step and says it.
func (p *painter) decided(ev *trace.Event, i int) {
	for _, next := range p.trace.Events[i+1:] {
		if next.Step != ev.Step {
			break
		}
		stored := next.Kind == trace.Appended || next.Kind == trace.Refused || next.Kind == trace.Wrote
		if stored && next.Intent == ev.Intent {
			return
		}
	}
	switch ev.Verdict {
	case protocol.Refused:
		p.note(ev, p.server(), Erased, "✗ %s %s%s", ev.Intent, ev.Code, witness(ev.Looked))
	case protocol.Retry:
		p.note(ev, p.server(), Fault, "%s: try again", ev.Intent)
	default:
		if ev.Looked == trace.AtNothing {
			p.note(ev, p.server(), Neutral, "%s is not checked", ev.Intent)
			return
		}
		p.note(ev, p.server(), Neutral, "%s is fine%s", ev.Intent, witness(ev.Looked))
	}
}

// witness is who said so before a decision, if anybody was asked.
func witness(looked trace.Looked) string {
	switch looked {
	case trace.AtLog:
		return ", says the log"
	case trace.AtProjection:
		return ", says the database"
	case trace.AtNothing:
	}
	return ""
}
