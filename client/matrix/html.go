package matrix

import (
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"optimist/client/export"
	"optimist/client/search"
	"optimist/client/story"
	"optimist/client/view"
	"optimist/shared/scenario"
)

//go:embed page.html
var page string

var pageTemplate = template.Must(template.New("matrix").Parse(page))

// HTML writes a matrix as one page with all its films, each with its diagram. It
// loads nothing from anywhere, which its own policy forbids, needs no
// JavaScript, and can be printed.
func HTML(ctx context.Context, w io.Writer, m *search.Matrix) error {
	under := Under(m)
	sheets := Sheets(m, under)
	films := Films(sheets)
	p := leaf{names: names(films), y: Unicode}
	data := map[string]any{
		"Legend": p.y.full(m), "PriceLegend": priceLegend, "More": priceMore, "Closing": thousands(m.States) + " states." + cutText(m),
		"Prices": p.prices(m, under), "PriceHeads": priceHeads,
	}
	var shown []sheetPage
	for i := range sheets {
		shown = append(shown, p.sheet(&sheets[i]))
	}
	data["Sheets"], data["Scopes"] = shown, scopeTexts(sheets[0].Bounds)
	var reels []filmPage
	for _, f := range films {
		reel, err := drawn(ctx, f)
		if err != nil {
			return err
		}
		reels = append(reels, reel)
	}
	data["Films"] = reels
	return pageTemplate.Execute(w, data)
}

// leaf is a page being made.
type leaf struct {
	names map[string]string
	y     Symbols
}

// sheetPage is a sheet on the page.
type sheetPage struct {
	Name, Title string
	Under       []string
	Rows        []rowPage
}

// rowPage is one anomaly.
type rowPage struct {
	ID, Name, Title string
	Cells           []cellPage
}

// cellPage is one entry, Link the film that it leads to.
type cellPage struct{ Text, Look, Link, Why string }

// sheet has a row for each anomaly that some strategy shows.
func (p *leaf) sheet(s *Sheet) sheetPage {
	out := sheetPage{Name: s.Name, Title: "All scopes together: the shortest film of each", Under: s.Under}
	if s.Name != All {
		out.Title = boundsText(&s.Bounds[0])
	}
	shown, others := s.Shown()
	for _, c := range shown {
		d := &s.Columns[c]
		r := rowPage{ID: d.ID, Name: d.Name, Title: d.Title}
		for u := range s.Under {
			r.Cells = append(r.Cells, p.cell(s.At(u, c)))
		}
		out.Rows = append(out.Rows, r)
	}
	if len(others) > 0 {
		r := rowPage{Name: fmt.Sprintf("the %d others", len(others)), Title: strings.Join(ids(s, others), " ")}
		for u := range s.Under {
			sign := s.Others(u, others)
			r.Cells = append(r.Cells, cellPage{Text: p.y.sign(sign), Look: looks[sign]})
		}
		out.Rows = append(out.Rows, r)
	}
	r := rowPage{Name: p.y.sign(view.SignDefect) + " in all", Title: "defects that it shows"}
	for u := range s.Under {
		r.Cells = append(r.Cells, cellPage{Text: p.y.Count(s, u)})
	}
	out.Rows = append(out.Rows, r)
	return out
}

// looks are the classes of signs.
var looks = [...]string{
	view.SignWaiting: "waiting", view.SignDefect: "defect", view.SignPrice: "price", view.SignClean: "clean", view.SignHalf: "cut", view.SignCut: "cut",
}

// cell is an entry with its link.
func (p *leaf) cell(e *Entry) cellPage {
	c := cellPage{Text: p.y.Full(e), Look: looks[e.Sign]}
	if e.Cell != nil {
		c.Link, c.Why = p.names[e.Cell.Film], e.Cell.Why
	}
	return c
}

// prices are the rows of what each strategy costs.
func (p *leaf) prices(m *search.Matrix, under []string) [][]string {
	var rows [][]string
	for _, u := range under {
		cost := Worst(m, u)
		rows = append(rows, append([]string{u}, priceTexts(&cost)...))
	}
	return rows
}

// filmPage is a film on the page.
type filmPage struct {
	Name, Head, Why, Text string
	Diagram               template.HTML
}

// drawn runs a film and draws it.
func drawn(ctx context.Context, f Film) (filmPage, error) {
	c := f.Cell
	out := filmPage{
		Name: f.Name, Why: c.Why, Text: c.Film,
		Head: fmt.Sprintf("%s %s under %s: %s, %s", c.ID, c.Anomaly, c.Strategy, plural(c.Steps, "step"), plural(c.Faults, "fault")),
	}
	script, err := scenario.Parse(f.Name, []byte(c.Film))
	if err != nil {
		return out, fmt.Errorf("draw film %s: %w", f.Name, err)
	}
	o := story.Job{Script: script, Under: script.Strategy}.Run(ctx, story.Simulated)
	if o.Err != nil {
		return out, fmt.Errorf("draw film %s: %w", f.Name, o.Err)
	}
	var diagram strings.Builder
	if err := export.SVG(&diagram, o.Export()); err != nil {
		return out, fmt.Errorf("draw film %s: %w", f.Name, err)
	}
	// The drawing escapes what it takes from the trace.
	out.Diagram = template.HTML(diagram.String()) //nolint:gosec // See above.
	return out, nil
}
