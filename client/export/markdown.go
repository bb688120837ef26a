package export

import (
	"fmt"
	"io"
	"strings"

	"optimist/shared/printable"
	"optimist/shared/scenario"
	"optimist/shared/trace"
)

// Markdown writes the story as a page that code hosts show: what is told and
// done, the diagram, what became of it and what was found.
func Markdown(w io.Writer, run Run) error {
	p := paper{run: run}
	d := NewDiagram(run)
	p.line("# " + markdownText(d.Title))
	p.line("")
	p.line("*" + markdownText(d.About) + "*")
	p.story()
	p.section("What happened")
	var diagram strings.Builder
	if err := Mermaid(&diagram, run); err != nil {
		return err
	}
	p.fence("mermaid", strings.Split(strings.TrimSuffix(diagram.String(), "\n"), "\n"))
	p.result()
	p.findings()
	_, err := io.WriteString(w, p.b.String())
	return err
}

// paper is a page being written.
type paper struct {
	run Run
	b   strings.Builder
}

func (p *paper) line(text string) { p.b.WriteString(text + "\n") }

func (p *paper) section(title string) { p.line("\n## " + title + "\n") }

// fence writes lines as they are, within more backticks than any of them has.
func (p *paper) fence(language string, lines []string) {
	marks := "```"
	for strings.Contains(strings.Join(lines, "\n"), marks) {
		marks += "`"
	}
	p.line(marks + language)
	for _, l := range lines {
		p.line(l)
	}
	p.line(marks)
}

// story writes what is told as paragraphs, what is done between them as the
// script has it, and what is asked with its answer folded away. Expectations
// are left out: the result says what came.
func (p *paper) story() {
	var steps []string
	flush := func() {
		if len(steps) > 0 {
			p.line("")
			p.fence("text", steps)
		}
		steps = nil
	}
	last := scenario.Blank
	for i := range p.run.Story {
		l := &p.run.Story[i]
		switch l.Kind {
		case scenario.Narration:
			flush()
			if last != scenario.Narration {
				p.line("")
			}
			p.line(markdownText(l.Text))
		case scenario.Question:
			flush()
			p.line("\n**" + markdownText(l.Text) + "**\n")
			p.options(p.run.Story[i+1:])
		case scenario.Directive:
			if !l.Step.Do.Expects() {
				steps = append(steps, printable.Line(p.run.directive(l)))
			}
		case scenario.Blank, scenario.Comment, scenario.Option:
		}
		last = l.Kind
	}
	flush()
}

// directive is a line of the script without the condition before it.
func (r Run) directive(l *scenario.Line) string {
	if l.Number < 1 || l.Number > len(r.Script) {
		return ""
	}
	text := []rune(r.Script[l.Number-1])
	return strings.TrimSpace(string(text[min(max(l.Column-1, 0), len(text)):]))
}

// options writes the answers to a question, and behind them which is right.
func (p *paper) options(lines []scenario.Line) {
	right := ""
	for i := range lines {
		if lines[i].Kind != scenario.Option {
			break
		}
		p.line("- " + markdownText(lines[i].Text))
		if lines[i].Right {
			right = markdownText(lines[i].Text)
		}
	}
	p.line("\n<details><summary>The answer</summary>\n\n" + right + "\n\n</details>")
}

// result writes what became of each intent.
func (p *paper) result() {
	p.section("What became of it")
	if len(p.run.Intents) > 0 {
		p.line("| intent | | in the end |\n| --- | --- | --- |")
	}
	for _, in := range p.run.Intents {
		fate := in.Fate
		if in.Reason != "" {
			fate += ": " + in.Reason
		}
		p.line(fmt.Sprintf("| %s | %s | %s |", markdownText(in.ID), markdownText(p.doing(in.ID)), markdownText(fate)))
	}
	for _, f := range p.run.Failures {
		p.line(fmt.Sprintf("\n**Line %d does not hold.** Expected: %s. But: %s.", f.Line, markdownText(f.Expect), markdownText(f.Got)))
	}
	if len(p.run.Failures) == 0 && len(p.run.Story) > 0 {
		p.line("\nEverything that the script expects holds.")
	}
}

// doing says what the person did with an intent.
func (p *paper) doing(intent string) string {
	for i := range p.run.Trace.Events {
		if ev := &p.run.Trace.Events[i]; ev.Kind == trace.Acted && ev.Intent == intent {
			return deed(p.run.Trace, ev)
		}
	}
	return ""
}

// findings writes the anomalies.
func (p *paper) findings() {
	p.section("What was found")
	if len(p.run.Findings) == 0 {
		p.line("No anomaly.")
	}
	for _, f := range p.run.Findings {
		price := ""
		if f.Price {
			price = " (a price of this strategy)"
		}
		p.line(fmt.Sprintf("- **%s %s**%s: %s", markdownText(f.ID), markdownText(f.Name), price, markdownText(f.Why)))
	}
}

// markdownEscape takes from text what would be markup.
var markdownEscape = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "#", `\#`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "~", `\~`, "$", `\$`,
)

// markdownText is text of a script or a trace within a line of Markdown.
func markdownText(s string) string { return markdownEscape.Replace(printable.Line(s)) }
