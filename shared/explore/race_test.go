package explore_test

import "optimist/shared/explore"

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

func (r race) New() *raceState { return &raceState{} }

func (r race) Root(s *raceState) { *s = raceState{} }

func (r race) Copy(to, from *raceState) { *to = *from }

func (r race) Actions(s *raceState, out []explore.Action) []explore.Action {
	for c := range r.persons {
		of := explore.Action(c) << 4
		if int(s.typed[c]) < r.changes {
			out = append(out, typeIt|of)
		}
		if s.handled[c] < s.typed[c] {
			out = append(out, handleIt|of)
		}
		if s.answered[c] < s.handled[c] {
			out = append(out, answerIt|of)
			if int(s.faults) < r.faults {
				out = append(out, loseIt|of)
			}
		}
	}
	if s.projected < s.length {
		out = append(out, projectIt)
	}
	return out
}

func (r race) Step(to, from *raceState, a explore.Action) (explore.Marks, bool) {
	*to = *from
	c := a >> 4 & 3
	switch a &^ (3 << 4) {
	case typeIt:
		to.typed[c]++
	case handleIt:
		to.handled[c]++
		if from.handled[c] > 0 && from.rows[c] == 0 {
			return spurious, true
		}
		to.accepted[c] |= 1 << from.handled[c]
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
	return 0, true
}

func (r race) AppendBinary(s *raceState, b []byte) []byte {
	for _, p := range [...]*[maxPersons]uint8{&s.typed, &s.handled, &s.answered, &s.lost, &s.accepted, &s.rows} {
		b = append(b, p[:r.persons]...)
	}
	b = append(b, s.length, s.projected, s.faults)
	return append(b, s.entry[:s.length]...)
}
