package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"optimist/client/view"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// everyLetter is every key that types something.
const everyLetter = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/?:.,[]<> "

func TestLettersInAFormAreText(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3)...)
	r.press("n")
	r.typed(everyLetter)
	if r.m.form == nil || r.m.form.inputs[0].Value() != everyLetter {
		t.Fatalf("the form holds %+v", r.m.form)
	}
	if len(r.cmds) != 0 || len(r.did) != 0 || r.m.help != nil || r.m.palette != nil {
		t.Fatal("a letter in a form was a command")
	}
	r.press("esc")
	r.hides("new record ─")
}

func TestLettersInAFilterAreText(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3)...)
	r.press("/")
	r.typed(everyLetter)
	if r.m.filter.Value() != everyLetter || r.m.dialog() || len(r.cmds) != 0 {
		t.Fatalf("the filter holds %q", r.m.filter.Value())
	}
	r.press("esc")
	r.shows("records 3")
}

func TestLettersInThePaletteAreText(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3)...)
	r.press(":")
	r.typed("qd?n")
	if r.m.palette == nil || r.m.palette.input.Value() != "qd?n" || len(r.cmds) != 0 {
		t.Fatal("a letter in the palette was a command")
	}
}

func TestPasteIsNeverACommand(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3)...)
	r.send(tea.PasteMsg{Content: "nq"})
	if r.m.dialog() || len(r.cmds) != 0 {
		t.Fatal("a paste was a command")
	}
	r.press("n")
	r.send(tea.PasteMsg{Content: "Ada\x1b[31m\nLovelace"})
	if got := r.m.form.inputs[0].Value(); strings.ContainsAny(got, "\x1b\n") {
		t.Fatalf("the form took %q", got)
	}
}

func TestDeleteAsksWithAnotherKey(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3)...)
	r.press("d")
	r.golden("delete")
	r.press("d", "enter", "space")
	if len(r.did) != 0 {
		t.Fatal("another key than y deleted")
	}
	r.press("y")
	if len(r.did) != 1 || r.did[0].Mutation.Op != user.Delete {
		t.Fatalf("y did %+v", r.did)
	}
	r.stored()
	r.press("d")
	r.shows("it is being deleted")
}

// TestUndoTakesBackADelete undoes what cannot be selected any more.
func TestUndoTakesBackADelete(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3)...)
	gone := r.m.table.selected
	row, _ := r.m.base.Get(gone)
	r.press("d", "y")
	r.stored()
	r.accept(1, 6, 2)
	row.Deleted, row.Version, row.Seq, row.By = true, 2, 6, "ann"
	r.feed(6, row)
	r.shows("Barbara Liskov is deleted", "u take it back", "records 2")
	r.press("u")
	r.stored()
	if mu := r.mutation(2); mu.Op != user.Create || mu.Record != gone || mu.Patch.Name != "Barbara Liskov" {
		t.Fatalf("undo did %+v", mu)
	}
	if r.m.table.selected != gone {
		t.Fatalf("%s is selected", r.m.table.selected)
	}

	r = mustRig(t, 80, 24, Options{}, someRows(3)...)
	r.press("d", "y")
	r.stored()
	r.accept(1, 6, 2)
	r.feed(6, row)
	r.press("j", "u")
	r.shows("nothing of yours to take back")
}

func TestUndoRetryAndDrop(t *testing.T) {
	r := mustRig(t, 120, 36, Options{}, someRows(3)...)
	r.press("u")
	r.shows("nothing of yours to take back")
	r.press("e")
	r.typed("!")
	r.press("enter")
	r.stored()
	r.refuse(1, user.ErrConflict, "bob changed the name at #9")
	r.golden("conflict")
	r.shows("R puts yours over theirs")

	r.press("E")
	r.shows("edit and retry", "Barbara Liskov!")
	r.typed("!")
	r.press("enter")
	r.stored()
	if got := r.mutation(2).Patch; got != user.SetName("Barbara Liskov!!") {
		t.Fatalf("the retry sets %+v", got)
	}
	r.refuse(2, user.ErrConflict, "bob again")
	r.press("R")
	r.stored()
	if got := r.mutation(3).Patch; got != user.SetName("Barbara Liskov!!") {
		t.Fatalf("the second retry sets %+v", got)
	}
	r.refuse(3, user.ErrConflict, "bob again")
	r.press("c")
	r.shows("What was typed is lost", "Barbara Liskov!!")
	r.press("c")
	if r.m.replica.RolledBack() != 1 {
		t.Fatal("the same key confirmed")
	}
	r.press("y")
	if r.m.replica.RolledBack() != 0 {
		t.Fatal("y did not drop")
	}
	r.hides("FIX")
}

