package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"optimist/client/view"
	"optimist/shared/anomaly"
	"optimist/shared/event"
	"optimist/shared/reconcile"
)

// watched hands the witness a step of the replica.
func (m *Model) watched(in *reconcile.Input) {
	if in.Kind == reconcile.Stored { // From now on what was typed is shown.
		if mu, ok := m.replica.Mutation(in.ID); ok {
			heard, oldest := m.log.about(mu.Record)
			m.witness.Act(m.now, mu, heard, oldest)
		}
	}
	m.witness.Took(m.now, in, m.effects)
}

// about returns the events that are remembered of a record, in the log's order,
// and the first place that is remembered at all.
func (l *events) about(record string) (heard []event.Event, oldest uint64) {
	for _, in := range l.list {
		if in.Record == record {
			heard = append(heard, in.Event)
		}
	}
	if len(l.list) > 0 {
		oldest = l.list[0].Seq
	}
	return heard, oldest
}

// judge tells what the witness is certain of by now: of all that became so at
// once in one notice, that of the gravest.
func (m *Model) judge() {
	var first *anomaly.Finding
	found := m.witness.Settle(m.now)
	for i := range found {
		f := &found[i]
		f.Why = m.inWords(*f)
		if len(m.found) >= MaxFound {
			m.found = append(m.found[:0], m.found[1:]...)
		}
		m.found = append(m.found, *f)
		m.foundAll++
		if first == nil || graver(f, first) {
			first = f
		}
	}
	if first != nil {
		m.dirty = true
		m.announce(first, len(found)-1)
	}
}

// graver reports whether f says more to a person than g: a defect before a
// price, a wrong verdict (V) before a wrong screen (W) before a wrong store (D),
// and of two prices the later one, which tells of the rest.
func graver(f, g *anomaly.Finding) bool {
	switch {
	case f.Price != g.Price:
		return g.Price
	case f.Price:
		return true
	}
	return f.ID[0] > g.ID[0] && g.ID[0] == 'D' || f.ID[0] == 'V' && g.ID[0] == 'W'
}

// announce adds the notice of a finding, and of how many more there were.
func (m *Model) announce(f *anomaly.Finding, more int) {
	x := notice{
		at: m.now, mark: view.MarkAnomaly, text: f.ID + " " + f.Name + ": " + f.Why, record: f.Record, passes: f.Price, fades: true,
		keys: []view.Key{{Key: "enter", Does: "why"}},
	}
	if more > 0 {
		x.text = fmt.Sprintf("%s (+%d: A)", x.text, more)
	}
	if v, _ := m.replica.View(f.Record); len(v.Tray) > 0 {
		x.command = v.Tray[len(v.Tray)-1].ID // The notice goes when the change is retried or dismissed.
		x.keys = append(x.keys, view.Key{Key: "R", Does: "retry"})
	}
	x.keys = append(x.keys, view.Key{Key: "A", Does: "anomalies"})
	m.notices.add(x)
}

// inWords returns the sentence of a finding with the record's name in the place
// of its id.
func (m *Model) inWords(f anomaly.Finding) string {
	if f.Record == "" {
		return f.Why
	}
	return strings.ReplaceAll(f.Why, f.Record, m.nameOf(f.Record))
}

// foundOn returns what was found of a record, the newest first.
func (m *Model) foundOn(record string) []view.Anomaly {
	var out []view.Anomaly
	for i := len(m.found) - 1; i >= 0; i-- {
		if f := &m.found[i]; f.Record == record {
			out = append(out, anomalyOf(f))
		}
	}
	return out
}

func anomalyOf(f *anomaly.Finding) view.Anomaly {
	out := view.Anomaly{ID: f.ID, Name: f.Name, Why: f.Why}
	if f.Price {
		out.Note = "the strategy's price, not a defect"
	}
	if d, err := anomaly.Lookup(f.ID); err == nil && d.Literature != "" {
		out.Also = d.Literature
	}
	return out
}

// openAnomalies lists everything that was found in this session.
func (m *Model) openAnomalies() tea.Cmd {
	m.anomalies = &anomalyList{}
	m.notices.readMarked(view.MarkAnomaly)
	return nil
}

// leftOut says what the witness does not judge.
const leftOut = "A client cannot judge V7, D3, D5 and D9: only the server could. Scenarios do: optimist run."

// anomalyList is the open list of what was found.
type anomalyList struct{ offset int }

func (m *Model) pressAnomalies(key tea.KeyPressMsg) {
	switch key.String() {
	case "esc", "A", "q":
		m.anomalies = nil
	default:
		m.anomalies.offset = scrolled(m.anomalies.offset, key, m.term.Height)
	}
}

func (m *Model) viewAnomalies() *view.Anomalies {
	if m.anomalies == nil {
		return nil
	}
	out := &view.Anomalies{Offset: m.anomalies.offset}
	for i := len(m.found) - 1; i >= 0; i-- {
		out.Items = append(out.Items, anomalyOf(&m.found[i]))
	}
	out.Note = leftOut
	out.Title = fmt.Sprintf("anomalies %d", m.foundAll)
	return out
}
