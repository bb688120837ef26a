package fault_test

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/fault"
)

func TestNewKindsAreChecked(t *testing.T) {
	for _, c := range []struct {
		name string
		f    fault.Fault
		says string // Empty: it is fine.
	}{
		{"late", fault.Fault{Kind: fault.FeedLate, Delay: 250}, ""},
		{"slow", fault.Fault{Kind: fault.AppendSlow, Delay: fault.MaxDelay}, ""},
		{"late without a delay", fault.Fault{Kind: fault.FeedLate}, "feed late needs a delay"},
		{"slower than can be waited for", fault.Fault{Kind: fault.AppendSlow, Delay: fault.MaxDelay + 1}, "use 1ms to 10m0s"},
		{"before it began", fault.Fault{Kind: fault.AppendSlow, Delay: -1}, "use 1ms to"},
		{"a drop with a delay", fault.Fault{Kind: fault.FeedDrop, Delay: 1}, "feed drop has no delay"},
		{"a crash", fault.Fault{Kind: fault.ProjectCrashAfterCommit, On: "alice.2", Nth: 3}, ""},
		{"a crash for ever", fault.Fault{Kind: fault.ProjectCrashAfterReject, Forever: true}, "cannot be forever"},
		{"an intent's number that is none", fault.Fault{Kind: fault.FeedDrop, On: "alice.0"}, "on:"},
		{"an intent's number with a zero", fault.Fault{Kind: fault.FeedDrop, On: "alice.01"}, "on:"},
		{"an intent of nobody", fault.Fault{Kind: fault.FeedDrop, On: ".1"}, "on:"},
		{"before the first", fault.Fault{Kind: fault.FeedDrop, Nth: -1}, "nth is -1"},
		{"after the last", fault.Fault{Kind: fault.FeedDrop, Nth: fault.MaxNth + 1}, "nth is"},
		{"a chance", fault.Fault{Kind: fault.FeedDrop, P: 0.5, Seed: 9}, ""},
		{"over one", fault.Fault{Kind: fault.FeedDrop, P: 1.5}, "p is 1.5"},
		{"under none", fault.Fault{Kind: fault.FeedDrop, P: -0.5}, "p is -0.5"},
		{"no number", fault.Fault{Kind: fault.FeedDrop, P: math.NaN()}, "p is NaN"},
		{"a seed for nothing", fault.Fault{Kind: fault.FeedDrop, Seed: 9}, "without p"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.f.Validate()
			if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q", err, c.says)
			}
		})
	}
}

func TestEveryKindHasHelp(t *testing.T) {
	for _, k := range fault.Kinds {
		if k.Help() == "" {
			t.Errorf("%s has no help", k)
		}
	}
}

