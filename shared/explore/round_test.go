package explore

import "testing"

// Room is given up only once every state in it is behind: a layer may end
// anywhere in a block.
func TestDropKeepsWhatIsAhead(t *testing.T) {
	for _, before := range []int{0, 1, blockStates - 1, blockStates, 2*blockStates - 1, 2 * blockStates, 3 * blockStates} {
		s := &Search{words: 1}
		var r round
		const states = 2*blockStates + 5
		for at := range uint32(states) {
			s.add(&r, State{at})
		}
		s.drop(&r, before)
		var other round
		for range states { // What was given up is used for others.
			s.add(&other, State{none})
		}
		for at := before; at < states; at++ {
			if got := r.part(at, at+1, 1); len(got) != 1 || got[0] != uint32(at) {
				t.Fatalf("with room up to %d given up, state %d is %v", before, at, got)
			}
		}
		if gone := min(before/blockStates, 3); r.kept != gone {
			t.Errorf("up to %d, room of %d blocks is given up, not of %d", before, r.kept, gone)
		}
	}
}
