package tui

import (
	"path/filepath"
	"testing"

	"optimist/client/golden"
	"optimist/client/view"
	"optimist/server/app"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// TestPicture draws the picture of the README: the demo at the moment the race
// is lost. `make pictures` keeps what it draws; otherwise the kept one must be
// the same.
func TestPicture(t *testing.T) {
	const width, height = 120, 36
	var rows []protocol.Row
	for i, c := range app.SeedUsers() {
		seq := uint64(i + 2)
		rows = append(rows, protocol.Row{ID: c.Record, Name: *c.Name, Email: *c.Email, Version: 1, Seq: seq, Born: seq, By: "seed"})
	}
	epoch := protocol.Row{ID: "epoch", Seq: 22, Deleted: true} // The log's #22 is about no user.
	r := mustRig(t, width, height, Options{Demo: true}, append(rows, epoch)...)
	r.press("f", "enter")
	r.tell(func(s *protocol.Status) { s.Faults = []fault.Fault{{ID: 1, Kind: fault.ProjectStall}} })
	r.press("n")
	r.typed("Ada")
	r.press("tab")
	r.typed("ada@example.org")
	r.press("enter")
	r.stored()
	r.now++
	r.accept(1, 23, 1)
	r.stall(23)
	r.now += 1_900
	r.press("e")
	r.typed(" Lovelace")
	r.press("enter")
	r.stored()
	r.now++
	r.refuse(2, user.ErrNotFound, "checked against the projection at #22; the create is #23, accepted but not yet projected")
	r.now += 400
	r.press("f", "f", "enter")
	r.tell(func(s *protocol.Status) { s.Log = 24 })

	file := filepath.Join("..", "..", "scenarios", "pictures", "race.svg")
	got := view.SVG(r.m.View().Content, width, height, view.Options{Dark: true, Color: true})
	golden.Picture(t, file, []byte(got))
}
