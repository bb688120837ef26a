package tui

import (
	"fmt"
	"slices"
	"strings"

	"optimist/client/view"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// frame returns the part of the screen that decides its layout.
func (m *Model) frame() view.Screen {
	return view.Screen{
		Width: m.term.Width, Height: m.term.Height,
		Theme:   m.theme(),
		Focus:   m.focus,
		Zoomed:  m.zoomed,
		LogOpen: m.logOpen, FaultsOpen: m.faultsOpen,
		Toast: m.notices.toast(m.table.selected, slices.Contains(recordPanes, m.focus)),
		Guide: m.guide.line(),
	}
}

// build makes the whole screen. Of the records only those in sight are made.
func (m *Model) build() view.Screen {
	s := m.frame()
	s.Records = m.viewRecords(view.TableHeight(s))
	s.Toast = m.notices.toast(m.table.selected, slices.Contains(recordPanes, m.focus))
	s.Header = m.viewHeader()
	s.Pipeline = m.viewPipeline()
	if view.Shown(s, view.PaneInspector) {
		s.Inspector = m.viewInspector()
	}
	if view.Shown(s, view.PaneLog) {
		s.Log = m.viewLog(view.PageSize(s, view.PaneLog))
	}
	s.Faults = m.viewFaults()
	s.Keys = m.hints()
	s.Form, s.Confirm, s.Palette = m.viewForm(), m.confirm.view(), m.palette.view()
	s.Help, s.Notices, s.Picker, s.Anomalies = m.help.view(), m.notices.view(), m.viewPicker(), m.viewAnomalies()
	if m.lessons != nil {
		s.Picker = m.lessons.view()
	}
	if m.help != nil {
		lines, shown := view.HelpHeight(s)
		m.help.offset = min(m.help.offset, max(lines-shown, 0))
		s.Help.Offset = m.help.offset
	}
	if m.anomalies != nil {
		lines, shown := view.AnomaliesHeight(s)
		m.anomalies.offset = min(m.anomalies.offset, max(lines-shown, 0))
		s.Anomalies.Offset = m.anomalies.offset
	}
	return s
}

func (m *Model) viewHeader() view.Header {
	p := m.replica.Position()
	h := view.Header{
		Anomalies: m.foundAll,
		Mode:      m.opts.Mode, Client: m.opts.Client, Strategy: m.strategy,
		Log: m.logSeq(), DB: m.dbSeq(), Online: p.Online, Loading: !m.loaded,
		Waiting: m.waiting, Filter: m.table.filter,
	}
	if m.behind != 0 {
		h.BehindFor = m.now - m.behind
	}
	switch {
	case h.Waiting != "":
	case !p.Online:
		h.Waiting = "the server; what you do is kept and sent later"
	case !m.loaded:
		h.Waiting = "the first records"
	case m.table.from != nil:
		h.Waiting = "the rest of the filter"
	}
	return h
}

func (m *Model) viewRecords(height int) view.Records {
	rows, offset, selected := m.table.window(height)
	out := view.Records{
		Total: m.table.shown.Len(), Pending: m.replica.Pending(), RolledBack: m.replica.RolledBack(),
		Offset: offset, Selected: selected, Below: m.table.fresh,
		Filter: m.filter.Value(), Filtering: m.filtering, Cursor: m.filter.Cursor(),
		Empty: "no records yet: n makes one", Rows: make([]view.Row, 0, len(rows)),
	}
	if noLessons(m) == "" {
		out.Empty += ", L has lessons, optimist --demo guides"
	}
	if m.table.filter != "" {
		out.Empty = "no record has that in its name, email or id: esc shows all"
	}
	for _, r := range rows {
		v, _ := m.replica.View(r.id)
		v.ID = r.id
		out.Rows = append(out.Rows, m.row(v))
		if v.Twin {
			if len(out.Rows) <= out.Selected {
				out.Selected++
			}
			out.Rows = append(out.Rows, m.twin(v))
		}
	}
	return out
}

// row returns one record as it is drawn.
func (m *Model) row(v reconcile.View) view.Row {
	r := view.Row{
		ID: v.ID, Name: v.Name, Email: v.Email, Mark: view.MarkConfirmed,
		Seen: v.Seen, Log: m.log.version(v), DB: v.DB, Guess: len(v.Pending) > 0 && len(v.Shown) > 0 && v.Seen != v.DB,
		Ghost: v.Ghost, Deleting: v.Deleting, Slow: v.Slow, Age: -1,
	}
	if m.reads().Identity == strategy.ByServer {
		r.Shown = m.shownID(v)
	}
	if len(v.Tray) > 0 && len(m.log.ahead[v.ID]) == 0 {
		r.Log = max(r.Log, m.log.standing(v))
	}
	r.Tags = m.tagsOf(v)
	switch v.Status {
	case reconcile.StatusPending:
		r.Mark = view.MarkPending
	case reconcile.StatusRolledBack:
		r.Mark = view.MarkRolledBack
	case reconcile.StatusConfirmed:
	}
	r.Struck = v.Deleting || v.Status == reconcile.StatusRolledBack && !v.Exists
	if r.Name == "" && len(v.Tray) > 0 {
		r.Name, r.Email = m.nameOf(v.ID), trayPatch(v).Email
	}
	if v.Exists {
		r.Erased = erased(v)
	}
	if at, ok := m.ages.get(v.ID); ok {
		r.Age = m.now - at
	}
	return r
}

// erased returns what was typed and rolled back on a record that is there.
func erased(v reconcile.View) string {
	switch p := trayPatch(v); {
	case p.Set.Has(user.FieldName) && p.Name != v.Name:
		return p.Name
	case p.Set.Has(user.FieldEmail) && p.Email != v.Email:
		return p.Email
	}
	return ""
}

// tagsOf lists what is under way on a record; what was rolled back has its
// sign, as the record's own state may be another.
func (m *Model) tagsOf(v reconcile.View) string {
	var tags []string
	for _, p := range v.Pending {
		tags = append(tags, p.Tag())
	}
	sign := ""
	if v.Status != reconcile.StatusRolledBack {
		sign = m.theme().Glyph(view.MarkRolledBack)
	}
	for _, t := range v.Tray {
		tags = append(tags, sign+t.Tag())
	}
	return strings.Join(tags, " ")
}

// theme is how things look on this terminal.
func (m *Model) theme() view.Theme {
	return m.term.Theme(m.opts.ASCII)
}

func (m *Model) viewPipeline() view.Pipeline {
	p := view.Pipeline{
		State: string(m.status.Projector), Why: m.status.Why,
		LogSeq: m.logSeq(), DBSeq: m.dbSeq(), Guesses: m.replica.Pending(),
	}
	p.You, p.Log = m.typedChips(), m.logChips()
	if m.status.Projector != "" && m.status.Projector != protocol.Running {
		p.Project = view.Chip{Text: m.eventName(m.status.At), Mark: view.MarkStalled}
		if m.status.Attempt > 0 {
			p.Project.Text += fmt.Sprintf(" try %d", m.status.Attempt)
		}
		if p.Why == "" {
			p.Why = seconds(m.now - m.since)
		}
	}
	if v, ok := m.selected(); ok {
		r := m.row(v)
		p.Selected, p.Seen = r.Name, view.Version(r.Seen, r.Guess)
		p.InLog, p.InDB = view.Version(r.Log, false), view.Version(r.DB, false)
	}
	return p
}

// wideLane is the width from which a chip has room for what was asked.
const wideLane = 100

// typedChips returns the changes that have no answer yet.
func (m *Model) typedChips() []view.Chip {
	var chips []view.Chip
	m.pending.Scan(func(_ int, id string) bool {
		mu, ok := m.replica.Mutation(id)
		if ok && (mu.Phase == reconcile.Queued || mu.Phase == reconcile.Sent) {
			c := view.Chip{Text: mu.Tag(), Mark: view.MarkPending}
			if m.term.Width >= wideLane {
				c.Text += " " + mu.Op.String()
			}
			chips = append(chips, c)
		}
		return len(chips) < MaxChips
	})
	return chips
}

// logChips returns the events that the database does not have, oldest first,
// but not the one that the projector is at.
func (m *Model) logChips() []view.Chip {
	var chips []view.Chip
	for _, in := range m.log.waiting {
		if len(chips) >= MaxChips {
			break
		}
		if m.status.Projector != protocol.Running && in.Seq == m.status.At {
			continue
		}
		c := view.Chip{Text: m.eventName(in.Seq), Mark: view.MarkPending}
		if in.void != "" {
			c.Mark = view.MarkRolledBack
		}
		chips = append(chips, c)
	}
	return chips
}

// eventName names an event shortly: whose, what, where.
func (m *Model) eventName(seq uint64) string {
	in := m.log.find(seq)
	if in == nil {
		return hash(seq)
	}
	tag, own := m.tagOf(in.Event)
	if !own {
		tag = "·"
	}
	return tag + " " + hash(seq)
}
