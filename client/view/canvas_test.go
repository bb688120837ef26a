package view

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// No character of Unicode, alone or beside others, makes a line longer or
// shorter than it is.
func TestNoCharacterMovesWhatIsBesideIt(t *testing.T) {
	for _, opt := range []Options{{}, {Graphemes: true}} {
		c := newCanvas(16, 1, NewTheme(opt))
		for r := rune(1); r <= unicode.MaxRune; r++ {
			if r == 0x20000 {
				r = 0xe0000 // Between them are ideographs, all alike, or nothing.
			}
			c.clear(rect{0, 0, 16, 1})
			c.put(0, 0, 1, "│", style{})
			c.put(1, 0, 2, string(r), style{})
			c.put(3, 0, 4, "a"+string(r)+"漢", style{})
			c.put(7, 0, 3, string(r)+string(r), style{})
			c.put(10, 0, 6, "│", style{})
			if got := c.method.StringWidth(c.String()); got != 16 {
				t.Errorf("%U: %d cells, want 16: %q", r, got, c.String())
			}
		}
	}
}

func TestPut(t *testing.T) {
	tests := []struct {
		name, text string
		limit      int
		want       string
		used       int
	}{
		{"fits", "abc", 3, "abc.....", 3},
		{"is cut", "abcd", 3, "ab….....", 3},
		{"wide fits", "漢字", 4, "漢字....", 4},
		{"wide is cut at a whole character", "漢字漢", 4, "漢 …....", 4},
		{"wide does not fit at all", "漢", 1, "….......", 1},
		{"no room", "a", 0, "........", 0},
		{"nothing", "", 5, "........", 0},
		{"sequences go", "\x1b[31mab", 5, "ab......", 2},
		{"the edge cuts", strings.Repeat("x", 20), 20, "xxxxxxx…", 8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newCanvas(8, 1, Theme{})
			c.fill(0, 0, 8, ".", style{})
			used := c.put(0, 0, tt.limit, tt.text, style{})
			if got := c.String(); got != tt.want || used != tt.used {
				t.Errorf("got %q (%d), want %q (%d)", got, used, tt.want, tt.used)
			}
		})
	}
}

// Half a wide character is a blank, whichever half is covered.
func TestSetOverWide(t *testing.T) {
	for x, want := range []string{"x 字", " x字", "漢x ", "漢 x"} {
		c := newCanvas(4, 1, Theme{})
		c.put(0, 0, 4, "漢字", style{})
		c.put(x, 0, 1, "x", style{})
		if got := c.String(); got != want {
			t.Errorf("x at %d: got %q, want %q", x, got, want)
		}
	}
}

// A sentence is cut between its words, unless there is room for none of them.
func TestSay(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		n          int
		opt        Options
		want       string
	}{
		{"fits", "one two three", 13, plainly, "one two three"},
		{"between words", "one two three", 12, plainly, "one two…"},
		{"no room for the mark", "one two three", 7, plainly, "one…"},
		{"in seven bits", "one two three", 9, ascii, "one two.."},
		{"one long word", "abcdefghij", 5, plainly, "abcd…"},
		{"wide", "漢字 漢字", 8, plainly, "漢字…"},
		{"no room", "abc", 1, plainly, "…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newCanvas(20, 1, NewTheme(tt.opt))
			p := pen{c: c, end: tt.n}
			p.say(tt.text, style{})
			if got := strings.TrimRight(ansi.Strip(c.String()), " "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWrap(t *testing.T) {
	c := newCanvas(1, 1, Theme{})
	tests := []struct {
		name, text string
		n          int
		want       string
	}{
		{"between words", "one two three", 7, "one two/three"},
		{"long words break", "abcdefgh ij", 3, "abc/def/gh/ij"},
		{"wide", "漢字漢字", 3, "漢/字/漢/字"},
		{"nothing", "  ", 5, ""},
		{"no room", "abc", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(c.wrap(tt.text, tt.n), "/"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAge(t *testing.T) {
	for _, tt := range []struct {
		ms   int64
		want string
	}{
		{-1, ""}, {0, "0.0s"}, {400, "0.4s"}, {1900, "1.9s"}, {2949, "2.9s"}, {2950, "2s"}, {8000, "8s"}, {59_999, "59s"},
		{60_000, "1m"}, {3_599_999, "59m"}, {3_600_000, "1h"}, {86_400_000, "1d"},
	} {
		if got := age(tt.ms); got != tt.want {
			t.Errorf("age(%d) = %q, want %q", tt.ms, got, tt.want)
		}
	}
}

func TestSince(t *testing.T) {
	for _, tt := range []struct {
		ms   int64
		want string
	}{
		{-5, "+0 ms"}, {641, "+641 ms"}, {1502, "+1.50 s"}, {9_999, "+10.0 s"}, {59_949, "+59.9 s"}, {60_000, "+1m"},
	} {
		if got := since(tt.ms); got != tt.want || len(got) > 8 {
			t.Errorf("since(%d) = %q, want %q", tt.ms, got, tt.want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[uint64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := count(n); got != want {
			t.Errorf("count(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestGraphemesMeasureAsTheTerminalDoes(t *testing.T) {
	for method, opt := range map[ansi.Method]Options{ansi.WcWidth: {}, ansi.GraphemeWidth: {Graphemes: true}} {
		c := newCanvas(1, 1, NewTheme(opt))
		for _, text := range []string{"நிலா", "क्षत्रिय", "한국", "abc"} {
			if got, want := c.width(text), method.StringWidth(text); got != want {
				t.Errorf("%q is %d cells wide, want %d", text, got, want)
			}
		}
	}
}
