package film

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"
)

// castEvent is an event of a recording, its time since the beginning.
type castEvent struct {
	at         float64
	code, data string
}

// TestCast reads the film back as a player does: both versions show the same at
// the same time, and end when the film ends.
func TestCast(t *testing.T) {
	f := mustFilm(t, 80, 24, 6)
	for _, version := range []int{CastV2, CastV3} {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			var b, again bytes.Buffer
			if err := Cast(&b, f, version); err != nil {
				t.Fatal(err)
			}
			if err := Cast(&again, mustFilm(t, 80, 24, 6), version); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
				t.Errorf("the same film gave other bytes the second time (%v)", err)
			}
			events := mustReadCast(t, b.Bytes(), version)
			terminal, shown, markers := vt.NewEmulator(80, 24), 0, 0
			screens := mustPlay(t, f)
			for _, e := range events {
				switch e.code {
				case "m":
					if want := f.Shots[markers].Marker; e.data != want || e.at*1000 != float64(f.Starts()[markers]) {
						t.Errorf("marker %q at %v, want %q at %d ms", e.data, e.at, want, f.Starts()[markers])
					}
					markers++
				case "o":
					_, _ = terminal.WriteString(e.data)
					if e.data != "" {
						mustShow(t, terminal, screens[shown])
						shown++
					}
				}
			}
			if shown != len(f.Shots) || markers != len(f.Shots) {
				t.Errorf("%d screens and %d markers, want %d of each", shown, markers, len(f.Shots))
			}
			if end := events[len(events)-1].at * 1000; end != float64(f.Length()) {
				t.Errorf("it ends at %v ms, want %d", end, f.Length())
			}
		})
	}
}

func TestCastVersion(t *testing.T) {
	if err := Cast(&bytes.Buffer{}, mustFilm(t, 80, 24, 2), 1); err == nil || !strings.Contains(err.Error(), "use 2 or 3") {
		t.Errorf("version 1 gave %v", err)
	}
}

// mustShow compares a terminal with a screen.
func mustShow(tb testing.TB, terminal *vt.Emulator, s screen) {
	tb.Helper()
	for y, l := range s {
		for x := range l.cells {
			if c := terminal.CellAt(x, y); !c.Equal(&l.cells[x]) {
				tb.Fatalf("cell %d,%d is %q, want %q", x, y, c.Content, l.cells[x].Content)
			}
		}
	}
}

// mustReadCast reads an asciicast and holds it to the letter of its format.
func mustReadCast(tb testing.TB, data []byte, version int) []castEvent {
	tb.Helper()
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	if !lines.Scan() {
		tb.Fatal("no header")
	}
	mustReadHeader(tb, lines.Bytes(), version)
	var events []castEvent
	last := 0.0
	for n := 2; lines.Scan(); n++ {
		var raw []json.RawMessage
		if err := json.Unmarshal(lines.Bytes(), &raw); err != nil || len(raw) != 3 {
			tb.Fatalf("line %d is no event of three: %v", n, err)
		}
		var e castEvent
		for i, to := range []any{&e.at, &e.code, &e.data} {
			if err := json.Unmarshal(raw[i], to); err != nil {
				tb.Fatalf("line %d: %v", n, err)
			}
		}
		if version == CastV3 {
			e.at = float64(int64((last+e.at)*1000+0.5)) / 1000
		}
		if e.at < last || !strings.Contains("o m x", e.code) || version == CastV2 && e.code == "x" {
			tb.Fatalf("line %d: an event %q at %v after one at %v", n, e.code, e.at, last)
		}
		last = e.at
		events = append(events, e)
	}
	return events
}

// mustReadHeader reads the first line of an asciicast.
func mustReadHeader(tb testing.TB, line []byte, version int) {
	tb.Helper()
	var h struct {
		headerV2
		Term castTerm `json:"term"`
	}
	if err := json.Unmarshal(line, &h); err != nil {
		tb.Fatalf("header: %v", err)
	}
	width, height, theme := h.Width, h.Height, h.Theme
	if version == CastV3 {
		width, height, theme = h.Term.Cols, h.Term.Rows, h.Term.Theme
	}
	if h.Version != version || width != 80 || height != 24 || h.Title != "a <race>" {
		tb.Errorf("header %s", line)
	}
	colours := append(strings.Split(theme.Palette, ":"), theme.Fg, theme.Bg)
	if len(colours) != 18 {
		tb.Errorf("%d colours, want 16 and two", len(colours))
	}
	for _, c := range colours {
		mustHex(c)
	}
}
