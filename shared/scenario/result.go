package scenario

import (
	"optimist/shared/anomaly"
	"optimist/shared/exit"
	"optimist/shared/reconcile"
	"optimist/shared/sim"
)

// Result is what became of a run, in the words of the JSON that it is printed
// as.
type Result struct {
	File      string            `json:"file"`
	Title     string            `json:"title"`
	Strategy  string            `json:"strategy"`
	Mode      string            `json:"mode"`
	Passed    bool              `json:"passed"`
	Failures  []Failure         `json:"failures"`
	Unknown   []Failure         `json:"unknown,omitempty"`
	Notes     []Note            `json:"notes,omitempty"`
	Intents   []Intent          `json:"intents"`
	Records   []Record          `json:"records"`
	Anomalies []anomaly.Finding `json:"anomalies"`
	Steps     int               `json:"steps"`

	Lines []Span `json:"-"` // Of every line that caused steps, in their order.
}

// Failure is an expectation that does not hold, or cannot be judged yet.
type Failure struct {
	Line   int    `json:"line"`
	Expect string `json:"expect"`
	Got    string `json:"got"`
}

// Note says why a line did nothing, or less than it says.
type Note struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

// Intent is what its client believes of an intent in the end.
type Intent struct {
	ID     string `json:"id"`
	Fate   string `json:"fate"`
	Reason string `json:"reason,omitempty"`
}

// Record is what one client shows of a record in the end, as versions.
type Record struct {
	ID     string `json:"id"` // The script's name of it.
	Client string `json:"client"`
	Seen   uint64 `json:"seen"`
	Log    uint64 `json:"log"`
	DB     uint64 `json:"db"`
	Status string `json:"status"`
}

// Span is the steps of the trace that one line caused.
type Span struct {
	Line, First, Last int
}

// Code is the exit code that says the same.
func (r *Result) Code() exit.Code {
	switch {
	case len(r.Failures) > 0:
		return exit.False
	case len(r.Unknown) > 0:
		return exit.Unknown
	}
	return exit.True
}

// add takes over what a line did.
func (r *Result) add(line *Report) {
	r.Failures = append(r.Failures, line.Failures...)
	r.Unknown = append(r.Unknown, line.Unknown...)
	for _, text := range line.Notes {
		r.Notes = append(r.Notes, Note{Line: line.Line.Number, Text: text})
	}
	if line.Last >= line.First {
		r.Lines = append(r.Lines, Span{Line: line.Line.Number, First: line.First, Last: line.Last})
	}
}

// Result returns what became of the run so far.
func (r *Stepper) Result() Result {
	out := r.result
	out.Passed = r.err == nil && out.Code() == exit.True
	out.Steps = r.steps
	out.Failures = append([]Failure{}, out.Failures...)
	out.Intents, out.Records = []Intent{}, []Record{}
	out.Anomalies = append([]anomaly.Finding{}, anomaly.Check(r.world.Trace())...)
	state := r.state()
	for i := range state.Clients {
		c := &state.Clients[i]
		for j := range c.Intents {
			out.Intents = append(out.Intents, Intent{ID: c.Intents[j].ID, Fate: fateWord(&c.Intents[j]), Reason: string(c.Intents[j].Code)})
		}
		for j := range c.Records {
			rec := &c.Records[j]
			out.Records = append(out.Records, Record{
				ID: r.ids.name(rec.ID), Client: c.Name, Seen: rec.Seen, Log: rec.Log, DB: rec.DB, Status: rec.Status.String(),
			})
		}
	}
	return out
}

// fateWord is what a client believes of its intent, in one word.
func fateWord(s *sim.IntentState) string {
	if s.Withdrawn {
		return "withdrawn"
	}
	if s.Phase == reconcile.Writing {
		return reconcile.Queued.String()
	}
	return s.Phase.String()
}

// fateWords is the fate with its reason.
func fateWords(s *sim.IntentState) string {
	word := fateWord(s)
	if s.Phase == reconcile.RolledBack && s.Code != "" && !s.Withdrawn {
		word += " " + string(s.Code)
	}
	return word
}
