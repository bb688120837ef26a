package projection_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/user"
)

// step is an event of a story, how the database fails at it, and what becomes
// of it.
type step struct {
	ev   event.Event
	fail string
	want string // "applied v1", "rejected code", "refused code", or "nothing".
}

func ref(command string) user.Ref {
	if command == "" {
		return user.Ref{}
	}
	return user.Ref{Client: "ann", Command: command}
}

func change(op user.Op, record, command, cause string, p user.Patch) event.Event {
	return event.Event{
		Kind: event.Of(op), Op: op, Record: record, Patch: p,
		Ref: ref(command), Cause: ref(cause), Strategy: "reconcile",
	}
}

func create(record, command, email string) event.Event {
	return change(user.Create, record, command, "", user.SetBoth("name", email))
}

func edit(record, command, cause string) event.Event {
	return change(user.Edit, record, command, cause, user.SetName("name by "+command))
}

func removeA(command string) event.Event {
	return change(user.Delete, "a", command, "", user.Patch{})
}

func refusal(ev event.Event) event.Event {
	ev.Kind, ev.Code, ev.Why = event.Refused, user.ErrNotFound, "refused"
	return ev
}

// unlogged returns ev under a strategy without compensation.
func unlogged(ev event.Event) event.Event {
	ev.Strategy = "check-log"
	return ev
}

func causedBy(cause string, ev event.Event) event.Event {
	ev.Cause = ref(cause)
	return ev
}

func TestApply(t *testing.T) {
	for _, tc := range []struct {
		name  string
		steps []step
		rows  string // What lives at the end.
	}{
		{"create, edit and delete", []step{
			{create("a", "c1", "a@x"), "", "applied v1"},
			{edit("a", "c2", "c1"), "", "applied v2"},
			{removeA("c3"), "", "applied v3"},
			{create("a", "c4", "a@x"), "", "applied v4"},
		}, "a=name <a@x> v4"},
		{"illegal events", []step{
			{edit("a", "c1", ""), "", "rejected not_found"},
			{create("a", "c2", "a@x"), "", "applied v1"},
			{create("a", "c3", "b@x"), "", "rejected exists"},
			{removeA("c4"), "", "applied v2"},
			{removeA("c5"), "", "rejected not_found"},
		}, ""},
		{"an email is taken in any case of letters, until its owner is gone", []step{
			{create("a", "c1", "a@x"), "", "applied v1"},
			{create("b", "c2", "A@X"), "", "rejected email_taken"},
			{change(user.Edit, "a", "c3", "", user.SetEmail("A@x")), "", "applied v2"},
			{removeA("c4"), "", "applied v3"},
			{create("b", "c5", "a@X"), "", "applied v1"},
		}, "b=name <a@X> v1"},
		{"what was typed on a rejected create falls, though a row exists", []step{
			{create("a", "c1", "a@x"), "boom", "rejected projection_failed"},
			{edit("a", "c2", "c1"), "", "rejected cascade"},
			{create("a", "c3", "a@x"), "", "applied v1"},
			{edit("a", "c4", "c2"), "", "rejected cascade"},
			{edit("a", "c5", "c3"), "", "applied v2"},
		}, "a=name by c5 <a@x> v2"},
		{"a rejected edit does not cascade", []step{
			{create("a", "c1", "a@x"), "", "applied v1"},
			{edit("a", "c2", "c1"), "boom", "rejected projection_failed"},
			{edit("a", "c3", "c2"), "", "applied v2"},
		}, "a=name by c3 <a@x> v2"},
		{"a fall goes through a rejected edit to what was typed on it", []step{
			{create("a", "c1", "a@x"), "boom", "rejected projection_failed"},
			{edit("a", "c2", "c1"), "boom", "rejected cascade"},
			{create("b", "c3", "b@x"), "", "applied v1"},
			{edit("b", "c4", "c2"), "", "rejected cascade"},
		}, "b=name <b@x> v1"},
		{"a refused create is a root", []step{
			{refusal(create("a", "c1", "a@x")), "", "refused not_found"},
			{edit("a", "c2", "c1"), "", "rejected cascade"},
		}, ""},
		{"a refused edit is none", []step{
			{create("a", "c1", "a@x"), "", "applied v1"},
			{refusal(edit("a", "c2", "c1")), "", "refused not_found"},
			{edit("a", "c3", "c2"), "", "applied v2"},
		}, "a=name by c3 <a@x> v2"},
		{"a refused edit typed on a rejected create passes the fall on", []step{
			{create("a", "c1", "a@x"), "boom", "rejected projection_failed"},
			{refusal(edit("a", "c2", "c1")), "", "refused not_found"},
			{causedBy("c2", create("b", "c3", "b@x")), "", "rejected cascade"},
		}, ""},
		{"a command appended twice has one effect", []step{
			{create("a", "c1", "a@x"), "", "applied v1"},
			{edit("a", "c2", ""), "", "applied v2"},
			{create("a", "c1", "a@x"), "", "nothing"},
			{edit("a", "c2", ""), "", "nothing"},
		}, "a=name by c2 <a@x> v2"},
		{"without compensation nothing cascades", []step{
			{unlogged(create("a", "c1", "a@x")), "boom", "rejected projection_failed"},
			{unlogged(edit("a", "c2", "c1")), "", "rejected not_found"},
			{unlogged(create("a", "c3", "a@x")), "", "applied v1"},
			{unlogged(edit("a", "c4", "c1")), "", "applied v2"},
		}, "a=name by c4 <a@x> v2"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var m projection.Memory
			for i, s := range tc.steps {
				s.ev.Seq = uint64(i + 3)
				if got := play(t, &m, s); got != s.want {
					t.Errorf("#%d %s %s: %s, want %s", s.ev.Seq, s.ev.Kind, s.ev.Ref, got, s.want)
				}
			}
			if got := living(&m); got != tc.rows {
				t.Errorf("rows %q, want %q", got, tc.rows)
			}
		})
	}
}

