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
		d.Owe(ev, fate, projection.Record{Last: 6}, projection.Touched{}, build, 0)
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
		d.Owe(ev, fate, projection.Record{Last: 5}, projection.Touched{Taken: tc.claim}, build, 7)
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
			d.Owe(ev, fate, projection.Record{Last: 5}, projection.Touched{Taken: claim}, build, 0)
			if err := d.Reread(5, tc.record, tc.email, nil); (err != nil) != tc.fails {
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

// changeOf returns the event of a change of record a by strategy reserve, and its
// fate.
func changeOf(op user.Op, patch user.Patch) (event.Event, projection.Fate) {
	ev, fate := fallen("a", "c2", 9, "reserve")
	ev.Kind, ev.Op, ev.Patch = event.Of(op), op, patch
	fate.Op = op
	return ev, fate
}

func TestDebtReservesWhatWasLetGo(t *testing.T) {
	row := projection.Record{ID: "a", State: user.State{Exists: true, Email: "Ada@example.org"}, Last: 9}
	let := projection.Claim{Token: event.EmailToken(row.Email), Email: "ada@example.org", Last: 7}
	held := let
	held.Seq, held.Record = 7, "b"
	ours := projection.Claim{
		Token: event.EmailToken("new@example.org"), Email: "new@example.org", Record: "a",
		Ref: user.Ref{Client: "ann", Command: "c2"}, Seq: 8, Last: 8,
	}
	own := let
	own.Seq, own.Record, own.Ref = 7, "a", ours.Ref
	moves := user.SetEmail("new@example.org")
	for _, tc := range []struct {
		name             string
		op               user.Op
		patch            user.Patch
		row              projection.Record
		claims           projection.Touched
		release, reserve bool
	}{
		{"an edit", user.Edit, moves, row, projection.Touched{Taken: ours, Let: let}, true, true},
		{"an edit whose claim has ended", user.Edit, moves, row, projection.Touched{Let: let}, false, false},
		{"an edit of the name", user.Edit, user.SetName("A"), row, projection.Touched{Let: let}, false, false},
		{"a delete", user.Delete, user.Patch{}, row, projection.Touched{Let: let}, false, true},
		{"others hold it", user.Delete, user.Patch{}, row, projection.Touched{Let: held}, false, false},
		{"it was never claimed", user.Delete, user.Patch{}, row, projection.Touched{}, false, false},
		{"no user is left", user.Edit, moves, projection.Record{ID: "a", Last: 9}, projection.Touched{Taken: ours}, true, false},
		{"back to the email it has", user.Edit, user.SetEmail(row.Email), row, projection.Touched{Taken: own, Let: own}, false, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var d projection.Debts
			ev, fate := changeOf(tc.op, tc.patch)
			d.Owe(ev, fate, tc.row, tc.claims, build, 77)
			got := d.First()
			if (got.Release.Kind == event.Released) != tc.release || (got.Reserve.Kind == event.Reserved) != tc.reserve {
				t.Fatalf("release %+v, reserve %+v", got.Release, got.Reserve)
			}
			want := event.Event{
				Kind: event.Reserved, ID: "reserved/9", Time: 77, Ref: ev.Ref, Record: "a", Op: tc.op,
				Patch: user.SetEmail("Ada@example.org"), Strategy: "reserve", Target: 9, Stream: "s", Build: 2,
			}
			if diff := cmp.Diff(want, got.Reserve); tc.reserve && (diff != "" || got.Former != 7) {
				t.Errorf("reserve after #%d (-want +got):\n%s", got.Former, diff)
			}
		})
	}
}

// Touch asks for the claims of both emails, and of none where none is claimed.
func TestTouch(t *testing.T) {
	var m projection.Memory
	for i, email := range []string{"ada@example.org", "new@example.org"} {
		mustApply(t, &m, event.Event{Kind: event.Reserved, Seq: uint64(i + 3), Record: "a", Patch: user.SetEmail(email)}, nil)
	}
	row := projection.Record{ID: "a", State: user.State{Exists: true, Email: "ada@example.org"}}
	ev, _ := changeOf(user.Edit, user.SetEmail("new@example.org"))
	if got, err := projection.Touch(&m, ev, row); got.Taken.Seq != 4 || got.Let.Seq != 3 || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	ev.Strategy = "reconcile"
	if got, err := projection.Touch(&m, ev, row); got != (projection.Touched{}) || err != nil {
		t.Errorf("without claims: %+v, %v", got, err)
	}
}

func TestRereadOfAReservation(t *testing.T) {
	row := projection.Record{ID: "a", State: user.State{Exists: true, Email: "ada@example.org"}, Last: 9}
	let := projection.Claim{Token: event.EmailToken(row.Email), Email: row.Email, Last: 7}
	ev, fate := changeOf(user.Edit, user.SetEmail("new@example.org"))
	taken := projection.Claim{Token: event.EmailToken("new@example.org"), Email: "new@example.org", Ref: ev.Ref, Seq: 8, Last: 8}
	other := event.Event{Kind: event.Reserved, Seq: 10, Record: "b", Patch: user.SetEmail(row.Email)}
	gone := event.Event{Kind: event.Released, Seq: 11, Target: 10, Patch: user.SetEmail(row.Email)}
	ended := event.Event{Kind: event.Released, Seq: 10, Target: 8, Patch: user.SetEmail("new@example.org")}
	over := event.Event{Kind: event.Reserved, Seq: 10, Record: "b", Patch: user.SetEmail("new@example.org")}
	for _, tc := range []struct {
		name             string
		release, reserve []event.Event
		events           int
		last             uint64
	}{
		{"somebody has it", nil, []event.Event{other}, 2, 8},
		{"somebody had it", nil, []event.Event{other, gone}, 3, 11},
		{"a later change ended the other claim", []event.Event{ended}, nil, 1, 9},
		{"another took the other claim over", []event.Event{over}, nil, 2, 7},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var d projection.Debts
			d.Owe(ev, fate, row, projection.Touched{Taken: taken, Let: let}, build, 0)
			if err := d.Reread(9, nil, tc.release, tc.reserve); err != nil {
				t.Fatal(err)
			}
			debt := d.First()
			events, expect := debt.Batch(nil, nil)
			if len(events) != tc.events || len(expect) != tc.events || expect[len(expect)-1] != tc.last {
				t.Errorf("%+v after %d", events, expect)
			}
		})
	}
}
