package tui

import (
	"slices"
	"strings"
	"testing"

	"optimist/client/terminal"
	"optimist/client/view"
)

var allPanes = []view.Pane{view.PanePipeline, view.PaneRecords, view.PaneInspector, view.PaneLog, view.PaneFaults}

func TestNoTwoActionsShareAKey(t *testing.T) {
	for _, p := range allPanes {
		owner := map[string]string{}
		for i := range actions {
			a := &actions[i]
			if !a.in(p) {
				continue
			}
			for _, k := range a.keys {
				if other, taken := owner[k]; taken {
					t.Errorf("pane %d: %q is both %q and %q", p, k, other, a.name)
				}
				owner[k] = a.name
			}
		}
	}
}

func TestReservedKeysAreFree(t *testing.T) {
	for _, k := range []string{"x", ".", ",", "[", "]", "P"} {
		for _, p := range allPanes {
			if a := actionFor(k, p); a != nil {
				t.Errorf("%q is %q, but what it is for is not built", k, a.name)
			}
		}
	}
}

func TestEveryActionIsInHelpAndPalette(t *testing.T) {
	helped := map[string]bool{}
	for _, g := range new(help).view().Groups {
		for _, k := range g.Keys {
			helped[k.Key+" "+k.Does] = true
		}
	}
	everything := (&palette{input: terminal.NewInput()}).view().Items
	for i := range actions {
		a := &actions[i]
		if !helped[a.shown()+" "+a.name] {
			t.Errorf("%q is not in help", a.name)
		}
		if !slices.ContainsFunc(everything, func(it view.PaletteItem) bool { return it.Name == a.name && it.Key == a.shown() }) {
			t.Errorf("%q is not in the palette", a.name)
		}
		if a.name == "" || a.help == "" || len(a.keys) == 0 || !slices.Contains(groups, a.group) {
			t.Errorf("%+v is incomplete", a)
		}
		typed := &palette{input: terminal.NewInput()}
		typed.input.Set(a.name)
		if found := typed.found(); len(found) == 0 || found[0].name != a.name {
			t.Errorf("the palette does not find %q by its name first", a.name)
		}
	}
}

// TestActionsNeverPanic runs every action from every pane, on an empty screen, on
// one with rows, and before the session is open.
func TestActionsNeverPanic(t *testing.T) {
	for name, start := range map[string]func() *rig{
		"empty": func() *rig { return mustRig(t, 80, 24, Options{}) },
		"rows":  func() *rig { return mustRig(t, 80, 24, Options{Demo: true}, someRows(50)...) },
		"small": func() *rig { return mustRig(t, 41, 11, Options{}, someRows(5)...) },
		"unopened": func() *rig {
			r := mustRig(t, 80, 24, Options{})
			r.m.remote = nil
			return r
		},
	} {
		t.Run(name, func(t *testing.T) {
			for i := range actions {
				for _, p := range allPanes {
					r := start()
					r.m.focusOn(p)
					r.m.do(&actions[i])
					r.m.dirty = true
					_ = r.m.View()
				}
			}
		})
	}
}

func TestPaletteRunsWhatWasTyped(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3)...)
	r.press(":")
	r.golden("palette")
	r.typed("strat")
	r.press("enter")
	r.shows("check-projection", "check-log", "reconcile")
	r.press("esc", ":")
	r.typed("undo")
	r.press("enter")
	r.shows("nothing of yours to take back")
}

func TestHelp(t *testing.T) {
	for _, h := range []int{24, 36} {
		r := mustRig(t, map[int]int{24: 80, 36: 120}[h], h, Options{}, someRows(3)...)
		r.press("?")
		r.golden("help")
		r.press("esc")
		r.hides("previous pane")
	}
}

func TestHintsFitWhatCanBeDone(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3)...)
	r.hides("R retry", "c drop")
	r.shows("n new", "e edit", "? help")
	r = mustRig(t, 80, 24, Options{})
	r.hides("e edit", "d delete")
	for _, k := range r.m.hints() {
		if strings.TrimSpace(k.Key) == "" || k.Does == "" {
			t.Errorf("an empty hint: %+v", r.m.hints())
		}
	}
}
