package matrix

import (
	"fmt"

	"optimist/client/search"
)

// earlyCells are the cells of a film that was found while its search goes on.
func earlyCells(s *search.Scope, f *search.Film) []search.Cell {
	var cells []search.Cell
	for budget := f.Faults; budget <= s.Budget; budget++ {
		cells = append(cells, search.Cell{
			Scope: fmt.Sprintf("%s/%d", s.Script.Name, budget), Strategy: s.Strategy.Text(), Anomaly: f.Anomaly.Name, ID: f.Anomaly.ID,
			Verdict: search.Reachable, Steps: f.Steps, Faults: f.Faults, Price: f.Finding.Price, Why: f.Finding.Why, Film: string(f.Text),
		})
	}
	return cells
}
