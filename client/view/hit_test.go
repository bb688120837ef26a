package view

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

func TestHitFindsWhatIsSeen(t *testing.T) {
	tests := []struct {
		name string
		w, h int
		open func(*Screen)
		text string // Clicked on its first character.
		want Target
	}{
		{"a row", 80, 24, nil, "Barbara", Target{Pane: PaneRecords, Part: PartRow, Index: 3}},
		{"a row, wide", 120, 36, nil, "Barbara", Target{Pane: PaneRecords, Part: PartRow, Index: 3}},
		{"the head of the table", 80, 24, nil, "SEEN   ", Target{Pane: PaneRecords, Part: PartPane}},
		{"a step", 120, 36, nil, "picks the", Target{Pane: PaneInspector, Part: PartStep, Index: 3}},
		{"a step in a short pane", 80, 24, nil, "rolls back A2", Target{Pane: PaneInspector, Part: PartStep, Index: 7}},
		{"a verdict's key", 120, 36, nil, "edit and retry", Target{Pane: PaneInspector, Part: PartKey, Index: 1, Key: "E"}},
		{"the notice's key", 120, 36, nil, "u undo", Target{Part: PartKey, Index: 1, Key: "u"}},
		{"a footer key", 80, 24, nil, "strategy  ?", Target{Part: PartKey, Index: 5, Key: "s"}},
		{"the lane", 80, 24, nil, "PROJ", Target{Pane: PanePipeline, Part: PartPane}},
		{"an event", 120, 36, both, "#42 A1", Target{Pane: PaneLog, Part: PartEvent, Index: 4}},
		{"a fault", 120, 36, both, "reply lost", Target{Pane: PaneFaults, Part: PartFault, Index: 4}},
		{"a field", 80, 24, withForm, "email    ", Target{Part: PartField, Index: 1}},
		{"the box of a form", 80, 24, withForm, "enter saves", Target{Part: PartBox}},
		{"an action", 80, 24, withPalette, "edit and retry", Target{Part: PartItem, Index: 2}},
		{"a choice", 80, 24, withPicker, "check-log", Target{Part: PartItem, Index: 1}},
		{"a dialog's key", 80, 24, withConfirm, "keep it", Target{Part: PartKey, Index: 1, Key: "esc"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := build(tt.w, tt.h, colours, tt.open)
			x, y := mustFind(t, Render(s), tt.text)
			got, ok := Hit(s, x, y)
			if diff := cmp.Diff(tt.want, got); !ok || diff != "" {
				t.Errorf("at %d,%d: ok=%v (-want +got):\n%s", x, y, ok, diff)
			}
		})
	}
}

func TestOverlayTakesAllClicks(t *testing.T) {
	s := build(80, 24, colours, withForm)
	if got, ok := Hit(s, 5, 4); ok {
		t.Errorf("a click beside the form hits %+v", got)
	}
	if got, ok := Hit(s, -1, 500); ok {
		t.Errorf("a click beside the screen hits %+v", got)
	}
}

func TestCursorIsWhereOneTypes(t *testing.T) {
	if x, y, ok := Cursor(build(80, 24, colours, nil)); ok {
		t.Errorf("a cursor at %d,%d while nothing is typed", x, y)
	}
	s := build(80, 24, colours, withForm)
	wantX, wantY := mustFind(t, Render(s), "@engine")
	if x, y, ok := Cursor(s); !ok || x != wantX || y != wantY {
		t.Errorf("cursor at %d,%d (%v), want %d,%d", x, y, ok, wantX, wantY)
	}
}

// TableHeight is as many rows as are painted, wherever there are enough.
func TestTableHeightIsWhatIsPainted(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {110, 26}, {120, 36}, {200, 50}} {
		for _, open := range []func(*Screen){nil, both} {
			s := build(size[0], size[1], colours, open)
			s.Records.Rows = make([]Row, 100)
			for i := range s.Records.Rows {
				s.Records.Rows[i] = Row{ID: "x", Name: "NAME", Mark: MarkConfirmed}
			}
			got := strings.Count(ansi.Strip(Render(s)), "● NAME")
			if want := TableHeight(s); got != want || got < 1 {
				t.Errorf("%v: %d rows painted, TableHeight %d", size, got, want)
			}
		}
	}
}

// mustFind returns the cell where text begins in the frame.
func mustFind(tb testing.TB, frame, text string) (x, y int) {
	tb.Helper()
	for y, line := range strings.Split(ansi.Strip(frame), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			return ansi.StringWidth(before), y
		}
	}
	tb.Fatalf("no %q in\n%s", text, ansi.Strip(frame))
	return 0, 0
}
