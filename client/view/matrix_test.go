package view

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"optimist/client/golden"
)

// sampleMatrix is a search that is still going on, a price chosen.
func sampleMatrix(w, h int, opt Options) Screen {
	m := &Matrix{
		Tabs: []string{"all", "a/0", "a/1", "b/0", "b/1", "c/0", "c/1"}, Tab: 2,
		Title: "a/1: A new record, edited at once, up to one fault", Progress: "13/36: 20k states 28k/s frontier 5964 depth 13",
		Groups: []MatrixGroup{
			{"V: people told", []string{"V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9"}},
			{"W: screens", []string{"W1", "W2", "W3", "W4", "W5", "W6", "W8"}},
			{"D: stored", []string{"D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9"}},
		},
		Row: 10, Column: 3,
		About: []MatrixText{
			{Text: "reconcile pays, as printed, V4 broken-promise: an accepted change was rolled back.", Sign: SignPrice, Head: true},
			{Text: "the server told alice that alice.1 was accepted as event #3, and then took it back (projection_failed)."},
			{Text: "Shortest film: 5 steps, 1 fault, in scope a."},
			{Text: "Costs: 10 steps, 2.0 writes, 0 held, 0 refused, 1 falling; works offline."},
		},
		Film: []string{"use strategy reconcile", "client alice", "hold all", "", `alice create ada name="Ada" email=ada@example.org`},
	}
	names := []string{
		"dual-write", "outbox", "fire-and-forget", "check-projection", "wait", "check-log", "hold", "read-log", "server-id", "natural-key", "reconcile", "reserve",
	}
	for i, name := range names {
		row := MatrixRow{Name: name, Busy: i == 11}
		for c := range 25 {
			cell := MatrixCell{Sign: SignClean}
			switch {
			case i == 11:
				cell = MatrixCell{}
			case c == 3 && i > 5:
				cell = MatrixCell{SignPrice, 5, 1}
			case (i+c)%7 == 0 && i < 8:
				cell = MatrixCell{SignDefect, i + 2, i % 2}
			case i == 9:
				cell.Sign = SignCut
			case i == 8:
				cell.Sign = SignHalf
			}
			row.Cells = append(row.Cells, cell)
		}
		m.Rows = append(m.Rows, row)
	}
	return Screen{
		Width: w, Height: h, Theme: NewTheme(opt), Matrix: m,
		Keys: []Key{{"enter", "play its film"}, {"v", "on NATS and SQLite"}, {"?", "help"}, {"!", "next film"}, {"tab", "next scope"}, {"q", "quit"}},
	}
}

func TestMatrixLooksAsKept(t *testing.T) {
	for _, tt := range []struct {
		name string
		w, h int
		opt  Options
		open func(*Screen)
	}{
		{"matrix-80x24", 80, 24, colours, nil},
		{"matrix-120x36", 120, 36, colours, nil},
		{"matrix-200x50", 200, 50, colours, nil},
		{"matrix-60x16", 60, 16, colours, nil},
		{"matrix-40x10", 40, 10, colours, nil},
		{"matrix-ascii-80x24", 80, 24, ascii, nil},
		{"matrix-toast-80x24", 80, 24, colours, func(s *Screen) { s.Toast = &Toast{Mark: MarkPending, Text: "running it", Index: 1, Total: 1} }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := sampleMatrix(tt.w, tt.h, tt.opt)
			if tt.open != nil {
				tt.open(&s)
			}
			frame := Render(s)
			golden.Fills(t, frame, tt.w, tt.h, ansi.WcWidth)
			mustMatch(t, tt.name+".txt", ansi.Strip(frame)+"\n")
		})
	}
}

// Whatever the size and whatever cell is chosen, every line is filled and the
// chosen cell is in sight.
func TestMatrixFitsEverySize(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {39, 10}, {40, 10}, {41, 11}, {59, 12}, {60, 16}, {75, 20}, {80, 24}, {97, 25}, {119, 30}, {120, 36}, {160, 17}, {250, 70}} {
		for _, at := range [][2]int{{0, 0}, {11, 24}, {5, 12}} {
			t.Run(fmt.Sprintf("%dx%d at %v", size[0], size[1], at), func(t *testing.T) {
				s := sampleMatrix(size[0], size[1], plainly)
				s.Matrix.Row, s.Matrix.Column = at[0], at[1]
				s.Matrix.Rows[at[0]].Cells[at[1]] = MatrixCell{Sign: SignDefect, Steps: 1_000, Faults: 16}
				frame := Render(s)
				golden.Fills(t, frame, size[0], size[1], ansi.WcWidth)
				if size[0] < MinWidth || size[1] < MinHeight {
					return
				}
				if found := cellsHit(s); !found[at] {
					t.Errorf("the chosen cell is out of sight:\n%s", ansi.Strip(frame))
				}
				if !strings.Contains(ansi.Strip(frame), "reconcile pays") {
					t.Errorf("the chosen cell is not told about:\n%s", ansi.Strip(frame))
				}
			})
		}
	}
}

// cellsHit returns the cells that a click can reach.
func cellsHit(s Screen) map[[2]int]bool {
	found := map[[2]int]bool{}
	for _, z := range paint(s).zones {
		if z.target.Part == PartCell && z.target.Key == "" {
			row, column := CellAt(z.target.Index)
			found[[2]int{row, column}] = true
		}
	}
	return found
}

// At 80×24 every cell, every tab and every hint can be clicked.
func TestMatrixIsClicked(t *testing.T) {
	s := sampleMatrix(80, 24, colours)
	if n := len(cellsHit(s)); n != 12*25 {
		t.Errorf("%d cells can be clicked", n)
	}
	if at, ok := Hit(s, 24, 14); !ok || at.Part != PartCell || at.Index != 10*maxColumns+3 {
		t.Errorf("where V4 under reconcile is, a click means %v", at)
	}
	tabs, hints := map[int]bool{}, map[string]bool{}
	for x := range 80 {
		if at, ok := Hit(s, x, 0); ok && at.Part == PartTab {
			tabs[at.Index] = true
		}
		if at, ok := Hit(s, x, 23); ok && at.Part == PartKey {
			hints[at.Key] = true
		}
	}
	if len(tabs) != 7 || !hints["enter"] || !hints["?"] {
		t.Errorf("tabs %v, hints %v", tabs, hints)
	}
}

// The signs differ without colour, and keep to ASCII where that is asked for.
func TestMatrixSigns(t *testing.T) {
	for _, opt := range []Options{plainly, ascii} {
		theme, seen := NewTheme(opt), map[string]bool{}
		for _, s := range []Sign{SignWaiting, SignDefect, SignPrice, SignClean, SignHalf, SignCut} {
			seen[theme.Sign(s)] = true
		}
		if len(seen) != 6 {
			t.Errorf("%v: %v", opt, seen)
		}
	}
	for i, r := range ansi.Strip(Render(sampleMatrix(120, 36, ascii))) {
		if r > '~' {
			t.Fatalf("%q at byte %d", r, i)
		}
	}
}
