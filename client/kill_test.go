package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"optimist/client/outbox"
	"optimist/client/remote"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// The load under which the server is killed.
const (
	crashes      = 12
	crashAfter   = 15 // Ends that a client must see between two crashes; up to twice that.
	crashLoad    = 60 // Mutations that each client types between two crashes,
	crashPending = 24 // of which so many are under way.
	crashRecords = 40 // Records that both clients work on.
)

// The server is killed again and again while two clients work on the same
// records, and is started again on what it left. Nothing that was accepted may
// be lost, nothing may happen twice, and everybody ends with the same rows.
func TestServerIsKilledUnderLoad(t *testing.T) {
	data := t.TempDir()
	p := mustLaunch(t, data, "--listen", "127.0.0.1:0")
	address := p.urls[0]
	peers := []*peer{
		mustPeer(t, "alice", address, mustOutbox(t, t.TempDir())),
		mustPeer(t, "bob", address, outbox.Memory("bob")),
	}
	for round := range crashes {
		var load sync.WaitGroup
		for i, c := range peers {
			load.Go(func() { c.work(t.Context(), rand.New(rand.NewPCG(uint64(round), uint64(i)))) })
		}
		c := peers[round%len(peers)]
		goal := c.ended() + crashAfter + round*7%crashAfter
		c.await(t, fmt.Sprintf("%d ends before crash %d", goal, round), func() bool { return len(c.ends) >= goal })
		if err := p.kill(); err != nil {
			t.Fatal(err)
		}
		p = mustLaunch(t, data, "--listen", hostOf(t, address))
		load.Wait()
	}
	nc := mustConnectTo(t, address)
	for _, c := range peers {
		// Not "nothing pending": what the outbox is still writing is not pending yet.
		c.await(t, "an end of everything typed", func() bool { return len(c.ends) == len(c.typed) })
	}
	log := mustReadRest(t, nc, peers)
	for _, c := range peers {
		c.checkFates(t, log)
		c.checkOutcomes(t, nc)
		if diff := cmp.Diff(mustDumpRows(t, address), c.living()); diff != "" {
			t.Errorf("what %s shows is not the rows (-rows +%s):\n%s", c.name, c.name, diff)
		}
	}
	if err := p.stop(); err != nil {
		t.Error(err)
	}
	if out, err := exec.CommandContext(t.Context(), program, "verify", "--data", data).CombinedOutput(); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
}

// mustReadRest returns the log once everybody has read it to its end. What fell
// with its create did so at its client before the log had its rejection.
func mustReadRest(t *testing.T, nc *nats.Conn, peers []*peer) []event.Event {
	t.Helper()
	for {
		log := mustReadLog(t, nc)
		for _, c := range peers {
			c.await(t, fmt.Sprintf("the log's end, #%d", len(log)), func() bool { return c.replica.Position().To >= uint64(len(log)) })
		}
		if len(mustReadLog(t, nc)) == len(log) {
			return log
		}
	}
}

// mustLaunch starts a server on data, with the durability that survives it.
func mustLaunch(t testing.TB, data string, args ...string) *process {
	t.Helper()
	p, err := launch("", os.Environ(), append(args, "--data", data, "--durability", "page-cache")...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.kill() }) // It was ended before, or the test failed.
	return p
}

// work types changes, a limited number under way.
func (p *peer) work(ctx context.Context, dice *rand.Rand) {
	for typed := 0; typed < crashLoad; {
		p.mu.Lock()
		room, moved := p.replica.Pending() < crashPending, p.moved
		p.mu.Unlock()
		if ctx.Err() != nil {
			return
		}
		if room {
			p.submit(change(dice))
			typed++
			continue
		}
		select {
		case <-moved:
		case <-ctx.Done():
		}
	}
}

