package search

import (
	"fmt"

	"optimist/shared/anomaly"
)

// Verdict is what a cell of a matrix says.
type Verdict string

// The verdicts. Nothing is said of what lies outside of the scope.
const (
	Reachable   Verdict = "reachable"
	Unreachable Verdict = "unreachable" // Every schedule of the scope was searched.
	Cut         Verdict = "cut"         // Not found before the search was cut.
)

// Bounds is one scope of a matrix: what is searched, with how many faults.
type Bounds struct {
	Name   string   `json:"scope"` // The default scope and the budget.
	Title  string   `json:"title"`
	Budget int      `json:"budget"`
	Window int      `json:"window"`
	Faults []string `json:"faults"`
}

// Cell says of one anomaly whether it is reachable in a scope under a strategy.
type Cell struct {
	Scope    string  `json:"scope"`
	Strategy string  `json:"strategy"`
	Anomaly  string  `json:"anomaly"`
	ID       string  `json:"id"`
	Verdict  Verdict `json:"verdict"`
	Steps    int     `json:"steps"`
	Faults   int     `json:"faults"`
	Price    bool    `json:"price,omitempty"` // Only as a printed price of the strategy.
	Why      string  `json:"why,omitempty"`
	Film     string  `json:"film,omitempty"` // As a scenario.
}

// Cost is what a strategy costs in a scope, as far as it was searched. Where
// the search was cut, each number is the least that it can be.
type Cost struct {
	Scope     string   `json:"scope"`
	Strategy  string   `json:"strategy"`
	Wait      int      `json:"wait"`      // Steps of the system until a person's change is confirmed; 0: none ever was.
	Held      int      `json:"held"`      // The most intents that are kept back at once from a server that is there.
	Refused   int      `json:"refused"`   // The most legal intents that are refused on one schedule.
	Cascade   int      `json:"cascade"`   // The most intents that fall with another at once.
	Offline   Verdict  `json:"offline"`   // Whether a person who is cut off can go on; with one fault.
	Writes    float64  `json:"writes"`    // For each intent.
	Confirmed Verdict  `json:"confirmed"` // Whether everything can be.
	Anomalies []string `json:"anomalies"` // Reachable as printed prices, by id.
	Cut       bool     `json:"cut"`       // Whether the search was, so that a number may be too small.
}

// Matrix is strategies against anomalies, over the default scopes.
type Matrix struct {
	Scopes  []Bounds `json:"scopes"`
	Cells   []Cell   `json:"cells"`
	Prices  []Cost   `json:"prices"`
	States  int64    `json:"states"`
	Seconds float64  `json:"seconds"`
}

// nameOf is the name of a scope with a budget.
func nameOf(s *Scope, budget int) string { return fmt.Sprintf("%s/%d", s.Script.Name, budget) }

// Bound lists a scope with each budget up to its own.
func (m *Matrix) Bound(s *Scope) {
	var names []string
	for i := range s.Strikes {
		names = append(names, s.Strikes[i].Name)
	}
	for budget := range s.Budget + 1 {
		m.Scopes = append(m.Scopes, Bounds{nameOf(s, budget), s.Script.Title, budget, s.Window, names})
	}
}

// Add takes over what the search of a scope found.
func (m *Matrix) Add(r *Result) {
	s := r.Scope
	m.States += r.Counts.States
	cost := Cost{
		Scope: s.Script.Name, Strategy: s.Strategy.Text(), Anomalies: []string{},
		Wait: r.Price.Wait, Held: r.Price.Held, Refused: r.Price.Refused, Cascade: r.Price.Cascade, Writes: r.Price.Writes,
		Confirmed: r.verdict(r.Price.Confirmed, 0), Offline: r.verdict(r.Price.Apart, 1), Cut: r.Cut != "",
	}
	for i := range r.Films {
		if f := &r.Films[i]; f.Finding.Price {
			cost.Anomalies = append(cost.Anomalies, f.Anomaly.ID)
		}
	}
	m.Prices = append(m.Prices, cost)
	for budget := range s.Budget + 1 {
		for _, d := range definitions {
			if d.Applicable {
				m.Cells = append(m.Cells, cellOf(r, d, budget))
			}
		}
	}
}

// verdict says of something that takes so many faults whether it is reachable.
func (r *Result) verdict(found bool, faults int) Verdict {
	switch {
	case found:
		return Reachable
	case r.Whole < min(faults, r.Scope.Budget):
		return Cut
	}
	return Unreachable
}

// cellOf says of an anomaly whether it is reachable with so many faults.
func cellOf(r *Result, d anomaly.Definition, budget int) Cell {
	c := Cell{
		Scope: nameOf(r.Scope, budget), Strategy: r.Scope.Strategy.Text(), Anomaly: d.Name, ID: d.ID, Verdict: r.verdict(false, budget),
	}
	for i := range r.Films { // A defect before a price, whichever is nearer.
		f := &r.Films[i]
		if f.Anomaly.ID == d.ID && f.Faults <= budget && (c.Verdict != Reachable || c.Price && !f.Finding.Price) {
			c.Verdict, c.Steps, c.Faults, c.Price = Reachable, f.Steps, f.Faults, f.Finding.Price
			c.Why, c.Film = f.Finding.Why, string(f.Text)
		}
	}
	return c
}
