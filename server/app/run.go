package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/server/command"
	"optimist/server/natsd"
	"optimist/server/query"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
)

// listenWait is how long the server's own subscriptions may take.
const listenWait = 30 * time.Second

// serve takes commands, queries and faults, and lets the projector run.
func (a *App) serve(ctx context.Context) error {
	var err error
	a.commands, err = command.Serve(ctx, a.conn, command.Config{
		Log: a.log, Rows: a.db, Progress: a.projector, Index: a.index, Board: a.board,
		Strategy: a.cfg.Strategy, Now: a.cfg.Now, Gate: a.cfg.Gate, Logger: a.cfg.Logger,
	})
	if err != nil {
		return err
	}
	if strategy.Of(a.cfg.Strategy).Read == strategy.FoldedLog {
		a.commands.Follow() // Clients will come that read the log.
	}
	a.queries, err = query.Serve(a.conn, query.Config{
		Rows: a.db, Progress: a.projector, Tail: a.commands,
		Health: a.Health, Greet: a.status.poke, Answered: a.cfg.Gate.Answered, InOrder: a.cfg.Gate != nil, Logger: a.cfg.Logger,
	})
	if err != nil {
		return err
	}
	if a.faults, err = a.board.Serve(a.conn); err != nil {
		return err
	}
	if err := a.listening(ctx); err != nil {
		return err
	}
	run, stop := context.WithCancel(context.WithoutCancel(ctx))
	a.stop = stop
	a.cfg.Gate.Begin() // Until it waits at the gate.
	a.running.Go(func() { a.keep(run, "projector", a.projector.Run) })
	if a.cfg.Gate == nil { // Nobody would see it, and it counts the system's time.
		a.running.Go(func() { a.keep(run, "status", a.status.run) })
	}
	return nil
}

// listening returns once the subscriptions of the parts are at the server: whoever
// asked before would hear that nobody answers.
func (a *App) listening(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, listenWait)
	defer cancel()
	return a.Flush(ctx)
}

// keep runs a part until run ends and keeps the first failure.
func (a *App) keep(run context.Context, name string, part func(context.Context) error) {
	err := part(run)
	if err == nil || run.Err() != nil {
		return
	}
	a.cfg.Logger.Error("part failed", "part", name, "err", err)
	a.cfg.Gate.Break(fmt.Errorf("%s: %w", name, err))
	select {
	case a.failed <- fmt.Errorf("%s: %w", name, err):
	default:
	}
}

// Failed returns a channel that holds an error once a part cannot go on.
func (a *App) Failed() <-chan error { return a.failed }

// reached tells the commands how far everybody was told.
func (a *App) reached(to uint64) { a.index.Published(to, a.cfg.Now().UnixMilli()) }

// publish tells everybody what the read model did.
func (a *App) publish(f protocol.Feed) {
	a.send(protocol.FeedSubject, f)
}

func (a *App) send(subject string, v any) {
	data, err := protocol.Marshal(v)
	if err == nil {
		err = a.conn.Publish(subject, data)
	}
	if err != nil {
		a.cfg.Logger.Error("message not published", "subject", subject, "err", err)
	}
}

// progress tells of a long catch-up.
func (a *App) progress(done, total uint64) {
	a.cfg.Progress(fmt.Sprintf("projecting event %d of %d", done, total))
}

// Health says how far the log and the read model are.
func (a *App) Health(ctx context.Context) (protocol.Health, error) {
	end, err := a.log.End(ctx)
	if err != nil {
		return protocol.Health{}, err
	}
	at := a.projector.Watermark()
	return protocol.Health{
		Ready: true, Log: end, Projected: at, Lag: end - min(at, end),
		Durability: string(a.cfg.Durability), Epoch: a.projector.Epoch(),
		Strategy: a.cfg.Strategy,
	}, nil
}

// URLs returns where clients can connect, none if the server is in process only.
func (a *App) URLs() []string { return a.nats.URLs() }

// Connect returns a client's connection, in process.
func (a *App) Connect(opts ...nats.Option) (*nats.Conn, error) { return a.nats.ConnectGuest(opts...) }

// Durability returns what an accepted event survives.
func (a *App) Durability() natsd.Durability { return a.cfg.Durability }

// Close stops the parts in the reverse order and waits for each. A throw-away
// directory is removed.
func (a *App) Close() error {
	if a.faults != nil {
		// The connection closes below, and with it the subscription.
		_ = a.faults.Unsubscribe()
	}
	if a.queries != nil {
		a.queries.Close()
	}
	if a.commands != nil {
		a.commands.Close()
	}
	if a.stop != nil {
		a.stop()
	}
	a.running.Wait()
	return a.release()
}

// release closes what holds files and memory.
func (a *App) release() error {
	var errs []error
	if a.log != nil {
		a.log.Close()
	}
	if a.db != nil {
		errs = append(errs, a.db.Close())
	}
	for _, conn := range []*nats.Conn{a.conn, a.logConn} {
		if conn != nil {
			conn.Close()
		}
	}
	if a.nats != nil {
		errs = append(errs, a.nats.Close())
	}
	if a.trash != "" {
		errs = append(errs, os.RemoveAll(a.trash))
	}
	return errors.Join(errs...)
}
