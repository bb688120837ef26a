package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"optimist/shared/exit"
	"optimist/shared/strategy"
)

// seeStrategies is what to do about a strategy that is none.
const seeStrategies = "optimist strategies explains them and their axes"

// strategiesCommand explains what can be chosen.
func strategiesCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "strategies [NAME]",
		Short: "Explain every strategy and its price, or one of them",
		Long: "A strategy answers one question: what may the screen show while the log knows more than the " +
			"database? It is a choice on each axis. A name stands for a choice on all of them; AXIS=VALUE " +
			"after it chooses otherwise on one, wherever a strategy is given.",
		Example:           "optimist strategies\noptimist strategies reconcile\noptimist strategies hold read=log",
		Args:              takes(0, unlimited),
		ValidArgsFunction: completeWords,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return explainAll(cmd.OutOrStdout(), asJSON)
			}
			s, err := strategy.Parse(strings.Join(args, " "))
			if err != nil {
				return exit.With(exit.Usage, err, seeStrategies)
			}
			return explainOne(cmd.OutOrStdout(), s, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return cmd
}

// explainAll writes every strategy, then every axis.
func explainAll(out io.Writer, asJSON bool) error {
	if asJSON {
		return allInJSON(out)
	}
	p := page{width: widthOf(out)}
	for _, s := range strategy.All() {
		p.line("", s.Name)
		p.line("  ", s.Explain())
		p.line("  ", "Price: "+s.Price())
		p.line("  ", "Axes: "+differs(s))
		p.gap()
	}
	p.line("", "The axes. NAME AXIS=VALUE … chooses single ones otherwise, such as: optimist --strategy \"reconcile validate=projection\"")
	for _, a := range strategy.Axes() {
		p.gap()
		p.line("", a.Name+": "+a.Help)
		for _, v := range a.Values {
			p.entry(v.Name, v.Help)
		}
	}
	return p.print(out)
}

// explainOne writes one strategy and its choice on each axis.
func explainOne(out io.Writer, s strategy.Strategy, asJSON bool) error {
	if asJSON {
		return written(json.NewEncoder(out).Encode(strategyLine(s)))
	}
	p := page{width: widthOf(out)}
	p.line("", s.Text())
	p.line("  ", s.Explain())
	p.line("  ", "Price: "+s.Price())
	p.gap()
	for _, a := range strategy.Axes() {
		for _, v := range a.Values {
			if v.Name == s.Choice(a.Name) {
				p.entry(a.Name+"="+v.Name, v.Help)
			}
		}
	}
	return p.print(out)
}

// differs says on which axes s differs from the default.
func differs(s strategy.Strategy) string {
	if s.Name == strategy.Default {
		return "each at its first value"
	}
	s.Name = strategy.Default
	return "as " + strategy.Default + ", but" + strings.TrimPrefix(s.Text(), strategy.Default)
}

// strategyJSON is a strategy as --json prints it.
type strategyJSON struct {
	Strategy string            `json:"strategy"` // As it is typed.
	Summary  string            `json:"summary"`
	Explain  string            `json:"explain"`
	Price    string            `json:"price"`
	Axes     map[string]string `json:"axes"`
}

func strategyLine(s strategy.Strategy) strategyJSON {
	line := strategyJSON{Strategy: s.Text(), Summary: s.Summary, Explain: s.Explain(), Price: s.Price(), Axes: map[string]string{}}
	for _, a := range strategy.Axes() {
		line.Axes[a.Name] = s.Choice(a.Name)
	}
	return line
}

// axisJSON is an axis as --json prints it.
type axisJSON struct {
	Axis   string      `json:"axis"`
	Help   string      `json:"help"`
	Values []valueJSON `json:"values"` // The first is the default's.
}

type valueJSON struct {
	Value string `json:"value"`
	Help  string `json:"help"`
}

// allInJSON writes a line for each strategy, then one for each axis.
func allInJSON(out io.Writer) error {
	lines := json.NewEncoder(out)
	for _, s := range strategy.All() {
		if err := lines.Encode(strategyLine(s)); err != nil {
			return written(err)
		}
	}
	for _, a := range strategy.Axes() {
		line := axisJSON{Axis: a.Name, Help: a.Help}
		for _, v := range a.Values {
			line.Values = append(line.Values, valueJSON{v.Name, v.Help})
		}
		if err := lines.Encode(line); err != nil {
			return written(err)
		}
	}
	return nil
}

// written is what the end of a write means for the exit code.
func written(err error) error { return exit.With(exit.Unknown, err, "") }

// page is text for people, wrapped to a width.
type page struct {
	width int
	text  strings.Builder
}

func (p *page) gap() { p.text.WriteByte('\n') }

// line adds a paragraph behind an indent.
func (p *page) line(indent, text string) {
	for part := range strings.Lines(wrapHelp(text, p.width-len(indent))) {
		p.text.WriteString(indent + strings.TrimRight(part, " \n") + "\n")
	}
}

// entry adds a word and, in a column beside it, what it means.
func (p *page) entry(name, help string) {
	const column = 22
	indent := strings.Repeat(" ", column+2)
	var beside page
	beside.width = p.width
	beside.line(indent, help)
	p.text.WriteString(fmt.Sprintf("  %-*s", column, name) + strings.TrimPrefix(beside.text.String(), indent))
}

func (p *page) print(out io.Writer) error {
	_, err := io.WriteString(out, p.text.String())
	return written(err)
}
