package sim_test

import (
	"fmt"
	"testing"

	"optimist/shared/fault"
	"optimist/shared/sim"
	"optimist/shared/user"
)

// TestActionsInWords: an action reads as a script has it, and each has a word.
func TestActionsInWords(t *testing.T) {
	for want, a := range map[string]sim.Action{
		`alice create ada name="Ada" email=ada@example.org`: {Verb: sim.Create, Client: "alice", Record: "ada", Patch: user.SetBoth("Ada", "ada@example.org")},
		`alice edit ada email="not one"`:                    {Verb: sim.Edit, Client: "alice", Record: "ada", Patch: user.SetEmail("not one")},
		"alice dismiss ada":                                 {Verb: sim.Dismiss, Client: "alice", Record: "ada"},
		"client alice":                                      {Verb: sim.Join, Client: "alice"},
		"alice crash":                                       {Verb: sim.CrashClient, Client: "alice"},
		"server restart":                                    {Verb: sim.RestartServer},
		"fault project fail forever on=created":             {Verb: sim.Arm, Fault: fault.Fault{Kind: fault.ProjectFail, Forever: true, On: "created"}},
		"wait 1500ms":                                       {Verb: sim.Advance, For: 1500},
		"append alice.1":                                    {Verb: sim.Append, Intent: "alice.1", Client: "alice"},
		"project 2":                                         {Verb: sim.Project, N: 2},
		"deliver feed alice":                                {Verb: sim.DeliverFeed, Client: "alice"},
		"verb(0)":                                           {},
	} {
		if got := a.String(); got != want {
			t.Errorf("%#v reads %q, want %q", a, got, want)
		}
	}
	for v := sim.Create; v <= sim.DeliverFeed; v++ {
		if got := v.String(); got == fmt.Sprintf("verb(%d)", v) {
			t.Errorf("verb %d has no word", v)
		}
	}
}
