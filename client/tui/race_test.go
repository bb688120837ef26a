package tui

import (
	"fmt"
	"testing"

	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// TestRace plays the demo by keys: the edit is refused under check-projection
// and accepted under reconcile, and the guide follows all of it.
func TestRace(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) { race(t, size[0], size[1]) })
	}
}

func race(t *testing.T, w, h int) {
	r := mustRig(t, w, h, Options{Demo: true}, someRows(20)...)
	r.golden("01-list")
	r.shows("1/9", "check-projection")

	r.press("f")
	r.golden("02-faults")
	r.press("enter")
	if len(r.armed) != 1 || r.armed[0].Kind != fault.ProjectStall {
		t.Fatalf("armed %v, want a stall", r.armed)
	}
	stall := fault.Fault{ID: 1, Kind: fault.ProjectStall}
	r.tell(func(s *protocol.Status) { s.Faults = []fault.Fault{stall} })
	r.shows("2/9")

	r.press("n")
	r.typed("Ada")
	r.press("tab")
	r.typed("ada@example.org")
	r.golden("03-form")
	r.press("enter")
	r.stored()
	r.now += 2
	r.accept(1, 43, 1)
	r.stall(43)
	r.now += 1_500
	r.tell(func(s *protocol.Status) { s.Why = "a fault" })
	r.golden("04-pending")
	r.shows("3/9", "Ada", "v1?")

	r.press("e")
	r.typed(" Lovelace")
	r.press("enter")
	r.stored()
	r.shows("4/9 Watch", "Ada Lovelace")
	r.refuse(2, user.ErrNotFound, "checked against the projection at #22; the create is #43")
	r.shows("4/9 Refused", "V1 spurious-rejection: ann's edit A2 of Ada")
	r.press("enter")
	r.golden("05-refused")
	r.shows("5/9", "WHY", "FIX", "checked against the projection at #22")

	r.press("F")
	r.clearStall()
	r.now += 700
	r.feed(44, protocol.Row{ID: "id-001", Name: "Ada", Email: "ada@example.org", Version: 1, Seq: 43, Born: 43, By: "ann"})
	r.golden("06-confirmed")
	r.shows("6/9")

	r.press("s")
	r.golden("07-picker")
	r.press("r", "r", "enter")
	r.shows("7/9", "reconcile")
	r.again()
}

// again plays the second round, which loses nothing.
func (r *rig) again() {
	r.t.Helper()
	r.press("f", "enter")
	if len(r.armed) != 2 {
		r.t.Fatalf("armed %v, want a second stall", r.armed)
	}
	r.tell(func(s *protocol.Status) { s.Faults = []fault.Fault{{ID: 2, Kind: fault.ProjectStall}} })
	r.press("n")
	r.typed("Alan")
	r.press("tab")
	r.typed("alan@example.org")
	r.press("enter")
	r.stored()
	r.accept(3, 45, 1)
	r.stall(45)
	r.press("e")
	r.typed(" Turing")
	r.press("enter")
	r.stored()
	r.accept(4, 46, 2)
	r.golden("08-accepted")
	r.shows("8/9", "v2?")
	id := r.m.table.selected
	r.press("F")
	r.clearStall()
	r.feed(46, protocol.Row{ID: id, Name: "Alan Turing", Email: "alan@example.org", Version: 2, Seq: 46, Born: 45, By: "ann"})
	r.golden("09-end")
	r.shows("The screen was ahead of the database. The log was not.")
}

// stall stops the projector at seq.
func (r *rig) stall(seq uint64) {
	r.t.Helper()
	r.tell(func(s *protocol.Status) {
		s.Projector, s.At = "stalled", seq
		s.Faults[0].Struck = 1
	})
}

// clearStall lets it go on.
func (r *rig) clearStall() {
	r.t.Helper()
	if len(r.cleared) == 0 {
		r.t.Fatal("nothing was cleared")
	}
	r.tell(func(s *protocol.Status) { s.Projector, s.At, s.Faults, s.Why = protocol.Running, 0, nil, "" })
}
