package view

import (
	"path/filepath"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"optimist/client/golden"
)

var (
	colours = Options{Dark: true, Color: true}
	plainly = Options{}
	ascii   = Options{ASCII: true}
)

// screens are the pictures that are kept.
var screens = []struct {
	name string
	w, h int
	opt  Options
	open func(*Screen)
}{
	{"race-80x24", 80, 24, colours, nil},
	{"race-120x36", 120, 36, colours, nil},
	{"race-200x50", 200, 50, colours, both},
	{"race-60x16", 60, 16, colours, nil},
	{"race-50x12", 50, 12, colours, nil},
	{"race-30x8", 30, 8, colours, nil},
	{"ascii-80x24", 80, 24, ascii, nil},
	{"ascii-120x36", 120, 36, ascii, both},
	{"log-80x24", 80, 24, colours, func(s *Screen) { s.LogOpen, s.Focus = true, PaneLog }},
	{"faults-80x24", 80, 24, colours, func(s *Screen) { s.FaultsOpen, s.Focus = true, PaneFaults }},
	{"panes-120x36", 120, 36, colours, both},
	{"zoomed-80x24", 80, 24, colours, func(s *Screen) { s.Zoomed, s.Focus = true, PaneInspector }},
	{"filter-80x24", 80, 24, colours, func(s *Screen) {
		s.Records.Filtering, s.Records.Filter, s.Records.Cursor = true, "lovelace", 8
	}},
	{"empty-80x24", 80, 24, colours, empty},
	{"offline-80x24", 80, 24, colours, func(s *Screen) {
		s.Header.Online, s.Header.Waiting, s.Toast = false, "nats://127.0.0.1:4222", nil
	}},
	{"form-80x24", 80, 24, colours, withForm},
	{"confirm-80x24", 80, 24, colours, withConfirm},
	{"palette-80x24", 80, 24, colours, withPalette},
	{"help-80x24", 80, 24, colours, withHelp},
	{"help-120x36", 120, 36, colours, withHelp},
	{"notices-80x24", 80, 24, colours, withNotices},
	{"picker-80x24", 80, 24, colours, withPicker},
	{"picker-note-80x24", 80, 24, colours, withPickerNote},
	{"picker-typed-60x16", 60, 16, colours, withPickerTyped},
	{"hostile-80x24", 80, 24, colours, hostile},
	{"hostile-120x36", 120, 36, colours, func(s *Screen) { hostile(s); both(s) }},
	{"hostile-timeline-80x24", 80, 24, colours, hostileTimeline},
	{"hostile-anomalies-80x24", 80, 24, colours, hostileAnomalies},
	{"hostile-form-80x24", 80, 24, colours, func(s *Screen) { hostile(s); withForm(s); hostileForm(s) }},
}

func TestScreensLookAsKept(t *testing.T) {
	for _, tt := range screens {
		t.Run(tt.name, func(t *testing.T) {
			frame := Render(build(tt.w, tt.h, tt.opt, tt.open))
			golden.Fills(t, frame, tt.w, tt.h, ansi.WcWidth)
			mustMatch(t, tt.name+".txt", ansi.Strip(frame)+"\n")
		})
	}
}

func build(w, h int, opt Options, open func(*Screen)) Screen {
	s := sample(w, h, opt)
	if open != nil {
		open(&s)
	}
	return s
}

// mustMatch compares text with a golden file.
func mustMatch(tb testing.TB, name, text string) {
	tb.Helper()
	golden.Match(tb, filepath.Join("testdata", name), text)
}
