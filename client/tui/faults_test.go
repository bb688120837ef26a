package tui

import (
	"fmt"
	"testing"

	"optimist/client/terminal"
	"optimist/shared/fault"
	"optimist/shared/protocol"
)

func TestFaults(t *testing.T) {
	r := mustRig(t, 120, 36, Options{}, someRows(3)...)
	r.press("f", "a", "space")
	if len(r.armed) != 1 || r.armed[0].On != "created" {
		t.Fatalf("armed %+v", r.armed)
	}
	r.tell(func(s *protocol.Status) {
		s.Faults = []fault.Fault{{ID: 7, Kind: fault.ProjectStall, On: "created", Struck: 2}}
	})
	r.shows("armed: on created, struck 2×")
	r.press("enter")
	if fmt.Sprint(r.cleared) != "[7]" {
		t.Fatalf("cleared %v", r.cleared)
	}
	r.press("a", "a", "a", "down", "down", "enter")
	last := r.armed[len(r.armed)-1]
	if last.On != r.m.table.selected || !last.Forever || last.Kind != fault.ProjectFail {
		t.Fatalf("armed %+v", last)
	}
	r.press("F")
	if len(r.cleared) != 2 || r.cleared[1] != 0 {
		t.Fatalf("F cleared %v", r.cleared)
	}
	for _, f := range r.armed {
		if err := f.Validate(); err != nil {
			t.Errorf("%v: %v", f, err)
		}
	}
	r.tell(func(s *protocol.Status) { s.FaultsOn = false })
	r.press("enter")
	r.shows("arm or disarm: start the server with --faults", "off: start the server with --faults")
}

// Without records and without faults the screen says what there is to do, in the
// words of whoever started it.
func TestNothingIsThereYet(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Embedded: true, Course: mustCourse(t)})
	r.tell(func(s *protocol.Status) { s.FaultsOn = false })
	r.shows("no records yet: n makes one, L has lessons, optimist --demo guides")
	r.hides("enter why")
	r.press("enter")
	r.shows("why, inspect: no record is selected")
	r.press("f", "enter")
	r.shows("off: start optimist with --faults, or with --demo", "arm or disarm: start optimist with --faults, or with --demo")
}

func TestTheTimedAndTheCrashes(t *testing.T) {
	r := mustRig(t, 120, 36, Options{}, someRows(3)...)
	for _, c := range []struct {
		typed string
		want  fault.Fault
	}{
		{"slow", fault.Fault{Kind: fault.AppendSlow, Delay: wayDelay}},
		{"delay", fault.Fault{Kind: fault.FeedLate, Delay: wayDelay}},
		{"crash before", fault.Fault{Kind: fault.ProjectCrashBeforeCommit}},
		{"crash after the r", fault.Fault{Kind: fault.ProjectCrashAfterReject}},
	} {
		r.press(":")
		r.typed(c.typed)
		r.press("enter")
		if got := r.armed[len(r.armed)-1]; got != c.want {
			t.Errorf("%s armed %+v", c.typed, got)
		}
	}
}

// A server that is part of the program cannot be crashed; the pane says so, and
// whoever tries is told what can.
func TestNoCrashOfThisProgram(t *testing.T) {
	r := mustRig(t, 120, 36, Options{Embedded: true}, someRows(3)...)
	r.press("f", "G")
	r.shows("needs a server of its own: optimistd")
	armed := len(r.armed)
	r.press("enter")
	r.shows("crash after the rejection needs a server of its own: optimistd --data DIR --faults")
	if len(r.armed) != armed {
		t.Errorf("it was armed: %+v", r.armed)
	}
	r.press("g", "enter")
	if len(r.armed) != armed+1 {
		t.Error("the stall was not armed")
	}
}

func TestEveryWayIsInThePalette(t *testing.T) {
	for _, w := range ways {
		p := &palette{input: terminal.NewInput()}
		p.input.Set(w.text)
		if found := p.found(); len(found) == 0 || found[0].name != w.text {
			t.Errorf("the palette does not find %q by its name first", w.text)
		}
	}
}

func TestEveryWayToFailIsValidAndEveryKindIsThere(t *testing.T) {
	kinds := map[fault.Kind]bool{}
	for _, w := range ways {
		if err := w.fault.Validate(); err != nil {
			t.Errorf("%s: %v", w.text, err)
		}
		kinds[w.fault.Kind] = true
	}
	for _, k := range fault.Kinds {
		if !kinds[k] {
			t.Errorf("no way to arm %s", k)
		}
	}
}
