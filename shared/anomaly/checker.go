package anomaly

import (
	"fmt"
	"slices"

	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/trace"
)

// Checker reads a trace fact by fact and tells of each anomaly the moment it is
// certain. It keeps what the definitions need of the run so far, in flat slices
// that CopyFrom reuses. It has one owner and is not safe for concurrent use.
type Checker struct {
	strategy string
	names    []trace.Alias
	brief    bool // Findings have no words.
	step     int

	stores
	people   []person // In the order they came.
	intents  []intent // In the order they were first heard of, as are the screens.
	screens  []screen
	byScreen []int32 // Index, sorted.

	open  []int32 // Intents to be judged at the next quiet.
	dirty []int32 // Records to be judged at the next quiet.

	// Of the step under way.
	looked    []int32 // Screens.
	rows      []int32 // Records whose row changed.
	cascaded  []int32 // Intents that fell with another.
	overtaken uint64  // An event that was committed before an older one was passed; 0: none.

	found []Finding // Of this call.
}

// stores is what it knows of log and rows, and in which order everything stands.
type stores struct {
	sighted bool // The trace tells of the server, not of a client alone.
	cursor  int  // How much of bySeq the projector has passed without a gap.
	records []record
	log     []entry

	byIntent, byRecord, bySeq []int32 // Indexes, sorted.
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

// has reports whether n was reported.
func (t *told) has(n number, price bool) bool {
	if price {
		return t.prices&(1<<n) != 0
	}
	return t.defects&(1<<n) != 0
}

// New returns a checker for a run under that strategy, as strategy.Parse reads
// it.
func New(text string) *Checker { return &Checker{strategy: text} }

// Name makes the checker call a record by its name in a script.
func (c *Checker) Name(alias trace.Alias) { c.names = append(c.names, alias) }

// Brief makes the checker tell which anomalies there are, and not why, for whoever
// only counts them.
func (c *Checker) Brief() { c.brief = true }

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
		c.screens[s].touched, c.screens[s].rendered = false, false
	}
	for _, r := range c.rows {
		c.explain(r)
		c.records[r].moved = false
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
	if u.told.has(n, price) {
		return
	}
	c.report(n, &u.told, price, Finding{
		Client: u.client, Intent: u.id, Record: c.recordID(u.record), Why: c.sentence(format, args...),
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
	acts      int32 // How many intents were acted.
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
	c.people[p].cut = c.people[p].cut || down // Until it connects again.
	for i := range c.screens {
		if s := &c.screens[i]; s.person == p {
			s.forget()
		}
	}
}

// openUp has an intent judged at the next quiet.
func (c *Checker) openUp(i int32) {
	if u := &c.intents[i]; !u.open {
		u.open = true
		c.open = append(c.open, i)
	}
}

// soil has a record judged at the next quiet.
func (c *Checker) soil(r int32) {
	if rec := &c.records[r]; !rec.dirty {
		rec.dirty = true
		c.dirty = append(c.dirty, r)
	}
}

// moved has a record's row explained at the end of the step.
func (c *Checker) moved(r int32) {
	if rec := &c.records[r]; !rec.moved {
		rec.moved = true
		c.rows = append(c.rows, r)
	}
}

// touch has a screen looked at at the end of the step.
func (c *Checker) touch(s int32) {
	if scr := &c.screens[s]; !scr.touched {
		scr.touched = true
		c.looked = append(c.looked, s)
	}
}
