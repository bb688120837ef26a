package fault

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Plan is the faults that are armed, in the order they were. The zero Plan is
// empty. It has one owner and is not safe for concurrent use.
type Plan struct {
	armed []Fault
	last  int
}

// Arm adds f under a new id and returns it as armed, or says what is wrong.
func (p *Plan) Arm(f Fault) (Fault, error) {
	if err := f.Validate(); err != nil {
		return Fault{}, err
	}
	if len(p.armed) >= MaxArmed {
		return Fault{}, fmt.Errorf("%d faults are armed already; clear some first", MaxArmed)
	}
	p.last++
	f.ID, f.Struck, f.Seen, f.Last = p.last, 0, 0, 0
	p.armed = append(p.armed, f)
	return f, nil
}

// Clear removes the fault with that id, or all of them for id 0, and returns
// how many it removed.
func (p *Plan) Clear(id int) int {
	kept := p.armed[:0]
	for _, f := range p.armed {
		if id != 0 && f.ID != id {
			kept = append(kept, f)
		}
	}
	n := len(p.armed) - len(kept)
	p.armed = kept
	return n
}

// List returns a copy of what is armed.
func (p *Plan) List() []Fault { return append([]Fault(nil), p.armed...) }

// Put makes p hold what List returned of another: where the process that armed
// them crashed.
func (p *Plan) Put(armed []Fault) {
	p.armed, p.last = append(p.armed[:0], armed...), 0
	for i := range armed {
		p.last = max(p.last, armed[i].ID)
	}
}

// Len returns how many are armed.
func (p *Plan) Len() int { return len(p.armed) }

// Strike returns the first armed fault of kind that strikes t and counts the
// strike; every other of that kind that aims at t counts t as passed. A fault
// that is spent by it is disarmed. Stalls are not counted away: they hold until
// cleared.
func (p *Plan) Strike(kind Kind, t Target) (Fault, bool) {
	at := -1
	for i := range p.armed {
		f := &p.armed[i]
		if f.Kind == kind && f.aims(t) && f.chooses(t) && at < 0 {
			at = i
		}
	}
	if at < 0 {
		return Fault{}, false
	}
	f := &p.armed[at]
	f.Struck++
	struck := *f
	if f.spent() {
		p.armed = append(p.armed[:at], p.armed[at+1:]...)
	}
	return struck, true
}

// CopyFrom makes p what other is, in p's own memory.
func (p *Plan) CopyFrom(other *Plan) {
	p.armed = append(p.armed[:0], other.armed...)
	p.last = other.last
}

// AppendBinary appends what decides how p strikes from here on, in one form:
// two plans that will strike alike have equal bytes, whatever ids their faults
// have and how often they have struck.
func (p *Plan) AppendBinary(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(p.armed)))
	for i := range p.armed {
		b = p.armed[i].appendBinary(b)
	}
	return b
}

func (f *Fault) appendBinary(b []byte) []byte {
	b = append(b, byte(f.Kind.place()), bit(f.Forever))
	b = appendText(b, f.On)
	b = appendText(b, f.Reason)
	b = binary.AppendUvarint(b, uint64(f.Delay))
	if f.Kind != ProjectStall {
		b = binary.AppendUvarint(b, uint64(f.left()))
	}
	passing := 0
	if f.Nth > 1 {
		passing = max(f.Nth-f.Seen, 0)
	}
	b = binary.AppendUvarint(b, uint64(passing))
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(f.P))
	if passing > 0 || f.P > 0 {
		b = binary.AppendUvarint(b, f.Last)
	}
	if f.P > 0 {
		b = binary.BigEndian.AppendUint64(b, f.Seed)
		b = binary.AppendUvarint(b, uint64(f.Seen))
	}
	return b
}

func bit(yes bool) byte {
	if yes {
		return 1
	}
	return 0
}

func appendText(b []byte, text string) []byte {
	b = binary.AppendUvarint(b, uint64(len(text)))
	return append(b, text...)
}
