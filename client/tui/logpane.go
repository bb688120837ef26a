package tui

import (
	"fmt"

	"optimist/client/view"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
)

// viewLog returns the lines around what is in sight.
func (m *Model) viewLog(height int) view.EventLog {
	lines := m.log.lines()
	at := m.log.at(lines)
	out := view.EventLog{Following: m.log.cursor == 0, New: m.log.fresh, Selected: at, Lines: make([]view.LogLine, len(lines))}
	first := max(len(lines)-height, 0)
	if !out.Following {
		first = min(max(at-height/2, 0), first)
		out.Offset = first
	}
	// Only the lines in sight are worth their words.
	for i := first; i < min(first+height, len(lines)); i++ {
		out.Lines[i] = m.line(lines[i])
	}
	return out
}

func (m *Model) line(in *entry) view.LogLine {
	l := view.LogLine{
		Seq: in.Seq, Kind: in.Kind.String(), Record: in.Record, By: in.Client, Version: in.Version,
	}
	if tag, own := m.tagOf(in.Event); own {
		l.Tag = tag
	}
	if _, ok := m.table.places[in.Record]; ok {
		l.Record = m.nameOf(in.Record)
	}
	switch {
	case !in.Kind.Changes():
		l.Note = sideNote(in)
		if in.Code != "" {
			l.Mark = view.MarkRolledBack
		}
	case in.void != "":
		l.Note, l.Mark = "rejected: "+string(in.void), view.MarkRolledBack
	case m.passedOver(in):
		l.Note, l.Mark = "given up, and not rejected", view.MarkRolledBack
	case in.Seq > m.log.mark && in.Seq == m.status.At && m.status.Projector != protocol.Running:
		l.Note, l.Mark = string(m.status.Projector)+" "+seconds(m.now-m.since), view.MarkStalled
	case in.Seq > m.log.mark:
		l.Note, l.Mark = "waiting", view.MarkPending
	case in.took >= 0:
		l.Note, l.Mark = "in DB +"+seconds(in.took), view.MarkConfirmed
	default:
		l.Note, l.Mark = "in DB", view.MarkConfirmed
	}
	return l
}

// passedOver reports whether the read model went on without an event, and the
// log does not say so.
func (m *Model) passedOver(in *entry) bool {
	if in.Seq > m.log.mark || m.reads().Read == strategy.FoldedLog || strategy.Of(in.Strategy).Compensates() {
		return false
	}
	row, ok := m.base.Get(in.Record)
	return !ok || row.Seq < in.Seq
}

// sideNote says what an event that changes no user is about.
func sideNote(in *entry) string {
	switch in.Kind {
	case event.Rejected:
		return fmt.Sprintf("%s is void: %s", hash(in.Target), in.Code)
	case event.Refused:
		return string(in.Code)
	case event.Opened:
		return "the log begins"
	case event.Epoch:
		return fmt.Sprintf("build %d of the read model", in.Build)
	case event.Reserved, event.Released:
		return in.Patch.Email
	case event.Created, event.Edited, event.Deleted:
	}
	return ""
}
