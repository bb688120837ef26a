package scenario_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/fault"
	"optimist/shared/scenario"
)

// TestScript writes faults as a scenario has them, and reads them back as one.
func TestFaultsAreWritten(t *testing.T) {
	for _, c := range []struct {
		armed fault.Fault
		want  string
	}{
		{fault.Fault{Kind: fault.ProjectStall}, "project stall"},
		{fault.Fault{Kind: fault.ProjectFail, Forever: true, On: "created"}, "project fail forever on=created"},
		{fault.Fault{Kind: fault.ProjectFail, Forever: true, Reason: `the "disk" is full`}, `project fail forever reason="the \"disk\" is full"`},
		{fault.Fault{Kind: fault.AppendSlow, Delay: 1500, On: "alice.1"}, "append slow=1500ms on=alice.1"},
		{fault.Fault{Kind: fault.FeedDrop, Times: 3, Nth: 2, P: 0.25, Seed: 7}, "feed drop times=3 nth=2 p=0.25 seed=7"},
	} {
		if got := c.armed.Script(); got != c.want {
			t.Errorf("%+v is written %q, want %q", c.armed, got, c.want)
		}
		text := "client alice\nalice create ada name=Ada email=ada@example.org\nfault " + c.armed.Script() + "\n"
		script, err := scenario.Parse("fault.scenario", []byte(text))
		if err != nil {
			t.Errorf("%s: %v", c.want, err)
			continue
		}
		if diff := cmp.Diff(c.armed, script.Lines[2].Step.Fault); diff != "" {
			t.Errorf("%s read back (-armed +read):\n%s", c.want, diff)
		}
	}
}
