package fault_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/user"
)

// at is the event at a place of the log, by alice.
func at(seq uint64) fault.Target {
	return fault.Target{Kind: event.Edited, Record: "ada", Client: "alice", Command: "c7", Seq: seq}
}

func TestTargetOf(t *testing.T) {
	got := fault.TargetOf(event.Event{Kind: event.Edited, Record: "ada", Ref: user.Ref{Client: "alice", Command: "c7"}, Seq: 3})
	if diff := cmp.Diff(at(3), got); diff != "" {
		t.Errorf("target (-want +got):\n%s", diff)
	}
}

func TestAims(t *testing.T) {
	scripted := fault.Target{Kind: event.Created, Record: "ada", Client: "alice", Command: "alice.1"}
	for _, c := range []struct {
		name, on string
		at       fault.Target
		want     bool
	}{
		{"an intent of a script", "alice.1", scripted, true},
		{"another intent", "alice.2", scripted, false},
		{"an intent that begins like it", "alice.11", scripted, false},
		{"a client and its numbered command", "alice.7", fault.Target{Client: "alice", Command: "7"}, true},
		{"a record whose id reads like both", "alice-7", fault.Target{Client: "alice", Command: "7"}, false},
		{"another client's", "alice.7", fault.Target{Client: "bob", Command: "7"}, false},
		{"a command by its id", "c7", at(1), true},
		{"a client is no aim", "alice", at(1), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p fault.Plan
			mustArm(t, &p, fault.Fault{Kind: fault.ReplyDrop, On: c.on})
			if _, struck := p.Strike(fault.ReplyDrop, c.at); struck != c.want {
				t.Errorf("struck: %t", struck)
			}
		})
	}
}

// struckOf returns which of the places 1 to n are struck.
func struckOf(p *fault.Plan, n uint64) []uint64 {
	var places []uint64
	for seq := uint64(1); seq <= n; seq++ {
		if _, struck := p.Strike(fault.ProjectFail, at(seq)); struck {
			places = append(places, seq)
		}
	}
	return places
}

func TestNth(t *testing.T) {
	for _, c := range []struct {
		name  string
		armed []fault.Fault
		want  []uint64
	}{
		{"the first", []fault.Fault{{Nth: 1}}, []uint64{1}},
		{"the third", []fault.Fault{{Nth: 3}}, []uint64{3}},
		{"the third and the fourth", []fault.Fault{{Nth: 3, Times: 2}}, []uint64{3, 4}},
		{"what others strike counts", []fault.Fault{{}, {Nth: 2}}, []uint64{1, 2}},
		{"two aim at one place", []fault.Fault{{Nth: 2}, {Nth: 2}}, []uint64{2, 3}},
		{"none of another record", []fault.Fault{{Nth: 2, On: "bob"}}, nil},
		{"by chance, always", []fault.Fault{{P: 1, Seed: 7, Times: 3}}, []uint64{1, 2, 3}},
		{"by chance, from the fourth on", []fault.Fault{{P: 1, Nth: 4}}, []uint64{4}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p fault.Plan
			for _, f := range c.armed {
				f.Kind = fault.ProjectFail
				mustArm(t, &p, f)
			}
			if diff := cmp.Diff(c.want, struckOf(&p, 6)); diff != "" {
				t.Errorf("struck (-want +got):\n%s", diff)
			}
		})
	}
}

// A projector asks more than once about the event it is at.
func TestAskedAgainAboutOnePlace(t *testing.T) {
	var p fault.Plan
	mustArm(t, &p, fault.Fault{Kind: fault.ProjectStall, Nth: 2})
	for _, step := range []struct {
		seq  uint64
		want bool
	}{{5, false}, {5, false}, {5, false}, {6, true}, {6, true}} {
		if _, struck := p.Strike(fault.ProjectStall, at(step.seq)); struck != step.want {
			t.Errorf("at %d: struck %t", step.seq, struck)
		}
	}
}

func TestChance(t *testing.T) {
	places := func(seed uint64) []uint64 {
		var p fault.Plan
		mustArm(t, &p, fault.Fault{Kind: fault.ProjectFail, P: 0.25, Seed: seed, Times: fault.MaxTimes})
		return struckOf(&p, 2000)
	}
	one := places(1)
	if diff := cmp.Diff(one, places(1)); diff != "" {
		t.Errorf("the same seed struck elsewhere:\n%s", diff)
	}
	if cmp.Equal(one, places(2)) {
		t.Error("another seed struck the same")
	}
	if n := len(one); n < 430 || n > 570 { // Four standard deviations from 500.
		t.Errorf("struck %d of 2000", n)
	}
}
