package search

import (
	"math"
	"slices"
	"testing"

	"optimist/shared/explore"
	"optimist/shared/strategy"
)

// twin is a state in both forms, and what it is told from others by.
type twin struct {
	whole  *state
	parts  explore.State
	faults int
	told   explore.Marks // By the parts, on the way.
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
// and it shows the same; two are one state in one form if and only if they are
// in the other.
func TestPartsDoWhatTheWholeDoes(t *testing.T) {
	for _, s := range strategy.All() {
		t.Run(s.Name, func(t *testing.T) {
			mustAgree(t, mustDefault(t, 0, s), 1, 3_000)
			mustAgree(t, mustDefault(t, 2, s), 1, 1_500)
		})
	}
}

// So it is of a whole scope: some states are only told apart far from the
// beginning.
func TestPartsDoWhatTheWholeDoesToTheEnd(t *testing.T) {
	mustAgree(t, mustDefault(t, 1, strategy.Of("fire-and-forget")), 1, math.MaxInt)
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

// mustAgree walks both forms of so many states, nearest first.
func mustAgree(t *testing.T, scope *Scope, budget, states int) {
	t.Helper()
	m, z := newModel(scope), newMosaic(scope, newShelves(), nil)
	root := twin{whole: m.New(), parts: make(explore.State, z.Words())}
	m.Root(root.whole)
	z.Root(root.parts)
	keys := map[string]uint64{root.form(m): explore.Fingerprint(root.parts)}
	forms := map[uint64]bool{explore.Fingerprint(root.parts): true}
	for queue := []twin{root}; len(queue) > 0 && len(keys) < states; queue = queue[1:] {
		from := &queue[0]
		actions := m.Actions(from.whole, nil)
		if got := z.Actions(from.parts, true, nil); !slices.Equal(got, actions) {
			t.Fatalf("the whole can %v, its parts %v", actions, got)
		}
		for _, a := range actions {
			to, ok := bothStep(t, m, z, from, a)
			if !ok || to.faults > budget {
				continue
			}
			form, key := to.form(m), explore.Fingerprint(to.parts)
			if known, is := keys[form]; is != forms[key] || is && known != key {
				t.Fatalf("%+v: known as a whole %t, in parts %t", stepOf(a), is, forms[key])
			} else if !is {
				keys[form], forms[key] = key, true
				queue = append(queue, to)
			}
		}
	}
}

// bothStep takes one step in both forms. What was told before, either may tell
// again.
func bothStep(t *testing.T, m *model, z *mosaic, from *twin, a explore.Action) (twin, bool) {
	t.Helper()
	to := twin{whole: m.New(), parts: make(explore.State, z.Words()), faults: from.faults}
	if a.IsFault() {
		to.faults++
	}
	marks, ok := m.Step(to.whole, from.whole, a)
	steps := []explore.Step{{From: from.parts, Action: a, To: to.parts}}
	z.Take(steps)
	s := &steps[0]
	to.told = from.told | s.Marks
	if ok != s.Happens || ok && marks&^to.told != 0 {
		t.Fatalf("%+v: the whole %t %x, its parts %t %x", stepOf(a), ok, marks, s.Happens, s.Marks)
	}
	return to, ok
}
