package scenarios_test

import (
	"optimist/shared/scenario"
	"optimist/shared/sim"
)

// environment names what a step does to the world around, or "" for what a
// person does.
func environment(step *scenario.Step) string {
	switch step.Verb {
	case sim.Disconnect:
		return "disconnect"
	case sim.CrashClient:
		return "client crash"
	case sim.CrashServer:
		return "server crash"
	default:
		return ""
	}
}
