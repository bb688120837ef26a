package search

import (
	"math"
	"slices"
	"testing"

	"optimist/shared/explore"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// twin is a state in both forms.
type twin struct {
	whole *state
	parts explore.State
}

// form is by what a whole state is told from others.
func (t *twin) form(m *model) string {
	b := append([]byte(nil), t.whole.done[:len(m.deeds)]...)
	for deeds := t.whole.refused; deeds > 0; deeds >>= 8 {
		b = append(b, byte(deeds))
	}
	b = t.whole.checker.AppendPart(append(b, 0xff), 0)
	return string(t.whole.world.AppendBinary(t.whole.checker.AppendBinary(b)))
}

// In every state of a scope, the same can happen to the parts as to the whole,
// and it shows the same. Parts leave out what nobody needs of the past, so many
// wholes may be one in parts, but none is two. (make e2e looks at more of them.)
func TestPartsDoWhatTheWholeDoes(t *testing.T) {
	for _, s := range strategy.All() {
		t.Run(s.Name, func(t *testing.T) {
			mustAgree(t, mustDefault(t, 0, s), 1, math.MaxInt)
			mustAgree(t, mustDefault(t, 1, s), 1, 1_500)
			mustAgree(t, mustDefault(t, 2, s), 1, 1_500)
		})
	}
}

// So it is where somebody takes back what was done, and tries again.
func TestPartsDoWhatTheWholeDoesWhenItIsAmended(t *testing.T) {
	mustAgree(t, mustAmend(t, strategy.Of("reconcile")), 1, 8_000)
}

// mustAmend returns a scope in which a person takes back and tries again: what
// comes of that depends on what was shown when it was done first.
func mustAmend(t *testing.T, under strategy.Strategy) *Scope {
	t.Helper()
	script, err := scenario.Parse("amended.scenario", []byte(`
client alice
given ada name="Ada" email=ada@example.org
alice edit ada name="Ada Byron"
alice edit ada name="Ada Lovelace"
alice undo ada
alice retry ada`))
	if err != nil {
		t.Fatal(err)
	}
	scope, err := NewScope(script, under)
	if err != nil {
		t.Fatal(err)
	}
	return scope
}

func mustDefault(t *testing.T, at int, under strategy.Strategy) *Scope {
	t.Helper()
	scripts, err := Defaults()
	if err != nil {
		t.Fatal(err)
	}
	scope, err := NewScope(scripts[at], under)
	if err != nil {
		t.Fatal(err)
	}
	return scope
}

// mustAgree walks both forms of so many states, those with fewer faults first, nearest
// first.
func mustAgree(t *testing.T, scope *Scope, budget, states int) {
	t.Helper()
	w := &both{T: t, whole: newModel(scope), parts: newMosaic(scope, newShelves(), nil), keys: map[string]uint64{}}
	root := twin{whole: w.whole.New(), parts: make(explore.State, w.parts.Words())}
	w.whole.Root(root.whole)
	w.parts.Root(root.parts)
	w.isNew(&root)
	more := func() bool { return len(w.keys) < states }
	for layer := []twin{root}; budget >= 0; budget-- {
		for at := 0; at < len(layer) && more(); at++ {
			layer = w.steps(layer, &layer[at], false)
		}
		var struck []twin
		for at := 0; at < len(layer) && more() && budget > 0; at++ {
			struck = w.steps(struck, &layer[at], true)
		}
		layer = struck
	}
}

// both are both forms of a scope.
type both struct {
	*testing.T
	whole *model
	parts *mosaic
	keys  map[string]uint64 // The parts' by the whole's form.
	told  explore.Marks     // On whatever way until now.
}

// steps appends the states that are new behind from, by faults or without.
func (w *both) steps(out []twin, from *twin, faults bool) []twin {
	w.Helper()
	actions := w.whole.Actions(from.whole, nil)
	if got := w.parts.Actions(from.parts, true, w.parts.Actions(from.parts, false, nil)); !slices.Equal(got, actions) {
		w.Fatalf("the whole can %v, its parts %v", actions, got)
	}
	for _, a := range actions {
		if a.IsFault() != faults {
			continue
		}
		if to, ok := w.step(from, a); ok && w.isNew(&to) {
			out = append(out, to)
		}
	}
	return out
}

// isNew notes a state, of which the whole is always the same in parts.
func (w *both) isNew(at *twin) bool {
	w.Helper()
	form, key := at.form(w.whole), explore.Fingerprint(at.parts)
	if known, is := w.keys[form]; is {
		if known != key {
			w.Fatal("one whole is two in parts")
		}
		return false
	}
	w.keys[form] = key
	return true
}

// step takes one step in both forms. What was told before, either may tell again.
func (w *both) step(from *twin, a explore.Action) (twin, bool) {
	w.Helper()
	to := twin{whole: w.whole.New(), parts: make(explore.State, w.parts.Words())}
	marks, ok := w.whole.Step(to.whole, from.whole, a)
	steps := []explore.Step{{From: from.parts, Action: a, To: to.parts}}
	w.parts.Take(steps)
	s := &steps[0]
	if ok != s.Happens || ok && (marks^s.Marks)&^w.told != 0 {
		w.Fatalf("%+v: the whole %t %x, its parts %t %x", stepOf(a), ok, marks, s.Happens, s.Marks)
	}
	if ok {
		w.told |= marks
	}
	return to, ok
}
