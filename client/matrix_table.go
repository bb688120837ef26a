package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"optimist/client/search"
	"optimist/shared/strategy"
)

// grid is a table of texts, its first row the heads.
type grid [][]string

// cellTable is one scope: a row for each anomaly that some strategy shows, a
// column for each strategy; one more row for those that none shows.
func cellTable(m *search.Matrix, scope string, under []strategy.Strategy) grid {
	head := []string{"anomaly"}
	for _, u := range under {
		head = append(head, u.Text())
	}
	t := grid{head}
	var rest []string
	for i := range m.Cells {
		if c := &m.Cells[i]; c.Scope == scope && c.Strategy == under[0].Text() {
			row, worth := []string{c.ID + " " + c.Anomaly}, false
			for _, u := range under {
				at := slices.IndexFunc(m.Cells, func(o search.Cell) bool {
					return o.Scope == scope && o.ID == c.ID && o.Strategy == u.Text()
				})
				row = append(row, cellText(&m.Cells[at]))
				worth = worth || m.Cells[at].Verdict == search.Reachable
			}
			if worth {
				t = append(t, row)
			} else {
				rest = append(rest, c.ID)
			}
		}
	}
	return append(t, restRow(m, scope, under, rest))
}

// restRow says of the anomalies that nobody shows whether that is certain.
func restRow(m *search.Matrix, scope string, under []strategy.Strategy, ids []string) []string {
	row := []string{strings.Join(ids, " ")}
	for _, u := range under {
		text := "✓"
		for i := range m.Cells {
			if c := &m.Cells[i]; c.Scope == scope && c.Strategy == u.Text() && c.Verdict == search.Cut {
				text = "…"
			}
		}
		row = append(row, text)
	}
	return row
}

// cellText is what a cell says.
func cellText(c *search.Cell) string {
	switch c.Verdict {
	case search.Unreachable:
		return "✓"
	case search.Cut:
		return "…"
	case search.Reachable:
		if c.Price {
			return fmt.Sprintf("%d/%d*", c.Steps, c.Faults)
		}
		return fmt.Sprintf("✗ %d/%d", c.Steps, c.Faults)
	}
	panic("optimist: unknown verdict " + string(c.Verdict))
}

// priceTable is what each strategy costs.
func priceTable(m *search.Matrix) grid {
	t := grid{{"scope", "strategy", "steps until all is confirmed", "held back", "refused", "cascade", "works while cut off", "writes per intent", "printed prices"}}
	for i := range m.Prices {
		p := &m.Prices[i]
		wait, writes := priceText(p.Confirmed, fmt.Sprint(p.Wait), "never"), ""
		if p.Wait > 0 {
			writes = fmt.Sprintf("%.1f", p.Writes)
		}
		t = append(t, []string{p.Scope, p.Strategy, wait, fmt.Sprint(p.Held), fmt.Sprint(p.Refused), fmt.Sprint(p.Cascade), priceText(p.Offline, "yes", "no"), writes, strings.Join(p.Anomalies, " ")})
	}
	return t
}

// priceText is what a price says.
func priceText(v search.Verdict, reachable, unreachable string) string {
	switch v {
	case search.Reachable:
		return reachable
	case search.Unreachable:
		return unreachable
	case search.Cut:
	}
	return "…"
}

// write writes the table with an empty line behind it.
func (t grid) write(b *strings.Builder, markdown bool) {
	widths := make([]int, len(t[0]))
	for _, row := range t {
		for i, text := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	for n, row := range t {
		line := make([]string, len(row))
		for i, text := range row {
			line[i] = text + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text))
		}
		if !markdown {
			b.WriteString(strings.TrimRight(strings.Join(line, "  "), " ") + "\n")
			continue
		}
		b.WriteString("| " + strings.Join(line, " | ") + " |\n")
		if n == 0 {
			b.WriteString(strings.Repeat("| --- ", len(row)) + "|\n")
		}
	}
	b.WriteString("\n")
}
