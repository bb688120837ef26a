package search

import (
	"optimist/shared/anomaly"
	"optimist/shared/explore"
	"optimist/shared/trace"
)

// remember makes the checker what it is in s, as far as it has to do with these
// clients.
func (w *workshop) remember(s explore.State, whose uint64) {
	var memories [1 + maxClients]*anomaly.Part
	memories[0] = *w.parts.stores.part(s[w.stores])
	for place := range w.model.deeds {
		if whose&(1<<place) != 0 {
			memories[1+place] = *w.parts.minds.part(s[w.client(place)+mindWord])
		}
	}
	w.state.checker.Restore(memories[:1+len(w.model.deeds)])
}

// judge shows the checker what happened.
func (w *workshop) judge(from explore.State, k *verdictKey) outcome {
	whose := w.judged(k)
	w.remember(from, whose)
	s := &w.state
	s.refused = 0
	w.draft = draft{changes: w.draft.changes[:0], marks: w.model.watch(s, w.parts.stories.part(k.story).events)}
	if k.quiet != loud {
		w.marks |= w.model.watch(s, []trace.Event{{Kind: trace.Quiet, Step: 1, Stalled: k.quiet == stalled}})
	}
	w.refuse(s.refused)
	if !s.checker.Holds(*w.parts.stores.part(from[w.stores])) {
		if id := w.parts.putStores(&s.checker); id != from[w.stores] {
			w.note(w.stores, sets, id)
		}
	}
	for place := range w.model.deeds {
		if whose&(1<<place) == 0 {
			continue
		}
		word := w.client(place) + mindWord
		if id := w.parts.putMind(&s.checker, place); id != from[word] {
			w.note(word, sets, id)
		}
	}
	return w.parts.putOutcome(&w.draft)
}

// settle returns which mind stands, in s, for that of the client at a place. What
// it tells depends on the stores only: most are met beside many programs.
func (w *workshop) settle(s explore.State, place int, k mindKey) uint32 {
	beside := pair{k.stores, k.mind}
	hash := beside.hash()
	form := w.parts.forms.find(hash, &beside)
	if form == nil {
		form = w.parts.forms.learn(hash, &beside, func() uint64 {
			w.remember(s, 1<<place)
			return w.parts.mindForm(&w.state.checker, place, k.stores)
		})
	}
	return w.parts.settle(k, *form)
}
