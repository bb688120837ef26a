package command

import (
	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// Observe notes that the read model has committed ev. The projector calls it for
// each event, in order.
func (h *Handler) Observe(ev event.Event) { h.index.Observe(ev) }

// Outcome returns what became of a command so far: Unknown if the log never
// took it.
func (h *Handler) Outcome(ref user.Ref) (protocol.Reply, error) { return h.index.outcome(ref) }

// Ahead returns what the log makes of a record and the newest command on it, or
// false if the rows have everything.
func (h *Handler) Ahead(record string) (projection.Record, user.Ref, bool) {
	h.index.mu.Lock()
	defer h.index.mu.Unlock()
	rec, newest, ahead, err := h.index.core.Ahead(record)
	if err != nil {
		h.logger.Error("record not read", "record", record, "err", err)
	}
	return rec, newest, ahead
}

// AheadRecords returns the ids of the records that Ahead knows, in order.
func (h *Handler) AheadRecords() []string {
	h.index.mu.Lock()
	defer h.index.mu.Unlock()
	return h.index.core.AheadRecords()
}

// Follow begins to publish on protocol.LogFeedSubject what the log makes of the
// records, and returns the event after which it does. Once begun it goes on.
func (h *Handler) Follow() uint64 {
	h.index.mu.Lock()
	defer h.index.mu.Unlock()
	h.index.step(decide.Input{Kind: decide.Followed})
	return h.index.core.LogPosition()
}