// play applies the step and says in words what became of its event.
func play(t *testing.T, m *projection.Memory, s step) string {
	t.Helper()
	eff, err := projection.Apply(m, s.ev, nil, s.fail)
	if err != nil {
		t.Fatal(err)
	}
	fate, found, _ := m.FateAt(s.ev.Seq)
	if !found {
		if eff != (projection.Effect{}) {
			t.Errorf("effect %+v without a fate", eff)
		}
		return "nothing"
	}
	switch fate.Status {
	case projection.Applied:
		if !eff.Changed || eff.Fell.Status != 0 {
			t.Errorf("effect of what was applied: %+v", eff)
		}
		return fmt.Sprintf("applied v%d", fate.Version)
	case projection.Rejected:
		fate.Change = 0 // The store's own.
		if eff.Changed || eff.Fell != fate {
			t.Errorf("effect of what was rejected: %+v", eff)
		}
		return "rejected " + string(fate.Code)
	case projection.Refused:
		return "refused " + string(fate.Code)
	}
	return fmt.Sprintf("status %d", fate.Status)
}

// living lists what lives, in the order of ids.
func living(m *projection.Memory) string {
	var rows []string
	for _, r := range m.Records() {
		if r.Exists {
			rows = append(rows, fmt.Sprintf("%s=%s <%s> v%d", r.ID, r.Name, r.Email, r.Version))
		}
	}
	return strings.Join(rows, ", ")
}

func mustApply(t *testing.T, m *projection.Memory, ev event.Event, void *projection.Void) projection.Effect {
	t.Helper()
	eff, err := projection.Apply(m, ev, void, "")
	if err != nil {
		t.Fatal(err)
	}
	return eff
}

func TestFallNamesItsRoot(t *testing.T) {
	var m projection.Memory
	first := create("a", "c1", "a@x")
	first.Seq = 3
	if _, err := projection.Apply(&m, first, nil, "boom"); err != nil {
		t.Fatal(err)
	}
	second, third := edit("a", "c2", "c1"), edit("a", "c3", "c2")
	second.Seq, third.Seq = 4, 5
	mustApply(t, &m, second, nil)
	got := mustApply(t, &m, third, nil).Fell
	want := projection.Fate{
		Ref: ref("c3"), Record: "a", Op: user.Edit, Status: projection.Rejected, Seq: 5,
		Code: user.ErrCascade, Why: "it was typed on a, whose create (#3) was rolled back",
		Fallen: true, Root: ref("c1"), RootSeq: 3,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fate (-want +got):\n%s", diff)
	}
}

func TestRejectionIsReadBackOnce(t *testing.T) {
	var m projection.Memory
	bad := edit("a", "c1", "")
	bad.Seq = 3
	mustApply(t, &m, bad, nil)
	rej := bad
	rej.Kind, rej.Seq, rej.Target = event.Rejected, 4, 3
	if eff := mustApply(t, &m, rej, nil); eff.Logged != 3 {
		t.Errorf("effect: %+v", eff)
	}
	if f, _, _ := m.FateAt(3); !f.Logged {
		t.Errorf("fate: %+v", f)
	}
	rej.Seq = 5
	if eff := mustApply(t, &m, rej, nil); eff.Logged != 0 {
		t.Errorf("effect of a second one: %+v", eff)
	}
	if r, _, _ := m.Record("a"); r.Last != 5 || r.Version != 0 || r.Exists {
		t.Errorf("mark: %+v", r)
	}
}

func TestVoidIsSkipped(t *testing.T) {
	var m projection.Memory
	ev := create("a", "c1", "a@x")
	ev.Seq = 3
	void := projection.Void{Code: user.ErrProjectionFailed, Why: "once upon a time"}
	got := mustApply(t, &m, ev, &void).Fell
	want := projection.Fate{
		Ref: ref("c1"), Record: "a", Op: user.Create, Status: projection.Rejected, Seq: 3,
		Code: user.ErrProjectionFailed, Why: "once upon a time",
		Fallen: true, Root: ref("c1"), RootSeq: 3, Logged: true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fate (-want +got):\n%s", diff)
	}
}

func TestVoidsCountUnderTheirAuthorityOnly(t *testing.T) {
	var v projection.Voids
	rejected := func(target, build uint64) event.Event {
		return event.Event{Kind: event.Rejected, Target: target, Build: build, Code: user.ErrConflict}
	}
	epoch := func(build uint64) event.Event { return event.Event{Kind: event.Epoch, Build: build} }
	for _, ev := range []event.Event{
		epoch(1), rejected(3, 1), rejected(4, 2), epoch(2), rejected(5, 1), rejected(6, 2),
	} {
		v.Read(ev)
	}
	for seq, counts := range map[uint64]bool{3: true, 4: false, 5: false, 6: true} {
		if got := v.At(seq) != nil; got != counts {
			t.Errorf("the rejection of #%d counts: %v, want %v", seq, got, counts)
		}
	}
	if v.Build != 2 {
		t.Errorf("authority %d, want 2", v.Build)
	}
	if got := projection.Heard(rejected(3, 1), 2).Target; got != 0 {
		t.Errorf("a rejection of an older build is heard as of #%d", got)
	}
	if got := projection.Heard(rejected(3, 2), 2).Target; got != 3 {
		t.Errorf("a rejection of the authority is heard as of #%d, want #3", got)
	}
}
