package view

// The sizes at which the screen changes its shape, in cells.
const (
	MinWidth  = 40 // Below this, or MinHeight, there is nothing to show.
	MinHeight = 10

	fullWidth  = 60 // Below this, or fullHeight: the lane and one record.
	fullHeight = 16

	wideWidth = 110 // From here on, two columns.
	boxHeight = 26  // From here on a wide screen has the pipeline in a box.

	pipelineHeight = 5
	leastBox       = 3  // A border, and a line.
	leastTable     = 4  // A border, the heads of the columns, and a record.
	legendFrom     = 10 // Rows inside the table from which it has a legend.
)

// rect is a part of the screen.
type rect struct{ x, y, w, h int }

func (r rect) holds(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

func (r rect) empty() bool { return r.w <= 0 || r.h <= 0 }

// inner is r without its border.
func (r rect) inner() rect { return rect{r.x + 1, r.y + 1, max(0, r.w-2), max(0, r.h-2)} }

// top cuts n lines off the top of r.
func (r *rect) top(n int) rect {
	n = min(n, r.h)
	cut := rect{r.x, r.y, r.w, n}
	r.y, r.h = r.y+n, r.h-n
	return cut
}

// bottom cuts n lines off the bottom of r.
func (r *rect) bottom(n int) rect {
	n = min(n, r.h)
	r.h -= n
	return rect{r.x, r.y + r.h, r.w, n}
}

// split cuts r into a left part of n columns and the rest.
func (r rect) split(n int) (left, right rect) {
	n = min(n, r.w)
	return rect{r.x, r.y, n, r.h}, rect{r.x + n, r.y, r.w - n, r.h}
}

// layout says where things are. A thing that is not shown has an empty rect.
type layout struct {
	header, lane, message, guide, stage, footer rect

	panes [PaneFaults + 1]rect
}

// layoutOf decides where things are, from the size and what is open.
func layoutOf(s Screen) layout {
	var l layout
	body := rect{0, 0, s.Width, s.Height}
	l.header = body.top(1)
	l.footer = body.bottom(1)
	if s.Guide != "" {
		l.guide = body.bottom(1)
	}
	l.stage = body.bottom(stageHeight(s))
	small := s.Width < fullWidth || s.Height < fullHeight
	if !small || s.Toast != nil {
		l.message = body.bottom(1)
	}
	switch {
	case s.Zoomed && s.Focus != 0:
		l.panes[s.Focus] = body
	case small:
		l.lane = body.top(1)
		l.panes[PaneInspector] = body
	case s.Width >= wideWidth:
		l.wide(s, body)
	default:
		l.narrow(s, body)
	}
	return l
}

// wide puts records and inspector side by side, and what else is open below.
func (l *layout) wide(s Screen, body rect) {
	if s.Height >= boxHeight {
		l.panes[PanePipeline] = body.top(pipelineHeight)
	} else {
		l.lane = body.top(1)
	}
	if s.LogOpen || s.FaultsOpen {
		low := body.bottom(body.h * 2 / 5)
		switch {
		case s.LogOpen && s.FaultsOpen:
			l.panes[PaneLog], l.panes[PaneFaults] = low.split(low.w / 2)
		case s.LogOpen:
			l.panes[PaneLog] = low
		default:
			l.panes[PaneFaults] = low
		}
	}
	l.panes[PaneRecords], l.panes[PaneInspector] = body.split(body.w * 11 / 20)
}

// narrow puts one pane below the records: the inspector, or what is open in its
// place. Where a story leaves too few lines for both, what was opened stays, or
// else the records while one has room, for a table without any tells nothing.
func (l *layout) narrow(s Screen, body rect) {
	l.lane = body.top(1)
	low := min(body.h-body.h*9/19, body.h-leastTable, 22)
	if low < leastBox {
		low = body.h
		if body.h >= leastTable && !s.LogOpen && !s.FaultsOpen {
			low = 0
		}
	}
	below := body.bottom(low)
	l.panes[PaneRecords] = body
	switch {
	case s.LogOpen && (s.Focus == PaneLog || !s.FaultsOpen):
		l.panes[PaneLog] = below
	case s.FaultsOpen:
		l.panes[PaneFaults] = below
	default:
		l.panes[PaneInspector] = below
	}
}

// TableHeight returns how many rows of records fit.
func TableHeight(s Screen) int { return PageSize(s, PaneRecords) }

// PageSize returns how many lines of its list the pane shows, 0 if the pane is
// out of sight.
func PageSize(s Screen, p Pane) int {
	if tooSmall(s) {
		return 0
	}
	in := layoutOf(s).panes[p].inner()
	if p != PaneRecords {
		return in.h
	}
	rows := in.h - 1
	if in.h >= legendFrom {
		rows -= 2
	}
	return max(0, rows)
}

// PageWidth returns how many cells a line of the pane has for text, 0 if the
// pane is out of sight.
func PageWidth(s Screen, p Pane) int {
	if tooSmall(s) {
		return 0
	}
	return max(0, layoutOf(s).panes[p].inner().w-2)
}

// Shown reports whether the pane is in sight at this size.
func Shown(s Screen, p Pane) bool { return PageSize(s, p) > 0 }

func tooSmall(s Screen) bool { return s.Width < MinWidth || s.Height < MinHeight }
