package decide_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// strategies are those that differ on the server's command side.
var strategies = []string{
	"reconcile", "check-projection", "fire-and-forget", "check-log", "wait", "reserve", "dual-write", "outbox",
}

// mixed stands for one of them for each command.
const mixed = "mixed"

// strategyOf returns the strategy of a command in a schedule of text: the same
// each time it is sent.
func strategyOf(text string, cmd user.Command) string {
	if text != mixed {
		return text
	}
	sum := 0
	for _, c := range cmd.Ref.Command {
		sum += int(c)
	}
	return strategies[sum%len(strategies)]
}

// TestRandomSchedules has three clients send and resend, in any order with
// whatever the log, the projector, faults, crashes and the clock do. Whatever
// happens: a command has at most one event that is not a repeat, a verdict never
// changes, and a copy of the core does what the core does.
func TestRandomSchedules(t *testing.T) {
	for _, strategy := range append(slices.Clone(strategies), mixed) {
		t.Run(strategy, func(t *testing.T) {
			for seed := range uint64(60) {
				schedule(t, strategy, seed)
				if t.Failed() {
					t.Fatalf("seed %d", seed)
				}
			}
		})
	}
}

func schedule(t *testing.T, strategy string, seed uint64) {
	s, rng := newServer(t), rand.New(rand.NewPCG(seed, 7))
	commands := randomCommands(rng)
	verdicts := map[string]protocol.Reply{}
	for range 150 {
		act(s, rng, strategy, commands)
		copied(s)
		settleVerdicts(t, s, verdicts)
	}
	s.carryOut()
	for range 3 { // Everybody insists until there is an end.
		for _, cmd := range commands {
			s.send(strategyOf(strategy, cmd), cmd)
			s.carryOut()
			s.project()
			s.carryOut()
		}
	}
	settleVerdicts(t, s, verdicts)
	s.restart()
	s.carryOut()
	s.project()
	for _, cmd := range commands {
		checkOutcome(t, s, strategy, cmd, verdicts)
	}
	checkLog(t, s, strategy)
	if len(s.outbox) != 0 {
		t.Errorf("left in the outbox: %d", len(s.outbox))
	}
}

// randomCommands returns what three clients want of two records.
func randomCommands(rng *rand.Rand) (out []user.Command) {
	for _, client := range []string{"ada", "bob", "eve"} {
		for i := range 4 {
			c := []user.Command{create(""), edit("", client), remove("")}[min(rng.IntN(5), 2)]
			c.Client, c.Ref.Command = client, fmt.Sprint(client, i)
			c.Record = fmt.Sprint("u", rng.IntN(2))
			if c.Op != user.Delete && rng.IntN(2) == 0 {
				c = to(fmt.Sprint(rng.IntN(2), "@x.org"), c)
			}
			if i > 0 && rng.IntN(2) == 0 {
				c = on(fmt.Sprint(client, i-1), c)
			}
			out = append(out, c)
		}
	}
	return out
}

// act does one thing.
func act(s *server, rng *rand.Rand, strategy string, commands []user.Command) {
	switch rng.IntN(12) {
	case 0, 1, 2:
		cmd := commands[rng.IntN(len(commands))]
		s.send(strategyOf(strategy, cmd), cmd)
	case 3:
		s.project()
	case 4:
		s.tick(rng.Int64N(decide.WaitFor))
		if at, waits := s.core.Next(); waits && at <= s.now {
			s.t.Errorf("it waits for %d, and it is %d", at, s.now)
		}
	case 5:
		kinds := []fault.Kind{fault.AppendLoseAck, fault.AppendRefuse, fault.ReplyDrop, fault.AppendLoseAck}
		s.plan.Clear(0)
		s.arm(fault.Fault{Kind: kinds[rng.IntN(len(kinds))], Times: 1 + rng.IntN(2)})
	case 6:
		if rng.IntN(6) == 0 {
			s.restart()
		}
	default:
		if len(s.todo) > 0 {
			s.carryOne()
		}
	}
}

