package view

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"optimist/shared/printable"
)

// cell is one place of the screen. A wide character has its text in the left
// cell and hollow cells to its right.
type cell struct {
	text   string // "" is a blank.
	hollow bool
	style  style
}

// canvas is a grid of cells that everything is painted on, so that no text,
// however wide, can move a border.
type canvas struct {
	w, h   int
	cells  []cell
	theme  Theme
	st     *styles
	method ansi.Method
	zones  []zone
	cursor point
}

// point is a place on the canvas.
type point struct{ x, y int }

// zone is what a click on a part of the canvas means.
type zone struct {
	rect
	target Target
}

func newCanvas(w, h int, theme Theme) *canvas {
	c := &canvas{w: w, h: h, cells: make([]cell, w*h), theme: theme, st: theme.styles(), cursor: point{-1, -1}}
	if theme.opt.Graphemes {
		c.method = ansi.GraphemeWidth
	}
	return c
}

// put paints s from x on, in at most limit cells, and returns how many it took.
// Text that does not fit ends in an ellipsis. This is where all text passes the
// sanitiser.
func (c *canvas) put(x, y, limit int, s string, st style) int {
	limit = min(limit, c.w-x)
	if limit <= 0 || x < 0 || y < 0 || y >= c.h {
		return 0
	}
	used := 0
	for s = c.clean(s); s != ""; {
		text, width, n := c.next(s)
		if used+width > limit {
			c.ellipsis(x, y, limit, st)
			return limit
		}
		c.set(x+used, y, text, width, st)
		used += width
		s = s[n:]
	}
	return used
}

// clean returns s as it may be painted.
func (c *canvas) clean(s string) string {
	s = printable.Line(s)
	if c.theme.opt.ASCII {
		s = ASCII(s)
	}
	return alone(s)
}

// alone returns s so that neither end of it becomes one character with what is
// painted beside it, as the vowel sara am does with the letter before it.
func alone(s string) string {
	if s == "" {
		return s
	}
	if r, n := utf8.DecodeRuneInString(s); r >= utf8.RuneSelf && oneCharacter(" "+s[:n]) {
		s = "◌" + s
	}
	if r, n := utf8.DecodeLastRuneInString(s); r >= utf8.RuneSelf && oneCharacter(s[len(s)-n:]+" ") {
		s = s[:len(s)-n] + string(utf8.RuneError)
	}
	return s
}

func oneCharacter(s string) bool {
	first, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	return len(first) == len(s)
}

// next returns the first character of s with its marks, its width in cells and
// its length in bytes.
func (c *canvas) next(s string) (text string, width, n int) {
	if s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return s[:1], 1, 1
	}
	text, width = ansi.FirstGraphemeCluster(s, c.method)
	n = len(text)
	_, first := utf8.DecodeRuneInString(text)
	if rest := strings.Map(dropVariant, text[first:]); first+len(rest) != n {
		text = text[:first] + rest
		width = c.method.StringWidth(text)
	}
	return text, width, n
}

// dropVariant takes away what chooses a form or a skin of the emoji before it:
// terminals do not agree on the width it gives.
func dropVariant(r rune) rune {
	if r == '\ufe0e' || r == '\ufe0f' || r >= '\U0001f3fb' && r <= '\U0001f3ff' {
		return -1
	}
	return r
}

// width returns how many cells s takes.
func (c *canvas) width(s string) int {
	s = c.clean(s)
	total := 0
	for s != "" {
		_, width, n := c.next(s)
		total += width
		s = s[n:]
	}
	return total
}

// set writes one character. A wide character that it covers in part goes
// blank.
func (c *canvas) set(x, y int, text string, width int, st style) {
	if width == 0 {
		return
	}
	row := c.cells[y*c.w : (y+1)*c.w]
	for i := x; row[i].hollow; i-- {
		row[i].hollow = false
		row[i-1].text = ""
	}
	for i := x + width; i < c.w && row[i].hollow; i++ {
		row[i].hollow = false
	}
	row[x] = cell{text: text, style: st}
	for i := x + 1; i < x+width; i++ {
		row[i] = cell{hollow: true, style: st}
	}
}

// ellipsis shows that the text in these cells goes on.
func (c *canvas) ellipsis(x, y, limit int, st style) {
	if !c.theme.opt.ASCII {
		c.set(x+limit-1, y, "…", 1, st)
		return
	}
	for i := max(0, limit-2); i < limit; i++ {
		c.set(x+i, y, ".", 1, st)
	}
}

// right paints s so that it ends before end, and returns where it starts. What
// does not fit after from is cut.
func (c *canvas) right(from, end, y int, s string, st style) int {
	x := max(from, end-c.width(s))
	c.put(x, y, end-x, s, st)
	return x
}

// fill paints a run of one-cell characters.
func (c *canvas) fill(x, y, n int, text string, st style) {
	text = c.clean(text)
	for i := max(0, x); i < min(x+n, c.w); i++ {
		c.set(i, y, text, 1, st)
	}
}

// ground gives the cells of r the ground of st and keeps their text.
func (c *canvas) ground(r rect, st style) {
	for y := r.y; y < r.y+r.h; y++ {
		for x := r.x; x < r.x+r.w; x++ {
			at := &c.cells[y*c.w+x]
			at.style = at.style.on(st)
		}
	}
}

// clear makes the cells of r blank.
func (c *canvas) clear(r rect) {
	for y := r.y; y < r.y+r.h; y++ {
		for x := r.x; x < r.x+r.w; x++ {
			c.set(x, y, "", 1, style{})
		}
	}
}

// zone says what a click into r means. The newest zone wins.
func (c *canvas) zone(r rect, t Target) { c.zones = append(c.zones, zone{r, t}) }

// ASCII shows the signs of this package, and quotation marks, in ASCII. What a
// person wrote stays.
func ASCII(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return toASCII.Replace(s)
		}
	}
	return s
}

var toASCII = strings.NewReplacer(
	"✎", "~", "●", "=", "✗", "x", "✓", "+", "○", "o", "▸", ">", "▶", ">", "◀", "<", "▼", "v", "↓", "v", "↑", "^",
	"→", "->", "←", "<-", "≠", "!=", "≤", "<=", "≥", ">=", " · ", " | ", "·", ".", "–", "-", "—", "-", "…", "..", "×", "x",
	"│", "|", "─", "-", "╭", "+", "╮", "+", "╰", "+", "╯", "+", "┃", "#", "├", "+", "┤", "+",
	"⚠", "!", "⚡", "!", "┼", "+", "█", "#", "“", `"`, "”", `"`, "‘", "'", "’", "'",
)
