package main

import (
	"bytes"
	"errors"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"optimist/shared/exit"
	"optimist/shared/scenario"
)

// fmtFlags say what becomes of what is formatted.
type fmtFlags struct {
	write bool
	diff  bool
}

func fmtCommand() *cobra.Command {
	var f fmtFlags
	cmd := &cobra.Command{
		Use:   "fmt FILE...",
		Short: "Format scenarios: print them in their one form",
		Long: "Format scenarios: words a blank apart, notes aligned, what people read in quotes. Without a flag " +
			"the text is printed. The file - is standard input. With -d: 0 if every file is in its form, 1 if not.",
		Args:    takes(1, unlimited),
		Example: "optimist fmt -w *.scenario\noptimist fmt -d story.scenario\noptimist fmt - < story.scenario",
		RunE:    func(cmd *cobra.Command, files []string) error { return f.run(cmd, files) },
	}
	cmd.Flags().BoolVarP(&f.write, "write", "w", false, "write the files instead of printing them")
	cmd.Flags().BoolVarP(&f.diff, "diff", "d", false, "print the lines that would change")
	return cmd
}

// run formats each file. One that cannot be read does not keep the others from
// it.
func (f fmtFlags) run(cmd *cobra.Command, files []string) error {
	var wrong []error
	differs := false
	for _, file := range files {
		changed, err := f.file(cmd, file)
		if err != nil {
			wrong = append(wrong, err)
		}
		differs = differs || changed
	}
	if len(wrong) > 0 {
		return exit.With(exit.Usage, errors.Join(wrong...), noHint(wrong))
	}
	if f.diff && differs {
		return exit.Silent(exit.False)
	}
	return nil
}

// noHint keeps the general hint away from errors that show a script's line.
func noHint(wrong []error) string {
	var script scenario.Errors
	if errors.As(errors.Join(wrong...), &script) {
		return "optimist run --help tells the language"
	}
	return ""
}

// file formats one file and reports whether that changed it.
func (f fmtFlags) file(cmd *cobra.Command, file string) (changed bool, err error) {
	text, err := readScript(cmd, file)
	if err != nil {
		return false, err
	}
	s, err := scenario.Parse(shownName(file), text)
	if err != nil {
		return false, err
	}
	formed := scenario.Format(s)
	changed = !bytes.Equal(text, formed)
	if f.diff {
		_, err = cmd.OutOrStdout().Write(diff.Diff(shownName(file), text, shownName(file)+", formatted", formed))
	}
	switch {
	case err != nil || f.write && !changed:
	case f.write && file != "-":
		err = overwrite(file, formed)
	case !f.diff:
		_, err = cmd.OutOrStdout().Write(formed)
	}
	return changed, exit.With(exit.Unknown, err, "")
}
