package matrix

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"optimist/client/search"
	"optimist/client/view"
)

// tableWidth is how many cells a line of a table takes at most. A narrower terminal
// gets its parts below each other.
const tableWidth = 80

// Options say how much of a matrix is written, and how.
type Options struct {
	Each    bool // A table for each scope too.
	Symbols Symbols
	Width   int // Of the terminal, in cells; 0, or more than 80: 80.
}

// table is one that is not written yet.
func (o Options) table() *table {
	t := &table{y: o.Symbols, width: tableWidth}
	if o.Width > 0 {
		t.width = min(o.Width, tableWidth)
	}
	return t
}

// Table writes a matrix for a terminal, in lines of at most 80 cells: all scopes
// taken together, and what each strategy costs.
func Table(w io.Writer, m *search.Matrix, o Options) error {
	t := o.table()
	under := Under(m)
	if o.Each {
		for _, s := range Sheets(m, under) {
			if s.Name != All {
				t.line("%s", boundsText(&s.Bounds[0]))
				t.line("")
				t.sheet(&s, t.y.Full)
				t.line("")
			}
		}
	}
	all := Over(m, under)
	t.line("Which strategy shows which anomaly")
	t.line("")
	t.sheet(&all, t.y.Short)
	t.line("")
	t.legend(&all, m)
	t.line("")
	t.prices(m, under)
	t.line("")
	t.wrapped("", t.closing(m), 0)
	_, err := io.WriteString(w, t.b.String())
	return err
}

// Brief writes strategies against anomalies and what the signs mean, and nothing
// of what it costs.
func Brief(w io.Writer, m *search.Matrix, o Options) error {
	t := o.table()
	all := Over(m, Under(m))
	t.sheet(&all, t.y.Short)
	t.line("")
	t.legend(&all, m)
	_, err := io.WriteString(w, t.b.String())
	return err
}

// table is a matrix being written.
type table struct {
	b     strings.Builder
	y     Symbols
	width int
}

func (t *table) line(format string, args ...any) {
	t.b.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// wrapped writes a head and a text behind it; further lines have a margin.
func (t *table) wrapped(head, text string, hang int) {
	margin := strings.Repeat(" ", hang)
	for i, l := range wrap(text, t.width-hang, utf8.RuneCountInString(head)-hang) {
		if i > 0 {
			head = margin
		}
		t.line("%s%s", head, l)
	}
}

// sheet writes strategies as columns, whose names come down like stairs, and as
// rows the anomalies that some of them shows. Columns that do not fit follow
// below.
func (t *table) sheet(s *Sheet, text func(*Entry) string) {
	rows := t.rows(s, text)
	label := 0
	for _, r := range rows {
		label = max(label, utf8.RuneCountInString(r.label))
	}
	most := t.evenly(s, rows, label+2)
	for from := 0; from < len(s.Under); {
		places, to := t.columns(s, rows, label+2, from, most)
		if from > 0 {
			t.line("")
		}
		t.stairs(s.Under[from:to], places)
		for _, r := range rows {
			t.row(r, from, to, places)
		}
		from = to
	}
}

// row is a line of a table: the cells of all strategies; none of a heading.
type row struct {
	label string
	cells []string
}

// rows are the lines of a sheet.
func (t *table) rows(s *Sheet, text func(*Entry) string) []row {
	shown, others := s.Shown()
	var rows []row
	about := ""
	for _, c := range shown {
		d := &s.Columns[c]
		if g := group(d.ID); g != about {
			about = g
			rows = append(rows, row{label: g})
		}
		r := row{label: "  " + d.ID + " " + d.Name}
		for u := range s.Under {
			r.cells = append(r.cells, text(s.At(u, c)))
		}
		rows = append(rows, r)
	}
	if len(others) > 0 {
		r := row{label: fmt.Sprintf("  the %d others", len(others))}
		for u := range s.Under {
			r.cells = append(r.cells, t.y.sign(s.Others(u, others)))
		}
		rows = append(rows, r)
	}
	r := row{label: t.y.sign(view.SignDefect) + " in all"}
	for u := range s.Under {
		r.cells = append(r.cells, t.y.Count(s, u))
	}
	return append(rows, r)
}

// evenly is how many columns each part of a table has, so that there are as few
// parts as fit, none much smaller than the others.
func (t *table) evenly(s *Sheet, rows []row, x int) int {
	parts := 0
	for from := 0; from < len(s.Under); parts++ {
		_, from = t.columns(s, rows, x, from, len(s.Under))
	}
	return (len(s.Under) + parts - 1) / max(parts, 1)
}

// columns returns where at most so many columns begin from one of them on, and
// the first that does not fit any more.
func (t *table) columns(s *Sheet, rows []row, x, from, most int) (places []int, to int) {
	for to = from; to < min(len(s.Under), from+most); to++ {
		if to > from && x+utf8.RuneCountInString(s.Under[to]) > t.width {
			break
		}
		wide := 1
		for _, r := range rows {
			if r.cells != nil {
				wide = max(wide, utf8.RuneCountInString(r.cells[to]))
			}
		}
		if to > from && x+wide > t.width {
			break
		}
		places = append(places, x)
		x += wide + 1
	}
	return places, to
}

// stairs writes the heads of columns, each on a line of its own.
func (t *table) stairs(names []string, places []int) {
	for i, name := range names {
		line := newLine()
		for _, x := range places[:i] {
			line.put(x, t.y.plain("│"))
		}
		line.put(places[i], name)
		t.line("%s", line)
	}
}

// row writes a line with some of its columns.
func (t *table) row(r row, from, to int, places []int) {
	line := newLine()
	line.put(0, r.label)
	for i := from; i < to && r.cells != nil; i++ {
		line.put(places[i-from], r.cells[i])
	}
	t.line("%s", line)
}

// line is a line of characters that are one cell wide.
type line struct{ text []rune }

func newLine() *line { return &line{} }

// put writes text from a cell on.
func (l *line) put(x int, text string) {
	for len(l.text) < x {
		l.text = append(l.text, ' ')
	}
	l.text = append(l.text[:x], []rune(text)...)
}

// String returns the line.
func (l *line) String() string { return string(l.text) }

// wrap breaks a text between words into lines of at most n characters, the first
// of which is filled with some already.
func wrap(text string, n, used int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && used+utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > n {
			lines, line, used = append(lines, line), "", 0
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// legend says what the signs mean, and in which scopes they hold.
func (t *table) legend(s *Sheet, m *search.Matrix) {
	for _, e := range t.y.short(m) {
		t.wrapped(fmt.Sprintf("  %-5s ", e.Sign), e.Text, 8)
	}
	if _, others := s.Shown(); len(others) > 0 {
		t.wrapped("  The others: ", strings.Join(ids(s, others), " ")+".", 4)
	}
	t.line("The scopes")
	for _, text := range scopeTexts(s.Bounds) {
		t.wrapped("  ", text, 4)
	}
}

// ids are the ids of anomalies.
func ids(s *Sheet, columns []int) []string {
	var list []string
	for _, c := range columns {
		list = append(list, s.Columns[c].ID)
	}
	return list
}

// closing says how much was searched.
func (t *table) closing(m *search.Matrix) string {
	return fmt.Sprintf("%s states in %.0f s.%s", thousands(m.States), m.Seconds, cutText(m))
}
