package command_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/server/command"
	"optimist/server/control"
	"optimist/server/eventlog"
	"optimist/server/natsd"
	"optimist/server/projector"
	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// answerWait is how long a test waits for an answer before it fails.
const answerWait = 10 * time.Second

// rig is a server made of its real parts.
type rig struct {
	t         testing.TB
	nats      *natsd.Server
	guest     *nats.Conn
	log       *eventlog.Log
	db        *sqlite.DB
	projector *projector.Projector
	board     *control.Board
	own       *nats.Conn
	index     atomic.Pointer[command.Index]
	handler   *command.Handler
	published chan struct{} // Holds a value after each feed message.
}

// mustRig returns a rig whose projector runs, and ends with the test.
func mustRig(t testing.TB) *rig {
	t.Helper()
	r := &rig{t: t, board: control.NewBoard(true), published: make(chan struct{}, 1)}
	var err error
	dir := t.TempDir()
	r.nats, err = natsd.Start(t.Context(), natsd.Config{Dir: dir, Durability: natsd.PageCache})
	r.must(err)
	logConn, err := r.nats.ConnectLog()
	r.must(err)
	r.own, err = r.nats.Connect()
	r.must(err)
	r.guest, err = r.nats.ConnectGuest()
	r.must(err)
	r.log, err = eventlog.Open(t.Context(), logConn, eventlog.Config{AckWait: answerWait})
	r.must(err)
	r.db, err = sqlite.Open(t.Context(), filepath.Join(dir, "rows.db"), sqlite.Normal)
	r.must(err)
	r.index.Store(command.NewIndex())
	r.projector, err = projector.Open(t.Context(), projector.Config{
		Log: r.log, DB: r.db, Faults: r.board, Observe: func(ev event.Event) { r.index.Load().Observe(ev) },
		Publish: func(f protocol.Feed) {
			r.index.Load().Published(f.To, 0)
			select {
			case r.published <- struct{}{}:
			default:
			}
		},
	})
	r.must(err)
	r.serve()
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := r.projector.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		r.handler.Close()
		stop()
		running.Wait()
		r.log.Close()
		r.must(r.db.Close())
		for _, nc := range []*nats.Conn{r.guest, r.own, logConn} {
			nc.Close()
		}
		r.must(r.nats.Close())
	})
	return r
}

// serve begins to answer commands, as the index is.
func (r *rig) serve() {
	r.t.Helper()
	var err error
	r.handler, err = command.Serve(r.t.Context(), r.own, command.Config{
		Log: r.log, Rows: r.db, Progress: r.projector, Index: r.index.Load(), Board: r.board,
	})
	r.must(err)
	r.must(r.own.Flush())
}

// restart ends the handler and starts another, which knows what is on disk.
func (r *rig) restart() {
	r.t.Helper()
	r.handler.Close()
	r.index.Store(command.NewIndex())
	r.serve()
}

func (r *rig) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// create, edit and remove are commands as a client sends them.
func create(id, record string) protocol.Command {
	name, email := "Name "+record, record+"@example.org"
	return protocol.Command{ID: id, Record: record, Op: user.Create, Name: &name, Email: &email}
}

func edit(id, record, name string) protocol.Command {
	return protocol.Command{ID: id, Record: record, Op: user.Edit, Name: &name}
}

func remove(id, record string) protocol.Command {
	return protocol.Command{ID: id, Record: record, Op: user.Delete}
}

// by returns c under that strategy.
func by(strategy string, c protocol.Command) protocol.Command {
	c.Strategy = strategy
	return c
}

// on returns c typed on the client's command cause.
func on(cause string, c protocol.Command) protocol.Command {
	c.Cause = cause
	return c
}

// at returns c with that base.
func at(base uint64, c protocol.Command) protocol.Command {
	c.Base = base
	return c
}

// send returns the answer to c.
func (r *rig) send(client string, c protocol.Command) protocol.Reply {
	r.t.Helper()
	reply, err := r.request(client, c, answerWait)
	r.must(err)
	return reply
}

func (r *rig) request(client string, c protocol.Command, wait time.Duration) (protocol.Reply, error) {
	data, err := json.Marshal(c)
	if err != nil {
		return protocol.Reply{}, err
	}
	msg, err := r.guest.Request(protocol.CommandSubject(client), data, wait)
	if err != nil {
		return protocol.Reply{}, err
	}
	var reply protocol.Reply
	return reply, json.Unmarshal(msg.Data, &reply)
}

// arm arms a fault.
func (r *rig) arm(f fault.Fault) {
	r.t.Helper()
	_, err := r.board.Arm(f)
	r.must(err)
}

// stall makes the projector wait at its next event.
func (r *rig) stall() { r.arm(fault.Fault{Kind: fault.ProjectStall}) }

// settle clears all faults and waits until the projector has published the log.
func (r *rig) settle() {
	r.t.Helper()
	r.board.Clear(0)
	end, err := r.log.End(r.t.Context())
	r.must(err)
	limit := time.After(answerWait)
	for r.projector.Watermark() < end {
		select {
		case <-r.published:
		case <-limit:
			r.t.Fatalf("the projector is at #%d of #%d", r.projector.Watermark(), end)
		}
		end, err = r.log.End(r.t.Context())
		r.must(err)
	}
}

// lines returns the log from event after on, a line each.
func (r *rig) lines(after uint64) []string {
	r.t.Helper()
	end, err := r.log.End(r.t.Context())
	r.must(err)
	var lines []string
	for seq := after + 1; seq <= end; seq++ {
		ev, err := r.log.At(r.t.Context(), seq)
		r.must(err)
		lines = append(lines, line(ev))
	}
	return lines
}

func line(ev event.Event) string {
	text := fmt.Sprintf("%s %s", ev.Kind, ev.Ref)
	if ev.Code != "" {
		text += " " + string(ev.Code)
	}
	if ev.Cause.Command != "" {
		text += " on " + ev.Cause.String()
	}
	return text
}

// end returns the log's end.
func (r *rig) end() uint64 {
	r.t.Helper()
	end, err := r.log.End(r.t.Context())
	r.must(err)
	return end
}
