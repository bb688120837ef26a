package film

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"optimist/client/view"
)

// mustFilm returns a film of the interactive client's views, in which a record
// is created, edited and struck out.
func mustFilm(tb testing.TB, width, height, shots int) *Film {
	tb.Helper()
	f := &Film{Title: "a <race>", Width: width, Height: height, Look: view.Options{Dark: true, Color: true}}
	for i := range shots {
		f.Shots = append(f.Shots, Shot{
			Screen: view.Render(sampleScreen(f, i)), For: 333, Marker: fmt.Sprintf("step %d", i), Anomaly: i == shots-2,
		})
	}
	if err := f.Check(); err != nil {
		tb.Fatal(err)
	}
	return f
}

// mustPlay plays a film in the emulator.
func mustPlay(tb testing.TB, f *Film) []screen {
	tb.Helper()
	screens, err := f.screens(nil)
	if err != nil {
		tb.Fatal(err)
	}
	return screens
}

// sampleScreen is one screen of mustFilm.
func sampleScreen(f *Film, i int) view.Screen {
	rows := []view.Row{
		{ID: "ada", Name: "Ada Lovelace", Mark: view.MarkPending, Seen: uint64(i + 1), Guess: true, Log: 1, Tags: "A1"},
		{ID: "grace", Name: "Grace 名前 👩‍👩‍👧 e\u0301 नि Hopper", Mark: view.MarkConfirmed, Seen: 3, Log: 3, DB: 3, Age: int64(i) * 1000},
		{ID: "alan", Name: "Alan Turing", Mark: view.MarkRolledBack, Struck: true, Log: 1, DB: 1, Age: -1},
	}
	return view.Screen{
		Width: f.Width, Height: f.Height, Theme: view.NewTheme(f.Look), Focus: view.PaneRecords,
		Header:    view.Header{Mode: "lab", Client: "alice", Strategy: "check-projection", Log: uint64(i), DB: 1, Online: true},
		Records:   view.Records{Total: 3, Rows: rows, Selected: i % 3},
		Inspector: view.Inspector{Row: rows[0], Steps: []view.Step{{Actor: "you", Text: strings.Repeat("✎ created ", i), Mark: view.MarkPending}}},
		Guide:     fmt.Sprintf("Step %d: the screen was ahead of the database.", i),
		Keys:      []view.Key{{Key: "space", Does: "play"}},
	}
}

// TestTerminalShowsTheView compares what the emulator shows with what the view
// rendered, cell by cell, after every shot.
func TestTerminalShowsTheView(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}, {60, 16}} {
		f := mustFilm(t, size[0], size[1], 6)
		for i, s := range mustPlay(t, f) {
			buf := uv.NewScreenBuffer(f.Width, f.Height)
			buf.Method = ansi.WcWidth
			uv.NewStyledString(f.Shots[i].Screen).Draw(buf, buf.Bounds())
			for y := range f.Height {
				want, got := view.SVGLine(y, buf.Line(y), f.Look), view.SVGLine(y, s[y].cells, f.Look)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("%v shot %d line %d (-view +terminal):\n%s", size, i, y, diff)
				}
			}
		}
	}
}

func TestCheck(t *testing.T) {
	good := func() *Film { return &Film{Width: 80, Height: 24, Shots: []Shot{{For: 100}}} }
	for _, tt := range []struct {
		name  string
		spoil func(*Film)
		want  string
	}{
		{"good", func(*Film) {}, ""},
		{"narrow", func(f *Film) { f.Width = MinWidth - 1 }, "39×24"},
		{"high", func(f *Film) { f.Height = MaxHeight + 1 }, "80×81"},
		{"empty", func(f *Film) { f.Shots = nil }, "no shots"},
		{"no time", func(f *Film) { f.Shots[0].For = 0 }, "shot 1 stands for 0 ms"},
		{"many", func(f *Film) { f.Shots = make([]Shot, MaxShots+1) }, "1001 shots"},
		{"long", func(f *Film) { f.Shots = slowShots(MaxLength/MaxFor + 1) }, "longest"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := good()
			tt.spoil(f)
			err := f.Check()
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if err != nil && GIF(&bytes.Buffer{}, f, 1, nil) == nil {
				t.Error("a film that is not good was drawn")
			}
		})
	}
}

func slowShots(n int) []Shot {
	shots := make([]Shot, n)
	for i := range shots {
		shots[i].For = MaxFor
	}
	return shots
}

// TestEnds ends each way to write a film half-way.
func TestEnds(t *testing.T) {
	f, enough := mustFilm(t, 80, 24, 4), errors.New("enough")
	for _, format := range Formats() {
		if format.Name == "cast" {
			continue // It is as quick as telling of it.
		}
		told := 0
		err := format.Write(io.Discard, f, Settings{Scale: 1, Progress: func(int, int) error {
			if told++; told == 2 {
				return enough
			}
			return nil
		}})
		if !errors.Is(err, enough) || told != 2 {
			t.Errorf("%s: %v after %d of 4 shots", format.Name, err, told)
		}
	}
}

func TestPunch(t *testing.T) {
	f := &Film{Shots: []Shot{{}, {Anomaly: true}, {Anomaly: true}, {}}}
	if got := f.Punch(); got != 2 {
		t.Errorf("punch line at %d, want that of the last anomaly, 2", got)
	}
	if got := (&Film{Shots: make([]Shot, 3)}).Punch(); got != 2 {
		t.Errorf("without an anomaly at %d, want the last shot, 2", got)
	}
}
