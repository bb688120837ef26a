package view

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// The renderer that draws on the terminal finds every border where the layout
// has it, by both measures of width.
func TestBordersStandWithHostileText(t *testing.T) {
	for method, opt := range map[ansi.Method]Options{ansi.WcWidth: colours, ansi.GraphemeWidth: {Graphemes: true}} {
		for _, size := range [][2]int{{80, 24}, {120, 36}, {200, 50}} {
			s := build(size[0], size[1], opt, func(s *Screen) { hostile(s); both(s) })
			buf := uv.NewScreenBuffer(s.Width, s.Height)
			buf.Method = method
			uv.NewStyledString(Render(s)).Draw(buf, buf.Bounds())
			for p, r := range layoutOf(s).panes {
				if !r.empty() {
					mustBeFramed(t, buf, Pane(p), r)
				}
			}
		}
	}
}

// A dialog that has more to say than lines keeps its frame.
func TestDialogsKeepTheirFrame(t *testing.T) {
	for name, open := range map[string]func(*Screen){"form": withForm, "confirm": withConfirm, "picker": withPicker, "palette": withPalette, "help": withHelp} {
		for h := MinHeight; h <= 24; h++ {
			s := build(MinWidth, h, plainly, open)
			frame := strings.Split(ansi.Strip(Render(s)), "\n")
			for _, z := range paint(s).zones {
				if z.target.Part != PartBox {
					continue
				}
				bottom := string([]rune(frame[z.y+z.h-1])[z.x : z.x+z.w])
				if want := "╰" + strings.Repeat("─", z.w-2) + "╯"; bottom != want {
					t.Errorf("%s in %d lines: the last line is %q", name, h, bottom)
				}
			}
		}
	}
}

// mustBeFramed fails unless the sides of r are unbroken.
func mustBeFramed(tb testing.TB, buf uv.ScreenBuffer, p Pane, r rect) {
	tb.Helper()
	for y := r.y; y < r.y+r.h; y++ {
		left, right := buf.CellAt(r.x, y), buf.CellAt(r.x+r.w-1, y)
		if left == nil || right == nil || !strings.Contains("╭│╰", left.Content) || !strings.Contains("╮│┃╯", right.Content) {
			tb.Errorf("pane %d, line %d: the sides are %v and %v", p, y, left, right)
		}
	}
}

// Whatever text comes in, the only sequences that come out are styles.
func TestOnlyStylesLeave(t *testing.T) {
	style := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	for _, tt := range screens {
		frame := style.ReplaceAllString(Render(build(tt.w, tt.h, tt.opt, tt.open)), "")
		for i, r := range frame {
			if r != '\n' && (r < ' ' || r >= 0x7f && r <= 0x9f || unicode.Is(unicode.Cf, r)) {
				t.Errorf("%s: %U at byte %d: %q", tt.name, r, i, frame[max(0, i-20):min(len(frame), i+20)])
			}
		}
	}
}
