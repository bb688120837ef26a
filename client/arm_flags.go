package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"optimist/shared/fault"
)

// armFlags say how one kind of fault is armed.
type armFlags struct {
	add   fault.Fault
	delay time.Duration
}

// register adds the flags that mean something for the kind.
func (a *armFlags) register(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringVar(&a.add.On, "on", "", "aim: created, edited, deleted, a record's id, or an intent's such as alice.1 (default: the next step, whatever it is)")
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("on", cobra.FixedCompletions([]string{"created", "edited", "deleted"}, cobra.ShellCompDirectiveNoFileComp))
	fl.IntVar(&a.add.Nth, "nth", 1, "let the steps before the nth pass")
	fl.Float64Var(&a.add.P, "p", 1, "strike each step with this probability")
	fl.Uint64Var(&a.add.Seed, "seed", 0, "of the chance: the same seed strikes the same steps; needs --p")
	fl.IntVar(&a.add.Times, "times", 1, "how often it strikes")
	if a.add.Kind.Delays() {
		fl.DurationVar(&a.delay, "delay", time.Second, "how much longer it takes")
	}
	if a.add.Kind.MayLast() {
		fl.BoolVar(&a.add.Forever, "forever", false, "fail for good: a verdict, not something that passes")
		fl.StringVar(&a.add.Reason, "reason", "", "what the failure says")
	}
}

// fault returns what was asked for, or what is wrong with it. Inside a fault a
// zero stands for the default, so one that was given is refused here.
func (a *armFlags) fault(given func(flag string) bool) (fault.Fault, error) {
	add := a.add
	switch {
	case given("times") && add.Times == 0:
		return add, fmt.Errorf("times is 0; use 1 to %d", fault.MaxTimes)
	case given("nth") && add.Nth == 0:
		return add, fmt.Errorf("nth is 0; use 1 to %d", fault.MaxNth)
	case given("p") && add.P == 0:
		return add, errors.New("p is 0; use a probability above 0, up to 1")
	}
	if !given("nth") {
		add.Nth = 0
	}
	if !given("p") {
		add.P = 0
	}
	add.Delay = a.delay.Milliseconds()
	return add, add.Validate()
}
