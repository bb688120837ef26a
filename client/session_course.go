package main

import (
	"context"

	"optimist/client/course"
	"optimist/client/lab"
	"optimist/client/tui"
)

// sessionCourse is the course as a session offers it. What was passed is looked
// up each time: another optimist may go through it meanwhile.
func sessionCourse(ctx context.Context) tui.Course {
	return tui.Course{
		List: func() ([]tui.Lesson, error) {
			lessons, progress, err := passedLessons()
			if err != nil {
				return nil, err
			}
			var list []tui.Lesson
			for _, l := range lessons {
				list = append(list, tui.Lesson{Title: l.Title, Takeaway: l.Takeaway, Passed: progress.Done(l.Name)})
			}
			return list, nil
		},
		Open: func(at int) (lab.Config, error) {
			lessons, progress, err := passedLessons()
			if err != nil {
				return lab.Config{}, err
			}
			return lessonConfig(ctx, lessons, at, progress)
		},
	}
}

// passedLessons reads the course, and which of it is passed.
func passedLessons() ([]course.Lesson, *course.Progress, error) {
	lessons, err := course.Lessons()
	if err != nil {
		return nil, nil, err
	}
	path, err := course.Path()
	if err != nil {
		return nil, nil, err
	}
	progress, err := course.Open(path)
	return lessons, progress, err
}
