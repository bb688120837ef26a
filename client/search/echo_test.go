package search

import (
	"math/rand/v2"
	"testing"

	"optimist/shared/explore"
	"optimist/shared/strategy"
)

// A step of which every connected client learns is put together of what it is to
// the server and to each client alone. That is, word by word, what becomes of the
// whole: wherever two persons can get with any number of faults, whoever is cut
// off, and whatever is under way when the server crashes.
func TestEchoesMakeTheWhole(t *testing.T) {
	for _, s := range strategy.All() {
		t.Run(s.Name, func(t *testing.T) {
			scope := mustDefault(t, 2, s)
			w := &both{T: t, whole: newModel(scope), parts: newMosaic(scope, newShelves(), nil)}
			heard := map[hearing]bool{}
			for seed := range uint64(40) {
				w.stroll(rand.New(rand.NewPCG(seed, 0)), heard)
			}
			for _, echo := range []verb{cut, reconnect} {
				for clients := range 3 {
					if !heard[hearing{echo, clients}] {
						t.Errorf("%d clients never learned of a step as of %d", clients, echo)
					}
				}
			}
		})
	}
}

// hearing is as what a step was learned of, and by how many clients.
type hearing struct {
	echo    verb
	clients int
}

// stroll goes any way, and tries each step with an echo on it.
func (w *both) stroll(chance *rand.Rand, heard map[hearing]bool) {
	w.Helper()
	at := twin{whole: w.whole.New(), parts: make(explore.State, w.parts.Words())}
	w.whole.Root(at.whole)
	w.parts.Root(at.parts)
	for range 60 {
		actions := w.whole.Actions(at.whole, nil)
		if len(actions) == 0 {
			return
		}
		for _, a := range actions {
			echo, yes := w.whole.scope.echo(stepOf(a))
			if !yes {
				continue
			}
			if to, ok := w.step(&at, a); ok {
				w.mustBeWhole(&to)
				clients, underWay := w.hearers(at.parts)
				heard[hearing{echo, clients}] = heard[hearing{echo, clients}] || underWay || echo == reconnect
			}
		}
		if to, ok := w.step(&at, actions[chance.IntN(len(actions))]); ok {
			at = to
		}
	}
}

// hearers returns how many clients are connected, and whether anything is on its
// way to or from one.
func (w *both) hearers(s explore.State) (clients int, underWay bool) {
	for place := range w.whole.deeds {
		if s[linksAt]&cutBit(place) == 0 {
			clients++
		}
		words := s[w.parts.client(place):]
		underWay = underWay || words[commandsWord]|words[repliesWord]|words[messagesWord] != emptyQueue
	}
	return clients, underWay
}

// mustBeWhole compares the parts of a state with those into which the whole falls.
func (w *both) mustBeWhole(at *twin) {
	w.Helper()
	shop, split := w.parts.workshop, append(explore.State(nil), at.parts...)
	newModel(w.whole.scope).Copy(&shop.state, at.whole)
	shop.state.world.Shift(noon - shop.state.world.Now())
	for word := w.parts.backend; word < len(split); word++ {
		split[word] = 0
	}
	shop.split(split)
	shop.forget()
	for word := range split {
		if split[word] != at.parts[word] {
			w.Errorf("the whole falls into %v, not %v: word %d", split, at.parts, word)
			break
		}
	}
}
