package matrix

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"optimist/client/search"
	"optimist/client/view"
)

// View draws, unless nothing changed since the last time.
func (m *Model) View() tea.View {
	if m.film != nil {
		return m.film.View()
	}
	if !m.dirty {
		return m.drawn
	}
	m.dirty = false
	m.drawn = tea.View{Content: view.Render(m.screen()), AltScreen: true, WindowTitle: "optimist matrix"}
	if m.mouse {
		m.drawn.MouseMode = tea.MouseModeCellMotion
	}
	return m.drawn
}

// screen is what is drawn.
func (m *Model) screen() view.Screen {
	theme := m.term.Theme(m.cfg.ASCII)
	s := view.Screen{
		Width: m.term.Width, Height: m.term.Height, Theme: theme,
		Matrix: m.picture(), Keys: hints(), Help: m.help.view(theme),
	}
	switch {
	case m.live != nil:
		s.Toast = &view.Toast{Mark: view.MarkPending, Text: m.live.text(), Index: 1, Total: 1}
	case m.note != "":
		s.Toast = &view.Toast{Mark: view.MarkStalled, Text: m.note, Index: 1, Total: 1}
	}
	return s
}

// picture is the sheet that is looked at.
func (m *Model) picture() *view.Matrix {
	s, e := m.sheet(), m.entry()
	p := &view.Matrix{
		Tab: m.tab, Title: title(s), Progress: m.state(), Row: m.row, Column: m.column, About: m.about(s, e),
	}
	for i := range m.sheets {
		p.Tabs = append(p.Tabs, plainName(m.sheets[i].Name))
	}
	for _, d := range s.Columns {
		if g := group(d.ID); len(p.Groups) == 0 || p.Groups[len(p.Groups)-1].Title != g {
			p.Groups = append(p.Groups, view.MatrixGroup{Title: g})
		}
		last := &p.Groups[len(p.Groups)-1]
		last.IDs = append(last.IDs, d.ID)
	}
	for u, name := range s.Under {
		row := view.MatrixRow{Name: name, Busy: m.progress != nil && m.progress.Strategy == name}
		for c := range s.Columns {
			row.Cells = append(row.Cells, cellView(s.At(u, c)))
		}
		p.Rows = append(p.Rows, row)
	}
	if e.Cell != nil {
		p.Film = strings.Split(strings.TrimRight(e.Cell.Film, "\n"), "\n")
	}
	return p
}

func cellView(e *Entry) view.MatrixCell {
	c := view.MatrixCell{Sign: e.Sign}
	if e.Cell != nil {
		c.Steps, c.Faults = e.Cell.Steps, e.Cell.Faults
	}
	return c
}

// title says what a sheet is.
func title(s *Sheet) string {
	if s.Name == All {
		return "all scopes together"
	}
	return boundsText(&s.Bounds[0])
}

// state says how far the search is.
func (m *Model) state() string {
	switch {
	case m.trouble != "":
		return "stopped: " + m.trouble
	case m.over && cutCount(m.filled) > 0:
		return fmt.Sprintf("%s states, %d of %d searches cut", thousands(m.filled.States), cutCount(m.filled), len(m.scopes))
	case m.over:
		return thousands(m.filled.States) + " states, every schedule"
	case m.progress == nil:
		return "searching"
	}
	return m.progressText(m.term.Width - len(title(m.sheet())) - titleMargins)
}

// progressText says how far the search is, in the room that the title leaves: in
// words on a wide terminal, else in numbers, and the less of them the less room
// there is.
func (m *Model) progressText(room int) string {
	p := m.progress
	if m.term.Width >= wideProgress {
		return p.Text()
	}
	text := fmt.Sprintf("%d/%d: %s states %s/s", p.Done+1, p.Of, short(p.Counts.States), short(int64(p.Speed)))
	more := fmt.Sprintf(" frontier %s depth %d", short(p.Counts.Frontier), p.Counts.Depth)
	if len(text)+len(more) > room {
		return text
	}
	return text + more
}

const (
	wideProgress = 110 // How wide a terminal must be for words.
	titleMargins = 4   // Before, between and behind the title and the progress, in cells.
)

// short writes a number in at most four characters or so.
func short(n int64) string {
	switch {
	case n < 10_000:
		return fmt.Sprint(n)
	case n < 1_000_000:
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprintf("%.1fM", float64(n)/1e6)
}

// about tells what the chosen cell says.
func (m *Model) about(s *Sheet, e *Entry) []view.MatrixText {
	under, d := s.Under[m.row], &s.Columns[m.column]
	texts := []view.MatrixText{{Text: verdict(e, under, d.ID+" "+d.Name) + ": " + d.Title + ".", Sign: e.Sign, Head: true}}
	if e.Cell != nil {
		texts = append(texts,
			view.MatrixText{Text: e.Cell.Why + "."},
			view.MatrixText{Text: m.filmText(e)})
	} else {
		texts = append(texts, view.MatrixText{Text: m.within(s, e)})
	}
	return append(texts, view.MatrixText{Text: m.cost(s, under), Whole: true})
}

// verdict says what a sign says of a strategy and an anomaly.
func verdict(e *Entry, under, anomaly string) string {
	switch e.Sign {
	case view.SignDefect:
		return under + " shows " + anomaly
	case view.SignPrice:
		text := under + " pays, as printed, " + anomaly
		if e.Open {
			text += " (a defect is not excluded yet)"
		}
		return text
	case view.SignClean:
		return under + " never shows " + anomaly
	case view.SignHalf:
		return under + " shows, without a fault, no " + anomaly
	case view.SignCut:
		return under + " has not shown " + anomaly + " so far"
	case view.SignWaiting:
		return under + " is not decided yet on " + anomaly
	}
	panic(fmt.Sprintf("matrix: unknown sign %d", e.Sign))
}

// filmText says how long the film is, and where it was found.
func (m *Model) filmText(e *Entry) string {
	text := fmt.Sprintf("Shortest film: %s, %s, in scope %s.", plural(e.Cell.Steps, "step"), plural(e.Cell.Faults, "fault"), base(plainName(e.Scope)))
	if e.Sign == view.SignPrice {
		text += " It is a printed price."
	}
	return text
}

// within says in which scopes something was not found.
func (m *Model) within(s *Sheet, e *Entry) string {
	var names []string
	for i := range s.Bounds {
		names = append(names, plainName(s.Bounds[i].Name))
	}
	where := strings.Join(names, ", ")
	switch e.Sign {
	case view.SignClean:
		return "Every schedule of " + where + " was searched. Nothing is said of larger scopes."
	case view.SignHalf:
		return "Every schedule without a fault was searched; with faults the search was cut. Higher limits go further: --states, --memory, --time."
	case view.SignCut:
		return "The search of " + where + " was cut before its end. Higher limits go further: --states, --memory, --time."
	default:
		return "The search comes to it: scope by scope, strategy by strategy."
	}
}

// cost says what a strategy costs in the scopes of a sheet.
func (m *Model) cost(s *Sheet, under string) string {
	part := &search.Matrix{}
	for i := range m.filled.Prices {
		for j := range s.Bounds {
			if p := m.filled.Prices[i]; base(s.Bounds[j].Name) == p.Scope && p.Strategy == under {
				part.Prices = append(part.Prices, p)
				break
			}
		}
	}
	if len(part.Prices) == 0 {
		return ""
	}
	return costText(part, under)
}
