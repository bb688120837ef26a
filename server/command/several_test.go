package command_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// sendAll sends commands in one message and returns the answers by command.
func (r *rig) sendAll(commands protocol.Commands) map[string]string {
	r.t.Helper()
	inbox := nats.NewInbox()
	sub, err := r.guest.SubscribeSync(inbox)
	r.must(err)
	defer func() { r.must(sub.Unsubscribe()) }()
	data, err := protocol.Marshal(commands)
	r.must(err)
	r.must(r.guest.PublishRequest(protocol.CommandSubject("alice"), inbox, data))
	answers := map[string]string{}
	for len(answers) < len(commands) {
		msg, err := sub.NextMsg(answerWait)
		if err != nil {
			r.t.Fatalf("after %v: %v", answers, err)
		}
		var some protocol.Replies
		if err := protocol.Unmarshal(msg.Data, &some); err != nil {
			return map[string]string{"": string(msg.Data)}
		}
		for _, a := range some {
			if before, twice := answers[a.Command]; twice {
				r.t.Errorf("%s is answered by %s, and was by %s", a.Command, a.Verdict, before)
			}
			answers[a.Command] = strings.TrimSpace(fmt.Sprintf("%s %s", a.Verdict, a.Code))
		}
	}
	return answers
}

// Several commands in a message are as good as a message each.
func TestSeveralCommandsInAMessage(t *testing.T) {
	r := mustRig(t)
	got := r.sendAll(protocol.Commands{
		create("c1", "ada"), create("c2", "bob"), on("c1", edit("c3", "ada", "Ada L.")), edit("c4", "cy", "Cy"),
		create("c5", "a b"), by("guess", create("c6", "dora")), {ID: "c7", Record: "eve", Op: user.Create, Strategy: "guess"},
	})
	want := map[string]string{
		"c1": "accepted", "c2": "accepted", "c3": "accepted", "c4": "refused not_found", "c5": "refused invalid_id",
		"c6": "retry", "c7": "retry",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	r.settle()
	if diff := cmp.Diff(map[string]string{"c1": "confirmed", "c8": "accepted"}, r.sendAll(protocol.Commands{create("c1", "ada"), remove("c8", "bob")})); diff != "" {
		t.Error(diff)
	}
}

// An answer waits for company, but not for a projector that stands still, nor
// for an answer that a fault loses.
func TestAnswersToSeveralDoNotWaitLong(t *testing.T) {
	r := mustRig(t)
	r.stall()
	got := r.sendAll(protocol.Commands{create("c1", "ada"), create("c2", "bob")})
	if diff := cmp.Diff(map[string]string{"c1": "accepted", "c2": "accepted"}, got); diff != "" {
		t.Error(diff)
	}
	r.settle()
	r.arm(fault.Fault{Kind: fault.ReplyDrop, On: "cy"})
	inbox := nats.NewInbox()
	sub, err := r.guest.SubscribeSync(inbox)
	r.must(err)
	data, err := protocol.Marshal(protocol.Commands{create("c3", "cy"), create("c4", "dora")})
	r.must(err)
	r.must(r.guest.PublishRequest(protocol.CommandSubject("alice"), inbox, data))
	msg, err := sub.NextMsg(answerWait)
	r.must(err)
	var some protocol.Replies
	r.must(protocol.Unmarshal(msg.Data, &some))
	if len(some) != 1 || some[0].Command != "c4" {
		t.Errorf("answers %+v", some)
	}
	if msg, err := sub.NextMsg(50 * time.Millisecond); err == nil {
		t.Errorf("a lost answer came: %s", msg.Data)
	}
}

func TestMessagesWithTooManyCommands(t *testing.T) {
	r := mustRig(t)
	many := make(protocol.Commands, protocol.MaxCommands+1)
	for i := range many {
		many[i] = create(fmt.Sprintf("c%d", i), fmt.Sprintf("r%d", i))
	}
	got := r.sendAll(many)
	if want := `{"error":"the request holds 65 commands; the limit is 64"}`; got[""] != want {
		t.Errorf("%v, want %s", got, want)
	}
	if end := r.end(); end > 2 {
		t.Errorf("the log ends at #%d", end)
	}
}

func TestMessageWithoutCommands(t *testing.T) {
	r := mustRig(t)
	msg, err := r.guest.Request(protocol.CommandSubject("alice"), []byte("[]"), answerWait)
	r.must(err)
	if got := string(msg.Data); got != "[]" {
		t.Errorf("nothing is answered by %s", got)
	}
}
