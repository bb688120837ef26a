package control_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"optimist/server/control"
	"optimist/server/natsd"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
)

var (
	created = fault.Target{Kind: event.Created, Record: "u1"}
	edited  = fault.Target{Kind: event.Edited, Record: "u1"}
)

func mustArm(t testing.TB, b *control.Board, f fault.Fault) fault.Fault {
	t.Helper()
	armed, err := b.Arm(f)
	if err != nil {
		t.Fatal(err)
	}
	return armed
}

// isClosed reports whether the board has changed since c was taken.
func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestStrikeIsCountedAndAnnounced(t *testing.T) {
	b := control.NewBoard(true)
	if _, struck := b.Strike(fault.FeedDrop, created); struck {
		t.Fatal("an empty board strikes")
	}
	changed := b.Changed()
	mustArm(t, b, fault.Fault{Kind: fault.FeedDrop, On: "created"})
	if !isClosed(changed) {
		t.Error("arming is not announced")
	}
	changed = b.Changed()
	if _, struck := b.Strike(fault.FeedDrop, edited); struck || isClosed(changed) {
		t.Error("a fault struck what it does not aim at")
	}
	if f, struck := b.Strike(fault.FeedDrop, created); !struck || f.Struck != 1 || !isClosed(changed) {
		t.Errorf("struck %v, %+v", struck, f)
	}
	if len(b.List()) != 0 {
		t.Errorf("left: %v", b.List())
	}
}

func TestStallHoldsUntilItIsCleared(t *testing.T) {
	b := control.NewBoard(true)
	stall := mustArm(t, b, fault.Fault{Kind: fault.ProjectStall, On: "edited"})
	if _, held := b.Stalled(created); held {
		t.Error("it holds what it does not aim at")
	}
	for range 3 {
		if f, held := b.Stalled(edited); !held || f.ID != stall.ID {
			t.Fatalf("held %v by %+v", held, f)
		}
	}
	if got := b.List()[0].Struck; got != 1 {
		t.Errorf("counted %d times", got)
	}
	changed := b.Changed()
	if n := b.Clear(stall.ID); n != 1 || !isClosed(changed) {
		t.Errorf("cleared %d", n)
	}
	if _, held := b.Stalled(edited); held {
		t.Error("it holds after it was cleared")
	}
}

// The projector asks again and again about the event it is at; a stall at the
// nth must not hold at it for that.
func TestStallAtTheNth(t *testing.T) {
	b := control.NewBoard(true)
	mustArm(t, b, fault.Fault{Kind: fault.ProjectStall, Nth: 2})
	place := func(seq uint64) fault.Target { return fault.Target{Kind: event.Edited, Record: "u1", Seq: seq} }
	for range 3 {
		if _, held := b.Stalled(place(1)); held {
			t.Fatal("it holds at the first")
		}
	}
	if _, held := b.Stalled(place(2)); !held {
		t.Error("it does not hold at the second")
	}
}

func TestBoardThatIsOff(t *testing.T) {
	b := control.NewBoard(false)
	if _, err := b.Arm(fault.Fault{Kind: fault.FeedDrop}); !errors.Is(err, control.ErrOff) || b.Enabled() {
		t.Errorf("armed: %v", err)
	}
}

func TestBoardOfAnImmortal(t *testing.T) {
	b := control.NewBoard(true)
	mustArm(t, b, fault.Fault{Kind: fault.ProjectCrashAfterCommit})
	b.Immortal()
	for _, kind := range fault.Kinds {
		f := fault.Fault{Kind: kind}
		if kind.Delays() {
			f.Delay = 1
		}
		if _, err := b.Arm(f); errors.Is(err, control.ErrImmortal) != kind.Crashes() {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestServe(t *testing.T) {
	for _, enabled := range []bool{true, false} {
		ask := mustServe(t, enabled)
		steps := []struct {
			request string
			want    protocol.FaultReply // Error: what it begins with.
		}{
			{`{"do":"list"}`, protocol.FaultReply{}},
			{`{"do":"arm","fault":{"kind":"feed drop","on":"u1"}}`,
				protocol.FaultReply{Faults: []fault.Fault{{ID: 1, Kind: fault.FeedDrop, On: "u1"}}}},
			{`{"do":"arm","fault":{"kind":"sabotage"}}`,
				protocol.FaultReply{Error: `unknown fault "sabotage"`, Faults: []fault.Fault{{ID: 1, Kind: fault.FeedDrop, On: "u1"}}}},
			{`{"do":"arm","fault":{"kind":"feed late"}}`,
				protocol.FaultReply{Error: "feed late needs a delay", Faults: []fault.Fault{{ID: 1, Kind: fault.FeedDrop, On: "u1"}}}},
			{`{"do":"clear","id":7}`,
				protocol.FaultReply{Error: "no fault 7 is armed", Faults: []fault.Fault{{ID: 1, Kind: fault.FeedDrop, On: "u1"}}}},
			{`{"do":"clear"}`, protocol.FaultReply{Cleared: 1}},
			{`{"do":"dance"}`, protocol.FaultReply{Error: `unknown request "dance"`}},
			{`{`, protocol.FaultReply{Error: "the request is not a fault request"}},
		}
		for _, step := range steps {
			want := step.want
			if !enabled && step.request != `{` {
				want = protocol.FaultReply{Error: "faults are off: start the server with --faults"}
			}
			got := ask(step.request)
			if strings.HasPrefix(got.Error, want.Error) && (want.Error != "" || got.Error == "") {
				got.Error = want.Error
			}
			if len(got.Faults) == 0 {
				got.Faults = nil
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("enabled %v, %s: %s", enabled, step.request, diff)
			}
		}
	}
}

// mustServe serves a board and returns what asks it as a guest.
func mustServe(t *testing.T, enabled bool) func(request string) protocol.FaultReply {
	t.Helper()
	s, err := natsd.Start(t.Context(), natsd.Config{Dir: t.TempDir(), Durability: natsd.PageCache})
	if err != nil {
		t.Fatal(err)
	}
	own, err := s.Connect()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := control.NewBoard(enabled).Serve(own); err != nil {
		t.Fatal(err)
	}
	if err := own.Flush(); err != nil {
		t.Fatal(err)
	}
	guest, err := s.ConnectGuest()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		guest.Close()
		own.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return func(request string) protocol.FaultReply {
		t.Helper()
		msg, err := guest.Request(protocol.ControlFault, []byte(request), 5*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		var reply protocol.FaultReply
		if err := json.Unmarshal(msg.Data, &reply); err != nil {
			t.Fatal(err)
		}
		return reply
	}
}

func BenchmarkStrikeNothing(b *testing.B) {
	board := control.NewBoard(true)
	for b.Loop() {
		board.Strike(fault.AppendRefuse, created)
	}
}
