package projector_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"optimist/server/projector"
	"optimist/server/sqlite"
	"optimist/shared/protocol"
)

// BenchmarkConfirm measures from the append of a create to the feed message
// that confirms it, one at a time, beside a bare loop that does the least a
// confirmation needs: publish, consume, commit one row and the position.
func BenchmarkConfirm(b *testing.B) {
	b.Run("projector", confirmByProjector)
	b.Run("bare", confirmByBareLoop)
}

func confirmByProjector(b *testing.B) {
	w := mustWorld(b)
	told := make(chan uint64, 1)
	cfg := w.config()
	cfg.Heartbeat = time.Hour
	cfg.Status, cfg.Observe = nil, nil
	cfg.Publish = func(f protocol.Feed) {
		if f.From != f.To {
			told <- f.To
		}
	}
	p, err := projector.Open(b.Context(), cfg)
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx) }() // What is measured.
	defer func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
	}()
	measure(b, func(i int) {
		seq := w.mustAppend(create(fmt.Sprintf("r%d", i), fmt.Sprintf("c%d", i), fmt.Sprintf("e%d@example.org", i)))
		for <-told < seq {
		}
	})
}

func confirmByBareLoop(b *testing.B) {
	w := mustWorld(b)
	w.mustSQL("CREATE TABLE bare (id TEXT PRIMARY KEY, name TEXT, email TEXT, version INTEGER) WITHOUT ROWID")
	conn := w.mustBare()
	tail, err := w.log.Tail(b.Context(), 2)
	if err != nil {
		b.Fatal(err)
	}
	told := make(chan uint64, 1)
	done := make(chan error, 1)
	ctx, cancel := context.WithCancel(context.Background())
	go func() { // What is measured.
		for {
			ev, err := tail.Next(ctx)
			if err != nil {
				done <- tail.Close()
				return
			}
			if err := conn.put(ev); err != nil {
				done <- err
				return
			}
			told <- ev.Seq
		}
	}()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
	}()
	measure(b, func(i int) {
		seq := w.mustAppend(create(fmt.Sprintf("r%d", i), fmt.Sprintf("c%d", i), fmt.Sprintf("e%d@example.org", i)))
		for <-told < seq {
		}
	})
}

// measure reports the median and the 99th percentile of one.
func measure(b *testing.B, one func(i int)) {
	b.Helper()
	took := make([]time.Duration, 0, b.N)
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		one(i)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkRebuild measures the fold of a log of creates into a fresh file.
func BenchmarkRebuild(b *testing.B) {
	const events = 20000
	w := mustWorld(b)
	answered := make(chan error, events)
	for i := range events {
		ev := create(fmt.Sprintf("r%d", i), fmt.Sprintf("c%d", i), fmt.Sprintf("e%d@example.org", i))
		w.log.AppendAsync(ev, 0, func(_ uint64, err error) { answered <- err })
	}
	for range events {
		if err := <-answered; err != nil {
			b.Fatal(err)
		}
	}
	w.closeDB()
	for b.Loop() {
		if _, err := projector.Rebuild(b.Context(), w.path, sqlite.Normal, projector.Config{Log: w.log}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(events*float64(b.N)/b.Elapsed().Seconds(), "events/s")
	w.mustReopen()
}
