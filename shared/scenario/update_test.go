package scenario_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"optimist/shared/scenario"
	"optimist/shared/sim"
)

// Update touches golden sections only.
func TestUpdate(t *testing.T) {
	const script = "client  al # odd\nexpect converged\n"
	for name, c := range map[string]struct{ text, section, data, want, says string }{
		"the first section":       {script, "want/a", "x\n", script + "\n-- want/a --\nx\n", ""},
		"one more":                {script + "\n-- explore --\nbudget  1\n", "want/a", "x\n", script + "\n-- explore --\nbudget  1\n-- want/a --\nx\n", ""},
		"another text of one":     {script + "-- want/a --\nold\n-- want/b --\ny\n", "want/a", "x\n", script + "-- want/a --\nx\n-- want/b --\ny\n", ""},
		"no script":               {"", "want/a", "x", "-- want/a --\nx\n", ""},
		"the ends of lines":       {"client al\r\n-- want/a --\r\nold\r\n", "want/a", "x\n", "client al\n-- want/a --\nx\n", ""},
		"not golden":              {script, "explore", "budget 2\n", "", `section "explore" is not golden`},
		"without a name":          {script, "want/", "x\n", "", `section "want/" is not golden`},
		"text that ends its own":  {script, "want/a", "x\n-- want/b --\n", "", "holds a line like the marker"},
		"text that begins as one": {script, "want/a", "-- b --\n", "", "holds a line like the marker"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := scenario.Update([]byte(c.text), []txtar.File{{Name: c.section, Data: []byte(c.data)}})
			if c.says != "" {
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("got %v, want %q", err, c.says)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

var errDisk = errors.New("the disk is full")

// failing is a world that fails at the first command that it handles.
type failing struct{ *sim.World }

// Do fails, sooner or later.
func (w failing) Do(a sim.Action) error {
	if a.Verb == sim.Handle {
		return errDisk
	}
	return w.World.Do(a)
}

// A world that fails ends the run, which says where.
func TestWorldFails(t *testing.T) {
	s := mustParse(t, "story", []byte("client al\nal create ada name=A email=a@b.c\nal edit ada name=B\n"))
	w, err := s.Simulate(s.Strategy)
	if err != nil {
		t.Fatal(err)
	}
	result, err := scenario.Run(s, failing{w}, scenario.Options{})
	if !errors.Is(err, errDisk) || !strings.HasPrefix(err.Error(), "story:2: ") {
		t.Errorf("got %v", err)
	}
	if result.Passed || result.Steps != 2 {
		t.Errorf("passed: %t, steps: %d", result.Passed, result.Steps)
	}
}
