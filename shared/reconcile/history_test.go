package reconcile

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// Sizes of the random histories.
const (
	actions  = 120
	settling = 2_000 // Steps within which everything must come to rest.
)

// played is the strategies of the histories, and how many of each.
var played = []struct {
	strategy  string
	histories uint64
}{
	{"reconcile", 40}, {"check-log", 30}, {"hold", 12}, {"fire-and-forget", 12}, {"read-log", 12}, {"outbox", 8},
	{"dual-write", 4}, {"check-projection", 4}, {"wait", 8}, {"server-id", 4}, {"natural-key", 16}, {"reserve", 4},
	{"reconcile dependents=refuse", 12}, {"reconcile read=projection", 6}, {"reconcile feedback=none", 8},
	{"check-log read=log", 6}, {"check-log dependents=refuse read=projection", 4}, {"hold read=log reply=projected", 8},
}

// TestHistories plays random histories: two people, a server that loses,
// repeats and reorders what it says, disconnects, power cuts and restarts. At
// every step the replica shows what the naive replay of everything shows, says
// what changed exactly once, and does what its copies do; at the end nothing is
// pending and the screen is the server's.
func TestHistories(t *testing.T) {
	for _, p := range played {
		t.Run(p.strategy, func(t *testing.T) {
			for seed := range p.histories {
				h := newHistory(t, seed, p.strategy)
				for range actions {
					h.act()
				}
				h.settle()
				if t.Failed() {
					t.Fatalf("seed %d:\n%s", seed, h.told())
				}
			}
		})
	}
}

type history struct {
	t        *testing.T
	rnd      *rand.Rand
	strategy string
	rules    strategy.Strategy
	server   *server
	r        *Replica
	copies   *copies
	naive    *naive
	box      []Mutation // The outbox, in the order of numbers.
	disk     []string   // On the way to it.
	mail     []Input    // On the way to the client.
	online   bool
	declines bool // What is typed now.
	now      int64
	ids      int
	before   map[string]shown
	lines    []string
}

// The records of the histories are what three emails are as ids.
var (
	emails  = []string{"ada@example.org", "bob@example.org", "eve@example.org"}
	records = []string{event.EmailToken(emails[0]), event.EmailToken(emails[1]), event.EmailToken(emails[2])}
)

func newHistory(t *testing.T, seed uint64, text string) *history {
	rules, err := strategy.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(seed, 1))
	h := &history{
		t: t, rnd: rnd, strategy: text, rules: rules, server: newServer(rnd, rules),
		naive: newNaive(rules), before: map[string]shown{},
	}
	h.begin()
	return h
}

// begin starts a client with nothing.
func (h *history) begin() {
	base := func() Base { return NewTree() }
	if h.rnd.IntN(2) == 0 {
		base = func() Base { return NewShort() }
	}
	h.r, h.copies = New("ann", base()), newCopies(h.t, base)
	h.one(Input{Kind: Follow, Strategy: h.strategy})
}

// one steps the replica, and checks that its copies do the same.
func (h *history) one(in Input) []Effect {
	in.At = h.now
	out := h.copies.step(h.r, in)
	h.lines = append(h.lines, inputLine(in))
	for _, e := range out {
		h.lines = append(h.lines, "    "+effectLine(e))
	}
	return out
}

func (h *history) told() string {
	var all string
	for _, l := range h.lines {
		all += l + "\n"
	}
	return all
}

// step steps the replica, does what it wants, and compares.
func (h *history) step(in Input) {
	in.At = h.now
	h.mayDecline(in)
	out := h.one(in)
	h.naive.see(in, out)
	h.compare(out)
	for _, e := range out {
		h.carryOut(e)
	}
	if h.rnd.IntN(2) == 0 {
		h.written()
	}
}

func (h *history) carryOut(e Effect) {
	switch e.Kind {
	case Store:
		h.forget(e.ID)
		at := 0
		for at < len(h.box) && h.box[at].Number < e.Mutation.Number {
			at++
		}
		h.box = append(h.box[:at:at], append([]Mutation{e.Mutation}, h.box[at:]...)...)
		if e.Mutation.Phase == Writing {
			h.disk = append(h.disk, e.ID)
		}
	case Forget:
		h.forget(e.ID)
	case Send, Poll, Sync:
		if h.online {
			h.serve(e)
		}
	case Changed, Settled, Fell, Moved:
	case Declined:
		if !h.declines {
			h.t.Fatalf("declined without a reason\n%s", h.told())
		}
	}
}

