package view

// Compare is one story under two strategies.
type Compare struct {
	Sides   [2]Side
	Differ  string // Where they differ first, and why.
	Reached bool   // That place is behind what is shown.
}

// Side is one of them.
type Side struct {
	Records   Records // Its Title is the strategy.
	Pipeline  Pipeline
	Inspector Inspector
	Result    string // How it ends.
}

// compare paints both sides, beside each other or, on a narrow screen, one above
// the other, and below them where they differ.
func (c *canvas) compare(s Screen) {
	l := layoutOf(s)
	c.header(l.header, s)
	c.stage(l.stage, s.Stage)
	c.guide(l.guide, s.Guide)
	c.footer(l.footer, s.Keys)
	look := c.st.dim
	if s.Compare.Reached {
		look = c.st.ahead
	}
	sides, low, differ := c.sides(s, l)
	c.lines(&low, differ, look)
	for i, r := range sides {
		before := len(c.zones)
		c.side(r, s.Compare.Sides[i])
		for j := range c.zones[before:] {
			c.zones[before+j].target.Side = i
		}
	}
}

// sides returns where the two sides are, and below them where they differ, in its
// lines.
func (c *canvas) sides(s Screen, l layout) (sides [2]rect, low rect, differ []string) {
	body := rect{0, l.header.h, s.Width, l.stage.y - l.header.h}
	text := s.Compare.Differ
	if !s.Compare.Reached {
		text = "later: " + text
	}
	const more = " …" // It may take one cell more, in ASCII.
	differ = c.wrap(text, body.w-4)
	if room := min(mostDiffer, max(body.h-2*leastSide, 0)); len(differ) > room {
		differ = differ[:room]
		if room > 0 {
			differ[room-1] = c.head(differ[room-1], body.w-4-len(" ..")) + more
		}
	}
	low = body.bottom(len(differ))
	low.x, low.w = low.x+2, low.w-4
	return c.halves(body), low, differ
}

// ShowsLives reports whether a comparison has room for the life of a record on
// each side.
func ShowsLives(s Screen) bool {
	if tooSmall(s) || s.Hall {
		return false
	}
	sides, _, _ := newCanvas(0, 0, s.Theme).sides(s, layoutOf(s))
	return sides[0].h >= sideLife
}

// halves cuts what is left for the two sides.
func (c *canvas) halves(body rect) [2]rect {
	if body.w >= wideWidth {
		left, right := body.split(body.w / 2)
		return [2]rect{left, right}
	}
	top := body.top(body.h / 2)
	return [2]rect{top, body}
}

// mostDiffer is how many lines the place may take where they differ first.
const mostDiffer = 4

// leastSide is the least height of a side: the heads of the columns, a record and
// how it ends. sideLane is that of one with a lane, sideLife with a record's life.
const (
	leastSide = 3
	sideLane  = 10
	sideLife  = 16
)

// side paints one story: its records, where there is room its lane and the life
// of a record, and how it ends.
func (c *canvas) side(r rect, s Side) {
	low := r.bottom(1)
	c.put(low.x+2, low.y, low.w-3, s.Result, c.st.strong)
	if r.h >= sideLane {
		c.lane(r.top(1), s.Pipeline)
	}
	if r.h >= sideLife {
		c.inspector(box{rect: r.bottom(r.h * 3 / 5)}, s.Inspector)
	}
	if r.h >= leastTable {
		c.records(box{rect: r}, s.Records, false)
		return
	}
	r.x, r.w = r.x+2, r.w-4
	c.bareSide(r, s.Records)
}

// bareSide paints records without a border, under the strategy.
func (c *canvas) bareSide(r rect, t Records) {
	if r.h >= leastSide-1 {
		c.hallRecords(r, t)
	}
	c.put(r.x, r.y, r.w/2, t.Title, c.st.strong)
}
