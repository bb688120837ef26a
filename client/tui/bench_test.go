package tui

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"optimist/client/remote"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
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
// and their frames.
func BenchmarkUpdates(b *testing.B) {
	const rows = 1_000_000
	r := mustRig(b, 120, 36, Options{}, someRows(rows)...)
	seq, at := uint64(rows+2), 0
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
			_, _ = r.m.Update(remote.Batch{Inputs: []reconcile.Input{{Kind: reconcile.Fed, At: r.now, Feed: &f}}})
			_ = r.m.View()
		}
	}
}
