package anomaly

import (
	"cmp"
	"slices"

	"optimist/shared/trace"
)

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
	at, found := c.screenAt(person, rec)
	if found {
		return c.byScreen[at]
	}
	i := int32(len(c.screens))
	c.screens = append(c.screens, screen{person: person, record: rec, watched: none, ahead: none})
	c.byScreen = slices.Insert(c.byScreen, at, i)
	return i
}

// screenAt returns the place of a screen in byScreen.
func (c *Checker) screenAt(person, rec int32) (int, bool) {
	return find(c.byScreen, func(at int32) int {
		s := &c.screens[at]
		return cmp.Or(cmp.Compare(s.record, rec), cmp.Compare(s.person, person))
	})
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
