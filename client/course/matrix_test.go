package course_test

import (
	"slices"
	"strings"
	"testing"

	"optimist/client/course"
	"optimist/client/search"
	"optimist/shared/strategy"
)

// What the lesson on the matrix says of two cells is what a search of the
// smallest scope finds, and the film that it plays is the one behind its cell.
func TestMatrixLessonIsTrue(t *testing.T) {
	broken := mustCell(t, "reconcile", "V4")
	if broken.Verdict != search.Reachable || broken.Steps != 5 || broken.Faults != 1 || !broken.Price {
		t.Errorf("V4 under reconcile is no *5!: %+v", broken)
	}
	if lost := mustCell(t, "reconcile", "V8"); lost.Verdict != search.Unreachable {
		t.Errorf("V8 under reconcile is no ✓: %+v", lost)
	}
	if race := mustCell(t, "check-projection", "V1"); race.Steps != 4 || race.Faults != 0 || race.Price {
		t.Errorf("V1 under check-projection is no ✗4: %+v", race)
	}
	lessons := mustLessons(t)
	at, err := course.Find(lessons, "reading-the-matrix")
	if err != nil {
		t.Fatal(err)
	}
	told := lessons[at].Script.Text()
	if !strings.Contains(broken.Film, "\ndeliver feed alice\n") {
		t.Fatalf("the cell has no film:\n%s", broken.Film)
	}
	for line := range strings.Lines(broken.Film) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, ">") || strings.HasPrefix(line, "use ") {
			continue
		}
		here := slices.IndexFunc(told, func(s string) bool { return s == line || strings.HasSuffix(s, "] "+line) })
		if here < 0 {
			t.Fatalf("the lesson has no %q where the film has:\n%s", line, broken.Film)
		}
		told = told[here+1:]
	}
}

// mustCell searches the smallest scope under a strategy, and returns what it
// says of an anomaly with one fault, or without any if that shows it.
func mustCell(tb testing.TB, preset, id string) search.Cell {
	tb.Helper()
	scripts, err := search.Defaults()
	if err != nil {
		tb.Fatal(err)
	}
	under, err := strategy.Named(preset)
	if err != nil {
		tb.Fatal(err)
	}
	scope, err := search.NewScope(scripts[0], under)
	if err != nil {
		tb.Fatal(err)
	}
	found, err := search.Explore(tb.Context(), scope, search.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	var m search.Matrix
	m.Add(found)
	for _, c := range m.Cells {
		if c.ID == id && (c.Verdict == search.Reachable || strings.HasSuffix(c.Scope, "/1")) {
			return c
		}
	}
	tb.Fatalf("no cell for %s under %s", id, preset)
	return search.Cell{}
}
