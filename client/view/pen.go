package view

import "strings"

// pen writes one line from left to right.
type pen struct {
	c         *canvas
	x, y, end int // end is the first cell not to be written.
}

func (p *pen) put(s string, st style) { p.x += p.c.put(p.x, p.y, p.end-p.x, s, st) }

// say writes a sentence: as many of its words as there is room for.
func (p *pen) say(s string, st style) {
	const more = "…"
	if p.c.width(s) > p.end-p.x {
		if lines := p.c.wrap(s, p.end-p.x-p.c.width(more)); len(lines) > 0 {
			s = lines[0] + more
		}
	}
	p.put(s, st)
}

// column writes s into n cells, whatever its width.
func (p *pen) column(n int, s string, st style) {
	n = max(0, min(n, p.end-p.x))
	p.c.put(p.x, p.y, n, s, st)
	p.x += n
}

// rightColumn writes s to the right end of n cells.
func (p *pen) rightColumn(n int, s string, st style) {
	n = max(0, min(n, p.end-p.x))
	p.c.right(p.x, p.x+n, p.y, s, st)
	p.x += n
}

func (p *pen) gap(n int) { p.x += n }

// keys writes the hints that fit whole, as clickable zones of the pane.
func (p *pen) keys(keys []Key, pane Pane) {
	for i, k := range keys {
		n := p.c.keyWidth(k)
		if p.x+n > p.end {
			continue
		}
		p.c.zone(rect{p.x, p.y, n, 1}, Target{Pane: pane, Part: PartKey, Index: i, Key: k.Key})
		p.put(k.Key, p.c.st.key)
		p.gap(1)
		p.put(k.Does, p.c.st.dim)
		p.gap(2)
	}
}

func (c *canvas) keyWidth(k Key) int { return c.width(k.Key) + 1 + c.width(k.Does) }

// keysWidth returns how many cells the hints take in a row.
func (c *canvas) keysWidth(keys []Key) int {
	total := 0
	for _, k := range keys {
		total += c.keyWidth(k) + 2
	}
	return max(0, total-2)
}

// span is a piece of a line in one style.
type span struct {
	text  string
	style style
}

func (p *pen) spans(all []span) {
	for _, s := range all {
		p.put(s.text, s.style)
	}
}

// wrap breaks s into lines of at most n cells, between words where it can.
func (c *canvas) wrap(s string, n int) []string {
	if n < 1 {
		return nil
	}
	var lines []string
	line, used := "", 0
	for _, word := range strings.Fields(c.clean(s)) {
		w := c.width(word)
		if used > 0 && used+1+w <= n {
			line, used = line+" "+word, used+1+w
			continue
		}
		if used > 0 {
			lines = append(lines, line)
		}
		for w > n {
			head := c.head(word, n)
			lines = append(lines, head)
			word = word[len(head):]
			w = c.width(word)
		}
		line, used = word, w
	}
	if used > 0 {
		lines = append(lines, line)
	}
	return lines
}

// head returns as much of s as fits into n cells, one character at least.
func (c *canvas) head(s string, n int) string {
	used, end := 0, 0
	for end < len(s) {
		_, width, size := c.next(s[end:])
		if used+width > n && end > 0 {
			break
		}
		used, end = used+width, end+size
	}
	return s[:end]
}
