package anomaly

import (
	"cmp"
	"fmt"
	"slices"

	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// Checker reads a trace fact by fact and tells of each anomaly the moment it is
// certain. It keeps what the definitions need of the run so far, in flat slices
// that CopyFrom reuses. It has one owner and is not safe for concurrent use.
type Checker struct {
	strategy string
	names    []trace.Alias
	step     int
	acts     int32 // How many intents were acted.
	sighted  bool  // The trace tells of the server, not of a client alone.

	people  []person // In the order they came.
	intents []intent // In the order they were first heard of, as are the next three.
	records []record
	screens []screen
	log     []entry

	byIntent, byRecord, byScreen, bySeq []int32 // Indexes, sorted.

	cursor int     // How much of bySeq the projector has passed without a gap.
	open   []int32 // Intents to be judged at the next quiet.
	dirty  []int32 // Records to be judged at the next quiet.

	// Of the step under way.
	looked    []int32 // Screens.
	rows      []int32 // Records whose row changed.
	cascaded  []int32 // Intents that fell with another.
	overtaken uint64  // An event that was committed before an older one was passed; 0: none.

	found []Finding // Of this call.
}

// none is the index of nothing.
const none = int32(-1)

// marks is a set of anomalies.
type marks uint32

// add puts n into m and reports whether it was missing.
func (m *marks) add(n number) bool {
	had := *m&(1<<n) != 0
	*m |= 1 << n
	return !had
}

// told is what was reported already. A price does not hide a defect.
type told struct{ defects, prices marks }

// New returns a checker for a run under that strategy, as strategy.Parse reads
// it.
func New(text string) *Checker { return &Checker{strategy: text} }

// Name makes the checker call a record by its name in a script.
func (c *Checker) Name(alias trace.Alias) { c.names = append(c.names, alias) }

// Step takes the next fact and returns what became certain by it, that of the
// step before it included. The slice is valid until the next call.
func (c *Checker) Step(e trace.Event) []Finding {
	c.found = c.found[:0]
	if e.Step != c.step || e.Kind == trace.Quiet {
		c.endStep()
		c.step = e.Step
	}
	c.take(&e)
	return c.found
}

// Flush returns what is certain now that the last step is over. Whoever must
// know at once calls it after each step; Step does so when another begins. The
// slice is valid until the next call.
func (c *Checker) Flush() []Finding {
	c.found = c.found[:0]
	c.endStep()
	return c.found
}

// take hands the fact to its reader.
func (c *Checker) take(e *trace.Event) {
	switch e.Kind {
	case trace.Acted:
		c.acted(e)
	case trace.Held:
		c.believes(c.intent(e), trace.FateHeld)
	case trace.Sent:
		c.believes(c.intent(e), trace.FateSent)
	case trace.Answered:
		if e.Verdict == protocol.Accepted || e.Verdict == protocol.Confirmed {
			c.intents[c.intent(e)].promised = true
		}
	case trace.Believed:
		c.believed(e)
	case trace.Based:
		c.based(e)
	case trace.Rendered:
		c.rendered(e)
	case trace.Disconnected, trace.Reconnected:
		c.people[c.person(e.Client)].cut = e.Kind == trace.Disconnected
	case trace.Crashed, trace.Restarted:
		c.crashed(e.Actor, e.Kind == trace.Crashed)
	case trace.Decided:
		c.decided(e)
	case trace.Wrote:
		c.wrote(e)
	case trace.Appended:
		c.appended(e)
	case trace.Refused:
		c.intents[c.intent(e)].refused = true
	case trace.Voided:
		c.voided(e)
	case trace.Committed:
		c.committed(e)
	case trace.Skipped:
		c.skipped(e)
	case trace.Quiet:
		c.quiet(e.Stalled)
	case trace.Published, trace.Faulted, trace.Waited:
	default:
		panic(fmt.Sprintf("anomaly: unknown %v", e.Kind))
	}
}

// endStep judges what a step leaves behind.
func (c *Checker) endStep() {
	for _, s := range c.looked {
		c.look(s)
	}
	for _, r := range c.rows {
		c.explain(r)
	}
	c.cascades()
	c.looked, c.rows, c.cascaded, c.overtaken = c.looked[:0], c.rows[:0], c.cascaded[:0], 0
}

// report adds a finding unless it was told already.
func (c *Checker) report(n number, to *told, price bool, f Finding) {
	if price && !to.prices.add(n) || !price && !to.defects.add(n) {
		return
	}
	f.ID, f.Name, f.Step, f.Price = definitions[n].ID, definitions[n].Name, c.step, price
	c.found = append(c.found, f)
}

// accuse reports an anomaly of an intent.
func (c *Checker) accuse(n number, u *intent, price bool, format string, args ...any) {
	c.report(n, &u.told, price, Finding{
		Client: u.client, Intent: u.id, Record: c.recordID(u.record), Why: fmt.Sprintf(format, args...),
	})
}

// compensates reports whether rejections of the intent are logged, so that
// what follows from one is a printed price.
func (c *Checker) compensates(u *intent) bool {
	text := u.strategy
	if text == "" {
		text = c.strategy
	}
	return strategy.Of(text).Compensates()
}

// person is one client.
type person struct {
	name      string
	cut, down bool
}

// person returns the client's index.
func (c *Checker) person(name string) int32 {
	at := slices.IndexFunc(c.people, func(p person) bool { return p.name == name })
	if at < 0 {
		at = len(c.people)
		c.people = append(c.people, person{name: name})
	}
	return int32(at)
}

// crashed takes a client's memory: what its screens showed is no promise any
// more.
func (c *Checker) crashed(actor string, down bool) {
	if actor == trace.Server || actor == trace.Log || actor == trace.Projector {
		return
	}
	p := c.person(actor)
	c.people[p].down = down
	for i := range c.screens {
		if s := &c.screens[i]; s.person == p {
			s.forget()
		}
	}
}

// find returns where in index something stands or must stand; order compares
// the thing at an index with what is looked for.
func find(index []int32, order func(at int32) int) (int, bool) {
	return slices.BinarySearchFunc(index, struct{}{}, func(at int32, _ struct{}) int { return order(at) })
}

// intent returns the index of the fact's intent, made if need be.
func (c *Checker) intent(e *trace.Event) int32 {
	at, found := c.intentAt(e.Client, e.Intent)
	if found {
		return c.byIntent[at]
	}
	i := int32(len(c.intents))
	c.intents = append(c.intents, intent{
		client: e.Client, id: e.Intent, record: none, cause: none, entry: none, next: none,
	})
	c.byIntent = slices.Insert(c.byIntent, at, i)
	return i
}

// intentAt returns the place of a client's intent in byIntent.
func (c *Checker) intentAt(client, id string) (int, bool) {
	return find(c.byIntent, func(at int32) int {
		u := &c.intents[at]
		return cmp.Or(cmp.Compare(u.id, id), cmp.Compare(u.client, client))
	})
}

// record returns the index of a record, made if need be.
func (c *Checker) record(id string) int32 {
	at, found := find(c.byRecord, func(at int32) int { return cmp.Compare(c.records[at].id, id) })
	if found {
		return c.byRecord[at]
	}
	r := int32(len(c.records))
	c.records = append(c.records, record{id: id, first: none, last: none})
	c.byRecord = slices.Insert(c.byRecord, at, r)
	return r
}

// screen returns the index of what a person sees of a record, made if need be.
func (c *Checker) screen(person, rec int32) int32 {
	at, found := find(c.byScreen, func(at int32) int {
		s := &c.screens[at]
		return cmp.Or(cmp.Compare(s.record, rec), cmp.Compare(s.person, person))
	})
	if found {
		return c.byScreen[at]
	}
	i := int32(len(c.screens))
	c.screens = append(c.screens, screen{person: person, record: rec, watched: none, ahead: none})
	c.byScreen = slices.Insert(c.byScreen, at, i)
	return i
}

// entry returns the log's entry at seq, or none.
func (c *Checker) entry(seq uint64) int32 {
	at, found := c.entryAt(seq)
	if !found {
		return none
	}
	return c.bySeq[at]
}

// entryAt returns the place of seq in bySeq.
func (c *Checker) entryAt(seq uint64) (int, bool) {
	if n := len(c.bySeq); n == 0 || c.log[c.bySeq[n-1]].seq < seq {
		return n, false
	}
	return find(c.bySeq, func(at int32) int { return cmp.Compare(c.log[at].seq, seq) })
}

// insertOnce appends v to list unless it is there.
func insertOnce(list []int32, v int32) []int32 {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

// field names what p sets, for a sentence.
func field(p user.Patch) string {
	switch p.Set {
	case user.FieldName:
		return "name"
	case user.FieldEmail:
		return "email"
	}
	return "same field"
}
