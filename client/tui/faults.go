package tui

import (
	"cmp"
	"fmt"
	"strings"

	"optimist/client/view"
	"optimist/shared/fault"
	"optimist/shared/protocol"
)

// wayDelay is how long what is slow or late takes, in milliseconds: so long that
// a person sees it.
const wayDelay = 2000

// ways is every way to fail that the pane offers, the demo's first.
var ways = []struct {
	text, help string
	fault      fault.Fault
}{
	{"stall the projector", "the event waits until you clear this", fault.Fault{Kind: fault.ProjectStall}},
	{"fail the projection once", "a passing failure: it is tried again", fault.Fault{Kind: fault.ProjectFail}},
	{"fail the projection for good", "rejected; what was typed on it falls",
		fault.Fault{Kind: fault.ProjectFail, Forever: true, Reason: "a fault armed from the screen"}},
	{"refuse the append once", "the store says no; it is sent again", fault.Fault{Kind: fault.AppendRefuse}},
	{"refuse the append for good", "the store says no for ever",
		fault.Fault{Kind: fault.AppendRefuse, Forever: true, Reason: "a fault armed from the screen"}},
	{"lose an append's ack", "stored, but the server never hears", fault.Fault{Kind: fault.AppendLoseAck}},
	{"drop a reply", "answered, but nobody hears it", fault.Fault{Kind: fault.ReplyDrop}},
	{"drop a feed message", "the screen sees a gap and asks again", fault.Fault{Kind: fault.FeedDrop}},
	{"repeat a feed message", "seen twice; nothing may change", fault.Fault{Kind: fault.FeedRepeat}},
	{"slow the append down", "two seconds more until it is accepted", fault.Fault{Kind: fault.AppendSlow, Delay: wayDelay}},
	{"delay a feed message", "two seconds; others overtake it", fault.Fault{Kind: fault.FeedLate, Delay: wayDelay}},
	{"crash before the commit", "the server ends; nothing is written", fault.Fault{Kind: fault.ProjectCrashBeforeCommit}},
	{"crash after the commit", "the row is there; nobody was told", fault.Fault{Kind: fault.ProjectCrashAfterCommit}},
	{"crash after the rejection", "it is in the log; nobody was told", fault.Fault{Kind: fault.ProjectCrashAfterReject}},
}

// aims is what a fault can aim at; the last is the selected record.
var aims = []string{"", "created", "edited", "deleted", aimRecord}

const aimRecord = "record"

// faultPane arms faults and shows what is armed.
type faultPane struct {
	enabled  bool
	embedded bool          // The server is part of this program.
	list     []fault.Fault // As the server has them.
	selected int
	aim      int
}

// armed takes the server's list.
func (p *faultPane) armed(s protocol.Status) { p.enabled, p.list = s.FaultsOn, s.Faults }

// off says why nothing can be armed here, "" if it can.
func (p *faultPane) off() string {
	switch {
	case p.enabled:
		return ""
	case p.embedded:
		return "start optimist with --faults, or with --demo"
	}
	return "start the server with --faults"
}

// cannot says why a way is not for this server, or returns "".
func (p *faultPane) cannot(way int) string {
	if p.embedded && ways[way].fault.Kind.Crashes() {
		return "needs a server of its own: optimistd"
	}
	return ""
}

// of returns the armed faults of a way.
func (p *faultPane) of(way int) []fault.Fault {
	var out []fault.Fault
	w := ways[way].fault
	for _, f := range p.list {
		if f.Kind == w.Kind && f.Forever == w.Forever {
			out = append(out, f)
		}
	}
	return out
}

// has reports whether a fault of that kind is armed.
func (p *faultPane) has(kind fault.Kind) bool {
	for _, f := range p.list {
		if f.Kind == kind {
			return true
		}
	}
	return false
}

// toggle arms the selected fault, or clears it where it is armed.
func (m *Model) toggleFault() {
	p := &m.faults
	if armed := p.of(p.selected); len(armed) > 0 {
		for _, f := range armed {
			m.remote.Clear(f.ID)
		}
		return
	}
	if why := p.cannot(p.selected); why != "" {
		m.notices.add(notice{at: m.now, mark: view.MarkStalled, text: ways[p.selected].text + " " + why + " --data DIR --faults, and optimist --server URL", passes: true})
		return
	}
	f := ways[p.selected].fault
	f.On = aims[p.aim]
	if f.On == aimRecord {
		f.On = m.table.selected
	}
	m.remote.Arm(f)
}

// aimWord says what the next fault aims at.
func (m *Model) aimWord() string {
	switch on := aims[m.faults.aim]; on {
	case "":
		return "next"
	case aimRecord:
		return m.nameOf(m.table.selected)
	default:
		return on
	}
}

// viewFaults returns the pane as it is drawn.
func (m *Model) viewFaults() view.Faults {
	p := &m.faults
	out := view.Faults{Off: p.off(), Selected: p.selected, Aim: m.aimWord()}
	for i, w := range ways {
		out.Choices = append(out.Choices, view.FaultLine{Text: w.text, Help: cmp.Or(p.cannot(i), w.help), Armed: m.armedWords(p.of(i))})
	}
	return out
}

// armedWords says where the faults of one way are armed and what they did.
func (m *Model) armedWords(faults []fault.Fault) string {
	var words []string
	for _, f := range faults {
		on := "on " + f.On
		switch f.On {
		case "":
			on = "on the next"
		case "created", "edited", "deleted":
		default:
			on = "on " + m.nameOf(f.On)
		}
		if f.Struck > 0 {
			on += fmt.Sprintf(", struck %d×", f.Struck)
		}
		words = append(words, on)
	}
	return strings.Join(words, "; ")
}
