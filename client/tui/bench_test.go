package tui

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"optimist/client/remote"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// BenchmarkKey is one key and its frame, with many records.
func BenchmarkKey(b *testing.B) {
	for _, n := range []int{1_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := mustRig(b, 120, 36, Options{}, someRows(n)...)
			down := tea.KeyPressMsg{Code: tea.KeyDown}
			b.ReportAllocs()
			for b.Loop() {
				_, _ = r.m.Update(down)
				_ = r.m.View()
			}
		})
	}
}

// BenchmarkUpdates is a second of a feed of a thousand rows, in thirty batches,
// and their frames: with nothing to judge, and with a change of the person's own
// that the witness follows while the log goes on.
func BenchmarkUpdates(b *testing.B) {
	for _, watched := range []bool{false, true} {
		b.Run(fmt.Sprintf("watched=%v", watched), func(b *testing.B) { benchmarkUpdates(b, watched) })
	}
}

func benchmarkUpdates(b *testing.B, watched bool) {
	const rows = 1_000_000
	r := mustRig(b, 120, 36, Options{}, someRows(rows)...)
	seq, at := uint64(rows+2), 0
	if watched {
		r.create("Ada", "ada@example.org")
		seq++
		r.accept(1, seq, 1)
		seq = r.m.replica.Position().To
	}
	b.ReportAllocs()
	for b.Loop() {
		for range 30 {
			r.now += 33
			f := protocol.Feed{Epoch: epoch, From: seq, To: seq + 33, Change: seq + 33}
			for range 33 {
				seq++
				at = (at + 7919) % rows
				row, _ := r.m.base.Get(fmt.Sprintf("rec-%04d", at))
				row.Seq, row.Version = seq, row.Version+1
				f.Rows = append(f.Rows, row)
			}
			batch := remote.Batch{Inputs: []reconcile.Input{{Kind: reconcile.Fed, At: r.now, Feed: &f}}}
			if watched {
				for _, row := range f.Rows {
					batch.Events = append(batch.Events, event.Event{
						Kind: event.Edited, Seq: row.Seq, Ref: user.Ref{Client: "bob", Command: row.ID}, Record: row.ID,
						Op: user.Edit, Patch: user.SetName(row.Name), Version: row.Version,
					})
				}
			}
			_, _ = r.m.Update(batch)
			_ = r.m.View()
		}
	}
}
