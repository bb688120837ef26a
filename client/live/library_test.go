package live

import (
	"testing"

	"optimist/scenarios"
	"optimist/shared/scenario"
	"optimist/shared/sim"
	"optimist/shared/strategy"
)

// TestLibrary runs every story of the library live under the strategy that it
// names: what it expects must hold, and each step must be that of the simulation.
func TestLibrary(t *testing.T) {
	for _, name := range scenarios.Names() {
		t.Run(name, func(t *testing.T) {
			script := mustRead(t, name)
			mustTell(t, script, script.Strategy)
		})
	}
}

func mustRead(t testing.TB, name string) *scenario.Script {
	t.Helper()
	text, err := scenarios.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	script, err := scenario.Parse(name+scenarios.Ext, text)
	if err != nil {
		t.Fatal(err)
	}
	return script
}

// mustTell runs a script live.
func mustTell(t *testing.T, script *scenario.Script, under strategy.Strategy) {
	t.Helper()
	t.Parallel()
	w := mustOpen(t, Config{Strategy: under.Text(), Given: script.Given(under), Crashes: crashes(script)})
	result, err := scenario.Run(script, w, scenario.Options{Strategy: under})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Failures {
		t.Errorf("line %d: expected %s, got %s", f.Line, f.Expect, f.Got)
	}
}

// crashes reports whether anybody in the script crashes.
func crashes(script *scenario.Script) bool {
	for _, l := range script.Lines {
		if l.Step.Verb == sim.CrashClient || l.Step.Verb == sim.CrashServer || l.Step.Fault.Kind.Crashes() {
			return true
		}
	}
	return false
}