// copied goes on with a copy of the core, which is its equal.
func copied(s *server) {
	s.t.Helper()
	other := decide.New(decide.Config{Rows: &s.rows, Faults: &s.plan, Epoch: "story/1"})
	other.CopyFrom(s.core)
	if !bytes.Equal(other.AppendBinary(nil, s.now), s.core.AppendBinary(nil, s.now)) {
		s.t.Error("a copy differs")
	}
	s.core = other
}

// settleVerdicts takes the new answers and compares verdicts with older ones.
func settleVerdicts(t *testing.T, s *server, known map[string]protocol.Reply) {
	t.Helper()
	for _, r := range s.replies {
		if r.Verdict != protocol.Refused && r.Verdict != protocol.Confirmed && r.Verdict != protocol.RolledBack {
			continue
		}
		before, found := known[r.Command]
		if found && (before.Verdict != r.Verdict || before.Code != r.Code || before.Seq != r.Seq && before.Seq != 0) {
			t.Errorf("%s was %s, is %s", r.Command, reply(before), reply(r))
		}
		known[r.Command] = r
	}
	s.replies = nil
}

// checkOutcome compares the outcome with what was answered. Only a command whose
// cause never came may have none.
func checkOutcome(t *testing.T, s *server, strategy string, cmd user.Command, verdicts map[string]protocol.Reply) {
	t.Helper()
	r, err := s.core.Outcome(cmd.Ref)
	if err != nil {
		t.Fatal(err)
	}
	before, answered := verdicts[cmd.Ref.Command]
	if answered && (before.Verdict != r.Verdict || before.Code != r.Code) {
		t.Errorf("%s was %s, is %s", cmd.Ref, reply(before), reply(r))
	}
	if r.Verdict == protocol.Unknown && cmd.Cause.IsZero() && strategyOf(strategy, cmd) != "wait" {
		t.Errorf("%s never came to an end", cmd.Ref)
	}
}

// checkLog looks for commands with two events, and for emails with two claims: one
// may only be taken over from who has moved on by another strategy.
func checkLog(t *testing.T, s *server, strategy string) {
	t.Helper()
	became := map[user.Ref]event.Event{}
	claims := map[string]uint64{}
	for _, ev := range s.log {
		switch {
		case ev.Kind.Changes() || ev.Kind == event.Refused:
			if first, twice := became[ev.Ref]; twice {
				t.Errorf("%s is #%d and #%d", ev.Ref, first.Seq, ev.Seq)
			}
			became[ev.Ref] = ev
		case ev.Kind == event.Reserved:
			if held := claims[user.EmailKey(ev.Patch.Email)]; held != 0 && strategy != mixed {
				t.Errorf("#%d reserves what #%d holds", ev.Seq, held)
			}
			claims[user.EmailKey(ev.Patch.Email)] = ev.Seq
		case ev.Kind == event.Released && claims[user.EmailKey(ev.Patch.Email)] == ev.Target:
			delete(claims, user.EmailKey(ev.Patch.Email))
		}
	}
}

// A steady state copies into the memory that is there.
func TestCopyFromAllocatesNothing(t *testing.T) {
	s := newServer(t)
	s.ask("reserve", create("c1"))
	s.send("wait", to("eve@x.org", of("eve", "u3", create("w1"))))
	s.carryOut()
	s.send("outbox", to("bob@x.org", of("bob", "u2", create("b1"))))
	s.send("", on("c1", edit("e2", "A")))
	var other decide.Core
	other.CopyFrom(s.core)
	if n := testing.AllocsPerRun(100, func() { other.CopyFrom(s.core) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	buf := s.core.AppendBinary(nil, s.now)
	if n := testing.AllocsPerRun(100, func() { buf = s.core.AppendBinary(buf[:0], s.now) }); n != 0 {
		t.Errorf("%v allocations for the bytes", n)
	}
	if diff := cmp.Diff(s.core.AppendBinary(nil, s.now+5), buf); diff == "" {
		t.Error("what waits for a time does not count it")
	}
}
