package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"optimist/client/matrix"
	"optimist/client/search"
	"optimist/client/story"
	"optimist/shared/anomaly"
	"optimist/shared/exit"
	"optimist/shared/printable"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// exploration tells of searches as they end.
type exploration struct {
	flags *exploreFlags
	out   io.Writer
	code  exit.Code
	err   error // The first that kept it from telling; nothing more is told.
	over  bool  // The search was interrupted: what was not searched is not told of.
}

// take tells of one search.
func (x *exploration) take(ctx context.Context, r *search.Result) {
	if x.err != nil || x.over {
		return
	}
	x.over = ctx.Err() != nil
	var b strings.Builder
	if x.flags.anomaly != "" {
		x.only(r)
	}
	b.WriteString(x.flags.plain(x.headline(r)))
	found := false
	for i := range r.Films {
		found = found || !r.Films[i].Finding.Price
		if x.err = x.film(ctx, &b, r, &r.Films[i]); x.err != nil {
			return
		}
	}
	switch {
	case found:
		x.code = exit.False
	case r.Cut != "" && x.code == exit.True:
		x.code = exit.Unknown
	}
	if !x.flags.json {
		_, x.err = io.WriteString(x.out, b.String())
	}
}

// close tells of all searches together.
func (x *exploration) close(m *search.Matrix) error {
	switch {
	case x.err != nil:
		return x.err
	case x.flags.json:
		return printJSON(x.out, m)
	case x.flags.anomaly != "" || len(m.Prices) < 2:
		return nil
	}
	if _, err := fmt.Fprintln(x.out); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	return matrix.Brief(x.out, m, x.flags.options(x.out))
}

// only leaves the anomaly that was asked for. A search that found it is not cut.
func (x *exploration) only(r *search.Result) {
	wanted, _ := anomaly.Lookup(x.flags.anomaly)
	for _, f := range r.Films {
		if f.Anomaly.ID == wanted.ID {
			r.Films = []search.Film{f}
			r.Cut = ""
			return
		}
	}
	r.Films = nil
}

// headline says what was searched and how much of it.
func (x *exploration) headline(r *search.Result) string {
	s, c := r.Scope, r.Counts
	head := fmt.Sprintf("%s under %s: %d intents, at most %d under way; up to %d of %d kinds of fault\n",
		s.Script.Name, s.Strategy.Text(), len(s.Intents()), s.Window, s.Budget, len(s.Strikes))
	clean := !slices.ContainsFunc(r.Films, func(f search.Film) bool { return !f.Finding.Price })
	switch {
	case r.Cut != "":
		head += fmt.Sprintf("  … cut by %s after %d states, %d transitions, %d steps with up to %d faults\n", r.Cut, c.States, c.Transitions, c.Depth, c.Faults)
		if clean {
			head += "  … nothing found so far\n"
		}
	case x.flags.anomaly != "" && len(r.Films) > 0:
		head += fmt.Sprintf("  found after %d states, %d transitions; the search ended there\n", c.States, c.Transitions)
	default:
		head += fmt.Sprintf("  every schedule: %d states, %d transitions, at most %d steps, %.1e collisions expected\n", c.States, c.Transitions, c.Deepest, r.Collisions)
		if clean {
			head += "  ✓ no " + x.wanted() + " in this scope\n"
		}
	}
	return head
}

// wanted is what was looked for.
func (x *exploration) wanted() string {
	if x.flags.anomaly == "" {
		return "anomaly"
	}
	d, _ := anomaly.Lookup(x.flags.anomaly) // It was looked up before the search.
	return d.Name
}

// film tells of one finding, and replays and writes its film as asked.
func (x *exploration) film(ctx context.Context, b *strings.Builder, r *search.Result, f *search.Film) error {
	mark := "✗"
	if f.Finding.Price {
		mark = "*"
	}
	fmt.Fprintf(b, "  %s %-3s %-22s %s: %s\n", x.flags.plain(mark), f.Anomaly.ID, f.Anomaly.Name, f.Size(), printable.Text(f.Finding.Why))
	if x.flags.live {
		if trouble := replay(ctx, f, r.Scope.Strategy); trouble != "" {
			x.code = exit.False
			fmt.Fprintf(b, "        does not replay: %s\n", trouble)
		} else {
			b.WriteString("        replayed on NATS and SQLite, each state as simulated\n")
		}
	}
	if x.flags.out != "" {
		name, err := writeFilm(x.flags.out, r.Scope, f)
		fmt.Fprintf(b, "        %s\n", name)
		return err
	}
	b.WriteString("\n" + indent(string(f.Text), "    ") + "\n")
	return nil
}

// replay runs a film on the real thing, and says what went otherwise, or "".
func replay(ctx context.Context, f *search.Film, under strategy.Strategy) string {
	script, err := scenario.Parse(f.Anomaly.Name, f.Text)
	if err != nil {
		return err.Error()
	}
	o := story.Job{Script: script, Under: under}.Run(ctx, story.Live)
	switch {
	case o.Err != nil:
		return o.Err.Error()
	case o.Code() != exit.True:
		return strings.TrimSpace(o.Trouble())
	}
	return ""
}

// writeFilm writes a film into a directory, which is made if need be.
func writeFilm(dir string, s *search.Scope, f *search.Film) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("write films: %w", err)
	}
	name := matrix.Name(s.Script.Name, s.Strategy.Text(), f.Anomaly.Name)
	return matrix.FilmPath(dir, name), matrix.WriteFilm(dir, name, f.Text)
}

// indent puts a margin before each line that is not empty.
func indent(text, margin string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, l := range lines {
		if l != "" {
			lines[i] = margin + l
		}
	}
	return strings.Join(lines, "\n") + "\n"
}
