package trace

import (
	"cmp"
	"slices"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// Never is the event or the step of what did not happen.
const Never = -1

// Index is what readers of a whole trace look up again and again: its intents
// with all that became of them, and its log with what counts of it. It is made
// once and does not follow a trace that grows.
type Index struct {
	Intents []Intent // In the order they were first heard of.
	Log     []Entry  // The events that change a record, in the log's order.
	Records []string // In the order they were first heard of.

	byID []int // Of Intents, by id.
}

// Intent is one act of a person and all that became of it. Positions are
// indexes into the trace's events.
type Intent struct {
	Client string
	ID     string
	Op     user.Op
	Record string
	Patch  user.Patch
	Cause  string
	Base   uint64

	Acted    int   // Never: by nobody in this trace, as what was given.
	Sent     []int // Each attempt.
	Decided  int   // The last decision.
	Answered int   // The last answer that reached the client.
	Ended    int   // Where its client came to its last belief that ends it.

	Verdict protocol.Verdict // Of the last decision; "" if there was none.
	Seq     uint64           // Of its event, or of its refusal; 0: neither.
	Fate    Fate             // As its client believes at the end; 0: nothing.
	Code    user.Code        // Of a bad end: why.
	Why     string
	Root    string
}

// Entry is one event of the log and what became of it. Positions are steps.
type Entry struct {
	Seq    uint64
	Client string
	Intent string
	Op     user.Op
	Record string
	Patch  user.Patch

	Appended  int
	Voided    int // Since when the log rejects it; Never: it does not.
	Committed int // Since when the rows have it.
	Skipped   int // Since when the read model has given it up.
}

// NewIndex reads the trace.
func NewIndex(t *Trace) *Index {
	x := &Index{}
	for at := range t.Events {
		x.read(at, &t.Events[at])
	}
	return x
}

// read takes the event at that position.
func (x *Index) read(at int, e *Event) {
	x.hear(e.Record)
	if e.Intent != "" {
		x.readIntent(x.intent(e), at, e)
	}
	switch e.Kind {
	case Appended:
		x.append(e)
	case Committed:
		x.mark(e.Seq, func(n *Entry) { n.Committed = e.Step })
	case Skipped:
		x.mark(e.Seq, func(n *Entry) { n.Skipped = e.Step })
	case Voided:
		x.mark(e.Target, func(n *Entry) { n.Voided = e.Step })
	case Acted, Held, Sent, Answered, Believed, Based, Rendered, Disconnected, Reconnected, Decided, Wrote,
		Refused, Published, Crashed, Restarted, Faulted, Waited, Quiet:
	}
}

// hear notes a record.
func (x *Index) hear(record string) {
	if record != "" && !slices.Contains(x.Records, record) {
		x.Records = append(x.Records, record)
	}
}

// intent returns the intent of e, made if need be.
func (x *Index) intent(e *Event) *Intent {
	place, found := x.find(e.Intent)
	if found {
		return &x.Intents[x.byID[place]]
	}
	x.byID = slices.Insert(x.byID, place, len(x.Intents))
	x.Intents = append(x.Intents, Intent{
		Client: e.Client, ID: e.Intent, Acted: Never, Decided: Never, Answered: Never, Ended: Never,
	})
	return &x.Intents[len(x.Intents)-1]
}

// find returns where in byID the intent stands, or must.
func (x *Index) find(id string) (int, bool) {
	return slices.BinarySearchFunc(x.byID, id, func(i int, id string) int { return cmp.Compare(x.Intents[i].ID, id) })
}

// readIntent adds e to its intent.
func (x *Index) readIntent(u *Intent, at int, e *Event) {
	switch e.Kind {
	case Acted:
		u.Acted = at
		u.Op, u.Record, u.Patch, u.Cause, u.Base = e.Op, e.Record, e.Patch, e.Cause, e.Base
	case Sent:
		u.Sent = append(u.Sent, at)
	case Decided:
		u.Decided, u.Verdict = at, e.Verdict
	case Answered:
		u.Answered = at
	case Believed:
		u.Fate, u.Code, u.Why, u.Root = e.Fate, e.Code, e.Why, e.Root
		if e.Fate == FateConfirmed || e.Fate == FateRolledBack || e.Fate == FateWithdrawn {
			u.Ended = at
		}
	case Appended, Refused:
		if u.Seq == 0 {
			u.Seq = e.Seq
		}
		if u.Acted == Never {
			u.Op, u.Record, u.Patch, u.Cause, u.Base = e.Op, e.Record, e.Patch, e.Cause, e.Base
		}
	case Held, Based, Rendered, Disconnected, Reconnected, Wrote, Voided, Committed, Skipped, Published,
		Crashed, Restarted, Faulted, Waited, Quiet:
	}
}

// append adds an event of the log.
func (x *Index) append(e *Event) {
	place, found := x.findSeq(e.Seq)
	if found {
		return
	}
	x.Log = slices.Insert(x.Log, place, Entry{
		Seq: e.Seq, Client: e.Client, Intent: e.Intent, Op: e.Op, Record: e.Record, Patch: e.Patch,
		Appended: e.Step, Voided: Never, Committed: Never, Skipped: Never,
	})
}

// mark changes the entry at seq, if there is one.
func (x *Index) mark(seq uint64, change func(*Entry)) {
	if place, found := x.findSeq(seq); found {
		change(&x.Log[place])
	}
}

// findSeq returns where in the log seq stands, or must.
func (x *Index) findSeq(seq uint64) (int, bool) {
	return slices.BinarySearchFunc(x.Log, seq, func(n Entry, seq uint64) int { return cmp.Compare(n.Seq, seq) })
}

// Intent returns the intent with that id.
func (x *Index) Intent(id string) (Intent, bool) {
	place, found := x.find(id)
	if !found {
		return Intent{}, false
	}
	return x.Intents[x.byID[place]], true
}

// Entry returns the event of the log at seq.
func (x *Index) Entry(seq uint64) (Entry, bool) {
	place, found := x.findSeq(seq)
	if !found {
		return Entry{}, false
	}
	return x.Log[place], true
}

// LogAt returns the log as it was at the end of a step. Its marks may be of
// later steps.
func (x *Index) LogAt(step int) []Entry {
	var log []Entry
	for _, n := range x.Log {
		if n.Appended <= step {
			log = append(log, n)
		}
	}
	return log
}

// Fold returns what the log made of a record at the end of a step: without what
// it rejected by then, what is illegal where it stands, and the second event of
// one command.
func (x *Index) Fold(record string, step int) Value {
	var s user.State
	var seq uint64
	for _, n := range x.Log {
		void := n.Voided != Never && n.Voided <= step
		if n.Record != record || n.Appended > step || void || x.again(n) || user.Legal(s, n.Op) != nil {
			continue
		}
		s, seq = user.Evolve(s, user.Change{Seq: n.Seq, Client: n.Client, Op: n.Op, Patch: n.Patch}), n.Seq
	}
	if s.Version == 0 {
		return Value{}
	}
	return Value{Exists: s.Exists, Name: s.Name, Email: s.Email, Version: s.Version, Seq: seq}
}

// again reports whether an older event of the same command is in the log.
func (x *Index) again(n Entry) bool {
	u, found := x.Intent(n.Intent)
	return found && u.Seq != 0 && u.Seq < n.Seq
}
