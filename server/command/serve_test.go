package command

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"optimist/server/control"
	"optimist/server/eventlog"
	"optimist/server/natsd"
	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// How long a handler of these tests waits for an acknowledgement.
const (
	patient = 10 * time.Second
	hasty   = 50 * time.Millisecond
)

// mustNATS returns a server's connections; stop ends it early.
func mustNATS(t *testing.T) (log, own, guest *nats.Conn, stop func()) {
	t.Helper()
	s, err := natsd.Start(t.Context(), natsd.Config{Dir: t.TempDir(), Durability: natsd.PageCache})
	if err != nil {
		t.Fatal(err)
	}
	var conns []*nats.Conn
	for _, connect := range []func(...nats.Option) (*nats.Conn, error){s.ConnectLog, s.Connect, s.ConnectGuest} {
		nc, err := connect()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(nc.Close)
		conns = append(conns, nc)
	}
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(stop)
	return conns[0], conns[1], conns[2], stop
}

// mustServe serves commands on own with a projector that stands at event 1.
func mustServe(t *testing.T, own, log *nats.Conn, ackWait time.Duration, fill ...event.Event) *Handler {
	t.Helper()
	l, err := eventlog.Open(t.Context(), log, eventlog.Config{AckWait: ackWait})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	expect := uint64(0)
	for _, ev := range fill {
		if expect, err = l.Append(t.Context(), ev, expect); err != nil {
			t.Fatal(err)
		}
	}
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "rows.db"), sqlite.Normal)
	if err != nil {
		t.Fatal(err)
	}
	h, err := Serve(t.Context(), own, Config{
		Log: l, Rows: db, Progress: place{1, 1}, Index: NewIndex(), Board: control.NewBoard(false),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		h.Close()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := own.Flush(); err != nil {
		t.Fatal(err)
	}
	return h
}

// mustAsk returns the answer to a create of record.
func mustAsk(t *testing.T, guest *nats.Conn, id, record string) protocol.Reply {
	t.Helper()
	data, err := json.Marshal(protocol.CommandOf(user.Command{
		Ref: user.Ref{Client: "ada", Command: id}, Record: record, Op: user.Create,
		Patch: user.SetBoth("Ada", "ada@example.org"),
	}, ""))
	if err != nil {
		t.Fatal(err)
	}
	msg, err := guest.Request(protocol.CommandSubject("ada"), data, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	var r protocol.Reply
	if err := json.Unmarshal(msg.Data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// After a restart the rows may be behind the log; what is in between counts.
func TestServeKnowsTheLogBeyondTheCheckpoint(t *testing.T) {
	log, own, guest, _ := mustNATS(t)
	h := mustServe(t, own, log, patient, change(user.Create, "c1"), change(user.Edit, "e1"))
	if diff := cmp.Diff([]string{"u1"}, h.AheadRecords()); diff != "" {
		t.Error(diff)
	}
	if r := mustAsk(t, guest, "c1", "u1"); r.Verdict != protocol.Accepted || r.Seq != 2 {
		t.Errorf("resent: %+v", r)
	}
	if r := mustAsk(t, guest, "c2", "u1"); r.Code != user.ErrExists || r.Why != "u1 was created at #2 already" {
		t.Errorf("another: %+v", r)
	}
}

// What a rejection in the log voids, and what was typed on it, is not folded.
func TestTailSkipsWhatFell(t *testing.T) {
	voids := func(target uint64, ev event.Event) event.Event {
		ev.Kind, ev.Target, ev.Code = event.Rejected, target, user.ErrProjectionFailed
		return ev
	}
	create, edit := change(user.Create, "c1"), change(user.Edit, "e1")
	typed := change(user.Edit, "e2")
	typed.Cause = create.Ref
	again := change(user.Create, "c2")
	tests := []struct {
		name    string
		tail    []event.Event
		version uint64
	}{
		{"edit", []event.Event{create, edit, voids(3, edit)}, 1},
		{"create", []event.Event{create, edit, voids(2, create)}, 0},
		{"create, then another, then what was typed on the first", []event.Event{create, voids(2, create), again, typed}, 1},
		{"the same without the cause", []event.Event{create, voids(2, create), again, edit}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			log, own, _, _ := mustNATS(t)
			h := mustServe(t, own, log, patient, tt.tail...)
			rec, _, ahead := h.Ahead("u1")
			if !ahead || rec.Version != tt.version || rec.Last != uint64(len(tt.tail))+1 {
				t.Errorf("%+v, %v", rec, ahead)
			}
		})
	}
}

// Not answered is not "not stored": there is no verdict until there is an answer.
func TestStoreThatDoesNotAnswer(t *testing.T) {
	log, _, _, stop := mustNATS(t)
	_, own, guest, _ := mustNATS(t)
	mustServe(t, own, log, hasty)
	stop()
	for range 2 {
		if r := mustAsk(t, guest, "c1", "u1"); r.Verdict != protocol.Retry || r.Why != "the event store did not answer" {
			t.Errorf("%+v", r)
		}
	}
}
