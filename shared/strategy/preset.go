package strategy

import (
	"fmt"
	"strings"
)

// Default is the strategy of a server that was not told another.
const Default = "reconcile"

// presets holds every strategy that is built, the question's own design first.
var presets = []Strategy{
	{
		Name: "check-projection", Validate: ByProjection,
		Summary: "asks SQLite: the question's own design",
	},
	{
		Name: "check-log", Feedback: Poll, Compensation: NoCompensation,
		Summary: "asks the log; failures found by looking",
	},
	{
		Name:    "reconcile",
		Summary: "asks the log; failures are told at once",
	},
}

// All returns the presets that are built. The caller may keep the slice.
func All() []Strategy { return append([]Strategy(nil), presets...) }

// Names returns the names of All, in its order.
func Names() []string {
	names := make([]string, len(presets))
	for i, s := range presets {
		names[i] = s.Name
	}
	return names
}

// Of returns the preset of that name, or the default for a name that is not
// known: an event of the log may come from a program that knows more of them.
func Of(name string) Strategy {
	s, err := Named(name)
	if err != nil {
		s, _ = Named(Default) // It is one of them.
	}
	return s
}

// Named returns the preset of that name, or an error that lists the choices.
func Named(name string) (Strategy, error) {
	for _, s := range presets {
		if s.Name == name {
			return s, nil
		}
	}
	return Strategy{}, fmt.Errorf("unknown strategy %q; choose one of %s", name, strings.Join(Names(), ", "))
}
