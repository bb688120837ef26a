package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"optimist/client/film"
	"optimist/client/view"
)

// Sizes of a film's screen, in cells, unless told otherwise.
const (
	filmSize = "120x36"
	hallSize = "64x11"
)

// hallScale magnifies a picture for a lecture hall.
const hallScale = 2

// filmFlags say how screens are filmed.
type filmFlags struct {
	size    string
	theme   string
	hall    bool
	animate bool
	cast    int

	width, height int // As size says.
}

// themes are what a film is for: its name, and how views look there.
var themes = []struct {
	name string
	look view.Options
}{
	{"dark", view.Options{Dark: true, Color: true}},
	{"light", view.Options{Color: true}},
	{"mono", view.Options{}},
}

// add adds the flags to a command.
func (f *filmFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.size, "size", "", "of the screen, in cells: WIDTHxHEIGHT (default "+filmSize+", or "+hallSize+" with --hall)")
	flags.StringVar(&f.theme, "theme", themes[0].name, "of the screen: "+strings.Join(themeNames(), ", "))
	flags.BoolVar(&f.hall, "hall", false, "for a lecture hall: few rows, big words")
	flags.BoolVar(&f.animate, "animate", false, "the screen as an SVG that moves")
	flags.IntVar(&f.cast, "cast-version", film.CastV2, "of asciicast: 2 or 3")
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions(themeNames(), cobra.ShellCompDirectiveNoFileComp))
}

func themeNames() []string {
	var names []string
	for _, t := range themes {
		names = append(names, t.name)
	}
	return names
}

// given returns the name of the first of these flags that was given, or "".
func (f *filmFlags) given(cmd *cobra.Command) string {
	for _, name := range []string{"size", "theme", "hall", "animate", "cast-version"} {
		if cmd.Flags().Changed(name) {
			return name
		}
	}
	return ""
}

// check says what is wrong with the flags for a format, or returns nil.
func (f *filmFlags) check(cmd *cobra.Command, format string) error {
	switch {
	case f.animate && format != "svg":
		return fmt.Errorf("--animate is for svg; %s is no still", format)
	case cmd.Flags().Changed("cast-version") && format != "cast":
		return fmt.Errorf("--cast-version is for cast, not for %s", format)
	case f.cast != film.CastV2 && f.cast != film.CastV3:
		return fmt.Errorf("--cast-version is %d; use %d or %d", f.cast, film.CastV2, film.CastV3)
	case !slices.Contains(themeNames(), f.theme):
		return fmt.Errorf("--theme is %q; choose one of %s", f.theme, strings.Join(themeNames(), ", "))
	}
	return f.measure()
}

// measure reads the size.
func (f *filmFlags) measure() error {
	size := f.size
	switch {
	case size == "" && f.hall:
		size = hallSize
	case size == "":
		size = filmSize
	}
	w, h, both := strings.Cut(strings.ToLower(size), "x")
	var wrong [2]error
	f.width, wrong[0] = strconv.Atoi(w)
	f.height, wrong[1] = strconv.Atoi(h)
	if !both || wrong[0] != nil || wrong[1] != nil {
		return fmt.Errorf("--size is %q; write it as WIDTHxHEIGHT, such as 100x30", f.size)
	}
	if err := film.CheckSize(f.width, f.height); err != nil {
		return fmt.Errorf("--size: %w", err)
	}
	return nil
}

// options are those of the film.
func (f *filmFlags) options(ctx context.Context, tell func(string)) film.Options {
	o := film.Options{Width: f.width, Height: f.height, Hall: f.hall, Progress: share(ctx, tell, "filming")}
	for _, t := range themes {
		if t.name == f.theme {
			o.Look = t.look
		}
	}
	return o
}

// settings are those of its format.
func (f *filmFlags) settings(ctx context.Context, tell func(string)) film.Settings {
	s := film.Settings{Cast: f.cast, Animate: f.animate, Scale: 1, Progress: share(ctx, tell, "drawing")}
	if f.hall {
		s.Scale = hallScale
	}
	return s
}

// share tells of progress in words, until ctx ends.
func share(ctx context.Context, tell func(string), doing string) film.Progress {
	return func(done, of int) error {
		tell(fmt.Sprintf("%s: %d of %d", doing, done, of))
		return ctx.Err()
	}
}
