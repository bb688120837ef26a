package scenario_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"optimist/shared/anomaly"
	"optimist/shared/exit"
	"optimist/shared/scenario"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
)

// watched is a world that remembers what was done to it.
type watched struct {
	*sim.World
	done []string
}

// Do takes one step.
func (w *watched) Do(a sim.Action) error {
	err := w.World.Do(a)
	if err == nil {
		w.done = append(w.done, actionWords(&a))
	}
	return err
}

// actionWords is an action in a few words: an intent's is its name, not what it
// sets.
func actionWords(a *sim.Action) string {
	if a.Intent != "" && a.Verb.Personal() {
		return a.Verb.String() + " " + a.Intent
	}
	return a.String()
}

// Each file of testdata/run is a script; its section want/run says what each
// line did: the steps, in the order taken, notes, and what did not hold.
func TestRun(t *testing.T) {
	files, err := filepath.Glob("testdata/run/*" + ".scenario")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".scenario"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := transcript(t, mustParse(t, filepath.Base(file), text))
			updated, err := scenario.Update(text, []txtar.File{{Name: "want/run", Data: []byte(got)}})
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				mustWrite(t, file, updated)
				return
			}
			if diff := cmp.Diff(string(text), string(updated)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// transcript runs a script step by step and says what happened.
func transcript(tb testing.TB, s *scenario.Script) string {
	tb.Helper()
	simulated, err := s.Simulate(s.Strategy)
	if err != nil {
		tb.Fatal(err)
	}
	w := &watched{World: simulated}
	run, err := scenario.NewRun(s, w, scenario.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	var b strings.Builder
	for {
		w.done = nil
		report, more := run.Next()
		if !more {
			break
		}
		writeReport(&b, &report, w.done)
	}
	result := run.Result()
	fmt.Fprintf(&b, "exit %d after %d steps\n", result.Code(), result.Steps)
	for _, i := range result.Intents {
		fmt.Fprintln(&b, strings.TrimSpace(i.ID+" "+i.Fate+" "+i.Reason))
	}
	for _, r := range result.Records {
		fmt.Fprintf(&b, "%s: %s %d/%d/%d %s\n", r.Client, r.ID, r.Seen, r.Log, r.DB, r.Status)
	}
	for _, f := range result.Anomalies {
		fmt.Fprintln(&b, strings.TrimSpace(f.ID+" "+f.Name+" "+f.Intent))
	}
	if run.Err() != nil {
		fmt.Fprintln(&b, run.Err())
	}
	return b.String()
}

func writeReport(b *strings.Builder, r *scenario.Report, done []string) {
	if r.Line.Kind != scenario.Directive {
		return
	}
	if want := r.Last - r.First + 1; want != len(done) {
		fmt.Fprintf(b, "steps %d to %d are not the %d that were taken\n", r.First, r.Last, len(done))
	}
	fmt.Fprintf(b, "%d:", r.Line.Number)
	if r.Skipped {
		b.WriteString(" skipped")
	}
	if len(done) > 0 {
		b.WriteString(" " + strings.Join(done, ", "))
	}
	b.WriteString("\n")
	for _, n := range r.Notes {
		fmt.Fprintf(b, "  note: %s\n", n)
	}
	for _, f := range r.Failures {
		fmt.Fprintf(b, "  failed: %s\n     got: %s\n", f.Expect, f.Got)
	}
	for _, f := range r.Unknown {
		fmt.Fprintf(b, "  unknown: %s: %s\n", f.Expect, f.Got)
	}
}

// mustRun runs a script on the simulated world under a strategy.
func mustRun(tb testing.TB, s *scenario.Script, under strategy.Strategy) (scenario.Result, *sim.World) {
	tb.Helper()
	w, err := s.Simulate(under)
	if err != nil {
		tb.Fatal(err)
	}
	result, err := scenario.Run(s, w, scenario.Options{Strategy: under})
	if err != nil {
		tb.Fatal(err)
	}
	return result, w
}

// The stories hold under their own strategies.
func TestStoriesHold(t *testing.T) {
	for file, text := range mustReadStories(t) {
		s := mustParse(t, file, text)
		if result, _ := mustRun(t, s, s.Strategy); !result.Passed {
			t.Errorf("%s under %s: %+v %+v", file, s.Strategy.Text(), result.Failures, result.Unknown)
		}
	}
}

// Every fact of a trace names the line that caused it, and every line the steps
// that it caused: together all of them, in order.
func TestLinesAndSteps(t *testing.T) {
	s := mustParse(t, "test", []byte("client al bo\nal create ada name=A email=a@b.c\n\n> Text.\nbo edit ada name=B\nstabilize\n"))
	result, w := mustRun(t, s, s.Strategy)
	next := 1
	spans := make(map[int]int)
	for _, span := range result.Lines {
		if span.First != next {
			t.Errorf("line %d begins with step %d, not %d", span.Line, span.First, next)
		}
		for ; next <= span.Last; next++ {
			spans[next] = span.Line
		}
	}
	if next != result.Steps+1 {
		t.Errorf("%d steps, of which the lines caused %d", result.Steps, next-1)
	}
	for _, e := range w.Trace().Events {
		if e.Line != spans[e.Step] {
			t.Errorf("step %d (%v) is of line %d, not of line %d", e.Step, e.Kind, spans[e.Step], e.Line)
		}
	}
	if w.Trace().Events[len(w.Trace().Events)-1].Kind != trace.Quiet {
		t.Error("nothing can move, and the trace does not say so")
	}
}

// The codes of a result are those of the program.
func TestCode(t *testing.T) {
	for name, c := range map[string]struct {
		result scenario.Result
		want   exit.Code
	}{
		"all held":          {scenario.Result{}, exit.True},
		"one did not":       {scenario.Result{Failures: make([]scenario.Failure, 1), Unknown: make([]scenario.Failure, 1)}, exit.False},
		"one is not known":  {scenario.Result{Unknown: make([]scenario.Failure, 1)}, exit.Unknown},
		"findings are none": {scenario.Result{Anomalies: make([]anomaly.Finding, 1)}, exit.True},
	} {
		if got := c.result.Code(); got != c.want {
			t.Errorf("%s: %d, not %d", name, got, c.want)
		}
	}
}

// A contradiction under the strategy that is asked for is told before anything
// runs.
func TestRunChecksFirst(t *testing.T) {
	s := mustParse(t, "test", []byte("client al\nal create ada name=A email=a@b.c\n[strategy=reconcile] al edit ada name=B\nexpect log al.1 al.2\n"))
	for _, under := range strategy.All() {
		w, err := s.Simulate(under)
		if err != nil {
			t.Fatal(err)
		}
		_, err = scenario.Run(s, w, scenario.Options{Strategy: under})
		if fits := under.Name == "reconcile"; (err == nil) != fits {
			t.Errorf("%s: %v", under.Name, err)
		}
	}
}

// Whatever can be read can be run, or says why not.
func FuzzRun(f *testing.F) {
	for _, pattern := range []string{stories, "testdata/run/*.scenario"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for i, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text), i)
		}
	}
	presets := strategy.All()
	f.Fuzz(func(t *testing.T, text string, preset int) {
		s, err := scenario.Parse("fuzz", []byte(text))
		if err != nil || len(s.Lines) > 100 {
			return
		}
		under := presets[uint(preset)%uint(len(presets))]
		w, err := s.Simulate(under)
		if err != nil {
			return
		}
		_, _ = scenario.Run(s, w, scenario.Options{Strategy: under}) // It must not panic.
	})
}
