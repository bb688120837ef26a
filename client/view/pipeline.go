package view

// station is a stop of the lane.
type station struct {
	name, short string
	at          string // How far it has come.
	look        style  // Of at.
	chips       []Chip
	brief       string // At, where there is little room; "" for the same.
	boxed       string // At, only in the box.
	note        string // Shown where no chip is.
}

// The parts of the line that the stations have, in the lane and in the box.
var (
	laneWeights   = [5]int{16, 17, 26, 9, 10}
	narrowWeights = [5]int{10, 14, 20, 11, 11}
	boxWeights    = [5]int{20, 20, 26, 22, 20}
)

// stations returns the stops of the lane, from the person to the screen.
func (c *canvas) stations(p Pipeline) [5]station {
	proj := station{name: "PROJECTOR", short: "PROJ", at: p.State, look: c.st.dim}
	switch p.State {
	case "", "running":
		if p.Project.Text == "" {
			proj.at = "idle"
		}
	default:
		proj.at, proj.brief, proj.look = "! "+p.State, "!", c.st.marks[MarkStalled]
	}
	if p.Project.Text != "" {
		proj.chips = []Chip{p.Project}
	}
	proj.note = p.Why
	screen := station{name: "SCREEN", short: "SCREEN", boxed: "as the database", note: seenAt(p.Selected, p.Seen)}
	if p.Guesses > 0 {
		screen.at, screen.look = "✎ "+plural(p.Guesses, "guess", "guesses"), c.st.marks[MarkPending]
		screen.boxed = ""
		screen.brief = "✎ " + count(p.Guesses)
	}
	you := station{name: "YOU", short: "YOU", chips: p.You}
	if len(p.You) > 0 {
		you.boxed = "no answer yet"
	}
	return [5]station{
		you,
		{name: "LOG", short: "LOG", at: "#" + count(p.LogSeq), look: c.st.text, chips: p.Log, note: seenAt(p.Selected, p.InLog)},
		proj,
		{name: "DATABASE", short: "DB", at: "#" + count(p.DBSeq), look: c.st.text, note: seenAt(p.Selected, p.InDB)},
		screen,
	}
}

// seenAt says what a station knows of the selected record.
func seenAt(name, version string) string {
	if name == "" {
		return ""
	}
	return name + " " + version
}

// lane paints the pipeline on one line.
func (c *canvas) lane(r rect, p Pipeline) {
	if r.empty() {
		return
	}
	c.zone(r, Target{Pane: PanePipeline, Part: PartPane})
	all := c.stations(p)
	weights := laneWeights
	if r.w < 76 {
		weights = narrowWeights
	}
	spots := spread(rect{r.x + 1, r.y, r.w - 2, 1}, weights)
	for i, s := range all {
		at := spots[i]
		q := pen{c: c, x: at.x, y: at.y, end: at.x + at.w}
		last := i == len(all)-1
		if !last {
			q.end -= 2
		}
		q.put(s.short, c.st.strong)
		how := s.at
		if s.brief != "" && at.w < 20 {
			how = s.brief
		}
		if how != "" {
			q.gap(1)
			q.put(how, s.look)
		}
		q.chips(s.chips)
		if !last {
			q.end = at.x + at.w
			q.arrow()
		}
	}
}

// arrow leads to the next station.
func (p *pen) arrow() {
	p.gap(1)
	p.c.fill(p.x, p.y, p.end-p.x-2, "─", p.c.st.ghost)
	p.c.fill(p.end-2, p.y, 1, "▶", p.c.st.dim)
}

// shortestChip is the room below which a chip that does not fit is only counted.
const shortestChip = 7

// chips paints the commands at a station, as many as fit.
func (p *pen) chips(chips []Chip) {
	for i, chip := range chips {
		text := " [" + chip.Text + "]"
		room := p.end - p.x
		if i < len(chips)-1 {
			room -= 3
		}
		if p.c.width(text) > room && (i > 0 || room < shortestChip) {
			p.put(" +"+count(len(chips)-i), p.c.st.dim)
			return
		}
		p.gap(1)
		p.put(text[1:], p.c.st.marks[chip.Mark].with(bold))
	}
}

// spread gives each station its part of the line, always at the same place.
func spread(r rect, weights [5]int) [5]rect {
	var spots [5]rect
	total, done := 0, 0
	for _, weight := range weights {
		total += weight
	}
	for i, weight := range weights {
		from := r.x + r.w*done/total
		done += weight
		spots[i] = rect{from, r.y, r.x + r.w*done/total - from, r.h}
	}
	return spots
}

// pipeline paints the lane in a box: stations, how far they are, what they hold.
func (c *canvas) pipeline(b box, p Pipeline) {
	in := c.frame(b, []span{{"pipeline", c.st.title}})
	all := c.stations(p)
	spots := spread(rect{in.x + 1, in.y, in.w - 2, in.h}, boxWeights)
	for i, s := range all {
		at := spots[i]
		q := pen{c: c, x: at.x, y: at.y, end: at.x + at.w}
		q.put(s.name, c.st.strong)
		if i < len(all)-1 {
			q.arrow()
		}
		if in.h < 3 {
			continue
		}
		c.put(at.x, at.y+1, at.w-1, s.at, s.look)
		c.put(at.x, at.y+1, at.w-1, s.boxed, c.st.dim)
		if len(s.chips) == 0 {
			c.put(at.x, at.y+2, at.w-1, s.note, c.st.dim)
			continue
		}
		q = pen{c: c, x: at.x - 1, y: at.y + 2, end: at.x + at.w - 1}
		q.chips(s.chips)
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + many
}