func (h *history) forget(id string) {
	for i, m := range h.box {
		if m.ID == id {
			h.box = append(h.box[:i:i], h.box[i+1:]...)
			return
		}
	}
}

// mayDecline notes whether the strategy refuses what is typed.
func (h *history) mayDecline(in Input) {
	h.declines = h.rules.Dependents == strategy.RefuseDependents && h.naive.opens(in.Record)
}

// serve takes a request to the server, or loses it or its answer.
func (h *history) serve(e Effect) {
	if e.Kind == Send && h.rules.Dependents == strategy.HoldDependents && h.naive.open(e.Mutation.Cause) {
		h.t.Fatalf("%s is sent while %s is pending\n%s", e.ID, e.Mutation.Cause, h.told())
	}
	switch {
	case e.Kind == Sync && h.rnd.IntN(8) == 0:
		h.mail = append(h.mail, Input{Kind: SyncFailed})
	case e.Kind == Sync:
		h.mail = append(h.mail, Input{Kind: Synced, Sync: h.server.sync(e.Epoch, e.Since, e.Log)})
	case h.rnd.IntN(8) == 0:
	case e.Kind == Poll:
		a, ok := h.server.outcomes[user.Ref{Client: "ann", Command: e.ID}]
		if !ok {
			a = protocol.Reply{Command: e.ID, Verdict: protocol.Unknown, Epoch: h.server.name()}
		}
		h.mail = append(h.mail, Input{Kind: Answered, Reply: a})
	default:
		a := h.server.command(e.Mutation.Command("ann"))
		if h.rnd.IntN(8) != 0 {
			h.mail = append(h.mail, Input{Kind: Answered, Reply: a})
		}
	}
}

// compare checks every record against the naive replay, and that each change
// was told of once.
func (h *history) compare(out []Effect) {
	told := map[string]int{}
	for _, e := range out {
		if e.Kind == Changed {
			told[e.Record]++
		}
	}
	for _, record := range records {
		got, want := shownOf(h.r, record), h.naive.view(record)
		if diff := cmp.Diff(want, got); diff != "" {
			h.t.Fatalf("%s shows something else than a replay of everything (-want +got):\n%s\n%s", record, diff, h.told())
		}
		if out != nil && told[record]+told[""] == 0 && !cmp.Equal(got, h.before[record]) {
			h.t.Fatalf("%s changed and nobody was told\n%s", record, h.told())
		}
		if told[record] > 1 {
			h.t.Fatalf("%s: told %d times in one step\n%s", record, told[record], h.told())
		}
		h.before[record] = got
	}
}

// settle lets everything come to rest and checks where it came to.
func (h *history) settle() {
	h.link(false)
	h.link(true)
	for i := 0; i < settling && !h.settled(); i++ {
		h.written()
		h.feed(h.server.project(100))
		h.feedLog()
		for len(h.mail) > 0 {
			h.deliver()
		}
		h.now += 250
		h.step(Input{Kind: Tick})
	}
	if n := h.r.Pending(); n > 0 {
		h.t.Fatalf("%d mutations are pending for ever\n%s", n, h.told())
	}
	for _, record := range records {
		row, got := h.server.rows[record], shownOf(h.r, record)
		living := row.ID != "" && !row.Deleted
		if got.Exists != living || living && (got.Name != row.Name || got.Email != row.Email) {
			h.t.Errorf("%s shows %+v where the server has %+v", record, got, row)
		}
	}
}

// settled reports whether nothing is under way anywhere.
func (h *history) settled() bool {
	at := h.r.Position()
	if logs := &h.r.logs; h.r.follows(logs) && (logs.epoch != h.server.name() || logs.to != h.server.folded) {
		return false
	}
	return h.r.Pending() == 0 && len(h.mail) == 0 && !at.Syncing && h.server.to == len(h.server.log) &&
		at.Epoch == h.server.name() && at.To == uint64(h.server.to)
}
