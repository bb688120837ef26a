package fault_test

import (
	"strings"
	"testing"

	"optimist/shared/event"
	"optimist/shared/fault"
)

var created = fault.Target{Kind: event.Created, Record: "ada"}

func mustArm(tb testing.TB, p *fault.Plan, f fault.Fault) fault.Fault {
	tb.Helper()
	armed, err := p.Arm(f)
	if err != nil {
		tb.Fatal(err)
	}
	return armed
}

func strikes(p *fault.Plan, kind fault.Kind, t fault.Target) int {
	n := 0
	for range 10 {
		if _, struck := p.Strike(kind, t); !struck {
			break
		}
		n++
	}
	return n
}

func TestStrike(t *testing.T) {
	for _, c := range []struct {
		name  string
		armed fault.Fault
		at    fault.Target
		want  int // Of ten chances.
	}{
		{"the next step, once", fault.Fault{Kind: fault.ProjectFail}, created, 1},
		{"three times", fault.Fault{Kind: fault.ProjectFail, Times: 3}, created, 3},
		{"on a kind", fault.Fault{Kind: fault.ProjectFail, On: "created"}, created, 1},
		{"not on another kind", fault.Fault{Kind: fault.ProjectFail, On: "edited"}, created, 0},
		{"on a record", fault.Fault{Kind: fault.ProjectFail, On: "ada"}, created, 1},
		{"not on another record", fault.Fault{Kind: fault.ProjectFail, On: "bob"}, created, 0},
		{"not at another hop", fault.Fault{Kind: fault.FeedDrop}, created, 0},
		{"a stall stays", fault.Fault{Kind: fault.ProjectStall}, created, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p fault.Plan
			mustArm(t, &p, c.armed)
			if got := strikes(&p, fault.ProjectFail, c.at); got != c.want {
				t.Errorf("struck %d times, want %d", got, c.want)
			}
		})
	}
}

func TestAStallHoldsUntilCleared(t *testing.T) {
	var p fault.Plan
	stall := mustArm(t, &p, fault.Fault{Kind: fault.ProjectStall, On: "created"})
	if got := strikes(&p, fault.ProjectStall, created); got != 10 {
		t.Fatalf("held %d times of 10", got)
	}
	if n := p.Clear(stall.ID); n != 1 {
		t.Errorf("cleared %d", n)
	}
	if got := strikes(&p, fault.ProjectStall, created); got != 0 {
		t.Errorf("held %d times after it was cleared", got)
	}
}

func TestFirstArmedStrikesFirst(t *testing.T) {
	var p fault.Plan
	first := mustArm(t, &p, fault.Fault{Kind: fault.ProjectFail, Reason: "first"})
	second := mustArm(t, &p, fault.Fault{Kind: fault.ProjectFail, Reason: "second"})
	for _, want := range []fault.Fault{first, second} {
		got, struck := p.Strike(fault.ProjectFail, created)
		if !struck || got.ID != want.ID || got.Reason != want.Reason {
			t.Errorf("got %v, %t, want %v", got, struck, want)
		}
	}
	if left := p.List(); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestArmRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		f    fault.Fault
		says string
	}{
		{"an unknown kind", fault.Fault{Kind: "project explode"}, "unknown fault"},
		{"too often", fault.Fault{Kind: fault.FeedDrop, Times: fault.MaxTimes + 1}, "times"},
		{"less than never", fault.Fault{Kind: fault.FeedDrop, Times: -1}, "times"},
		{"an aim that is no id", fault.Fault{Kind: fault.FeedDrop, On: "a.b"}, "on:"},
		{"a reason without end", fault.Fault{Kind: fault.ProjectFail, Reason: strings.Repeat("x", fault.MaxReason+1)}, "reason"},
		{"a drop for ever", fault.Fault{Kind: fault.FeedDrop, Forever: true}, "forever"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p fault.Plan
			if _, err := p.Arm(c.f); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
	var p fault.Plan
	for range fault.MaxArmed {
		mustArm(t, &p, fault.Fault{Kind: fault.FeedDrop})
	}
	if _, err := p.Arm(fault.Fault{Kind: fault.FeedDrop}); err == nil {
		t.Error("armed without end")
	}
}
