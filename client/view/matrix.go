package view

import "fmt"

// Matrix is strategies against anomalies: one cell is chosen, and told about.
type Matrix struct {
	Tabs     []string // The scopes.
	Tab      int
	Title    string // What the tab shows.
	Progress string // How far the search is.
	Groups   []MatrixGroup
	Rows     []MatrixRow
	Row      int // The chosen cell.
	Column   int // Counted over all groups.
	About    []MatrixText
	Film     []string // The film of the chosen cell, line by line; shown where there is room.
}

// MatrixGroup is columns that belong together.
type MatrixGroup struct {
	Title string
	IDs   []string // A letter and a number.
}

// MatrixRow is one strategy.
type MatrixRow struct {
	Name  string
	Busy  bool // It is being searched.
	Cells []MatrixCell
}

// MatrixCell is one anomaly under one strategy.
type MatrixCell struct {
	Sign   Sign
	Steps  int // Of the shortest film.
	Faults int
}

// Sign is what a cell of a matrix says.
type Sign uint8

// The signs.
const (
	SignWaiting Sign = iota // Not searched yet.
	SignDefect
	SignPrice
	SignClean
	SignHalf // Clean without a fault; the search with faults was cut.
	SignCut
)

// MatrixText is a paragraph about the chosen cell.
type MatrixText struct {
	Text  string
	Sign  Sign // Before it.
	Head  bool // It is the verdict: its sign is shown, and it is loud.
	Whole bool // It is shown to its end or not at all: half of some figures misleads.
}

var (
	signs      = [...]string{"·", "✗", "*", "✓", "–", "…"}
	asciiSigns = [...]string{".", "x", "*", "+", "-", "?"}
)

// Sign returns how a sign is written, in one cell.
func (t Theme) Sign(s Sign) string {
	if t.opt.ASCII {
		return asciiSigns[s]
	}
	return signs[s]
}

// sign is how a sign looks.
func (st *styles) sign(s Sign) style {
	switch s {
	case SignDefect:
		return st.wrong
	case SignPrice:
		return st.ahead
	case SignClean, SignHalf:
		return st.dim
	case SignCut:
		return st.strong
	case SignWaiting:
		return st.ghost
	}
	panic(fmt.Sprintf("view: unknown sign %d", s))
}

// Measures of a matrix, in cells and lines.
const (
	matrixHeads  = 2  // Lines above the rows: the groups, the ids.
	leastRows    = 3  // Of the matrix, however much is to be told.
	leastAbout   = 3  // Lines to tell in, below a rule.
	usualAbout   = 6  // As many as are wanted.
	leastName    = 10 // Of a strategy.
	widestName   = 17
	cellWithSize = 4 // From here on a cell has its steps,
	cellInFull   = 6 // and from here on its faults.
)

// matrix paints tabs, the cells around the chosen one, and below them what that
// says.
func (c *canvas) matrix(s Screen) {
	m := s.Matrix
	body := rect{0, 0, s.Width, s.Height}
	c.matrixHeader(body.top(1), s)
	c.footer(body.bottom(1), s.Keys)
	about := usualAbout
	if s.Toast != nil {
		c.message(body.bottom(1), s)
		about--
	}
	head := body.top(1)
	if body.h < matrixHeads+leastRows+leastAbout+1 && head.h > 0 {
		body = rect{head.x, head.y, head.w, head.h + body.h} // No line for the title.
	} else {
		c.matrixTitle(head, m)
	}
	low := body.h - matrixHeads - len(m.Rows)
	low = max(low, min(about+1, body.h-matrixHeads-leastRows))
	c.matrixAbout(body.bottom(max(low, 0)), m)
	c.matrixGrid(body, m)
}

// matrixHeader paints the top line: the tabs.
func (c *canvas) matrixHeader(r rect, s Screen) {
	p := pen{c: c, x: r.x + 1, y: r.y, end: r.x + r.w - 1}
	p.put("optimist", c.st.bar.with(bold))
	p.gap(2)
	p.put("matrix", c.st.barDim)
	p.gap(2)
	first := c.firstTab(s.Matrix, p.end-p.x)
	for i := first; i < len(s.Matrix.Tabs); i++ {
		text := " " + s.Matrix.Tabs[i] + " "
		if p.x+c.width(text) > p.end {
			break
		}
		look := c.st.bar
		if i == s.Matrix.Tab {
			look = c.st.bar.with(bold | reverse)
			text = "[" + s.Matrix.Tabs[i] + "]"
		}
		c.zone(rect{p.x, p.y, c.width(text), 1}, Target{Part: PartTab, Index: i})
		p.put(text, look)
	}
	c.ground(r, c.st.bar)
}

// firstTab is the first tab to show so that the chosen one fits.
func (c *canvas) firstTab(m *Matrix, room int) int {
	used := 0
	for i := min(m.Tab, len(m.Tabs)-1); i >= 0; i-- {
		if used += c.width(m.Tabs[i]) + 2; used > room {
			return i + 1
		}
	}
	return 0
}

// matrixTitle paints what the tab shows, and how far the search is.
func (c *canvas) matrixTitle(r rect, m *Matrix) {
	if r.empty() {
		return
	}
	end := r.x + r.w - 1
	if m.Progress != "" {
		end = c.right(r.x+1, end, r.y, m.Progress, c.st.ahead) - 2
	}
	p := pen{c: c, x: r.x + 1, y: r.y, end: end}
	p.say(m.Title, c.st.strong)
}

// maxColumns is how many columns a matrix has at most: a cell's index is that of
// its row times this, and its column.
const maxColumns = 64

// CellAt returns the row and the column of a Target's Index.
func CellAt(index int) (row, column int) { return index / maxColumns, index % maxColumns }

// matrixAbout paints a rule and what is told of the chosen cell.
func (c *canvas) matrixAbout(r rect, m *Matrix) {
	if r.h < 2 {
		return
	}
	rule := r.top(1)
	c.fill(rule.x, rule.y, rule.w, "─", c.st.border)
	var lines []textLine
	left := false
	for _, t := range m.About {
		more := c.aboutLines(t, r.w-4)
		if t.Whole && len(lines)+len(more) > r.h {
			left = true
			continue
		}
		lines = append(lines, more...)
	}
	if room := r.h - len(lines) - 1; room >= leastAbout {
		lines = append(lines, textLine{})
		for i, text := range m.Film[:min(len(m.Film), room)] {
			if i == room-1 && len(m.Film) > room {
				text = "…" // The rest of it.
			}
			lines = append(lines, textLine{spans: []span{{"  " + text, c.st.dim}}})
		}
	}
	if len(lines) > r.h || left {
		lines = lines[:min(len(lines), r.h)]
		lines[len(lines)-1].right = []span{{"…", c.st.dim}}
	}
	c.paint(rect{r.x + 1, r.y, r.w - 2, r.h}, lines)
}

// aboutLines lays out a paragraph.
func (c *canvas) aboutLines(t MatrixText, w int) []textLine {
	var lines []textLine
	for i, part := range c.wrap(t.Text, w-2) {
		look, sign := c.st.text, "  "
		if t.Head {
			look = c.st.strong
			if i == 0 {
				sign = c.theme.Sign(t.Sign) + " "
			}
		}
		lines = append(lines, textLine{spans: []span{{sign, c.st.sign(t.Sign)}, {part, look}}})
	}
	return lines
}
