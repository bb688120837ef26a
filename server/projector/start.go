package projector

import (
	"context"
	"fmt"

	"optimist/server/eventlog"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
)

// fewEvents is how many events are read one by one rather than through a tail,
// which takes longer to open.
const fewEvents = 16

// start does what Open promises.
func (p *Projector) start(ctx context.Context, after uint64) error {
	cp, err := p.cfg.DB.Checkpoint()
	if err != nil {
		return err
	}
	end, err := checkIdentity(ctx, p.cfg.Log, cp)
	if err != nil {
		return err
	}
	p.cp = cp
	if err := p.survey(ctx, end); err != nil {
		return err
	}
	if newest := max(p.voids.Build, after); cp.Build == 0 || newest > cp.Build {
		if end, err = p.takeOver(ctx, newest+1); err != nil {
			return err
		}
	}
	p.epoch = fmt.Sprintf("%s/%d", p.cp.Stream, p.cp.Build)
	if err := p.catchUp(ctx, end); err != nil {
		return err
	}
	p.checkpoint.Store(p.cp.Seq)
	if err := p.payAll(ctx); err != nil {
		return err
	}
	p.feed.Start(p.cp.Seq, p.cp.Change)
	p.watermark.Store(p.cp.Seq)
	p.say(Status{State: protocol.Running})
	return nil
}

// survey reads what is not projected yet for rejections and epochs, from the
// beginning if the read model has not reached its own epoch. It sets authority
// to the build that was the authority at the checkpoint.
func (p *Projector) survey(ctx context.Context, end uint64) error {
	from := p.cp.Seq + 1
	if p.cp.Seq < p.cp.Epoch {
		from = 1
	} else {
		p.voids.Build = p.cp.Build
	}
	p.authority = p.voids.Build
	if from > end {
		return nil
	}
	return p.cfg.Log.Verdicts(ctx, from, func(ev event.Event) error {
		p.voids.Read(ev)
		if ev.Seq <= p.cp.Seq {
			p.authority = p.voids.Build
			return nil
		}
		if ev.Kind == event.Rejected && ev.Build == p.voids.Build && ev.Target <= p.cp.Seq {
			return p.checkVerdict(ev)
		}
		return nil
	})
}

// takeOver makes the read model the build, which is a new authority: it says so
// in the log first. It returns the log's new end.
func (p *Projector) takeOver(ctx context.Context, build uint64) (uint64, error) {
	stream := p.cfg.Log.Stream()
	epoch := event.Event{Kind: event.Epoch, Time: p.cfg.Now().UnixMilli(), Stream: stream, Build: build}
	epoch.ID = epoch.Identify()
	seq, err := p.cfg.Log.Append(ctx, epoch, 0)
	if err != nil {
		return 0, err
	}
	tx, err := p.cfg.DB.Begin()
	if err != nil {
		return 0, err
	}
	cp := p.cp
	cp.Stream, cp.Build, cp.Epoch = stream, build, seq
	if err := tx.TakeOver(cp); err != nil {
		_ = tx.Rollback() // The error that matters is the first.
		return 0, err
	}
	if err := tx.Commit(); err != nil {
		_ = tx.Rollback()
		return 0, err
	}
	p.cp = cp
	return seq, nil
}

// catchUp projects up to end.
func (p *Projector) catchUp(ctx context.Context, end uint64) error {
	first := p.cp.Seq
	p.batch.items = p.batch.items[:0]
	err := readLog(ctx, p.cfg.Log, first+1, end, func(ev event.Event) error {
		p.batch.items = append(p.batch.items, item{ev: ev})
		if len(p.batch.items) < batchCap && ev.Seq < end {
			return nil
		}
		err := p.project(ctx)
		p.batch.items = p.batch.items[:0]
		p.feed.Start(p.cp.Seq, p.cp.Change)
		p.cfg.Progress(p.cp.Seq-first, end-first)
		return err
	})
	return err
}

// payAll appends every rejection that the log is owed, also those that were
// committed before a crash, and waits until it has them.
func (p *Projector) payAll(ctx context.Context) error {
	fates, err := p.cfg.DB.Unlogged()
	if err != nil {
		return err
	}
	p.owed.Reset()
	for _, f := range fates {
		ev, err := p.cfg.Log.At(ctx, f.Seq)
		if err != nil {
			return err
		}
		rec, _, err := p.cfg.DB.Record(f.Record)
		if err != nil {
			return err
		}
		claims, err := projection.Touch(p.cfg.DB, ev, rec)
		if err != nil {
			return err
		}
		p.owe(ev, f, rec, claims)
	}
	for attempt := 1; ; attempt++ {
		p.pay(ctx)
		if p.owed.Len() == 0 {
			return ctx.Err()
		}
		p.say(Status{State: protocol.Retrying, At: p.owed.First().Event.Target, Attempt: attempt, Why: "the log does not take its rejection"})
		if err := p.pause(ctx, backoff(attempt), nil); err != nil {
			return err
		}
	}
}

// readLog calls each with every event from from to to.
func readLog(ctx context.Context, log *eventlog.Log, from, to uint64, each func(event.Event) error) error {
	if from > to {
		return nil
	}
	read := func(_ context.Context, seq uint64) (event.Event, error) { return log.At(ctx, seq) }
	if to-from >= fewEvents {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		tail, err := log.Tail(ctx, from)
		if err != nil {
			return err
		}
		defer func() { _ = tail.Close() }() // Everything wanted was read, or an error says why not.
		read = func(ctx context.Context, _ uint64) (event.Event, error) { return tail.Next(ctx) }
	}
	for seq := from; seq <= to; seq++ {
		ev, err := read(ctx, seq)
		if err != nil {
			return err
		}
		if err := each(ev); err != nil {
			return err
		}
	}
	return nil
}
