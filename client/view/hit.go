package view

// Part says what kind of thing a click hit.
type Part uint8

// The parts of a screen. The zero Part is none.
const (
	PartPane   Part = iota + 1 // A pane, but nothing in it.
	PartRow                    // Records.Rows[Index].
	PartStep                   // Inspector.Steps[Index].
	PartEvent                  // Log.Lines[Index].
	PartFault                  // Faults.Choices[Index].
	PartKey                    // A hint: what Key does.
	PartItem                   // An item of the palette or the picker.
	PartField                  // Form.Fields[Index].
	PartCell                   // A cell of a matrix: CellAt(Index); with Key, its row's name.
	PartTab                    // Matrix.Tabs[Index].
	PartBox                    // An overlay, but nothing in it.
	PartOption                 // Stage.Question.Options[Index].
	PartTick                   // The scrubber, at Stage.Ticks[Index].
)

// Target is what a click means.
type Target struct {
	Pane  Pane // 0 for what is in no pane.
	Part  Part
	Index int
	Side  int // Of a comparison: 0 or 1.
	Key   string
}

// Hit returns what is at column x of line y, both from 0. While an overlay is
// open there is nothing but the overlay.
func Hit(s Screen, x, y int) (Target, bool) {
	zones := paint(s).zones
	for i := len(zones) - 1; i >= 0; i-- {
		if zones[i].holds(x, y) {
			return zones[i].target, true
		}
	}
	return Target{}, false
}

// Cursor returns the cell of the text cursor, if one is shown. A terminal that
// has its own cursor there tells input methods and screen readers where a
// person types.
func Cursor(s Screen) (x, y int, ok bool) {
	at := paint(s).cursor
	return at.x, at.y, at.x >= 0
}