func TestString(t *testing.T) {
	for want, f := range map[string]fault.Fault{
		"feed late --delay 1.5s":                               {Kind: fault.FeedLate, Delay: 1500},
		"project crash-after-commit --on alice.1 --nth 2":      {Kind: fault.ProjectCrashAfterCommit, On: "alice.1", Nth: 2},
		"reply drop --p 0.25 --seed 7 --times 3":               {Kind: fault.ReplyDrop, P: 0.25, Seed: 7, Times: 3},
		"project fail --on ada --forever --reason \"on fire\"": {Kind: fault.ProjectFail, On: "ada", Forever: true, Reason: "on fire"},
	} {
		if got := f.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// What was armed before there was more to say is written as it was.
func TestJSON(t *testing.T) {
	for want, f := range map[string]fault.Fault{
		`{"id":1,"kind":"feed drop","struck":0}`:                                                     {ID: 1, Kind: fault.FeedDrop},
		`{"id":2,"kind":"project fail","on":"ada","times":2,"forever":true,"reason":"r","struck":1}`: {ID: 2, Kind: fault.ProjectFail, On: "ada", Times: 2, Forever: true, Reason: "r", Struck: 1},
		`{"id":3,"kind":"feed late","nth":2,"p":0.5,"seed":4,"delay":10,"struck":0}`:                 {ID: 3, Kind: fault.FeedLate, Nth: 2, P: 0.5, Seed: 4, Delay: 10},
	} {
		data, err := json.Marshal(f)
		if err != nil || string(data) != want {
			t.Errorf("got %s, %v, want %s", data, err, want)
		}
		var back fault.Fault
		if err := json.Unmarshal(data, &back); err != nil || back != f {
			t.Errorf("read back as %+v, %v", back, err)
		}
	}
}

func TestCopyFrom(t *testing.T) {
	var p, q fault.Plan
	mustArm(t, &p, fault.Fault{Kind: fault.ProjectFail, Times: 2})
	mustArm(t, &p, fault.Fault{Kind: fault.FeedDrop})
	q.CopyFrom(&p)
	if diff := cmp.Diff(p.List(), q.List()); diff != "" {
		t.Errorf("the copy (-want +got):\n%s", diff)
	}
	strikes(&q, fault.ProjectFail, created)
	if q.Len() != 1 || p.Len() != 2 || p.List()[0].Struck != 0 {
		t.Errorf("the copy is not one: %v, %v", p.List(), q.List())
	}
	if a, b := mustArm(t, &p, fault.Fault{Kind: fault.FeedDrop}).ID, mustArm(t, &q, fault.Fault{Kind: fault.FeedDrop}).ID; a != b {
		t.Errorf("the next ids are %d and %d", a, b)
	}
	if n := testing.AllocsPerRun(100, func() { q.CopyFrom(&p) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Equal bytes mean: it strikes alike from here on.
func TestAppendBinary(t *testing.T) {
	plan := func(strikes int, faults ...fault.Fault) []byte {
		var p fault.Plan
		for _, f := range faults {
			mustArm(t, &p, f)
		}
		for i := range strikes {
			p.Strike(fault.ProjectFail, at(uint64(i+1)))
		}
		return p.AppendBinary(nil)
	}
	fail := fault.Fault{Kind: fault.ProjectFail}
	times := func(n int) fault.Fault { return fault.Fault{Kind: fault.ProjectFail, Times: n} }
	for _, c := range []struct {
		name string
		a, b []byte
		same bool
	}{
		{"nothing, and what is spent", plan(0), plan(1, fail), true},
		{"once, and twice struck once", plan(0, fail), plan(1, times(2)), true},
		{"once and twice", plan(0, fail), plan(0, times(2)), false},
		{"once, and 0 times, which is once", plan(0, fail), plan(0, times(1)), true},
		{"the first, and the nth of 1", plan(0, fail), plan(0, fault.Fault{Kind: fault.ProjectFail, Nth: 1}), true},
		{"the second, and the first", plan(0, fault.Fault{Kind: fault.ProjectFail, Nth: 2}), plan(0, fail), false},
		{"the third and the second", plan(0, fault.Fault{Kind: fault.ProjectFail, Nth: 3}), plan(0, fault.Fault{Kind: fault.ProjectFail, Nth: 2}), false},
		{"the third after one, the second after none", plan(1, fault.Fault{Kind: fault.ProjectFail, Nth: 3}), plan(0, fault.Fault{Kind: fault.ProjectFail, Nth: 2}), false},
		{"a coin before and after", plan(0, fault.Fault{Kind: fault.ProjectFail, P: 1e-9}), plan(1, fault.Fault{Kind: fault.ProjectFail, P: 1e-9}), false},
		{"a stall, however often it was met", plan(0, fault.Fault{Kind: fault.ProjectStall, Times: 1}), plan(0, fault.Fault{Kind: fault.ProjectStall, Times: 9}), true},
		{"two orders", plan(0, fail, times(2)), plan(0, times(2), fail), false},
		{"for good", plan(0, fail), plan(0, fault.Fault{Kind: fault.ProjectFail, Forever: true}), false},
		{"aims", plan(0, fail), plan(0, fault.Fault{Kind: fault.ProjectFail, On: "ada"}), false},
		{"reasons", plan(0, fail), plan(0, fault.Fault{Kind: fault.ProjectFail, Reason: "ada"}), false},
		{"delays", plan(0, fault.Fault{Kind: fault.FeedLate, Delay: 1}), plan(0, fault.Fault{Kind: fault.FeedLate, Delay: 2}), false},
		{"kinds", plan(0, fault.Fault{Kind: fault.FeedDrop}), plan(0, fault.Fault{Kind: fault.FeedRepeat}), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if bytes.Equal(c.a, c.b) != c.same {
				t.Errorf("%x and %x", c.a, c.b)
			}
		})
	}
}
