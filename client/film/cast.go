package film

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"optimist/client/view"
)

// Versions of asciicast that Cast writes.
const (
	CastV2 = 2 // https://docs.asciinema.org/manual/asciicast/v2/
	CastV3 = 3 // https://docs.asciinema.org/manual/asciicast/v3/
)

// palette is the sixteen colours of a terminal that a player wants to know. The
// views name none of them: they say their colours in full.
const palette = "#1b2330:#b3261e:#0b6b3a:#8a5a00:#1257c4:#7b1fa2:#0b6b6b:#d6dbe6:" +
	"#7a8494:#ff8a80:#5ccf8d:#f0b849:#7fb4ff:#d6a2f0:#7fd4d4:#f2f4f8"

// castTheme is the colours of the terminal.
type castTheme struct {
	Fg      string `json:"fg"`
	Bg      string `json:"bg"`
	Palette string `json:"palette"`
}

// headerV2 is the first line of an asciicast of version 2. It has no time of
// day: the same film is the same file.
type headerV2 struct {
	Version int               `json:"version"`
	Width   int               `json:"width"`
	Height  int               `json:"height"`
	Title   string            `json:"title,omitempty"`
	Env     map[string]string `json:"env"`
	Theme   castTheme         `json:"theme"`
}

// headerV3 is that of version 3.
type headerV3 struct {
	Version int      `json:"version"`
	Term    castTerm `json:"term"`
	Title   string   `json:"title,omitempty"`
}

// castTerm is the terminal of an asciicast of version 3.
type castTerm struct {
	Cols  int       `json:"cols"`
	Rows  int       `json:"rows"`
	Type  string    `json:"type"`
	Theme castTheme `json:"theme"`
}

// Cast writes the film as an asciicast with a marker for each step. The last
// shot stands as long as it should: an event without output, or in version 3
// the exit, ends the recording.
func Cast(w io.Writer, f *Film, version int) error {
	if err := f.Check(); err != nil {
		return err
	}
	c := caster{version: version}
	switch theme := castThemeOf(f.Look); version {
	case CastV2:
		c.line(headerV2{version, f.Width, f.Height, f.Title, map[string]string{"TERM": "xterm-256color"}, theme})
	case CastV3:
		c.line(headerV3{version, castTerm{f.Width, f.Height, "xterm-256color", theme}, f.Title})
	default:
		return fmt.Errorf("asciicast of version %d; use %d or %d", version, CastV2, CastV3)
	}
	starts := f.Starts()
	for i, shot := range f.Shots {
		if shot.Marker != "" {
			c.event(starts[i], "m", shot.Marker)
		}
		c.event(starts[i], "o", f.output(i))
	}
	if version == CastV3 {
		c.event(f.Length(), "x", "0")
	} else {
		c.event(f.Length(), "o", "")
	}
	_, err := w.Write(c.b.Bytes())
	return err
}

func castThemeOf(look view.Options) castTheme {
	fg, bg := view.Inks(look)
	return castTheme{Fg: fg, Bg: bg, Palette: palette}
}

// caster writes an asciicast.
type caster struct {
	b       bytes.Buffer
	version int
	last    int64 // When the last event was.
}

// line writes a value on a line of its own.
func (c *caster) line(v any) {
	enc := json.NewEncoder(&c.b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(fmt.Sprintf("film: encode %T: %v", v, err)) // Strings and numbers only.
	}
}

// event writes an event at a time in milliseconds: since the beginning in
// version 2, since the event before in version 3.
func (c *caster) event(at int64, code, data string) {
	time := at
	if c.version == CastV3 {
		time = at - c.last
	}
	c.last = at
	seconds := json.Number(fmt.Sprintf("%d.%03d", time/1000, time%1000))
	c.line([]any{seconds, code, data})
}
