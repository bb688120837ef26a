package scenarios_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"optimist/client/story"
	"optimist/scenarios"
	"optimist/shared/anomaly"
	"optimist/shared/exit"
	"optimist/shared/fault"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// What the library promises.
const (
	fewestStories   = 24
	fewestAnomalies = 14
)

// TestLibrary runs every story under every strategy, simulated.
func TestLibrary(t *testing.T) {
	everyStrategy := func(*scenario.Script) []strategy.Strategy { return strategy.All() }
	runs := 0
	err := story.Run(context.Background(), story.Jobs(mustReadAll(t), everyStrategy), story.Simulated, func(o *story.Outcome) {
		runs++
		o.CheckGolden()
		if o.Code() != exit.True {
			t.Errorf("%s\n%s", o.Line(), o.Trouble())
		}
	})
	if err != nil || runs != len(scenarios.Names())*len(strategy.All()) {
		t.Errorf("%d runs, %v", runs, err)
	}
}

// TestStoriesAreStories: each tells something, asks one question, and has a level.
func TestStoriesAreStories(t *testing.T) {
	for _, s := range mustReadAll(t) {
		told, asked := 0, 0
		for i := range s.Lines {
			switch s.Lines[i].Kind {
			case scenario.Narration:
				told++
			case scenario.Question:
				asked++
			case scenario.Blank, scenario.Comment, scenario.Option, scenario.Directive:
			}
		}
		if s.Title == "" || s.Level < 1 || s.Level > 3 || told == 0 || asked != 1 {
			t.Errorf("%s: title %q, level %d, %d lines told, %d questions; want a title, a level of 1 to 3, narration and one question",
				s.Name, s.Title, s.Level, told, asked)
		}
	}
}

// TestLibraryCovers: together the stories show every strategy, every fault, every
// level, and enough of the anomalies.
func TestLibraryCovers(t *testing.T) {
	var c coverage
	for _, s := range mustReadAll(t) {
		c.add(s)
	}
	if n := len(scenarios.Names()); n < fewestStories {
		t.Errorf("%d stories, want at least %d", n, fewestStories)
	}
	for _, name := range strategy.Names() {
		if !slices.Contains(c.strategies, name) {
			t.Errorf("no story is told under %s", name)
		}
	}
	for _, kind := range fault.Kinds {
		if !slices.Contains(c.faults, string(kind)) {
			t.Errorf("no story has the fault %s", kind)
		}
	}
	for _, event := range []string{"disconnect", "client crash", "server crash"} {
		if !slices.Contains(c.faults, event) {
			t.Errorf("no story has a %s", event)
		}
	}
	for level := 1; level <= 3; level++ {
		if !slices.Contains(c.levels, level) {
			t.Errorf("no story of level %d", level)
		}
	}
	if len(c.anomalies) < fewestAnomalies {
		t.Errorf("%d anomalies are expected by name, want at least %d: %v", len(c.anomalies), fewestAnomalies, c.anomalies)
	}
}

// coverage is what stories show.
type coverage struct {
	strategies, faults, anomalies []string // Each once, sorted.
	levels                        []int
}

func (c *coverage) add(s *scenario.Script) {
	note(&c.strategies, s.Strategy.Name)
	note(&c.levels, s.Level)
	for i := range s.Lines {
		step := &s.Lines[i].Step
		switch step.Do {
		case scenario.Arm:
			note(&c.faults, string(step.Fault.Kind))
		case scenario.ExpectAnomaly:
			note(&c.anomalies, nameOf(step.Anomaly))
		case scenario.Act:
			if event := environment(step); event != "" {
				note(&c.faults, event)
			}
		default:
		}
	}
}

// nameOf returns an anomaly's id and name, whichever of the two the story uses.
func nameOf(anomalyWord string) string {
	d, err := anomaly.Lookup(anomalyWord)
	if err != nil {
		panic(fmt.Sprintf("scenarios: %v", err)) // The script was checked.
	}
	return d.ID + " " + d.Name
}

// note puts a value into a sorted list that does not have it.
func note[T string | int](list *[]T, value T) {
	if at, found := slices.BinarySearch(*list, value); !found {
		*list = slices.Insert(*list, at, value)
	}
}

// mustReadAll reads the whole library.
func mustReadAll(tb testing.TB) []*scenario.Script {
	tb.Helper()
	var scripts []*scenario.Script
	for _, name := range scenarios.Names() {
		text, err := scenarios.Read(name)
		if err != nil {
			tb.Fatal(err)
		}
		s, err := scenario.Parse(name+scenarios.Ext, text)
		if err != nil {
			tb.Fatal(err)
		}
		scripts = append(scripts, s)
	}
	return scripts
}

// title is a story's title, or its name.
func title(s *scenario.Script) string {
	if s.Title == "" {
		return strings.TrimSuffix(s.Name, scenarios.Ext)
	}
	return s.Title
}
