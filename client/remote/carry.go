package remote

import (
	"context"
	"fmt"
	"time"

	"optimist/client/outbox"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

// writes is what the outbox has not taken yet. After a failure it is tried
// again, whole and in order, at every tick. It belongs to the goroutine that
// carries effects out.
type writes struct {
	changes []outbox.Change
	fresh   []string // Ids stored for the first time.
	failing bool     // A person was told.
}

// carry carries effects out, in order, and counts the time.
func (r *Remote) carry(ctx context.Context) {
	ticker := time.NewTicker(TickEvery)
	defer ticker.Stop()
	var w writes
	defer func() { r.unwritten = w }()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			r.write(&w)
			r.expire()
			r.out.input(reconcile.Input{Kind: reconcile.Tick})
		case <-r.work.wake:
			effects := r.work.take()
			r.carryOut(effects, &w)
			r.work.giveBack(effects)
		}
	}
}

// carryOut first writes the outbox, all of it in one go, and then asks the
// server: a command is never on its way before it is stored, and a burst costs
// one wait for the disk.
func (r *Remote) carryOut(effects []reconcile.Effect, w *writes) {
	for i := range effects {
		w.add(&effects[i])
	}
	r.write(w)
	r.askAll(effects)
}

// askAll sends what the effects ask of the server. Commands that follow each
// other go out in one message.
func (r *Remote) askAll(effects []reconcile.Effect) {
	var v volley
	for i := range effects {
		e := &effects[i]
		switch {
		case e.Kind == reconcile.Send && !r.apart:
			v.commands, v.ids = append(v.commands, r.command(e)), append(v.ids, e.ID)
			if len(v.ids) == protocol.MaxCommands {
				r.fire(&v)
			}
		case e.Kind == reconcile.Store || e.Kind == reconcile.Forget: // Done already.
		default:
			r.fire(&v)
			r.ask(e)
		}
	}
	r.fire(&v)
}

// volley is commands that go out together.
type volley struct {
	commands protocol.Commands
	ids      []string
}

// fire sends a volley, if there is anything in it, and begins the next.
func (r *Remote) fire(v *volley) {
	subject := protocol.CommandSubject(r.cfg.Client)
	switch len(v.ids) {
	case 0:
	case 1:
		r.request(subject, v.commands[0], r.asked.add(question{about: aboutCommand, id: v.ids[0]}))
	default:
		r.request(subject, v.commands, r.asked.add(question{about: aboutCommands, ids: v.ids}))
	}
	*v = volley{}
}

// command returns what a Send sends.
func (r *Remote) command(e *reconcile.Effect) protocol.Command {
	return protocol.CommandOf(e.Mutation.Command(r.cfg.Client), e.Mutation.Strategy)
}

// add notes what an effect changes in the outbox, if anything.
func (w *writes) add(e *reconcile.Effect) {
	if e.Kind == reconcile.Store {
		w.changes = append(w.changes, outbox.Change{Store: true, ID: e.ID, Mutation: e.Mutation})
		if e.Mutation.Phase == reconcile.Writing {
			w.fresh = append(w.fresh, e.ID)
		}
	}
	if e.Kind == reconcile.Forget {
		w.changes = append(w.changes, outbox.Change{ID: e.ID})
	}
}

// write writes the outbox and answers with Stored. A person hears of a failure
// once, until it works again.
func (r *Remote) write(w *writes) {
	if len(w.changes) == 0 {
		return
	}
	if err := r.cfg.Outbox.Write(w.changes); err != nil {
		if !w.failing {
			w.failing = true
			r.cfg.Logger.Error("outbox", "error", err)
			r.out.failure(fmt.Errorf("what you do cannot be kept, so it is not sent; it is tried again: %w", err))
		}
		return
	}
	for _, id := range w.fresh {
		r.out.input(reconcile.Input{Kind: reconcile.Stored, ID: id})
	}
	*w = writes{changes: emptied(w.changes), fresh: emptied(w.fresh)}
}

// flush writes what was still waiting when everything else had ended.
func (r *Remote) flush() error {
	w := r.unwritten
	for _, e := range r.work.take() {
		w.add(&e)
	}
	return r.cfg.Outbox.Write(w.changes)
}

// ask sends what an effect asks of the server, if anything.
func (r *Remote) ask(e *reconcile.Effect) {
	switch e.Kind {
	case reconcile.Send:
		r.request(protocol.CommandSubject(r.cfg.Client), r.command(e), r.asked.add(question{about: aboutCommand, id: e.ID}))
	case reconcile.Poll:
		query := protocol.Query{Ask: protocol.AskOutcome, Command: e.ID}
		r.request(protocol.QuerySubject(r.cfg.Client), query, r.asked.add(question{about: aboutOutcome, id: e.ID}))
	case reconcile.Sync:
		if e.Log {
			r.followLog()
		}
		r.asked.beginSync()
		r.page(e.Epoch, e.Since, e.Log)
	case reconcile.Store, reconcile.Forget, reconcile.Changed, reconcile.Settled, reconcile.Fell, reconcile.Moved,
		reconcile.Declined:
	}
}

// followLog subscribes to what the log makes of the records, once: only who
// reads that pays for it.
func (r *Remote) followLog() {
	if !r.logFeed {
		return
	}
	if _, err := r.nc.Subscribe(protocol.LogFeedSubject, r.fed); err != nil {
		r.cfg.Logger.Warn("subscribe", "subject", protocol.LogFeedSubject, "error", err)
		return
	}
	r.logFeed = false
}

// page asks for one page of a resync, of the read model or of the log.
func (r *Remote) page(epoch string, since uint64, log bool) {
	token := r.asked.addPage()
	query := protocol.Query{Ask: protocol.AskSync, Epoch: epoch, Since: since, Log: log}
	if err := r.request(protocol.QuerySubject(r.cfg.Client), query, token); err != nil {
		r.syncFailed(token, err)
	}
}

// request sends v; its answer will come to the inbox under token. An error is
// not a verdict, so nobody but a resync needs to hear of it.
func (r *Remote) request(subject string, v any, token string) error {
	data, err := protocol.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode a request: %w", err)
	}
	if err := r.nc.PublishRequest(subject, r.inbox+token, data); err != nil {
		r.cfg.Logger.Debug("request", "subject", subject, "error", err)
		return fmt.Errorf("send a request: %w", err)
	}
	return nil
}

// expire gives up the questions that were asked too long ago.
func (r *Remote) expire() {
	if r.asked.expire() {
		r.out.input(reconcile.Input{Kind: reconcile.SyncFailed})
	}
}
