package printable

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestLine(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Ada Lovelace <ada@x>", "Ada Lovelace <ada@x>"},
		{"empty", "", ""},
		{"letters", "Ångström 漢字 🎉", "Ångström 漢字 🎉"},
		{"colour", "\x1b[31mred\x1b[0m", "red"},
		{"cursor", "a\x1b[2J\x1b[1;1Hb", "ab"},
		{"private mode", "\x1b[?1049hx", "x"},
		{"broken CSI", "\x1b[31\x07x", `\x07x`},
		{"CSI without end", "a\x1b[31", "a"},
		{"title by BEL", "\x1b]0;evil\x07x", "x"},
		{"title by ST", "\x1b]0;evil\x1b\\x", "x"},
		{"title by C1 ST", "\x1b]0;evil\u009cx", "x"},
		{"title without end keeps the text", "\x1b]0;evil name", "0;evil name"},
		{"string interrupted by a sequence", "\x1b]0;evil\x1b[31mx", "x"},
		{"hyperlink", "\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\", "text"},
		{"clipboard", "\x1b]52;c;ZXZpbA==\x07x", "x"},
		{"DCS", "\x1bPq#0;2\x1b\\x", "x"},
		{"DCS is not ended by BEL", "\x1bPq\x07q\x1b\\x", "x"},
		{"APC", "\x1b_Gf=100\x1b\\x", "x"},
		{"PM and SOS", "\x1b^a\x1b\\\x1bXb\x1b\\x", "x"},
		{"charset", "\x1b(0x", "x"},
		{"lone ESC and byte", "a\x1bcb", "ab"},
		{"ESC at the end", "a\x1b", `a\x1b`},
		{"ESC before a letter of another script", "\x1bé", `\x1bé`},
		{"C1 CSI", "\u009b31mred", "red"},
		{"C1 OSC", "\u009d0;t\u0007x", "x"},
		{"C1 DCS", "\u0090q\u009cx", "x"},
		{"other C1", "a\u0085b\u0080", `a\u0085b\u0080`},
		{"C0", "a\x00b\bc\rd", `a\x00b\x08c\rd`},
		{"newline and tab", "a\nb\tc", `a\nb\tc`},
		{"DEL", "a\x7f", `a\x7f`},
		{"bidi", "a\u202eb\u2066c\u2069\u200e\u200f\u061c", `a\u202eb\u2066c\u2069\u200e\u200f\u061c`},
		{"zero width", "a\u200bb\u200c\u200d\u2060\ufeff\u00ad", `a\u200bb\u200c\u200d\u2060\ufeff\u00ad`},
		{"emoji sequence", "👩\u200d🚀", `👩\u200d🚀`},
		{"tags", "a\U000e0041\U000e007f", `a\U000e0041\U000e007f`},
		{"separators", "a\u2028b\u2029", `a\u2028b\u2029`},
		{"variation selectors", "a\ufe00b\U000e0100", `a\ufe00b\U000e0100`},
		{"emoji form stays", "❤\ufe0f", "❤\ufe0f"},
		{"fillers", "\u3164\u115f\u1160\uffa0\u2800\u034f\u17b4\u180b\u180f", `\u3164\u115f\u1160\uffa0\u2800\u034f\u17b4\u180b\u180f`},
		{"private use and unassigned", "\ue0b0\U000f0000\u0378\uffff", `\ue0b0\U000f0000\u0378\uffff`},
		{"two marks stay", "a\u0301\u0323b", "a\u0301\u0323b"},
		{"a tower is cut", "a" + strings.Repeat("\u0301", 30) + "b", "a\u0301\u0301\\…b"},
		{"a script's own marks stay", "မြို့", "မြို့"},
		{"a tower of them is cut", "ส" + strings.Repeat("\u0e47", 9), "ส" + strings.Repeat("\u0e47", 4) + `\…`},
		{"mark without base", "\u0301a", "◌\u0301a"},
		{"mark after an escape", "\u200b\u0301", `\u200b◌` + "\u0301"},
		{"marks around a sequence", "a\u0301\u0301\x1b[0m\u0301\u0301", "a\u0301\u0301\\…"},
		{"bad UTF-8", "a\xff\xc3(b\xed\xa0\x80", "a��(b���"},
		{"raw C1 byte", "\x9b31m", "�31m"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Line(tt.in); got != tt.want {
				t.Errorf("Line(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestText(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"lines stay", "a\nb\n", "a\nb\n"},
		{"lines of letters stay", "é\nü", "é\nü"},
		{"CRLF", "é\r\nb\r", "é\nb\\r"},
		{"tabs do not", "a\tb\nc", "a\\tb\nc"},
		{"a mark at the start of a line", "a\n\u0301", "a\n◌\u0301"},
		{"a sequence over lines", "\x1b]0;a\nb\x07c", "c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Text(tt.in); got != tt.want {
				t.Errorf("Text(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestPlainTextCostsNothing(t *testing.T) {
	text := strings.Repeat("plain text ", 20)
	if n := testing.AllocsPerRun(100, func() { _ = Line(text) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzLine(f *testing.F) {
	for _, s := range []string{"", "a", "\x1b[31mx\x1b]0;t\x07", "\u009bm\u0301\u202e", "\xff\x1b\xc2", "a\u0301\x1bPq\x1b\\\u0301\u0301", "\r\n\x1b(\x1b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := Line(s)
		mustBeSafe(t, line, "")
		if again := Line(line); again != line {
			t.Errorf("Line is not idempotent: %q, then %q", line, again)
		}
		text := Text(s)
		mustBeSafe(t, text, "\n")
		if again := Text(text); again != text {
			t.Errorf("Text is not idempotent: %q, then %q", text, again)
		}
	})
}

// mustBeSafe looks at every rune by the letter of the rule, not by the code
// under test.
func mustBeSafe(tb testing.TB, s, allowed string) {
	tb.Helper()
	if !utf8.ValidString(s) {
		tb.Errorf("not UTF-8: %q", s)
	}
	marks := 0
	for _, r := range s {
		if strings.ContainsRune(allowed, r) {
			continue
		}
		switch {
		case r < 0x20, r >= 0x7f && r <= 0x9f, r == 0x61c, r == 0xad, r == 0xfeff,
			r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f,
			r >= 0xe0000 && r <= 0xe01ef, unicode.Is(unicode.Cf, r):
			tb.Errorf("%U is left in %q", r, s)
		}
		if !unicode.Is(unicode.M, r) {
			marks = 0
			continue
		}
		if marks++; marks > MaxOwnMarks {
			tb.Errorf("%d marks on one character in %q", marks, s)
		}
	}
}

func BenchmarkLine(b *testing.B) {
	for _, s := range []struct{ name, text string }{
		{"plain", "Ada Lovelace, Countess of Somewhere"},
		{"letters", "Ada Løvelace, Gräfin von Irgendwo"},
		{"hostile", "\x1b[31mA\u202ed" + strings.Repeat("\u0301", 20)},
	} {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = Line(s.text)
			}
		})
	}
}
