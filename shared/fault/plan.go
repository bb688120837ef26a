package fault

import "fmt"

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
	f.ID, f.Struck = p.last, 0
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

// Strike returns the first armed fault of kind that aims at t and counts the
// strike. A fault that is spent by it is disarmed. Stalls are not counted away:
// they hold until cleared.
func (p *Plan) Strike(kind Kind, t Target) (Fault, bool) {
	for i := range p.armed {
		f := &p.armed[i]
		if f.Kind != kind || !f.aims(t) {
			continue
		}
		f.Struck++
		struck := *f
		if struck.spent() {
			p.armed = append(p.armed[:i], p.armed[i+1:]...)
		}
		return struck, true
	}
	return Fault{}, false
}
