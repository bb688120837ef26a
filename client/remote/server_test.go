package remote

import (
	"encoding/json"
	"fmt"
	"net"
	"strconv"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"optimist/client/outbox"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// patience is how long a test waits for what must happen.
const patience = 10 * time.Second

// natsServer is a real nats-server that can go away and come back.
type natsServer struct {
	t    testing.TB
	dir  string
	port int
	ns   *server.Server
}

// mustServe returns a running server on a port of its own.
func mustServe(t testing.TB) *natsServer {
	t.Helper()
	s := newServer(t)
	s.start()
	return s
}

// newServer returns a server that is not there yet.
func newServer(t testing.TB) *natsServer {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer free.Close()
	s := &natsServer{t: t, dir: t.TempDir(), port: free.Addr().(*net.TCPAddr).Port}
	t.Cleanup(s.stop)
	return s
}

func (s *natsServer) start() {
	s.t.Helper()
	ns, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: s.port, JetStream: true, StoreDir: s.dir, NoSigs: true, NoLog: true,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	ns.Start()
	if !ns.ReadyForConnections(patience) {
		s.t.Fatal("the nats-server does not come up")
	}
	s.ns = ns
}

func (s *natsServer) stop() {
	if s.ns != nil {
		s.ns.Shutdown()
		s.ns.WaitForShutdown()
		s.ns = nil
	}
}

func (s *natsServer) url() string { return "nats://127.0.0.1:" + strconv.Itoa(s.port) }

// mustConnect returns the connection of a test's own responder.
func (s *natsServer) mustConnect() *nats.Conn {
	s.t.Helper()
	nc, err := nats.Connect(s.url())
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(nc.Close)
	return nc
}

// mustAnswer serves subject with answer, which is called in the order of
// requests.
func mustAnswer(t testing.TB, nc *nats.Conn, subject string, answer func(*nats.Msg)) {
	t.Helper()
	if _, err := nc.Subscribe(subject, answer); err != nil {
		t.Fatal(err)
	}
	if err := nc.Flush(); err != nil {
		t.Fatal(err)
	}
}

// mustSend publishes v.
func mustSend(t testing.TB, nc *nats.Conn, subject string, v any) {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := nc.Publish(subject, data); err != nil {
		t.Fatal(err)
	}
	if err := nc.Flush(); err != nil {
		t.Fatal(err)
	}
}

// mustRead decodes a request.
func mustRead[T any](t testing.TB, msg *nats.Msg) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(msg.Data, &v); err != nil {
		t.Errorf("the request %q: %v", msg.Data, err)
	}
	return v
}

// owner is who owns the replica in these tests: it keeps what it is given.
type owner struct {
	t       testing.TB
	batches chan Batch
	rest    []reconcile.Input // Of the last batch looked at.
	r       *Remote
}

// mustDial returns a Remote at url and its owner.
func mustDial(t testing.TB, url string, box *outbox.Outbox) *owner {
	t.Helper()
	o := &owner{t: t, batches: make(chan Batch, 1<<16)}
	r, err := Dial(t.Context(), Config{
		URL: url, Client: "ann", Outbox: box, Deliver: func(b Batch) { o.batches <- b },
	})
	if err != nil {
		t.Fatal(err)
	}
	o.r = r
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return o
}

// next waits for the next batch.
func (o *owner) next() Batch {
	o.t.Helper()
	select {
	case b := <-o.batches:
		return b
	case <-time.After(patience):
		o.t.Fatal("nothing comes")
	}
	return Batch{}
}

// until waits for the next batch for which has returns true.
func (o *owner) until(has func(Batch) bool) Batch {
	o.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if b := o.next(); has(b) {
			return b
		}
	}
	o.t.Fatal("it does not come")
	return Batch{}
}

// input waits for the next input that is no Tick, which must be of that kind.
func (o *owner) input(kind reconcile.InputKind) reconcile.Input {
	o.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		if len(o.rest) == 0 {
			o.rest = o.next().Inputs
			continue
		}
		in := o.rest[0]
		o.rest = o.rest[1:]
		if in.Kind == reconcile.Tick {
			continue
		}
		if in.Kind != kind {
			o.t.Fatalf("input %d came where %d is next: %+v", in.Kind, kind, in)
		}
		return in
	}
	o.t.Fatalf("input %d does not come", kind)
	return reconcile.Input{}
}

// ticks waits until time has passed for the Remote itself, and returns the
// other inputs that came.
func (o *owner) ticks(count int) []reconcile.Input {
	o.t.Helper()
	var others []reconcile.Input
	for {
		for _, in := range o.rest {
			if in.Kind == reconcile.Tick {
				count--
			} else {
				others = append(others, in)
			}
		}
		o.rest = nil
		if count <= 0 {
			return others
		}
		o.rest = o.next().Inputs
	}
}

// listens waits until the server knows what the Remote has subscribed to.
func (o *owner) listens() {
	o.t.Helper()
	if err := o.r.nc.Flush(); err != nil {
		o.t.Fatal(err)
	}
}

// store and send are effects as the replica makes them.
func store(n int) reconcile.Effect {
	m := mutation(n)
	m.Phase = reconcile.Writing
	return reconcile.Effect{Kind: reconcile.Store, ID: m.ID, Record: m.Record, Mutation: m}
}

func send(n int) reconcile.Effect {
	m := mutation(n)
	m.Phase = reconcile.Sent
	return reconcile.Effect{Kind: reconcile.Send, ID: m.ID, Record: m.Record, Mutation: m}
}

func mutation(n int) reconcile.Mutation {
	return reconcile.Mutation{
		ID: fmt.Sprintf("c%d", n), Number: n, Record: "r1", Op: user.Create,
		Patch: user.SetBoth("Ada", "ada@example.org"), Strategy: "reconcile",
	}
}

func accepted(id string) protocol.Reply {
	return protocol.Reply{Command: id, Verdict: protocol.Accepted, Seq: 7, Version: 1, Epoch: "e"}
}
