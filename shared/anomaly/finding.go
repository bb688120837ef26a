package anomaly

import "optimist/shared/trace"

// Finding is one anomaly that happened. Each is reported once for what it is
// about: an intent, a record or a screen.
type Finding struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Client string `json:"client,omitempty"`
	Intent string `json:"intent,omitempty"`
	Record string `json:"record,omitempty"`
	Step   int    `json:"step"`            // In which it became certain.
	Fell   int    `json:"-"`               // Of a cascade: how many fell with the intent.
	Price  bool   `json:"price,omitempty"` // A printed price of the strategy.
	Why    string `json:"why"`             // One sentence for a person.
}

// Check returns everything wrong with a whole run, in the order it became
// certain.
func Check(t *trace.Trace) []Finding {
	c := New(t.Strategy)
	for _, alias := range t.Names {
		c.Name(alias)
	}
	var all []Finding
	for i := range t.Events {
		all = append(all, c.Step(t.Events[i])...)
	}
	return append(all, c.Flush()...)
}
