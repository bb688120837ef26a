package projector

import (
	"context"
	"errors"

	"optimist/shared/event"
)

// mayGoAhead reports whether an event may be folded before it is in the log. A
// fault strikes an event only once it is there, and a driver wants it step by
// step. After a batch of several another is likely, and fewer commits are worth
// more than early ones.
func (p *Projector) mayGoAhead() bool {
	return len(p.batch.items) <= 1 && !p.gated() && (p.cfg.Faults == nil || !p.cfg.Faults.Armed())
}

// goAhead folds ev, which is alone on its way into the log, while the log stores
// it, and commits once it is there just as it was foreseen: so the transaction
// costs a lone command only its commit. If something else comes, or nothing, all
// is left as it was, and what has come is projected as usual.
func (p *Projector) goAhead(ctx context.Context, ev event.Event) error {
	if !ev.Kind.Changes() || !p.mayGoAhead() { // A fault may be armed since.
		return nil
	}
	p.batch.items = append(p.batch.items[:0], item{ev: ev})
	tx, cp, _, err := p.fold(together)
	if err != nil {
		return nil //nolint:nilerr // The event meets it again when it is there.
	}
	var came event.Event
	if arrived, err := p.tail.Awaited(p.chore.due); err == nil && arrived {
		came, _ = p.tail.More()
		p.held = &came
	}
	if came != ev {
		return p.rollBack(tx)
	}
	switch err := p.commit(tx); {
	case err == nil:
		p.held = nil
		return p.committed(ctx, cp)
	case errors.Is(err, ErrCrashed):
		return err
	}
	return nil
}
