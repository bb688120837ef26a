package printable

// The controls that begin or end a sequence.
const (
	bel = 0x07
	can = 0x18
	sub = 0x1a
	esc = 0x1b
)

// sequence returns the length of the terminal sequence that s begins with, 0
// for none. A string sequence without an end is only its introducer, so that it
// cannot swallow the rest of the text.
func sequence(s string) int {
	kind, n := introducer(s)
	switch kind {
	case 0:
		return 0
	case '[':
		return n + csi(s[n:])
	case 'P', 'X', ']', '^', '_':
		return n + str(s[n:], kind == ']')
	default:
		return n
	}
}

// introducer returns what follows the ESC in the 7-bit form of the sequence
// that s begins with, and the introducer's length. Kind 0 is none.
func introducer(s string) (kind byte, n int) {
	if len(s) < 2 {
		return 0, 0
	}
	if s[0] == 0xc2 { // U+0080 to U+009F in UTF-8.
		switch s[1] {
		case 0x90, 0x98, 0x9b, 0x9d, 0x9e, 0x9f:
			return s[1] - 0x40, 2
		}
		return 0, 0
	}
	if s[0] != esc {
		return 0, 0
	}
	n = 1
	for n < len(s) && s[n] >= 0x20 && s[n] <= 0x2f {
		n++ // ESC ( B and the like.
	}
	if n == len(s) || s[n] < 0x30 || s[n] > 0x7e {
		return 0, 0
	}
	if n > 1 {
		return ' ', n + 1
	}
	return s[1], 2
}

// csi returns the length of a control sequence after its introducer. One that
// is broken off ends before the byte that breaks it.
func csi(s string) int {
	n := 0
	for n < len(s) && s[n] >= 0x20 && s[n] <= 0x3f {
		n++
	}
	if n < len(s) && s[n] >= 0x40 && s[n] <= 0x7e {
		n++
	}
	return n
}

// str returns the length of a string sequence after its introducer, its
// terminator included, or 0 if it has no end.
func str(s string, bell bool) int {
	for i := range len(s) {
		switch {
		case s[i] == can, s[i] == sub, bell && s[i] == bel:
			return i + 1
		case s[i] == esc && i+1 < len(s) && s[i+1] == '\\':
			return i + 2
		case s[i] == esc:
			return i // Another sequence interrupts this one.
		case s[i] == 0xc2 && i+1 < len(s) && s[i+1] == 0x9c:
			return i + 2
		}
	}
	return 0
}
