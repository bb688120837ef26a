package live

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/nats-io/nats.go"

	"optimist/server/app"
)

// openServer opens the server, for the first time or again.
func (w *World) openServer() error {
	req := hostRequest{
		Do: hostOpen, Dir: filepath.Join(w.dir, "server"), Strategy: w.cfg.Strategy,
		Given: w.given, Faults: w.plan.List(),
	}
	w.near, w.sent, w.taken, w.received = nil, counts{}, counts{}, 0
	if w.cfg.Crashes {
		child, err := launch[hostRequest, hostAnswer](hostPart)
		if err != nil {
			return err
		}
		w.host, req.Listen = child, "127.0.0.1:0"
	} else {
		w.near = new(host)
		w.host = near[hostRequest, hostAnswer]{w.near.do}
	}
	w.down = false
	return w.ask(req)
}

// connect returns how a client of this process reaches the server.
func (w *World) connect(url string) func(...nats.Option) (*nats.Conn, error) {
	if w.near != nil {
		return w.near.app.Connect
	}
	return dial(url)
}

// ask has the server do something, waits until it is quiet, and has the clients
// take in what it sent. A server that died of it is down.
func (w *World) ask(req hostRequest) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	req.Now, req.After = w.now, uint64(len(w.log))
	req.Commands, req.Queries = w.sent.commands, w.sent.queries
	w.taken = w.sent
	a, err := w.host.ask(ctx, req)
	if errors.Is(err, errGone) || err == nil && a.Crashed {
		if a.Crashed {
			w.server.Faults = a.Faults
		}
		return w.crash()
	}
	if err == nil && a.Error != "" {
		err = errors.New(a.Error)
	}
	if err != nil {
		return fmt.Errorf("server, %s: %w", req.Do, err)
	}
	w.keep(a)
	return w.receive()
}

// keep takes over how the server is.
func (w *World) keep(a hostAnswer) {
	w.log = append(w.log, a.Events...)
	a.Events = nil
	w.server = a
}

// receive has every client take in what the server has sent, if anything.
func (w *World) receive() error {
	if w.received == w.server.Sent {
		return nil
	}
	w.received = w.server.Sent
	for _, c := range w.clients {
		if c.linked {
			if err := w.sit(c, seatRequest{Do: seatReceive}); err != nil {
				return err
			}
		}
	}
	return nil
}

// quiet waits until the server has taken in what the clients asked, and they
// what it answered.
func (w *World) quiet() error {
	if w.down || w.taken == w.sent {
		return nil
	}
	return w.ask(hostRequest{Do: hostLook})
}

// crash ends the server, if it has not ended already because a fault struck. Its
// clients lose their connections, and what it had not written is gone.
func (w *World) crash() error {
	if err := w.host.kill(); err != nil {
		return err
	}
	w.down = true
	w.plan.Put(w.server.Faults)
	for _, c := range w.clients {
		if err := w.unlink(c); err != nil {
			return err
		}
	}
	contents, err := w.remains()
	if err != nil {
		return err
	}
	var a hostAnswer
	a.hold(contents)
	w.keep(a)
	return nil
}

// remains returns what a server that is down left on the disk.
func (w *World) remains() (app.Contents, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	store, err := app.OpenStore(ctx, filepath.Join(w.dir, "server"))
	if err != nil {
		return app.Contents{}, err
	}
	contents, err := store.Contents(ctx, uint64(len(w.log)))
	return contents, errors.Join(err, store.Close())
}

// restart opens the server again. Who is not cut off connects at once.
func (w *World) restart() error {
	if err := w.openServer(); err != nil {
		return err
	}
	for _, c := range w.clients {
		if err := w.link(c); err != nil {
			return err
		}
	}
	return w.quiet()
}

// closeServer ends the server as a person would.
func (w *World) closeServer() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	a, err := w.host.ask(ctx, hostRequest{Do: hostClose})
	if err == nil && a.Error != "" {
		err = errors.New(a.Error)
	}
	if w.near == nil {
		err = errors.Join(err, w.host.kill())
	}
	return err
}
