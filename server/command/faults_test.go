package command_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

func TestLostAcknowledgementHasOneEffect(t *testing.T) {
	r := mustRig(t)
	end := r.end()
	r.stall()
	r.arm(fault.Fault{Kind: fault.AppendLoseAck})
	reply := r.send("ada", create("c1", "u1"))
	want{verdict: protocol.Accepted, version: 1}.check(t, reply)
	if reply.Seq != end+1 {
		t.Errorf("accepted at #%d, want #%d", reply.Seq, end+1)
	}
	want{verdict: protocol.Accepted, version: 2}.check(t, r.send("ada", on("c1", edit("e1", "u1", "x"))))
	if diff := cmp.Diff([]string{"created ada/c1", "edited ada/e1 on ada/c1"}, r.lines(end)); diff != "" {
		t.Error(diff)
	}
}

// A refusal is no event of its record, so its expectation cannot tell that it
// was stored: it is looked for before the command is decided again.
func TestLostAcknowledgementOfARefusal(t *testing.T) {
	r := mustRig(t)
	end := r.end()
	r.arm(fault.Fault{Kind: fault.AppendLoseAck})
	refused := want{verdict: protocol.Refused, code: user.ErrNotFound}
	refused.check(t, r.send("ada", edit("e1", "u1", "x")))
	want{verdict: protocol.Accepted, version: 1}.check(t, r.send("ada", create("c1", "u1")))
	refused.check(t, r.send("ada", edit("e1", "u1", "x")))
	if diff := cmp.Diff([]string{"refused ada/e1 not_found", "created ada/c1"}, r.lines(end)); diff != "" {
		t.Error(diff)
	}
}

func TestDroppedReplyAndResend(t *testing.T) {
	r := mustRig(t)
	end := r.end()
	r.stall()
	r.arm(fault.Fault{Kind: fault.ReplyDrop})
	if _, err := r.request("ada", create("c1", "u1"), 300*time.Millisecond); !errors.Is(err, nats.ErrTimeout) {
		t.Fatalf("the reply was not dropped: %v", err)
	}
	want{verdict: protocol.Accepted, version: 1}.check(t, r.send("ada", create("c1", "u1")))
	r.settle()
	want{verdict: protocol.Confirmed, version: 1}.check(t, r.send("ada", create("c1", "u1")))
	if diff := cmp.Diff([]string{"created ada/c1"}, r.lines(end)); diff != "" {
		t.Error(diff)
	}
}

func TestRefusedAppend(t *testing.T) {
	r := mustRig(t)
	end := r.end()
	r.arm(fault.Fault{Kind: fault.AppendRefuse, Reason: "disk on fire"})
	want{verdict: protocol.Retry, why: "disk on fire"}.check(t, r.send("ada", create("c1", "u1")))
	want{verdict: protocol.Accepted, version: 1}.check(t, r.send("ada", create("c1", "u1")))
	r.arm(fault.Fault{Kind: fault.AppendRefuse, Forever: true})
	refused := want{verdict: protocol.Refused, code: user.ErrRefusedByStore, why: "the event store refused"}
	refused.check(t, r.send("ada", edit("e1", "u1", "x")))
	refused.check(t, r.send("ada", edit("e1", "u1", "x")))
	if diff := cmp.Diff([]string{"created ada/c1", "refused ada/e1 refused_by_store"}, r.lines(end)); diff != "" {
		t.Error(diff)
	}
}
