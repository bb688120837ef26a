package search_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/client/search"
	"optimist/shared/strategy"
)

// costs is what each strategy costs in the smaller scopes. To block pays: who
// asks the rows refuses what is legal, or has its people wait; who holds back has
// them wait; who reads the log shows nothing to who is cut off.
var costs = map[string]map[string]search.Price{
	"a": {
		"dual-write":       {Wait: 4, Writes: 3, Confirmed: true, Apart: true},
		"outbox":           {Wait: 4, Writes: 3, Confirmed: true, Apart: true},
		"fire-and-forget":  {Wait: 4, Writes: 2, Confirmed: true, Apart: true},
		"check-projection": {Wait: 8, Writes: 2, Confirmed: true, Refused: 1, Apart: true},
		"wait":             {Wait: 8, Writes: 2, Confirmed: true, Refused: 1, Apart: true},
		"check-log":        {Wait: 9, Writes: 2, Confirmed: true, Apart: true},
		"hold":             {Wait: 8, Writes: 2, Confirmed: true, Held: 1, Apart: true},
		"read-log":         {Wait: 8, Writes: 2, Confirmed: true, Cascade: 1},
		"server-id":        {Wait: 6, Writes: 2, Confirmed: true, Cascade: 1, Apart: true},
		"natural-key":      {Wait: 6, Writes: 2, Confirmed: true, Cascade: 1, Apart: true},
		"reconcile":        {Wait: 6, Writes: 2, Confirmed: true, Cascade: 1, Apart: true},
		"reserve":          {Wait: 6, Writes: 2.5, Confirmed: true, Cascade: 1, Apart: true},
	},
	"b": {
		"dual-write":       {Wait: 7, Writes: 3, Confirmed: true, Apart: true},
		"outbox":           {Wait: 7, Writes: 3, Confirmed: true, Apart: true},
		"fire-and-forget":  {Wait: 7, Writes: 2, Confirmed: true, Apart: true},
		"check-projection": {Wait: 10, Writes: 2, Confirmed: true, Refused: 2, Apart: true},
		"wait":             {Wait: 10, Writes: 2, Confirmed: true, Refused: 2, Apart: true},
		"check-log":        {Wait: 15, Writes: 2, Confirmed: true, Apart: true},
		"hold":             {Wait: 12, Writes: 2, Confirmed: true, Held: 1, Apart: true},
		"read-log":         {Wait: 13, Writes: 2, Confirmed: true, Cascade: 1},
		"server-id":        {Wait: 10, Writes: 2, Confirmed: true, Cascade: 1, Apart: true},
		"natural-key":      {Wait: 6, Writes: 2, Refused: 1, Cascade: 1, Apart: true},
		"reconcile":        {Wait: 10, Writes: 2, Confirmed: true, Cascade: 1, Apart: true},
		"reserve":          {Wait: 10, Writes: 3, Confirmed: true, Cascade: 1, Apart: true},
	},
}

func TestPrices(t *testing.T) {
	for _, scope := range scopes {
		for _, under := range strategy.Names() {
			if diff := cmp.Diff(costs[scope][under], mustSearch(t, scope, under).Price); diff != "" {
				t.Errorf("%s under %s: %s", scope, under, diff)
			}
		}
	}
}
