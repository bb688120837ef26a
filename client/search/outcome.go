package search

import (
	"encoding/binary"

	"optimist/shared/explore"
)

// change is what becomes of one word of a state.
type change struct {
	word  uint8
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

// outcome is what a step or a judgement makes of a state. With its key it fits
// into 64 bytes, which the processor fetches in one go.
type outcome struct {
	values [few]uint32 // Of the first changes,
	words  [few]uint8  // as are these
	kinds  [few]changeKind
	n      uint8 // and their number.
	is     trait
	wants  want   // If more than was looked at, the rest means nothing.
	rest   uint32 // On its shelf: what is seldom; 0: nothing is.
}

// few is how many changes most outcomes have at most.
const few = 4

// trait is a set of what can be said of an outcome.
type trait uint8

const (
	happens  trait = 1 << iota // It can.
	confirms                   // A client knows that a change of its person is confirmed.
	tallies                    // What is counted of a state may become more.
	tells                      // Something goes on its way in the feed.
	echoes                     // Each connected client learns of it: see Scope.echo.
)

// rest is what few outcomes have.
type rest struct {
	marks   explore.Marks
	changes []change // Behind the few.
}

// draft is an outcome that is being made.
type draft struct {
	changes []change
	marks   explore.Marks
	is      trait
}

// note adds a change.
func (d *draft) note(word int, kind changeKind, value uint32) {
	d.changes = append(d.changes, change{uint8(word), kind, value})
}

// refuse notes deeds that were refused although they were legal.
func (d *draft) refuse(deeds uint64) {
	for i := range 2 {
		if half := uint32(deeds >> (32 * i)); half != 0 {
			d.note(refusedAt+i, joins, half)
			d.is |= tallies
		}
	}
}

// putOutcome returns the outcome that was drafted.
func (p *parts) putOutcome(d *draft) outcome {
	o := outcome{is: d.is, n: uint8(min(len(d.changes), few))}
	for i, c := range d.changes[:o.n] {
		o.values[i], o.words[i], o.kinds[i] = c.value, c.word, c.kind
	}
	r := rest{d.marks, d.changes[o.n:]}
	if r.marks == 0 && len(r.changes) == 0 {
		return o
	}
	p.form = binary.LittleEndian.AppendUint64(p.form[:0], uint64(r.marks))
	for _, c := range r.changes {
		p.form = append(p.form, byte(c.kind), c.word)
		p.form = binary.LittleEndian.AppendUint32(p.form, c.value)
	}
	o.rest = p.rests.put(p.form, func() rest { return rest{r.marks, append([]change(nil), r.changes...)} })
	return o
}

// become makes of s what an outcome says, and returns what there is to say of it.
func (m *mosaic) become(s explore.State, o *outcome) explore.Marks {
	for i := range o.n {
		if word := &s[o.words[i]]; o.kinds[i] == sets { // As most do: a call would be dearer than the change.
			*word = o.values[i]
		} else {
			m.change(word, o.kinds[i], o.values[i])
		}
	}
	if o.rest == 0 {
		return 0
	}
	r := m.parts.rests.part(o.rest)
	for _, c := range r.changes {
		m.change(&s[c.word], c.kind, c.value)
	}
	return r.marks
}

// change makes a change to its word.
func (m *mosaic) change(word *uint32, kind changeKind, value uint32) {
	switch kind {
	case sets:
		*word = value
	case adds:
		*word += value
	case joins:
		*word |= value
	case pops:
		*word = m.parts.queues.part(*word).rest
	case pushes:
		*word = m.parts.push(*word, value)
	}
}