func TestCascadeIsRetriedAsOne(t *testing.T) {
	r := mustRig(t, 120, 36, Options{})
	r.create("Ada", "ada@example.org")
	r.accept(1, 3, 1)
	r.press("e")
	r.typed(" L")
	r.press("enter")
	r.stored()
	r.accept(2, 4, 2)
	r.input(reconcile.Input{Kind: reconcile.Fed, Feed: &protocol.Feed{
		Epoch: epoch, From: 0, To: 4, Change: 4, Rejected: []protocol.Rejection{{
			Client: "ann", Command: r.mutation(1).ID, Record: r.m.table.selected, Seq: 3,
			Code: user.ErrProjectionFailed, Why: "armed from the screen",
		}},
	}})
	r.golden("cascade")
	r.shows("R sends the create and what was typed on", "cascade")
	r.press("R")
	r.stored()
	if mu := r.mutation(3); mu.Op != user.Create || mu.Patch != user.SetBoth("Ada L", "ada@example.org") {
		t.Fatalf("the retry is %+v", mu)
	}
}

// create makes a record by keys.
func (r *rig) create(name, email string) {
	r.t.Helper()
	r.press("n")
	r.typed(name)
	r.press("tab")
	r.typed(email)
	r.press("enter")
	r.stored()
}

func TestQuit(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Kept: true}, someRows(3)...)
	r.press("q")
	if len(r.cmds) != 1 {
		t.Fatal("q did not quit at rest")
	}
	r.create("Ada", "ada@example.org")
	r.press("q")
	if len(r.cmds) != 1 {
		t.Fatal("q quit with a change pending")
	}
	r.shows("1 change pending", "sent again when you come back")
	r.press("n")
	r.hides("quit?")
	r.press("q", "y")
	if len(r.cmds) != 2 {
		t.Fatal("y did not quit")
	}
	r.press("n", "ctrl+c")
	if len(r.cmds) != 3 {
		t.Fatal("ctrl+c did not quit a form")
	}
}

func TestSuspendWorksEverywhere(t *testing.T) {
	for _, open := range []string{"z", "n", "/", ":", "?", "d", "s", "M"} {
		r := mustRig(t, 80, 24, Options{}, someRows(3)...)
		r.press(open, "ctrl+z")
		if len(r.cmds) != 1 {
			t.Fatalf("ctrl+z does nothing after %q", open)
		}
		if _, ok := r.cmds[0]().(tea.SuspendMsg); !ok {
			t.Errorf("ctrl+z after %q is %T", open, r.cmds[0]())
		}
	}
}

func TestEscLeavesEverything(t *testing.T) {
	for _, open := range []string{"n", "e", "d", "/", ":", "?", "s", "M", "l", "f", "z", "a"} {
		r := mustRig(t, 80, 24, Options{}, someRows(3)...)
		before := r.text()
		r.press(open)
		if r.text() == before {
			t.Errorf("%q did nothing", open)
		}
		r.press("esc", "esc")
		if got := r.text(); got != before {
			t.Errorf("esc does not lead back from %q:\n%s", open, got)
		}
	}
}

func TestPanes(t *testing.T) {
	r := mustRig(t, 120, 36, Options{}, someRows(3)...)
	for i, k := range []string{"1", "2", "3", "4", "5"} {
		r.press(k)
		if r.m.focus != view.Pane(i+1) {
			t.Errorf("%s focuses %d", k, r.m.focus)
		}
	}
	seen := map[view.Pane]bool{}
	for range 5 {
		r.press("tab")
		seen[r.m.focus] = true
	}
	if len(seen) != 5 {
		t.Errorf("tab reaches %v", seen)
	}
	was := r.m.focus
	r.press("tab", "shift+tab")
	if r.m.focus != was {
		t.Errorf("shift+tab does not go back")
	}
}

func TestMouse(t *testing.T) {
	r := mustRig(t, 120, 36, Options{Mouse: true}, someRows(30)...)
	if r.m.View().MouseMode == tea.MouseModeNone {
		t.Fatal("the mouse is not asked for")
	}
	x, y := r.find("Grace Hopper")
	r.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	if r.m.nameOf(r.m.table.selected) != "Grace Hopper" {
		t.Fatalf("a click selected %q", r.m.nameOf(r.m.table.selected))
	}
	at := r.m.table.at()
	r.send(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
	if got := r.m.table.at(); got != at+wheelLines {
		t.Fatalf("the wheel went from %d to %d", at, got)
	}
	x, y = r.find("n new")
	r.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	if r.m.form == nil {
		t.Fatal("a click on a hint did nothing")
	}
	r.press("esc", "m")
	if r.m.View().MouseMode != tea.MouseModeNone {
		t.Fatal("m did not turn the mouse off")
	}
}

// find returns the cell where text begins.
func (r *rig) find(text string) (x, y int) {
	r.t.Helper()
	for y, line := range strings.Split(r.text(), "\n") {
		if at := strings.Index(line, text); at >= 0 {
			return len([]rune(line[:at])), y
		}
	}
	r.t.Fatalf("no %q on the screen:\n%s", text, r.text())
	return 0, 0
}
