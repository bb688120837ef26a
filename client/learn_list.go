package main

import (
	"fmt"
	"io"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"optimist/client/course"
	"optimist/shared/exit"
)

// lessonLine is a lesson as a program reads it.
type lessonLine struct {
	Number   int    `json:"number"`
	Name     string `json:"name"`
	Title    string `json:"title"`
	Level    int    `json:"level"`
	Passed   bool   `json:"passed"`
	Takeaway string `json:"takeaway"`
}

// list prints the course.
func (f *learnFlags) list(cmd *cobra.Command, lessons []course.Lesson, progress *course.Progress) error {
	w := cmd.OutOrStdout()
	if f.json {
		list := make([]lessonLine, len(lessons))
		for i, l := range lessons {
			list[i] = lessonLine{Number: l.Number, Name: l.Name, Title: l.Title, Level: l.Level, Passed: progress.Done(l.Name), Takeaway: l.Takeaway}
		}
		return exit.With(exit.Unknown, printJSON(w, list), "")
	}
	return exit.With(exit.Unknown, writeCourse(w, lessons, progress, f.symbols.ascii()), "")
}

// writeCourse prints a line a lesson, below each that is passed what to remember
// of it, and last how to go on.
func writeCourse(w io.Writer, lessons []course.Lesson, progress *course.Progress, ascii bool) error {
	const margin = "      "
	next := course.Next(lessons, progress)
	passed, text := 0, ""
	for i, l := range lessons {
		text += fmt.Sprintf("%s %2d  %-27s level %d  %s\n", lessonMark(progress.Done(l.Name), i == next, ascii), l.Number, l.Name, l.Level, l.Title)
		if progress.Done(l.Name) {
			passed++
			text += indent(ansi.Wordwrap(l.Takeaway, widthOf(w)-len(margin), ""), margin)
		}
	}
	switch {
	case next < 0:
		text += fmt.Sprintf("\n%d of %d passed: the whole course. optimist learn --reset begins anew.\n", passed, len(lessons))
	default:
		text += fmt.Sprintf("\n%d of %d passed. optimist learn next plays lesson %d.\n", passed, len(lessons), lessons[next].Number)
	}
	_, err := io.WriteString(w, text)
	return err
}

// lessonMark says with one character whether a lesson is passed, or the next.
func lessonMark(passed, next, ascii bool) string {
	switch {
	case passed && ascii:
		return "="
	case passed:
		return "✓"
	case next && ascii:
		return ">"
	case next:
		return "▸"
	}
	return " "
}