// change returns a change of a record that both clients know, often one that
// cannot be: a taken email, a record that is there already, or not any more.
func change(dice *rand.Rand) (record string, op user.Op, patch user.Patch) {
	record = fmt.Sprintf("r%d", dice.IntN(crashRecords))
	text := fmt.Sprintf("%s-%d", record, dice.IntN(1_000_000))
	email := fmt.Sprintf("%d@example.org", dice.IntN(2*crashRecords))
	switch n := dice.IntN(10); {
	case n < 4:
		return record, user.Create, user.SetBoth(text, email)
	case n < 7:
		return record, user.Edit, user.SetName(text)
	case n < 9:
		return record, user.Edit, user.SetEmail(email)
	}
	return record, user.Delete, user.Patch{}
}

// ended returns how many mutations have ended.
func (p *peer) ended() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.ends)
}

// checkFates compares what the client was told with the log.
func (p *peer) checkFates(t *testing.T, log []event.Event) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	events, stands := map[string]int{}, map[string]bool{}
	for _, ev := range log {
		switch {
		case ev.Client == p.name && ev.Kind.Changes():
			events[ev.Command]++
			stands[ev.Command] = true
		case ev.Client == p.name && ev.Kind == event.Rejected:
			stands[ev.Command] = false
		}
	}
	for id, seq := range p.accepted {
		if seq > uint64(len(log)) || log[seq-1].Command != id || !log[seq-1].Kind.Changes() {
			t.Errorf("%s was told that %s is #%d, and it is not there", p.name, id, seq)
		}
	}
	for _, id := range p.typed {
		if len(p.ends[id]) != 1 {
			t.Errorf("%s was told %d ends of %s", p.name, len(p.ends[id]), id)
			continue
		}
		end := p.ends[id][0]
		if n := events[id]; n > 1 || stands[id] != (end.Phase == reconcile.Confirmed) {
			t.Errorf("%s of %s ended %s with %d events in the log; the last stands: %v", id, p.name, end.Phase, n, stands[id])
		}
	}
	t.Logf("%s: %d mutations, %d accepted, %d events in the log", p.name, len(p.typed), len(p.accepted), len(log))
}

// checkOutcomes sends every command again: the server must say what the client
// was told. What fell with its create did so at the client before the server was
// asked, or before its answer, which may have had a reason of its own.
func (p *peer) checkOutcomes(t *testing.T, nc *nats.Conn) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), settleWait)
	defer cancel()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range p.typed {
		if len(p.ends[id]) == 0 {
			continue // Reported already.
		}
		end := p.ends[id][0]
		a, err := remote.Await(ctx, nc, p.name, protocol.CommandOf(end.Command(p.name), end.Strategy))
		if err != nil {
			t.Fatalf("send %s of %s again: %v", id, p.name, err)
		}
		same := a.Code == end.Code || end.Code == user.ErrCascade && a.Verdict == protocol.Refused
		if phaseOf(a.Verdict) != end.Phase || !same {
			t.Errorf("%s of %s ended %s (%s); the server says %s (%s)", id, p.name, end.Phase, end.Code, a.Verdict, a.Code)
		}
	}
}

// living returns the confirmed rows of living users as the server dumps them.
func (p *peer) living() map[string]string {
	p.mu.Lock()
	defer p.mu.Unlock()
	rows := map[string]string{}
	p.rows.Scan(func(r protocol.Row) bool {
		if !r.Deleted && r.Version > 0 {
			rows[r.ID] = fmt.Sprintf("%s <%s> v%d #%d", r.Name, r.Email, r.Version, r.Seq)
		}
		return true
	})
	return rows
}

// mustDumpRows returns what optimistd dump rows prints, by id.
func mustDumpRows(t testing.TB, address string) map[string]string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, "dump", "rows", "--json", "--server", address).Output()
	if err != nil {
		t.Fatalf("dump rows: %v", err)
	}
	rows := map[string]string{}
	for lines := json.NewDecoder(bytes.NewReader(out)); lines.More(); {
		var r protocol.Row
		if err := lines.Decode(&r); err != nil {
			t.Fatal(err)
		}
		rows[r.ID] = fmt.Sprintf("%s <%s> v%d #%d", r.Name, r.Email, r.Version, r.Seq)
	}
	return rows
}
