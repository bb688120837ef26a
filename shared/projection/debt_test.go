package projection_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/user"
)

var build = projection.Authority{Stream: "s", Build: 2}

// fallen returns the event of a create at seq, and its fate.
func fallen(record, command string, seq uint64, strategy string) (event.Event, projection.Fate) {
	ev := event.Event{
		Kind: event.Created, Op: user.Create, Seq: seq, Record: record, Strategy: strategy,
		Ref: user.Ref{Client: "ann", Command: command}, Patch: user.SetBoth("Ada", "ada@example.org"),
	}
	return ev, projection.Fate{
		Ref: ev.Ref, Record: record, Op: ev.Op, Seq: seq, Status: projection.Rejected,
		Code: user.ErrExists, Why: "it exists", Root: ev.Ref, RootSeq: seq,
	}
}

func TestRejectionRepeatsWhatItVoids(t *testing.T) {
	ev, fate := fallen("a", "c1", 5, "reconcile")
	ev.Base, ev.Cause = 3, user.Ref{Client: "ann", Command: "c0"}
	want := event.Event{
		Kind: event.Rejected, ID: "rejected/5", Time: 77, Ref: ev.Ref, Record: "a", Op: user.Create,
		Cause: ev.Cause, Base: 3, Strategy: "reconcile", Code: user.ErrExists, Why: "it exists",
		Target: 5, Stream: "s", Build: 2,
	}
	if diff := cmp.Diff(want, projection.Rejection(ev, fate, build, 77)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	fate.Root = user.Ref{Client: "ann", Command: "c0"}
	want.Root = fate.Root
	if diff := cmp.Diff(want, projection.Rejection(ev, fate, build, 77)); diff != "" {
		t.Errorf("of a cascade (-want +got):\n%s", diff)
	}
}

// One debt of a record is appended at a time, and expects what the one before it
// became.
func TestDebtsOfOneRecordFollowEachOther(t *testing.T) {
	var d projection.Debts
	for i, record := range []string{"a", "a", "b", "c"} {
		ev, fate := fallen(record, string(rune('1'+i)), uint64(5+i), "reconcile")
		d.Owe(ev, fate, 6, projection.Claim{}, build, 0)
	}
	if got := targets(d.Round(2, nil)); !cmp.Equal(got, []uint64{5, 7}) {
		t.Errorf("a round of two: %v", got)
	}
	if got := targets(d.Round(9, nil)); !cmp.Equal(got, []uint64{5, 7, 8}) {
		t.Errorf("a round: %v", got)
	}
	d.Appended(5, 11)
	if first := d.First(); first.Event.Target != 6 || first.Expect != 11 {
		t.Errorf("the next of the record: %+v", first)
	}
	d.ReadBack(6)
	d.ReadBack(6)
	if got := targets(d.Round(9, nil)); !cmp.Equal(got, []uint64{7, 8}) || d.Len() != 2 {
		t.Errorf("left: %v", got)
	}
}

func targets(debts []projection.Debt) []uint64 {
	var out []uint64
	for _, d := range debts {
		out = append(out, d.Event.Target)
	}
	return out
}

func TestDebtReleasesItsOwnClaimOnly(t *testing.T) {
	ev, fate := fallen("a", "c1", 5, "reserve")
	held := projection.Claim{
		Token: event.EmailToken("ada@example.org"), Email: "ada@example.org", Record: "a", Ref: ev.Ref, Seq: 4, Last: 4,
	}
	others := held
	others.Ref.Command = "c9"
	ended := held
	ended.Seq = 0
	for _, tc := range []struct {
		name    string
		claim   projection.Claim
		release bool
	}{{"its own", held, true}, {"that of another change", others, false}, {"one that ended", ended, false}} {
		var d projection.Debts
		d.Owe(ev, fate, 5, tc.claim, build, 7)
		got := d.First()
		if (got.Release.Kind == event.Released) != tc.release {
			t.Errorf("%s: %+v", tc.name, got.Release)
		}
		if tc.release && (got.Release.Target != 4 || got.Claim != 4 || got.Release.Subject() != "events.email."+held.Token+".released" || got.Release.Build != 2) {
			t.Errorf("%s: %+v", tc.name, got)
		}
	}
	if projection.ClaimToken(ev) != held.Token {
		t.Errorf("token %q", projection.ClaimToken(ev))
	}
	ev.Strategy = "reconcile"
	if got := projection.ClaimToken(ev); got != "" {
		t.Errorf("a change that claims nothing has the token %q", got)
	}
}

func TestReread(t *testing.T) {
	ev, fate := fallen("a", "c1", 5, "reserve")
	claim := projection.Claim{Email: "ada@example.org", Ref: ev.Ref, Seq: 4, Last: 4}
	own := projection.Rejection(ev, fate, build, 0)
	own.Seq = 8
	older := own
	older.Build = 1
	edit := event.Event{Kind: event.Edited, Seq: 7, Record: "a"}
	release := event.Event{Kind: event.Released, Seq: 6, Target: 4, Patch: user.SetEmail("ada@example.org")}
	other := release
	other.Target = 2
	for _, tc := range []struct {
		name          string
		record, email []event.Event
		left          bool
		expect, claim uint64
		release       bool
		fails         bool
	}{
		{name: "a newer event", record: []event.Event{edit}, left: true, expect: 7, claim: 4, release: true},
		{name: "itself, unanswered", record: []event.Event{edit, own}},
		{name: "that of an older build", record: []event.Event{older}, left: true, expect: 8, claim: 4, release: true},
		{name: "the claim has ended", email: []event.Event{release}, left: true, expect: 5, claim: 6},
		{name: "another claim has ended", email: []event.Event{other}, left: true, expect: 5, claim: 6, release: true},
		{name: "nothing", left: true, expect: 5, claim: 4, release: true, fails: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var d projection.Debts
			d.Owe(ev, fate, 5, claim, build, 0)
			if err := d.Reread(5, tc.record, tc.email); (err != nil) != tc.fails {
				t.Fatalf("%v", err)
			}
			if (d.Len() == 1) != tc.left {
				t.Fatalf("%d left", d.Len())
			}
			if !tc.left {
				return
			}
			got := d.First()
			if got.Expect != tc.expect || got.Claim != tc.claim || (got.Release.Kind != 0) != tc.release {
				t.Errorf("%+v", got)
			}
		})
	}
}
