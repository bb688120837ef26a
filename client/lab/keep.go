package lab

import (
	"errors"
	"slices"

	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/sim"
)

// maxKept is how many records, rows, fates and intents the stops of one tape can
// hold together: some hundred megabytes.
const maxKept = 2_000_000

// ErrTooMuch says that a story moves more than a tape can hold.
var ErrTooMuch = errors.New("the story is too big to be played: too many steps over too many records")

// keeper keeps the states of a run. What did not change from one to the next is
// kept once.
type keeper struct {
	log  []event.Event // The longest so far; each state has a part of it.
	last *sim.State
	kept int
}

// keep returns s, with what it shares with the state before it.
func (k *keeper) keep(s *sim.State) (*sim.State, error) {
	if n := len(k.log); len(s.Log) >= n {
		k.log = append(k.log, s.Log[n:]...)
		s.Log = k.log[:len(k.log):len(k.log)]
	}
	if old := k.last; old != nil {
		k.kept += share(&s.Rows, old.Rows, slices.Equal[[]protocol.Row]) + share(&s.Fates, old.Fates, slices.Equal[[]sim.FateState])
		for i := range min(len(s.Clients), len(old.Clients)) {
			now, then := &s.Clients[i], &old.Clients[i]
			k.kept += share(&now.Intents, then.Intents, slices.Equal[[]sim.IntentState]) + share(&now.Records, then.Records, sameRecords)
		}
	}
	k.last = s
	if k.kept > maxKept {
		return nil, ErrTooMuch
	}
	return s, nil
}

// share makes now what then is if they are equal, and returns how much is kept
// because they are not.
func share[S ~[]E, E any](now *S, then S, equal func(S, S) bool) int {
	if equal(*now, then) {
		*now = then
		return 0
	}
	return len(*now)
}

// sameRecords reports whether two screens show the same.
func sameRecords(a, b []sim.RecordState) bool {
	return slices.EqualFunc(a, b, func(x, y sim.RecordState) bool {
		return x.ID == y.ID && x.Name == y.Name && x.Email == y.Email && x.Status == y.Status && x.Exists == y.Exists &&
			x.Ghost == y.Ghost && x.Deleting == y.Deleting && x.Slow == y.Slow && x.Twin == y.Twin &&
			x.Seen == y.Seen && x.Log == y.Log && x.DB == y.DB && slices.Equal(x.Shown, y.Shown)
	})
}
