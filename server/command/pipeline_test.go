package command_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"github.com/nats-io/nats.go"

	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// outstanding is how many commands the pipeline tests keep under way.
const outstanding = 256

func TestManyOutstandingAllEnd(t *testing.T) {
	r := mustRig(t)
	r.arm(fault.Fault{Kind: fault.AppendLoseAck, Times: 20})
	r.arm(fault.Fault{Kind: fault.AppendRefuse, Times: 20})
	var senders sync.WaitGroup
	for i := range outstanding {
		senders.Go(func() {
			record := fmt.Sprintf("u%d", i)
			chain := []protocol.Command{
				create("c"+record, record), on("c"+record, edit("e"+record, record, "x")), on("e"+record, remove("d"+record, record)),
			}
			for _, c := range chain {
				if reply := r.insist("ada", c); reply.Verdict != protocol.Accepted && reply.Verdict != protocol.Confirmed {
					t.Errorf("%s: %+v", c.ID, reply)
				}
			}
		})
	}
	senders.Wait()
	r.settle()
	for i := range outstanding {
		rec, _, err := r.db.Record(fmt.Sprintf("u%d", i))
		if err != nil || rec.Exists || rec.Version != 3 {
			t.Errorf("u%d: %+v, %v", i, rec, err)
		}
	}
}

// insist sends c until there is a verdict.
func (r *rig) insist(client string, c protocol.Command) protocol.Reply {
	for {
		reply, err := r.request(client, c, answerWait)
		if err != nil {
			r.t.Error(err)
			return reply
		}
		if reply.Verdict != protocol.Retry {
			return reply
		}
	}
}

// Commands on one record are answered in the order they came, each decided on
// what the one before it did.
func TestOneRecordKeepsItsOrder(t *testing.T) {
	r := mustRig(t)
	inbox := nats.NewInbox()
	answers, err := r.guest.SubscribeSync(inbox)
	r.must(err)
	chain := []protocol.Command{create("c0", "u1")}
	for i := 1; i < outstanding; i++ {
		chain = append(chain, on(chain[i-1].ID, edit(fmt.Sprintf("e%d", i), "u1", fmt.Sprintf("name %d", i))))
	}
	for _, c := range chain {
		data, err := json.Marshal(c)
		r.must(err)
		r.must(r.guest.PublishRequest(protocol.CommandSubject("ada"), inbox, data))
	}
	for i, c := range chain {
		msg, err := answers.NextMsg(answerWait)
		r.must(err)
		var reply protocol.Reply
		r.must(json.Unmarshal(msg.Data, &reply))
		if reply.Command != c.ID || reply.Verdict != protocol.Accepted || reply.Version != uint64(i)+1 {
			t.Fatalf("answer %d: %+v", i, reply)
		}
	}
}

func TestTwoClientsRaceOnOneRecord(t *testing.T) {
	r := mustRig(t)
	base := r.send("ada", create("c1", "u1")).Seq
	var racers sync.WaitGroup
	verdicts := make(chan protocol.Reply, 2)
	for _, client := range []string{"ada", "bob"} {
		racers.Go(func() { verdicts <- r.insist(client, at(base, edit("e1", "u1", "by "+client))) })
	}
	racers.Wait()
	first, second := <-verdicts, <-verdicts
	if first.Verdict != protocol.Accepted {
		first, second = second, first
	}
	want{verdict: protocol.Accepted, version: 2}.check(t, first)
	// Ada's own create does not stand in her way; whoever came second does.
	want{verdict: protocol.Refused, code: user.ErrConflict}.check(t, second)
}

// Somebody else's append, here the test's, is noticed by the expectation.
func TestForeignAppendIsReread(t *testing.T) {
	r := mustRig(t)
	r.stall()
	created := r.send("ada", create("c1", "u1"))
	ev, err := r.log.At(t.Context(), created.Seq)
	r.must(err)
	ev.Kind, ev.Op, ev.Ref = 2, user.Edit, user.Ref{Client: "bob", Command: "b1"}
	ev.Patch = user.SetName("Bob was here")
	seq, err := r.log.Append(t.Context(), ev, created.Seq)
	r.must(err)
	want{
		verdict: protocol.Refused, code: user.ErrConflict,
		why: fmt.Sprintf("bob changed the name at #%d after your base #%d", seq, created.Seq),
	}.check(t, r.send("ada", on("c1", edit("e1", "u1", "x"))))
	want{verdict: protocol.Accepted}.check(t, r.send("bob", by("", edit("b1", "u1", "x"))))
}

func BenchmarkCommands(b *testing.B) {
	for _, n := range []int{1, outstanding} {
		b.Run(fmt.Sprintf("outstanding=%d", n), func(b *testing.B) {
			r := mustRig(b)
			inbox := nats.NewInbox()
			free := make(chan struct{}, n)
			_, err := r.guest.Subscribe(inbox, func(*nats.Msg) { free <- struct{}{} })
			r.must(err)
			for range n {
				free <- struct{}{}
			}
			for i := 0; b.Loop(); i++ {
				<-free
				data, err := json.Marshal(create(fmt.Sprintf("c%d", i), fmt.Sprintf("u%d", i)))
				r.must(err)
				r.must(r.guest.PublishRequest(protocol.CommandSubject("ada"), inbox, data))
			}
			for range n {
				<-free
			}
		})
	}
}
