package explore_test

import (
	"encoding/binary"

	"optimist/shared/explore"
)

// race is the model of testdata/race.pml, written anew.
type race struct{ persons, changes, faults int }

// Limits of a race.
const (
	maxPersons = 3
	maxEntries = 9
)

// raceState is one state of a race.
type raceState struct {
	typed, handled, answered, lost, accepted, rows [maxPersons]uint8
	entry                                          [maxEntries]uint8
	length, projected, faults                      uint8
}

// raceWords is how many words hold its bytes.
const raceWords = 8

// pack makes to the words of s.
func (s *raceState) pack(to explore.State) {
	var bytes [4 * raceWords]byte
	b := bytes[:0]
	for _, p := range [...]*[maxPersons]uint8{&s.typed, &s.handled, &s.answered, &s.lost, &s.accepted, &s.rows} {
		b = append(b, p[:]...)
	}
	b = append(b, s.length, s.projected, s.faults)
	_ = append(b, s.entry[:]...)
	for i := range to {
		to[i] = binary.LittleEndian.Uint32(bytes[4*i:])
	}
}

// unpacked returns the state of those words.
func unpacked(from explore.State) (s raceState) {
	var bytes [4 * raceWords]byte
	for i, word := range from {
		binary.LittleEndian.PutUint32(bytes[4*i:], word)
	}
	b := bytes[:]
	for _, p := range [...]*[maxPersons]uint8{&s.typed, &s.handled, &s.answered, &s.lost, &s.accepted, &s.rows} {
		b = b[copy(p[:], b):]
	}
	s.length, s.projected, s.faults = b[0], b[1], b[2]
	copy(s.entry[:], b[3:])
	return s
}

// What happens in a race; the person is in the bits above.
const (
	typeIt explore.Action = iota
	handleIt
	answerIt
	projectIt
	loseIt = explore.Fault
)

// spurious marks a change that was refused although the log has its record.
const spurious explore.Marks = 1

func (r race) Words() int { return raceWords }

func (r race) Root(s explore.State) { (&raceState{}).pack(s) }

func (r race) Actions(state explore.State, faults bool, out []explore.Action) []explore.Action {
	s := unpacked(state)
	for c := range r.persons {
		of := explore.Action(c) << 4
		if faults {
			if s.answered[c] < s.handled[c] && int(s.faults) < r.faults {
				out = append(out, loseIt|of)
			}
			continue
		}
		if int(s.typed[c]) < r.changes {
			out = append(out, typeIt|of)
		}
		if s.handled[c] < s.typed[c] {
			out = append(out, handleIt|of)
		}
		if s.answered[c] < s.handled[c] {
			out = append(out, answerIt|of)
		}
	}
	if !faults && s.projected < s.length {
		out = append(out, projectIt)
	}
	return out
}

func (r race) Take(steps []explore.Step) {
	for i := range steps {
		s := &steps[i]
		to := unpacked(s.From)
		s.Marks, s.Happens = r.step(&to, s.Action), true
		to.pack(s.To)
	}
}

// step takes one step.
func (r race) step(to *raceState, a explore.Action) explore.Marks {
	c := a >> 4 & 3
	switch a &^ (3 << 4) {
	case typeIt:
		to.typed[c]++
	case handleIt:
		to.handled[c]++
		if to.handled[c] > 1 && to.rows[c] == 0 {
			return spurious
		}
		to.accepted[c] |= 1 << (to.handled[c] - 1)
		to.entry[to.length] = uint8(c)
		to.length++
	case answerIt:
		to.answered[c]++
	case loseIt:
		to.lost[c] |= 1 << to.answered[c]
		to.answered[c]++
		to.faults++
	case projectIt:
		to.rows[to.entry[to.projected]]++
		to.projected++
	}
	return 0
}
