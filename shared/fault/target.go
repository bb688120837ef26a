package fault

import "optimist/shared/event"

// Target is the step that a fault may strike: an event, or the command that
// would become one.
type Target struct {
	Kind    event.Kind
	Record  string
	Client  string // Whose command it is.
	Command string // Its id. In a script that is the intent's: alice.1.
	Seq     uint64 // The event's place in the log; 0 for a command. Asked again about the same place, a fault counts it once.
}

// TargetOf returns the event as faults aim at it.
func TargetOf(ev event.Event) Target {
	return Target{Kind: ev.Kind, Record: ev.Record, Client: ev.Ref.Client, Command: ev.Ref.Command, Seq: ev.Seq}
}

// aims reports whether f is about t.
func (f *Fault) aims(t Target) bool {
	return f.On == "" || f.On == t.Record || f.On == t.Command || f.On == t.Kind.String() || f.aimsAtIntent(t)
}

// aimsAtIntent reports whether On is t's client and command with a dot between.
func (f *Fault) aimsAtIntent(t Target) bool {
	n := len(t.Client)
	return n > 0 && len(f.On) == n+1+len(t.Command) && f.On[:n] == t.Client && f.On[n] == '.' && f.On[n+1:] == t.Command
}

// chooses reports whether f, which is about t, strikes it, and counts t.
func (f *Fault) chooses(t Target) bool {
	if !f.counts() {
		return true
	}
	if t.Seq == 0 || t.Seq != f.Last {
		f.Seen++
		f.Last = t.Seq
	}
	return f.Seen >= f.Nth && (f.P == 0 || coin(f.Seed, uint64(f.Seen)) < f.P)
}

// counts reports whether it matters to f which of the matching steps it is.
func (f *Fault) counts() bool { return f.Nth > 1 || f.P > 0 }

// spent reports whether f has nothing left to do. A stall lasts until it is
// cleared; any other fault, for good or not, strikes Times times.
func (f *Fault) spent() bool {
	return f.Kind != ProjectStall && f.left() <= 0
}

// left returns how often f still strikes.
func (f *Fault) left() int { return max(f.Times, 1) - f.Struck }

// coin returns the nth number of the seed's sequence, from 0 up to but not 1:
// the top 53 bits of splitmix64 (Steele, Lea, Flood, 2014), whose state after n
// steps is a sum and a product, so that no generator needs to be kept.
func coin(seed, nth uint64) float64 {
	const golden = 0x9e3779b97f4a7c15
	z := seed + nth*golden
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	z ^= z >> 31
	return float64(z>>11) / (1 << 53)
}
