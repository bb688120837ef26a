package view

// Options say what the terminal can show.
type Options struct {
	Dark  bool // Light text on a dark ground.
	Color bool // Without it, glyphs, words and attributes say everything.
	ASCII bool // Nothing but ASCII in borders and symbols.
	// Graphemes says that the terminal counts cells by grapheme cluster (mode
	// 2027, as Bubble Tea's renderer does once the terminal reports that mode)
	// and not by character. Only some scripts show the difference.
	Graphemes bool
}

// Theme is how things look. The zero Theme is that of a light terminal without
// colour.
type Theme struct{ opt Options }

// NewTheme returns the theme for what the terminal can show.
func NewTheme(opt Options) Theme { return Theme{opt: opt} }

// Options returns what the theme was made for.
func (t Theme) Options() Options { return t.opt }

// Glyph returns the sign of a state: a pencil, ink, an erasure, a stop.
func (t Theme) Glyph(m Mark) string {
	if t.opt.ASCII {
		return asciiGlyphs[m]
	}
	return glyphs[m]
}

var (
	glyphs      = [...]string{" ", "✎", "●", "✗", "!", "⚠"}
	asciiGlyphs = [...]string{" ", "~", "=", "x", "!", "!"}
)

// colour is 24-bit RGB with colourSet added; the zero colour is the terminal's
// own. Whoever writes to the terminal reduces it to what that can show.
type colour uint32

const colourSet colour = 1 << 24

func rgb(hex uint32) colour { return colourSet | colour(hex) }

// attr is a set of text attributes.
type attr uint8

const (
	bold attr = 1 << iota
	faint
	italic
	underline
	reverse
	strike
)

// style is how a cell looks. The zero style is the terminal's own.
type style struct {
	fg, bg colour
	attr   attr
}

func (s style) with(a attr) style { s.attr |= a; return s }

// on gives s the ground of g.
func (s style) on(g style) style {
	s.bg = g.bg
	s.attr |= g.attr
	return s
}

// styles are the looks of one theme, by what they are for.
type styles struct {
	text, strong, dim, ghost  style // Ink, from loud to hardly there.
	border, focus, title, key style
	marks                     [MarkAnomaly + 1]style
	ahead, behind             style // Versions that disagree.
	bar, barDim, guide        style // Header, and the line that leads.
	selected, cursor, wrong   style
}

// styles returns the looks of the theme.
func (t Theme) styles() *styles {
	switch {
	case !t.opt.Color:
		return &plainStyles
	case t.opt.Dark:
		return &darkStyles
	}
	return &lightStyles
}

// The states differ by blue and orange, which every common kind of colour
// blindness keeps apart, and by attributes before that.
var darkStyles = makeStyles(shades{
	strong: 0xf2f4f8, dim: 0x8f98ab, ghost: 0x4d5566, border: 0x465066, focus: 0x8ab4ff,
	blue: 0x7fb4ff, orange: 0xff9e57, amber: 0xffc66d,
	barText: 0xdfe5f0, barDim: 0x97a1b5, bar: 0x252b38,
	guideText: 0xffffff, guide: 0x2b4c7e, selected: 0x2a3346,
})

var lightStyles = makeStyles(shades{
	strong: 0x11151c, dim: 0x5c6678, ghost: 0xb3bac6, border: 0xa7b0bf, focus: 0x1d5fd1,
	blue: 0x1257c4, orange: 0xb34700, amber: 0x8a5a00,
	barText: 0x1b2330, barDim: 0x556074, bar: 0xe4e8ef,
	guideText: 0x0a2850, guide: 0xcfe1ff, selected: 0xdfe9fa,
})

var plainStyles = styles{
	strong: style{attr: bold}, dim: style{attr: faint}, ghost: style{attr: faint},
	border: style{attr: faint}, focus: style{attr: bold}, title: style{attr: bold}, key: style{attr: bold},
	marks: [...]style{
		MarkPending:    {attr: italic},
		MarkRolledBack: {attr: bold},
		MarkStalled:    {attr: bold},
		MarkAnomaly:    {attr: bold | underline},
	},
	ahead: style{attr: bold}, behind: style{attr: bold | underline},
	bar: style{attr: reverse}, barDim: style{attr: reverse}, guide: style{attr: reverse | bold},
	selected: style{attr: bold}, cursor: style{attr: reverse}, wrong: style{attr: bold},
}

// shades are the colours of a theme, as 0xRRGGBB.
type shades struct {
	strong, dim, ghost, border, focus uint32
	blue, orange, amber               uint32
	barText, barDim, bar              uint32
	guideText, guide, selected        uint32
}

func makeStyles(c shades) styles {
	fg := func(hex uint32, a attr) style { return style{fg: rgb(hex), attr: a} }
	return styles{
		strong: fg(c.strong, bold), dim: fg(c.dim, 0), ghost: fg(c.ghost, 0),
		border: fg(c.border, 0), focus: fg(c.focus, 0), title: fg(c.strong, bold), key: fg(c.strong, bold),
		marks: [...]style{
			MarkPending:    fg(c.blue, italic),
			MarkConfirmed:  {},
			MarkRolledBack: fg(c.orange, 0),
			MarkStalled:    fg(c.amber, bold),
			MarkAnomaly:    fg(c.orange, bold),
		},
		ahead: fg(c.blue, bold), behind: fg(c.orange, bold),
		bar:      style{fg: rgb(c.barText), bg: rgb(c.bar)},
		barDim:   style{fg: rgb(c.barDim), bg: rgb(c.bar)},
		guide:    style{fg: rgb(c.guideText), bg: rgb(c.guide), attr: bold},
		selected: style{bg: rgb(c.selected)},
		cursor:   style{attr: reverse}, wrong: fg(c.orange, bold),
	}
}
