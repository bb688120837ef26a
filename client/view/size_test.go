package view

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"optimist/client/golden"
)

// Every picture fills every size, by the terminal's own measure of width.
func TestEverySizeIsFilled(t *testing.T) {
	sizes := [][2]int{
		{1, 1}, {39, 10}, {40, 9}, {40, 10}, {41, 11}, {59, 40}, {60, 15}, {60, 16}, {61, 17}, {75, 20},
		{79, 24}, {80, 25}, {109, 30}, {110, 16}, {110, 25}, {110, 26}, {111, 40}, {131, 19}, {250, 70}, {40, 70}, {250, 16},
	}
	for _, tt := range screens {
		for _, size := range sizes {
			for method, opt := range map[ansi.Method]Options{ansi.WcWidth: tt.opt, ansi.GraphemeWidth: {Graphemes: true, ASCII: tt.opt.ASCII}} {
				name := fmt.Sprintf("%s at %dx%d graphemes=%v", tt.name, size[0], size[1], opt.Graphemes)
				t.Run(name, func(t *testing.T) {
					s := build(size[0], size[1], opt, tt.open)
					golden.Fills(t, Render(s), s.Width, s.Height, method)
					for _, zoomed := range []Pane{PanePipeline, PaneRecords, PaneInspector, PaneLog, PaneFaults} {
						s.Zoomed, s.Focus = true, zoomed
						golden.Fills(t, Render(s), s.Width, s.Height, method)
					}
				})
			}
		}
	}
}

// Only the text of people and servers may leave ASCII in an ASCII terminal.
func TestASCIIIsASCII(t *testing.T) {
	for _, open := range []func(*Screen){nil, both, empty, withForm, withConfirm, withPalette, withHelp, withNotices, withPicker, withPickerNote, withPickerTyped} {
		for i, r := range ansi.Strip(Render(build(120, 36, ascii, open))) {
			if r > '~' {
				t.Fatalf("%q at byte %d", r, i)
			}
		}
	}
}

func TestWithoutColourThereIsNone(t *testing.T) {
	for _, open := range []func(*Screen){nil, both, withForm, hostile} {
		frame := Render(build(120, 36, plainly, open))
		if strings.Contains(frame, "38;") || strings.Contains(frame, "48;") {
			t.Errorf("a colour in %q", frame)
		}
	}
}

// State shows without colour: by glyph, by word and by attribute.
func TestStateNeedsNoColour(t *testing.T) {
	frame := Render(build(80, 24, plainly, nil))
	for _, want := range []string{"✎", "✗", "pending", "rolled back", "\x1b[0;1;9mAlan Turing", "3mBarbara Liskov"} {
		if !strings.Contains(frame, want) {
			t.Errorf("no %q in\n%q", want, frame)
		}
	}
}

func FuzzNoTextBreaksTheBorder(f *testing.F) {
	for _, text := range corpus {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, opt := range []Options{{}, {Graphemes: true}, ascii} {
			s := build(80, 24, opt, both)
			for i := range s.Records.Rows {
				s.Records.Rows[i].Name, s.Records.Rows[i].Tags = text, text
			}
			s.Toast.Text, s.Guide, s.Inspector.Verdicts[0].Why, s.Log.Lines[2].Note = text, text, text, text
			method := ansi.WcWidth
			if opt.Graphemes {
				method = ansi.GraphemeWidth
			}
			golden.Fills(t, Render(s), 80, 24, method)
		}
	})
}

func BenchmarkRender(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {200, 50}} {
		for name, open := range map[string]func(*Screen){"plain": both, "hostile": func(s *Screen) { hostile(s); both(s) }} {
			b.Run(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), func(b *testing.B) {
				s := build(size[0], size[1], colours, open)
				b.ReportAllocs()
				for b.Loop() {
					Render(s)
				}
			})
		}
	}
}
