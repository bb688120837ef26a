package search

import "optimist/shared/explore"

// change is what becomes of one word of a state.
type change struct {
	word  uint16
	kind  changeKind
	value uint32
}

// changeKind is what a change does with its value.
type changeKind uint8

const (
	sets   changeKind = iota // The word becomes it.
	adds                     // It is added to the word.
	joins                    // Its bits are set in the word.
	pops                     // The queue loses its first thing.
	pushes                   // It is put behind the queue.
)

// changes are those of one step, in their order. The first lie at hand, so that
// what is looked up is read in one go.
type changes struct {
	n    int
	few  [5]change
	more []change // Nobody changes it.
}

// note adds a change.
func (c *changes) note(word int, kind changeKind, value uint32) {
	x := change{uint16(word), kind, value}
	if c.n < len(c.few) {
		c.few[c.n] = x
	} else {
		c.more = append(c.more, x)
	}
	c.n++
}

// change makes all changes to s.
func (m *mosaic) change(s explore.State, all *changes) {
	for _, c := range all.few[:min(all.n, len(all.few))] {
		m.changeWord(&s[c.word], c)
	}
	for _, c := range all.more {
		m.changeWord(&s[c.word], c)
	}
}

// changeWord makes a change to its word.
func (m *mosaic) changeWord(word *uint32, c change) {
	switch c.kind {
	case sets:
		*word = c.value
	case adds:
		*word += c.value
	case joins:
		*word |= c.value
	case pops:
		*word = m.parts.queues.part(*word).rest
	case pushes:
		*word = m.parts.push(*word, c.value)
	}
}

// refuse notes deeds that were refused although they were legal.
func (c *changes) refuse(deeds uint64) {
	for i := range 2 {
		if half := uint32(deeds >> (32 * i)); half != 0 {
			c.note(refusedAt+i, joins, half)
		}
	}
}
