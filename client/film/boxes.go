package film

import "image"

// arms says to which sides a border sign reaches from the middle of its cell.
type arms struct{ up, down, left, right, round bool }

// borders are the signs that are drawn and not written: a font leaves gaps
// between lines.
var borders = map[string]arms{
	"─": {left: true, right: true}, "│": {up: true, down: true},
	"┌": {down: true, right: true}, "┐": {down: true, left: true}, "└": {up: true, right: true}, "┘": {up: true, left: true},
	"╭": {down: true, right: true, round: true}, "╮": {down: true, left: true, round: true},
	"╰": {up: true, right: true, round: true}, "╯": {up: true, left: true, round: true},
	"├": {up: true, down: true, right: true}, "┤": {up: true, down: true, left: true},
	"┬": {down: true, left: true, right: true}, "┴": {up: true, left: true, right: true},
	"┼": {up: true, down: true, left: true, right: true},
}

// drawLines draws a border or a block, and reports whether text is one.
func drawLines(mask *image.Alpha, text string, scale int) bool {
	w, h := mask.Rect.Max.X, mask.Rect.Max.Y
	x, y := w/2-scale/2, h/2-scale/2
	switch text {
	case "█":
		bar(mask, 0, w, 0, h)
		return true
	case "▌":
		bar(mask, 0, w/2, 0, h)
		return true
	case "▐":
		bar(mask, w/2, w, 0, h)
		return true
	case "┃":
		bar(mask, x-scale, x+2*scale, 0, h)
		return true
	}
	a, found := borders[text]
	if !found {
		return false
	}
	cut := 0 // A round corner leaves its middle out.
	if a.round {
		cut = scale
	}
	if a.left {
		bar(mask, 0, x+scale-cut, y, scale)
	}
	if a.right {
		bar(mask, x+cut, w, y, scale)
	}
	if a.up {
		bar(mask, x, x+scale, 0, y+scale-cut)
	}
	if a.down {
		bar(mask, x, x+scale, y+cut, h-y-cut)
	}
	return true
}
