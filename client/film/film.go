// Package film turns screens into what plays elsewhere: asciicast, GIF, SVG and
// a page. A film is a list of shots in virtual time; it goes through a terminal
// emulator, so that what is drawn is what a terminal would show. Equal films
// give equal bytes.
package film

import (
	"fmt"

	"optimist/client/view"
)

// Limits of a film.
const (
	MaxShots  = 1000           // Of one film.
	MaxFor    = 60 * 1000      // Milliseconds of one shot.
	MaxLength = 60 * 60 * 1000 // Milliseconds.
	MinWidth  = view.MinWidth  // Cells.
	MinHeight = view.MinHeight
	MaxWidth  = 240
	MaxHeight = 80
)

// Film is a story as it is seen on one screen.
type Film struct {
	Title         string
	Width, Height int          // Cells.
	Look          view.Options // Of the views in it: for what ground they are.
	Shots         []Shot
	Ending        bool // The still is the last shot, whatever went wrong before.
}

// Shot is one screen, and for how long it stands.
type Shot struct {
	Screen  string // Height lines, as a view renders them.
	For     int64  // Milliseconds.
	Marker  string // What begins here, for a player's list; "" for nothing.
	Anomaly bool   // Something that must not be showed.
}

// Check says what of the film is beyond the limits, or returns nil.
func (f *Film) Check() error {
	if err := CheckSize(f.Width, f.Height); err != nil {
		return err
	}
	if len(f.Shots) == 0 {
		return fmt.Errorf("a film of no shots")
	}
	if len(f.Shots) > MaxShots {
		return fmt.Errorf("a film of %d shots; the most are %d", len(f.Shots), MaxShots)
	}
	for i, s := range f.Shots {
		if s.For <= 0 || s.For > MaxFor {
			return fmt.Errorf("shot %d stands for %d ms; use 1 to %d", i+1, s.For, MaxFor)
		}
	}
	if n := f.Length(); n > MaxLength {
		return fmt.Errorf("a film of %d s; the longest has %d", n/1000, MaxLength/1000)
	}
	return nil
}

// CheckSize says what is wrong with the size of a film's screen, or returns nil.
func CheckSize(width, height int) error {
	if width < MinWidth || width > MaxWidth || height < MinHeight || height > MaxHeight {
		return fmt.Errorf("a screen of %d×%d; use %d×%d to %d×%d", width, height, MinWidth, MinHeight, MaxWidth, MaxHeight)
	}
	return nil
}

// Starts returns when each shot begins, and at last when the film ends, in
// milliseconds.
func (f *Film) Starts() []int64 {
	starts := make([]int64, len(f.Shots)+1)
	for i, s := range f.Shots {
		starts[i+1] = starts[i] + s.For
	}
	return starts
}

// Length is how long the film is, in milliseconds.
func (f *Film) Length() int64 { return f.Starts()[len(f.Shots)] }

// Punch is the shot that a still shows: the last one with an anomaly, or the
// last.
func (f *Film) Punch() int {
	if f.Ending {
		return len(f.Shots) - 1
	}
	for i := len(f.Shots) - 1; i >= 0; i-- {
		if f.Shots[i].Anomaly {
			return i
		}
	}
	return len(f.Shots) - 1
}
