package live

import (
	"encoding/json"
	"fmt"

	"optimist/shared/event"
)

// place is an event on the wire between two processes: its place in the log is
// not in its own JSON.
type place struct {
	Seq   uint64      `json:"seq"`
	Event event.Event `json:"event"`
}

// MarshalJSON writes each event with its place.
func (es events) MarshalJSON() ([]byte, error) {
	list := make([]place, len(es))
	for i, ev := range es {
		list[i] = place{ev.Seq, ev}
	}
	return json.Marshal(list)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (es *events) UnmarshalJSON(data []byte) error {
	var list []place
	if err := json.Unmarshal(data, &list); err != nil {
		return fmt.Errorf("read events: %w", err)
	}
	*es = nil
	for _, p := range list {
		p.Event.Seq = p.Seq
		*es = append(*es, p.Event)
	}
	return nil
}
