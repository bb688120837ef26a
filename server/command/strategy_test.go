package command_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// outcome is what became of a command of ada's.
func (r *rig) outcome(id string) protocol.Reply {
	r.t.Helper()
	reply, err := r.handler.Outcome(user.Ref{Client: "ada", Command: id})
	r.must(err)
	return reply
}

// emptied waits until the outbox is empty and the projector is at the end.
func (r *rig) emptied() {
	r.t.Helper()
	for {
		r.settle()
		entries, err := r.db.Outbox(1)
		r.must(err)
		if len(entries) == 0 {
			return
		}
	}
}

func TestRowFirst(t *testing.T) {
	for _, strategy := range []string{"dual-write", "outbox"} {
		t.Run(strategy, func(t *testing.T) {
			r := mustRig(t)
			end := r.end()
			r.stall()
			for _, c := range []protocol.Command{create("c1", "u1"), on("c1", edit("e1", "u1", "Augusta"))} {
				reply := r.send("ada", by(strategy, c))
				want{verdict: protocol.Confirmed}.check(t, reply)
				if reply.Seq != 0 || reply.Row == nil || reply.Row.ID != "u1" || reply.Row.Change == 0 {
					t.Fatalf("%s: %+v", c.ID, reply)
				}
			}
			if rec, found, err := r.db.Record("u1"); !found || rec.Name != "Augusta" || !rec.Direct {
				t.Errorf("the row: %+v, %v", rec, err)
			}
			email := "u1@example.org"
			taken := create("c2", "u2")
			taken.Email = &email
			want{verdict: protocol.Refused, code: user.ErrEmailTaken, why: "Augusta has the email " + email}.check(t,
				r.send("bob", by(strategy, taken)))
			r.emptied()
			for i, id := range []string{"c1", "e1"} {
				want{verdict: protocol.Confirmed, version: uint64(i) + 1}.check(t, r.outcome(id))
				if seq := r.outcome(id).Seq; seq == 0 {
					t.Errorf("%s has no place in the log", id)
				}
			}
			if rec, _, err := r.db.Record("u1"); rec.Version != 2 || rec.Direct || rec.Seq == 0 {
				t.Errorf("the row: %+v, %v", rec, err)
			}
			if n := len(r.lines(end)); n != 3 {
				t.Errorf("log: %q", r.lines(end))
			}
		})
	}
}

// The server ends with the row written and its event held back: a dual write
// loses the event, an outbox does not.
func TestEndBetweenRowAndEvent(t *testing.T) {
	for strategy, wantLog := range map[string][]string{"dual-write": nil, "outbox": {"created ada/c1"}} {
		t.Run(strategy, func(t *testing.T) {
			r := mustRig(t)
			end := r.end()
			r.arm(fault.Fault{Kind: fault.AppendSlow, Delay: 60_000})
			want{verdict: protocol.Confirmed}.check(t, r.send("ada", by(strategy, create("c1", "u1"))))
			r.restart()
			r.emptied()
			if diff := cmp.Diff(wantLog, r.lines(end)); diff != "" {
				t.Error(diff)
			}
			want{verdict: protocol.Confirmed, version: 1}.check(t, r.send("ada", by(strategy, create("c1", "u1"))))
		})
	}
}

func TestRelayUnderFaults(t *testing.T) {
	r := mustRig(t)
	end := r.end()
	r.arm(fault.Fault{Kind: fault.AppendLoseAck, Times: 5})
	r.arm(fault.Fault{Kind: fault.AppendRefuse, Times: 5})
	var want []string
	for i := range 20 {
		id := fmt.Sprintf("c%d", i)
		r.send("ada", by("outbox", create(id, "u"+id)))
		want = append(want, "created ada/"+id)
	}
	r.emptied()
	if diff := cmp.Diff(want, r.lines(end)); diff != "" {
		t.Error(diff)
	}
}

func TestWaitAnswersWithTheProjection(t *testing.T) {
	r := mustRig(t)
	first := r.send("ada", by("wait", create("c1", "u1")))
	want{verdict: protocol.Confirmed, version: 1}.check(t, first)
	email := "u1@example.org"
	taken := create("c2", "u2")
	taken.Email = &email
	want{verdict: protocol.RolledBack, code: user.ErrEmailTaken}.check(t, r.send("bob", by("wait", taken)))
	r.settle()
	r.stall()
	// Nothing is projected, and two seconds are the server's patience.
	unknown := r.send("ada", by("wait", edit("e1", "u1", "A")))
	want{verdict: protocol.Unknown, why: "not projected within 2000 ms"}.check(t, unknown)
	r.settle()
	want{verdict: protocol.Confirmed, version: 2}.check(t, r.send("ada", by("wait", edit("e1", "u1", "A"))))
}

func TestNothingIsChecked(t *testing.T) {
	r := mustRig(t)
	want{verdict: protocol.Accepted}.check(t, r.send("ada", by("fire-and-forget", edit("e1", "u1", "A"))))
	r.settle()
	want{verdict: protocol.RolledBack, code: user.ErrNotFound}.check(t, r.outcome("e1"))
}

