// Package course is the way through the library for somebody who learns alone:
// which stories are its lessons, in their order, and which of them a person has
// passed.
package course

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"optimist/scenarios"
	"optimist/shared/scenario"
	"optimist/shared/spelling"
)

// Lesson is a story of the library that has a place in the course.
type Lesson struct {
	Number   int    // From 1.
	Name     string // Of its file, without extension.
	Title    string
	Level    int
	Takeaway string // What to remember of it.
	Script   *scenario.Script
}

// String is how a lesson is spoken of.
func (l *Lesson) String() string { return fmt.Sprintf("lesson %d, %s", l.Number, l.Title) }

// Lessons returns the course, in its order.
func Lessons() ([]Lesson, error) {
	var list []Lesson
	for _, name := range scenarios.Names() {
		text, err := scenarios.Read(name)
		if err != nil {
			return nil, err
		}
		s, err := scenario.Parse(name+scenarios.Ext, text)
		if err != nil {
			return nil, err
		}
		if s.Lesson > 0 {
			list = append(list, Lesson{
				Number: s.Lesson, Name: name, Title: s.Title, Level: s.Level, Takeaway: s.Takeaway, Script: s,
			})
		}
	}
	slices.SortFunc(list, func(a, b Lesson) int { return a.Number - b.Number })
	return list, nil
}

// UnknownError says that no lesson is called so.
type UnknownError struct {
	Asked string
	Last  int    // The highest number.
	Near  string // The name that was meant, "" if nobody can tell.
}

// Error says so, and which one was meant.
func (e *UnknownError) Error() string {
	text := fmt.Sprintf("no lesson %q", spelling.Brief(e.Asked))
	switch {
	case e.Near != "":
		text += "; did you mean " + e.Near + "?"
	case isNumber(e.Asked):
		text += fmt.Sprintf("; they are 1 to %d", e.Last)
	}
	return text
}

// Find returns the place in list of the lesson of that number or name. The error
// is an *UnknownError.
func Find(list []Lesson, asked string) (int, error) {
	unknown := &UnknownError{Asked: asked}
	var names []string
	for i := range list {
		if asked == strconv.Itoa(list[i].Number) || strings.TrimSuffix(asked, scenarios.Ext) == list[i].Name {
			return i, nil
		}
		names = append(names, list[i].Name)
		unknown.Last = list[i].Number
	}
	if !isNumber(asked) {
		unknown.Near = spelling.Nearest(asked, names)
	}
	return -1, unknown
}

func isNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

// Next returns the place of the first lesson that is not passed, -1 if all are.
func Next(list []Lesson, p *Progress) int {
	return slices.IndexFunc(list, func(l Lesson) bool { return !p.Done(l.Name) })
}
