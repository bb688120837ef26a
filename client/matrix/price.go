package matrix

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"optimist/client/search"
)

// priceHeads are the columns of the table of prices, in two lines each.
var priceHeads = [][2]string{
	{"steps to", "confirmed"}, {"writes", "each"}, {"kept", "back"}, {"legal,", "refused"}, {"fall", "with it"}, {"works", "offline"}, {"printed", "prices"},
}

// priceLegend says what the columns mean.
var priceLegend = [][2]string{
	{"steps to confirmed", "of the system, at best, for the change that takes longest; “part”: not every change can be confirmed"},
	{"writes each", "events and rows for each change, until all is at rest"},
	{"kept back", "the most changes that clients withhold from a server that is there"},
	{"legal, refused", "the most changes that are refused although they are legal, on one schedule"},
	{"fall with it", "the most accepted changes that one rollback takes with it"},
	{"works offline", "who is cut off can go on, and sees what they did"},
}

// priceMore says what a number of a search that was cut says.
const priceMore = "A + behind a number: the search was cut, it may be more."

// Worst takes what a strategy costs in several scopes together: the most of each.
// Offline is "" if none of them cuts anybody off.
func Worst(m *search.Matrix, under string) search.Cost {
	w := search.Cost{Strategy: under, Confirmed: search.Reachable, Anomalies: []string{}}
	for i := range m.Prices {
		p := &m.Prices[i]
		if p.Strategy != under {
			continue
		}
		w.Wait, w.Writes = max(w.Wait, p.Wait), max(w.Writes, p.Writes)
		w.Held, w.Refused, w.Cascade = max(w.Held, p.Held), max(w.Refused, p.Refused), max(w.Cascade, p.Cascade)
		w.Confirmed = lesser(w.Confirmed, p.Confirmed)
		if cutsOff(m, p.Scope) {
			w.Offline = lesser(w.Offline, p.Offline)
		}
		w.Cut = w.Cut || p.Cut
		for _, id := range p.Anomalies {
			if !slices.Contains(w.Anomalies, id) {
				w.Anomalies = append(w.Anomalies, id)
			}
		}
	}
	slices.Sort(w.Anomalies)
	return w
}

// cutsOff reports whether a person can be cut off in a scope.
func cutsOff(m *search.Matrix, scope string) bool {
	return slices.ContainsFunc(m.Scopes, func(b search.Bounds) bool {
		return base(b.Name) == scope && b.Budget > 0 && slices.Contains(b.Faults, "disconnect")
	})
}

// lesser is the verdict that promises less, of which a may be none.
func lesser(a, b search.Verdict) search.Verdict {
	for _, v := range []search.Verdict{search.Unreachable, search.Cut} {
		if a == v || b == v {
			return v
		}
	}
	return b
}

// priceTexts are the cells of a row of prices. A number of a search that was cut
// is the least that it can be.
func priceTexts(p *search.Cost) []string {
	more := ""
	if p.Cut {
		more = "+"
	}
	number := func(n int) string { return fmt.Sprintf("%d%s", n, more) }
	wait := number(p.Wait)
	if p.Wait == 0 {
		wait = "–"
	}
	if p.Confirmed == search.Unreachable {
		wait += " part"
	}
	writes := "–"
	if p.Writes > 0 {
		writes = fmt.Sprintf("%.1f", p.Writes)
	}
	return []string{
		wait, writes, number(p.Held), number(p.Refused), number(p.Cascade),
		orDash(map[search.Verdict]string{search.Reachable: "yes", search.Unreachable: "no", search.Cut: "…"}[p.Offline]),
		orDash(strings.Join(p.Anomalies, " ")),
	}
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// prices writes what each strategy costs.
func (t *table) prices(m *search.Matrix, under []string) {
	t.line("What it costs instead: the most over these scopes")
	t.line("")
	rows := [][]string{{""}, {"strategy"}}
	for _, h := range priceHeads {
		rows[0], rows[1] = append(rows[0], h[0]), append(rows[1], h[1])
	}
	for _, u := range under {
		p := Worst(m, u)
		rows = append(rows, append([]string{u}, priceTexts(&p)...))
	}
	t.grid(rows)
	t.line("")
	for _, l := range priceLegend {
		t.wrapped("  "+l[0]+": ", t.y.plain(l[1])+".", 4)
	}
	if cutCount(m) > 0 {
		t.line("  %s", priceMore)
	}
}

// grid writes rows in columns. Those that do not fit follow below, with the first
// column before them again.
func (t *table) grid(rows [][]string) {
	wide := widths(rows)
	for from := 1; from < len(wide); {
		x, to, places := wide[0], from, []int{0}
		for ; to < len(wide) && (to == from || x+2+wide[to] <= t.width); to++ {
			places = append(places, x+2)
			x += 2 + wide[to]
		}
		if from > 1 {
			t.line("")
		}
		for _, r := range rows {
			line := newLine()
			for i, text := range append([]string{r[0]}, r[from:to]...) {
				line.put(places[i], t.y.plain(text))
			}
			t.line("%s", line)
		}
		from = to
	}
}

// widths returns how many cells each column takes.
func widths(rows [][]string) []int {
	wide := make([]int, len(rows[0]))
	for _, r := range rows {
		for c, text := range r {
			wide[c] = max(wide[c], utf8.RuneCountInString(text))
		}
	}
	return wide
}

// costText says in a line what a strategy costs.
func costText(m *search.Matrix, under string) string {
	p := Worst(m, under)
	offline := map[search.Verdict]string{search.Reachable: "; works offline", search.Unreachable: "; stops offline", search.Cut: "; offline unknown"}[p.Offline]
	return fmt.Sprintf("Costs: %s, %.1f writes, %d held, %d refused, %d falling%s.",
		plural(p.Wait, "step"), p.Writes, p.Held, p.Refused, p.Cascade, offline)
}