func TestEmailIsTheIdentity(t *testing.T) {
	r := mustRig(t)
	id := event.EmailToken("ada@example.org")
	made := create("c1", id)
	email := "ada@example.org"
	made.Email = &email
	want{verdict: protocol.Accepted}.check(t, r.send("ada", by("natural-key", made)))
	made.ID = "c2"
	want{verdict: protocol.Refused, code: user.ErrExists}.check(t, r.send("bob", by("natural-key", made)))
	other := "new@example.org"
	moved := edit("e1", id, "A")
	moved.Email = &other
	want{verdict: protocol.Refused, code: user.ErrEmailFixed}.check(t, r.send("ada", by("natural-key", moved)))
}

// Of many creates with one email one is accepted, however they race; it gives
// the email back when it is deleted.
func TestReservations(t *testing.T) {
	const clients, emails = 8, 4
	r := mustRig(t)
	for round := range 3 {
		replies := make(chan protocol.Reply, clients*emails)
		var senders sync.WaitGroup
		for i := range clients * emails {
			email := fmt.Sprintf("e%d@example.org", i%emails)
			c := by("reserve", create(fmt.Sprintf("c%d", round), fmt.Sprintf("u%d-%d", round, i)))
			c.Email = &email
			senders.Go(func() { replies <- r.insist(fmt.Sprintf("client%d", i), c) })
		}
		senders.Wait()
		close(replies)
		count := map[protocol.Verdict]int{}
		for reply := range replies {
			count[reply.Verdict]++
			if reply.Verdict == protocol.Refused && reply.Code != user.ErrEmailTaken {
				t.Errorf("%+v", reply)
			}
		}
		if count[protocol.Accepted] != emails || count[protocol.Refused] != (clients-1)*emails {
			t.Fatalf("round %d: %v", round, count)
		}
		r.removeAll(round, clients*emails)
	}
	r.settle()
	claims, err := r.db.Claims()
	r.must(err)
	for _, claim := range claims {
		if claim.Held() {
			t.Errorf("still held: %+v", claim)
		}
	}
	if len(claims) != emails {
		t.Errorf("%d claims", len(claims))
	}
}

// removeAll deletes what a round created.
func (r *rig) removeAll(round, n int) {
	for i := range n {
		record := fmt.Sprintf("u%d-%d", round, i)
		if rec, _, ahead := r.handler.Ahead(record); ahead && rec.Exists {
			r.insist("eve", by("reserve", remove("d"+record, record)))
		} else if row, _, err := r.db.Record(record); err == nil && row.Exists {
			r.insist("eve", by("reserve", remove("d"+record, record)))
		}
	}
}

// A rejected create gives its email back, in the batch with its rejection.
func TestRejectionReleases(t *testing.T) {
	r := mustRig(t)
	end := r.end()
	r.arm(fault.Fault{Kind: fault.ProjectFail, Forever: true, On: "created"})
	want{verdict: protocol.Accepted}.check(t, r.send("ada", by("reserve", create("c1", "u1"))))
	for r.projector.Watermark() < end+4 {
		<-r.published
	}
	email := "u1@example.org"
	again := create("c2", "u2")
	again.Email = &email
	want{verdict: protocol.Accepted}.check(t, r.send("bob", by("reserve", again)))
	r.settle()
	want := []string{
		"reserved ada/c1", "created ada/c1", "rejected ada/c1 projection_failed", "released ada/c1",
		"reserved bob/c2", "created bob/c2",
	}
	if diff := cmp.Diff(want, r.lines(end)); diff != "" {
		t.Error(diff)
	}
}

// Those that read the log hear of each event what it makes of its record.
func TestLogFeed(t *testing.T) {
	r := mustRig(t)
	heard, err := r.guest.SubscribeSync(protocol.LogFeedSubject)
	r.must(err)
	r.must(r.guest.Flush())
	from := r.handler.Follow()
	if from != r.end() || r.handler.Follow() != from {
		t.Errorf("follows from #%d, the end is #%d", from, r.end())
	}
	r.stall()
	r.send("ada", create("c1", "u1"))
	r.send("ada", on("c1", edit("e1", "u1", "Augusta")))
	r.send("ada", edit("e2", "u9", "Nobody"))
	for i, name := range []string{"Name u1", "Augusta", ""} {
		msg, err := heard.NextMsg(answerWait)
		r.must(err)
		var f protocol.Feed
		r.must(json.Unmarshal(msg.Data, &f))
		if f.From != from+uint64(i) || f.To != f.From+1 || !f.Log || f.Epoch != r.projector.Epoch() {
			t.Errorf("%d: %+v", i, f)
		}
		if name == "" {
			if len(f.Rows) != 0 {
				t.Errorf("%d: %+v", i, f.Rows)
			}
			continue
		}
		if len(f.Rows) != 1 || f.Rows[0].Name != name || f.Rows[0].Change != f.To {
			t.Errorf("%d: %+v", i, f.Rows)
		}
	}
}
