package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"optimist/client/search"
	"optimist/shared/exit"
	"optimist/shared/explore"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// matrixStates is how many states of a scope are searched under a strategy, if
// nothing else is said.
const matrixStates = 50_000

// matrixFlags say how the matrix is filled and printed.
type matrixFlags struct {
	searchFlags
	strategy string
	json     bool
	markdown bool
}

func matrixCommand() *cobra.Command {
	var f matrixFlags
	cmd := &cobra.Command{
		Use:   "matrix",
		Short: "Search the default scopes: which strategy shows which anomaly, and what it costs",
		Long: "Search every schedule of the default scopes under every strategy, without a fault and with one, and print which " +
			"anomalies are reachable, and what each strategy costs instead. `optimist explore a` (b, c) tells of one scope, with films.\n\n" +
			"  ✗ 4/0  reachable: steps and faults of the shortest film; a star marks a printed price\n" +
			"  ✓      not reachable within the scope that is printed\n" +
			"  …      not found before the search was cut\n\n" +
			"Exits with 0 when the matrix is whole, 3 when a search was cut.",
		Example: "optimist matrix\noptimist matrix --strategy reconcile --states 1000000\noptimist matrix --json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	f.add(cmd)
	flags := cmd.Flags()
	flags.Lookup("states").Usage = fmt.Sprintf("stop each search after so many `states` (default: %d)", matrixStates)
	flags.BoolVar(&f.json, "json", false, "print one JSON object, films included")
	flags.BoolVar(&f.markdown, "markdown", false, "print Markdown tables")
	cmd.MarkFlagsMutuallyExclusive("json", "markdown")
	strategyFlag(cmd, &f.strategy, "only this strategy instead of "+everyStrategy)
	return cmd
}

// run fills the matrix and prints it.
func (f *matrixFlags) run(cmd *cobra.Command) error {
	if err := f.check(); err != nil {
		return err
	}
	if f.strategy == "" {
		f.strategy = everyStrategy
	}
	under, err := (&runFlags{strategy: f.strategy}).strategies()
	if err != nil {
		return err
	}
	limits := func(s *scenario.Script) search.Limits {
		l := f.limits(s)
		if f.states == 0 {
			l.States = matrixStates
		}
		return l
	}
	progress := progressTo(cmd.ErrOrStderr())
	tell := func(what string) func(explore.Counts) { return telling(progress, what, time.Now()) }
	m, err := search.Fill(cmd.Context(), under(nil), limits, tell)
	progress("")
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	if err := f.print(cmd, m, under(nil)); err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	for i := range m.Cells {
		if m.Cells[i].Verdict == search.Cut {
			return exit.Silent(exit.Unknown)
		}
	}
	return nil
}

func (f *matrixFlags) print(cmd *cobra.Command, m *search.Matrix, under []strategy.Strategy) error {
	if f.json {
		enc := json.NewEncoder(cmd.OutOrStdout())
		enc.SetEscapeHTML(false)
		return enc.Encode(m)
	}
	var b strings.Builder
	for _, s := range m.Scopes {
		t := cellTable(m, s.Name, under)
		fmt.Fprintf(&b, "%s%s: %s\n%s", heading(f.markdown), s.Name, s.Title, paragraph(f.markdown))
		fmt.Fprintf(&b, "At most %d intents pending at once, %s.\n\n", s.Window, withFaults(&s))
		t.write(&b, f.markdown)
	}
	fmt.Fprintf(&b, "%sWhat it costs where nothing fails\n\n", heading(f.markdown))
	priceTable(m).write(&b, f.markdown)
	fmt.Fprintf(&b, "%d states in %.0f s. ✗ steps/faults: reachable, * a printed price; ✓: not within the scope; …: the search was cut.\n", m.States, m.Seconds)
	_, err := fmt.Fprint(cmd.OutOrStdout(), b.String())
	return err
}

// withFaults says what may strike in a scope.
func withFaults(s *search.Bounds) string {
	switch s.Budget {
	case 0:
		return "no fault"
	case 1:
		return "one fault of: " + strings.Join(s.Faults, ", ")
	}
	return fmt.Sprintf("up to %d faults of: %s", s.Budget, strings.Join(s.Faults, ", "))
}

func heading(markdown bool) string {
	if markdown {
		return "### "
	}
	return ""
}

func paragraph(markdown bool) string {
	if markdown {
		return "\n"
	}
	return ""
}
