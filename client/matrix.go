package main

import (
	"errors"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"optimist/client/matrix"
	"optimist/client/search"
	"optimist/shared/exit"
)

// matrixFlags say how the matrix is filled and printed.
type matrixFlags struct {
	searchFlags
	screenFlags
	strategy string
	json     bool
	markdown bool
	html     bool
	each     bool
	out      string
}

func matrixCommand() *cobra.Command {
	var f matrixFlags
	cmd := &cobra.Command{
		Use:   "matrix [FILE|NAME...]",
		Short: "Search scopes under every strategy: which shows which anomaly, and what it costs",
		Long: "Search every schedule of the default scopes (a, b, c), or of those that are named, under every strategy, without a fault and with one, " +
			"and print which anomalies are reachable, and what each strategy costs instead. With --tui it is a screen that fills while the " +
			"search goes on, and on which each film can be played. `optimist explore a` tells of one scope, with films.\n\n" +
			"  ✗ 4/0  reachable: steps and faults of the shortest film; in short ✗4, and ✗5! with a fault\n" +
			"  * 5/1  the same of a printed price, which is no defect\n" +
			"  ✓      not reachable within the scopes that are printed\n" +
			"  –      not without a fault; with one, not before the search was cut\n" +
			"  …      not found before the search was cut\n\n" +
			"Ctrl-C prints what was found so far. Exits with 0 when the matrix is whole, 3 when a search was cut.",
		Example:           "optimist matrix\noptimist matrix --tui\noptimist matrix a --strategy reconcile --states 1000000\noptimist matrix a b --html > matrix.html\noptimist matrix --markdown --out films\noptimist matrix --json",
		Args:              takes(0, unlimited),
		ValidArgsFunction: completeScopes,
		RunE:              func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	f.searchFlags.add(cmd)
	f.screenFlags.add(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&f.json, "json", false, "print one JSON object, films included")
	flags.BoolVar(&f.markdown, "markdown", false, "print Markdown; each cell links to its film")
	flags.BoolVar(&f.html, "html", false, "print one page with all films, which needs neither network nor JavaScript")
	flags.BoolVar(&f.each, "each", false, "print a table for each scope too, with steps and faults")
	flags.StringVar(&f.out, "out", "", "write the films into this directory; with --markdown the cells link there")
	cmd.MarkFlagsMutuallyExclusive("json", "markdown", "html", "tui")
	cmd.MarkFlagsMutuallyExclusive("out", "tui")
	strategyFlag(cmd, &f.strategy, "only this strategy instead of "+everyStrategy)
	return cmd
}

// run fills the matrix, and prints it or shows it meanwhile.
func (f *matrixFlags) run(cmd *cobra.Command, args []string) error {
	if err := errors.Join(f.searchFlags.check(), f.screenFlags.check()); err != nil {
		return err
	}
	work, err := f.work(cmd, args)
	if err != nil {
		return err
	}
	if f.tui {
		return f.show(cmd, work)
	}
	progress := progressTo(cmd.ErrOrStderr())
	m, err := work.Fill(cmd.Context(), matrix.Watch{Progress: func(p matrix.Progress) { progress(p.Text()) }})
	progress("")
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	if err := f.print(cmd, m); err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	for i := range m.Cells {
		if m.Cells[i].Verdict == search.Cut {
			return exit.Silent(exit.Unknown)
		}
	}
	return nil
}

// work is what is to be searched.
func (f *matrixFlags) work(cmd *cobra.Command, args []string) (*matrix.Work, error) {
	if f.strategy == "" {
		f.strategy = everyStrategy
	}
	under, err := (&runFlags{strategy: f.strategy}).strategies()
	if err != nil {
		return nil, err
	}
	scripts, err := search.Defaults()
	if err != nil {
		return nil, exit.With(exit.Unknown, err, "")
	}
	if len(args) > 0 {
		scripts = nil
	}
	for _, name := range slices.Compact(args) {
		s, err := findScope(cmd, name)
		if err != nil {
			return nil, err
		}
		scripts = append(scripts, s)
	}
	work := &matrix.Work{Scripts: scripts, Under: under, Limits: f.limits}
	if _, err := work.Scopes(); err != nil { // What cannot be searched is told before anything is.
		return nil, exit.With(exit.Usage, err, "")
	}
	return work, nil
}

func (f *matrixFlags) print(cmd *cobra.Command, m *search.Matrix) error {
	out := cmd.OutOrStdout()
	if f.out != "" {
		if err := matrix.Write(f.out, matrix.Films(matrix.Sheets(m, matrix.Under(m)))); err != nil {
			return err
		}
	}
	o := f.options(out)
	o.Each = f.each
	switch {
	case f.json:
		return printJSON(out, m)
	case f.markdown:
		return matrix.Markdown(out, m, o, filepath.ToSlash(f.out))
	case f.html:
		return matrix.HTML(cmd.Context(), out, m)
	}
	return matrix.Table(out, m, o)
}
