package lab

import (
	"fmt"
	"slices"
	"strings"

	"optimist/shared/trace"
)

// Account is what became of a story's changes.
type Account struct {
	Kept       int // Confirmed, and there.
	Lost       int // Confirmed or taken for it, and not there.
	Refused    int // Never in the log or a row.
	RolledBack int // Undone after they were.
	Withdrawn  int
	Pending    int      // Without a verdict at the end.
	Waited     int      // Steps from typing to verdict, all changes together.
	Anomalies  []string // Ids, each once.
	Prices     []string // Ids of what the strategy is known to cost.
}

// losses are the anomalies whose intent is lost.
var losses = []string{"V5", "V8", "W4"}

// Account returns what became of the tape's changes.
func (t *Tape) Account() Account {
	var out Account
	lost := map[string]bool{}
	for _, f := range t.Findings {
		list := &out.Anomalies
		if f.Price {
			list = &out.Prices
		}
		if !slices.Contains(*list, f.ID) {
			*list = append(*list, f.ID)
		}
		if slices.Contains(losses, f.ID) {
			lost[f.Intent] = true
		}
	}
	for _, life := range t.lives() {
		switch {
		case lost[life.intent]:
			out.Lost++
		case life.fate == trace.FateConfirmed:
			out.Kept++
		case life.fate == trace.FateWithdrawn:
			out.Withdrawn++
		case life.fate == trace.FateRolledBack && life.durable:
			out.RolledBack++
		case life.fate == trace.FateRolledBack:
			out.Refused++
		default:
			out.Pending++
		}
		out.Waited += life.end - life.begin
	}
	return out
}

// life is a change from its typing to its verdict, in steps.
type life struct {
	intent     string
	begin, end int
	fate       trace.Fate
	durable    bool // It was in the log, or in a row, or fell with what was.
}

// lives returns every change that a person typed, in their order.
func (t *Tape) lives() []life {
	var list []life
	index := map[string]int{}
	for i := range t.Trace.Events {
		e := &t.Trace.Events[i]
		at, known := index[e.Intent]
		switch {
		case e.Kind == trace.Acted && !known:
			index[e.Intent] = len(list)
			list = append(list, life{intent: e.Intent, begin: e.Step, end: t.Result.Steps})
		case !known:
		case e.Kind == trace.Believed && e.Fate >= trace.FateConfirmed:
			list[at].fate, list[at].end = e.Fate, e.Step
			list[at].durable = list[at].durable || e.Root != "" && e.Root != e.Intent
		case e.Kind == trace.Appended, e.Kind == trace.Wrote:
			list[at].durable = true
		}
	}
	return list
}

// String is the account in one line.
func (a Account) String() string {
	var parts []string
	for _, part := range []struct {
		n    int
		word string
	}{{a.Kept, "kept"}, {a.Lost, "LOST"}, {a.Refused, "refused"}, {a.RolledBack, "rolled back"}, {a.Withdrawn, "withdrawn"}, {a.Pending, "pending"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.word))
		}
	}
	if len(parts) == 0 {
		parts = []string{"nothing was changed"}
	}
	text := "RESULT " + strings.Join(parts, ", ") + fmt.Sprintf(" · waited %d steps", a.Waited)
	if len(a.Anomalies) == 0 {
		text += " · no anomaly"
	} else {
		text += " · " + strings.Join(a.Anomalies, " ")
	}
	if len(a.Prices) > 0 {
		text += " · price " + strings.Join(a.Prices, " ")
	}
	return text
}
