package witness_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// TestAHealthyServerIsNotAccused has answers, feed and log come in any order that
// their channels allow, while somebody else works on the same record.
func TestAHealthyServerIsNotAccused(t *testing.T) {
	for seed := range uint64(300) {
		h := &healthy{stage: mustStage(t, "reconcile"), r: rand.New(rand.NewPCG(seed, 1))}
		h.run(60)
		if len(h.found) > 0 {
			t.Fatalf("seed %d: %+v", seed, h.found)
		}
	}
}

// healthy is a server that does everything right, and three channels from it.
type healthy struct {
	*stage
	r       *rand.Rand
	log     []event.Event
	state   user.State
	answers []protocol.Reply
	taken   int // Of the log, by the client's tail.
	fed     int // Of the log, by the feed.
	rows    []protocol.Row
}

func (h *healthy) run(steps int) {
	for range steps {
		h.now += int64(h.r.IntN(50))
		h.step()
	}
	for len(h.answers) > 0 || h.taken < len(h.log) || h.fed < len(h.log) {
		h.deliver()
	}
	h.rest(uint64(len(h.log)))
}

func (h *healthy) step() {
	names := []string{"Ada", "Ada L.", "Countess"}
	p := user.SetName(names[h.r.IntN(len(names))])
	switch n := h.r.IntN(6); {
	case !h.state.Exists && len(h.log) == 0:
		h.takes(h.act(user.Create, user.SetBoth("Ada", "ada@example.org")))
	case n == 0 && h.state.Exists:
		h.takes(h.act(user.Edit, p))
	case n == 1 && h.state.Exists:
		h.append(event.Event{Kind: event.Edited, Ref: user.Ref{Client: "bob", Command: fmt.Sprint("b", len(h.log))}, Record: "ada", Op: user.Edit, Patch: p, Base: uint64(len(h.log))})
	default:
		h.deliver()
	}
}

// takes decides an own command as the log has it.
func (h *healthy) takes(m reconcile.Mutation) {
	e := h.of(m, 0, h.state.Version+1)
	cmd := m.Command("ann")
	if err := user.Decide(h.state, cmd); err != nil {
		h.refuse(m)
		return
	}
	e.Base = max(e.Base, m.Base)
	seq := h.append(e)
	h.answers = append(h.answers, accepted(m, seq))
}

func (h *healthy) refuse(m reconcile.Mutation) {
	seq := uint64(len(h.log) + 1)
	h.log = append(h.log, h.refusal(m, seq, user.ErrConflict))
	h.rows = append(h.rows, protocol.Row{})
	h.answers = append(h.answers, protocol.Reply{Command: m.ID, Verdict: protocol.Refused, Seq: seq, Code: user.ErrConflict})
}

func (h *healthy) append(e event.Event) uint64 {
	e.Seq, e.Version, e.Strategy = uint64(len(h.log)+1), h.state.Version+1, h.strategy
	h.state = user.Evolve(h.state, e.Change())
	h.log = append(h.log, e)
	h.rows = append(h.rows, protocol.Row{
		ID: "ada", Name: h.state.Name, Email: h.state.Email, Version: h.state.Version, Seq: e.Seq, Born: 1,
		By: e.Client, Command: e.Command, Change: e.Seq,
	})
	return e.Seq
}

// deliver lets one channel go on.
func (h *healthy) deliver() {
	switch n := h.r.IntN(3); {
	case n == 0 && len(h.answers) > 0:
		a := h.answers[0]
		h.answers = h.answers[1:]
		h.answer(a)
	case n == 1 && h.taken < len(h.log):
		h.taken++
		h.hear(h.log[h.taken-1])
	case n == 2 && h.fed < len(h.log):
		first := h.fed
		h.fed += 1 + h.r.IntN(len(h.log)-h.fed)
		var rows []protocol.Row
		for _, row := range h.rows[first:h.fed] {
			if row.ID != "" {
				rows = []protocol.Row{row}
			}
		}
		h.feed(uint64(h.fed), nil, rows...)
	}
}
