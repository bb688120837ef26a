package main

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"optimist/client/outbox"
	"optimist/client/remote"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// settleWait is how long a peer is given to reach a state: far more than it
// takes, also on a busy machine.
const settleWait = time.Minute

// peer is a whole client without a screen: outbox, remote and replica.
type peer struct {
	name string
	box  *outbox.Outbox

	mu       sync.Mutex
	remote   *remote.Remote
	replica  *reconcile.Replica
	rows     *reconcile.Tree
	moved    chan struct{} // Closed and replaced at each delivery.
	typed    []string      // The ids of its mutations, in order.
	accepted map[string]uint64
	ends     map[string][]reconcile.Mutation // What it was told of each.
	told     map[string]int                  // How often a record changed.
}

// mustPeer returns a client that connects to url, at once or later.
func mustPeer(t testing.TB, name, url string, box *outbox.Outbox) *peer {
	t.Helper()
	p := &peer{
		name: name, box: box, rows: reconcile.NewTree(), moved: make(chan struct{}),
		accepted: map[string]uint64{}, ends: map[string][]reconcile.Mutation{}, told: map[string]int{},
	}
	p.replica = reconcile.New(name, p.rows)
	p.mu.Lock()
	defer p.mu.Unlock()
	var err error
	p.remote, err = remote.Dial(t.Context(), remote.Config{URL: url, Client: name, Outbox: box, Deliver: p.receive})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.mustClose(t) })
	return p
}

// mustOutbox returns alice's durable outbox in dir.
func mustOutbox(t testing.TB, dir string) *outbox.Outbox {
	t.Helper()
	box, err := outbox.Open(t.Context(), dir, "alice")
	if err != nil {
		t.Fatal(err)
	}
	return box
}

// mustClose ends the client. Closing it again does nothing.
func (p *peer) mustClose(t testing.TB) {
	t.Helper()
	if p.box == nil {
		return
	}
	if err := p.remote.Close(); err != nil {
		t.Errorf("close %s: %v", p.name, err)
	}
	if err := p.box.Close(); err != nil {
		t.Errorf("close the outbox of %s: %v", p.name, err)
	}
	p.box = nil
}

// receive steps what came.
func (p *peer) receive(b remote.Batch) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, in := range b.Inputs {
		if a := in.Reply; in.Kind == reconcile.Answered && (a.Verdict == protocol.Accepted || a.Verdict == protocol.Confirmed) {
			p.accepted[a.Command] = a.Seq
		}
		p.step(in)
	}
	close(p.moved)
	p.moved = make(chan struct{})
}

// step is one input and all that follows from it. The caller holds the lock.
func (p *peer) step(in reconcile.Input) {
	effects := p.replica.Step(in, nil)
	for _, e := range effects {
		if e.Kind == reconcile.Settled || e.Kind == reconcile.Fell {
			p.ends[e.ID] = append(p.ends[e.ID], e.Mutation)
		}
		if e.Kind == reconcile.Changed {
			p.told[e.Record]++
		}
	}
	p.remote.Do(effects)
}

// submit types a change and returns its id.
func (p *peer) submit(record string, op user.Op, patch user.Patch) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := uuid.Must(uuid.NewV7()).String()
	p.typed = append(p.typed, id)
	p.step(reconcile.Input{Kind: reconcile.Submit, ID: id, Record: record, Op: op, Patch: patch, Strategy: "reconcile"})
	return id
}

// await waits until the client is as it should be.
func (p *peer) await(t testing.TB, what string, is func() bool) {
	t.Helper()
	timeout := time.NewTimer(settleWait)
	defer timeout.Stop()
	for {
		p.mu.Lock()
		ok, moved := is(), p.moved
		p.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-moved:
		case <-timeout.C:
			p.mu.Lock()
			defer p.mu.Unlock()
			t.Fatalf("%s never saw it: %s; position %+v, %d pending, %d rolled back",
				p.name, what, p.replica.Position(), p.replica.Pending(), p.replica.RolledBack())
		}
	}
}

// awaitEnd waits until a mutation has ended and returns it.
func (p *peer) awaitEnd(t testing.TB, id string) reconcile.Mutation {
	t.Helper()
	var end reconcile.Mutation
	p.await(t, "the end of "+id, func() bool {
		if len(p.ends[id]) > 0 {
			end = p.ends[id][0]
		}
		return len(p.ends[id]) > 0
	})
	return end
}

// awaitPhase waits until a pending mutation has come so far.
func (p *peer) awaitPhase(t testing.TB, id string, phase reconcile.Phase) {
	t.Helper()
	p.await(t, id+" "+phase.String(), func() bool {
		m, ok := p.replica.Mutation(id)
		return ok && m.Phase == phase
	})
}

// awaitUser waits until a confirmed row is that, with nothing pending over it.
func (p *peer) awaitUser(t testing.TB, record, name, email string) {
	t.Helper()
	p.await(t, record+" as "+name+" <"+email+">", func() bool {
		v, ok := p.replica.View(record)
		return ok && v.Exists && len(v.Pending) == 0 && v.Row.Name == name && v.Row.Email == email
	})
}

// view returns what the client shows of a record.
func (p *peer) view(record string) reconcile.View {
	p.mu.Lock()
	defer p.mu.Unlock()
	v, _ := p.replica.View(record)
	return v
}

// position returns how far the client has read.
func (p *peer) position() reconcile.Position {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.replica.Position()
}
