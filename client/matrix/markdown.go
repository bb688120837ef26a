package matrix

import (
	"fmt"
	"io"
	"path"
	"strings"

	"optimist/client/search"
	"optimist/client/view"
	"optimist/scenarios"
	"optimist/shared/printable"
)

// Markdown writes a matrix as a part of a document. Each cell links to its film:
// to the file of that name in films, a path with slashes, or if that is "", to
// the film itself, which then follows.
func Markdown(w io.Writer, m *search.Matrix, o Options, films string) error {
	p := paper{y: o.Symbols, under: Under(m), films: films}
	sheets := []Sheet{Over(m, p.under)}
	if o.Each {
		sheets = Sheets(m, p.under)
	}
	p.names = names(Films(sheets))
	for i := range sheets {
		s := &sheets[i]
		if s.Name != All {
			p.line("### %s", markdownText(boundsText(&s.Bounds[0])))
			p.line("")
		}
		p.sheet(s)
	}
	p.legend(&sheets[0], m)
	p.prices(m)
	if films == "" {
		p.reels(Films(sheets))
	}
	_, err := io.WriteString(w, p.b.String())
	return err
}

// paper is a document being written.
type paper struct {
	b     strings.Builder
	y     Symbols
	under []string
	films string            // Where the files of the films are; "" if they are in the document.
	names map[string]string // Of films, by their texts.
}

func (p *paper) line(format string, args ...any) {
	p.b.WriteString(fmt.Sprintf(format, args...) + "\n")
}

// row writes a line of a table.
func (p *paper) row(cells []string) { p.line("| %s |", strings.Join(cells, " | ")) }

// head writes the first line of a table, and what must follow.
func (p *paper) head(cells []string) {
	p.row(cells)
	p.line("%s|", strings.Repeat("| --- ", len(cells)))
}

// sheet writes a row for each strategy, and a column for each anomaly that one of
// them shows.
func (p *paper) sheet(s *Sheet) {
	shown, others := s.Shown()
	head := []string{"strategy"}
	for _, c := range shown {
		head = append(head, s.Columns[c].ID)
	}
	if len(others) > 0 {
		head = append(head, "others")
	}
	head = append(head, p.y.sign(view.SignDefect)+" in all")
	p.head(head)
	for u, name := range s.Under {
		cells := []string{"`" + name + "`"}
		for _, c := range shown {
			cells = append(cells, p.cell(s.At(u, c)))
		}
		if len(others) > 0 {
			cells = append(cells, p.y.sign(s.Others(u, others)))
		}
		p.row(append(cells, p.y.Count(s, u)))
	}
	p.line("")
}

// cell links to the film of an entry.
func (p *paper) cell(e *Entry) string {
	text := starred(p.y.Full(e))
	if e.Cell == nil {
		return text
	}
	name := p.names[e.Cell.Film]
	if p.films == "" {
		return fmt.Sprintf("[%s](#%s)", text, name)
	}
	return fmt.Sprintf("[%s](%s)", text, path.Join(p.films, name+scenarios.Ext))
}

// starred is text with stars that are no markup.
func starred(text string) string { return strings.ReplaceAll(text, "*", `\*`) }

// legend says what signs and columns mean, and in which scopes they hold.
func (p *paper) legend(s *Sheet, m *search.Matrix) {
	for _, l := range p.y.full(m) {
		p.line("- **%s** %s", starred(l.Sign), starred(l.Text))
	}
	p.line("")
	shown, others := s.Shown()
	p.head([]string{"", "anomaly", ""})
	for _, c := range shown {
		d := &s.Columns[c]
		p.row([]string{d.ID, "`" + d.Name + "`", d.Title})
	}
	if len(others) > 0 {
		p.row([]string{"others", strings.Join(ids(s, others), " "), "no strategy shows them in these scopes"})
	}
	p.line("")
	for _, text := range scopeTexts(s.Bounds) {
		p.line("- %s", markdownText(text))
	}
	p.line("- %s", strings.TrimSpace(cutText(m)))
	p.line("")
}

// prices writes what each strategy costs.
func (p *paper) prices(m *search.Matrix) {
	head := []string{"strategy"}
	for _, h := range priceHeads {
		head = append(head, h[0]+" "+h[1])
	}
	p.head(head)
	for _, u := range p.under {
		cost := Worst(m, u)
		p.row(append([]string{"`" + u + "`"}, priceTexts(&cost)...))
	}
	p.line("")
	p.line("The most over these scopes:")
	p.line("")
	for _, l := range priceLegend {
		p.line("- **%s** %s", l[0], l[1])
	}
	if cutCount(m) > 0 {
		p.line("- %s", priceMore)
	}
}

// reels writes the films themselves.
func (p *paper) reels(films []Film) {
	for _, f := range films {
		p.line("\n#### %s\n", f.Name)
		p.line("%s.\n", markdownText(f.Cell.Why))
		p.line("```scenario\n%s```", f.Cell.Film)
	}
}

// markdownEscape takes from text what would be markup.
var markdownEscape = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "#", `\#`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "~", `\~`, "$", `\$`,
)

// markdownText is text within a line of Markdown.
func markdownText(s string) string { return markdownEscape.Replace(printable.Line(s)) }
