package lab

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
)

// places are those of a puzzle, and how they are reached.
var places = map[string]func(*rig){
	"the beginning":    func(*rig) {},
	"after a step":     func(r *rig) { r.press("1") },
	"taken back":       func(r *rig) { r.press("1", ",") },
	"reached":          (*rig).solve,
	"the shortest":     func(r *rig) { r.solve(); r.press("enter") },
	"beside the other": func(r *rig) { r.solve(); r.press("x") },
}

// solve goes the shortest way.
func (r *rig) solve() {
	r.t.Helper()
	for _, mv := range r.m.puzzle.scout.whole.route.Moves {
		if err := r.m.puzzle.Take(mv); err != nil {
			r.t.Fatal(err)
		}
	}
	r.press("z", "z")
}

// In a puzzle the list of keys has those that mean something there, and no
// others: what is listed is never refused, and what is not, does nothing.
func TestKeysOfAPuzzle(t *testing.T) {
	var all []string
	for i := range keys {
		if keys[i].run != nil {
			all = append(all, keys[i].keys...)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for place, reach := range places {
		for _, k := range all {
			r := mustPuzzleRig(t, mustSmall(t, "check-projection", "V1"), 80, 24, false)
			r.found(r.m.puzzle.scout.whole)
			reach(r)
			listed := false
			for _, g := range r.m.listed() {
				for _, of := range g.Keys {
					listed = listed || slices.Contains(strings.Fields(of.Key), terminal.Shown([]string{k}))
				}
			}
			r.m.note = ""
			before := r.text()
			cmd := r.send(mustKeyNamed(t, k))
			refused := strings.HasSuffix(r.m.note, ": not here") || r.m.note == isReached || r.m.note == noFault
			idle := cmd == nil && r.m.note == "" && r.text() == before
			if listed && refused || !listed && !refused && !idle {
				t.Errorf("%s: %s is listed: %v; it says %q and changes the screen: %v", place, k, listed, r.m.note, r.text() != before)
			}
		}
	}
}

// A seat that follows has next to no keys, and is shown no others; alone it has
// those of a story.
func TestKeysOfASeat(t *testing.T) {
	c := mustClass(t, "create-then-edit", [2]int{80, 24})
	seat := c.seats[0]
	seat.press("?")
	seat.shows("1–9         predict an answer", "f           alone, or together", "P           for a lecture hall", "q ^C        quit")
	seat.hides("one step", "take over", "timeline", "compar", "suspend")
	seat.press("esc", "f", "?")
	seat.shows("one step on", "with another strategy")
	seat.hides("suspend")
}

// mustKeyNamed is the press of a key of the table.
func mustKeyNamed(tb testing.TB, name string) tea.KeyPressMsg {
	tb.Helper()
	switch name {
	case "pgup":
		return tea.KeyPressMsg{Code: tea.KeyPgUp}
	case "pgdown":
		return tea.KeyPressMsg{Code: tea.KeyPgDown}
	case "ctrl+z", "ctrl+c":
		return tea.KeyPressMsg{Code: rune(name[len(name)-1]), Mod: tea.ModCtrl}
	}
	key := terminal.Key(name)
	if key.String() != name {
		tb.Fatalf("%q is pressed as %q", name, key.String())
	}
	return key
}

// The list of keys goes to its end and back, and stays open.
func TestHelpScrollsToItsEnd(t *testing.T) {
	for _, keys := range [][2]string{{"G", "g"}, {"end", "home"}} {
		r := mustRig(t, "create-then-edit", 80, 16, Config{})
		r.press("?")
		first := r.text()
		r.press(keys[0])
		r.shows("esc closes", "on in what happened")
		r.press(keys[1])
		if r.text() != first {
			t.Errorf("%s goes to\n%s\nwant\n%s", keys[1], r.text(), first)
		}
	}
}
