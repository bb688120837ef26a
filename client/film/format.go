package film

import (
	"io"
	"slices"
)

// Format is one way to write a Film.
type Format struct {
	Name   string // As in --to NAME.
	Ext    string // Of a file's name.
	About  string
	Binary bool // No text: not for a terminal.
	Write  func(w io.Writer, f *Film, s Settings) error
}

// Settings are what only some formats ask for.
type Settings struct {
	Cast     int  // The version of asciicast.
	Animate  bool // The SVG moves.
	Scale    int  // Of the pixels of a GIF.
	Progress Progress
}

// Formats lists every format.
func Formats() []Format {
	return []Format{
		{Name: "cast", Ext: ".cast", About: "a terminal recording (asciicast) with a marker a step", Write: func(w io.Writer, f *Film, s Settings) error {
			return Cast(w, f, s.Cast)
		}},
		{Name: "gif", Ext: ".gif", About: "an animated picture", Binary: true, Write: func(w io.Writer, f *Film, s Settings) error {
			return GIF(w, f, s.Scale, s.Progress)
		}},
		{Name: "svg", Ext: ".svg", About: "the screen that says most, as a picture that stands alone", Write: func(w io.Writer, f *Film, s Settings) error {
			if s.Animate {
				return Animation(w, f, s.Progress)
			}
			return Still(w, f, s.Progress)
		}},
		{Name: "html", Ext: ".html", About: "one page with every screen and a scrubber, without network", Write: func(w io.Writer, f *Film, s Settings) error {
			return Page(w, f, s.Progress)
		}},
	}
}

// Named returns the format of that name, and whether there is one.
func Named(name string) (Format, bool) {
	formats := Formats()
	i := slices.IndexFunc(formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return formats[i], true
}
