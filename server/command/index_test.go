package command

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// change returns an event that changes u1.
func change(op user.Op, command string) event.Event {
	return event.Event{
		Kind: event.Of(op), Op: op, Record: "u1",
		Ref: user.Ref{Client: "ada", Command: command}, Patch: user.SetName("x"),
	}
}

// place is a projector that stands still.
type place struct{ checkpoint, watermark uint64 }

func (p place) Watermark() uint64  { return p.watermark }
func (p place) Checkpoint() uint64 { return p.checkpoint }
func (p place) Epoch() string      { return "log/1" }

// What the read model decided counts once it is published.
func TestOutcomeWaitsForTheWatermark(t *testing.T) {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "rows.db"), sqlite.Normal)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	create := user.Ref{Client: "ada", Command: "c1"}
	fates := []projection.Fate{
		{Ref: create, Record: "u1", Op: user.Create, Status: projection.Rejected, Seq: 5, Code: user.ErrEmailTaken,
			Why: "u0 has it", Fallen: true, Root: create, RootSeq: 5, Logged: true},
		{Ref: user.Ref{Client: "ada", Command: "e1"}, Record: "u1", Op: user.Edit, Status: projection.Rejected, Seq: 6,
			Code: user.ErrCascade, Fallen: true, Root: create, RootSeq: 5}, // Not read back yet.
		{Ref: user.Ref{Client: "ada", Command: "e2"}, Record: "u2", Op: user.Edit, Status: projection.Applied, Seq: 7, Version: 3, Logged: true},
	}
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fates {
		if err := tx.PutFate(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	before := protocol.Reply{Verdict: protocol.Accepted, Epoch: "log/1"}
	want := map[uint64][]protocol.Reply{
		4: {before, before, before},
		9: {
			{Verdict: protocol.RolledBack, Code: user.ErrEmailTaken, Why: "u0 has it", Epoch: "log/1"},
			{Verdict: protocol.RolledBack, Code: user.ErrCascade, Root: "c1", Epoch: "log/1"},
			{Verdict: protocol.Confirmed, Epoch: "log/1"},
		},
	}
	for watermark, replies := range want {
		h := newHandler(Config{Rows: db, Progress: place{max(watermark, 9), watermark}, Index: NewIndex()})
		for i, f := range fates {
			replies[i].Command, replies[i].Seq, replies[i].Version = f.Command, f.Seq, f.Version
			got, err := h.Outcome(f.Ref)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(replies[i], got); diff != "" {
				t.Errorf("%s at #%d: %s", f.Ref, watermark, diff)
			}
		}
		if got, err := h.Outcome(user.Ref{Client: "ada", Command: "never"}); err != nil || got.Verdict != protocol.Unknown {
			t.Errorf("%+v, %v", got, err)
		}
	}
}
