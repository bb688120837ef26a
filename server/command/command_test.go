package command_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// want is what a test expects of a reply; Why must begin with it.
type want struct {
	verdict protocol.Verdict
	code    user.Code
	why     string
	root    string
	version uint64
}

func (w want) check(t *testing.T, got protocol.Reply) {
	t.Helper()
	if got.Verdict != w.verdict || got.Code != w.code || !strings.HasPrefix(got.Why, w.why) ||
		got.Root != w.root || w.version != 0 && got.Version != w.version {
		t.Errorf("got %+v, want %+v", got, w)
	}
}

// The race of all event-first designs: the edit is checked against rows that
// do not have what its author has been told.
func TestEditOfAnUnprojectedCreate(t *testing.T) {
	r := mustRig(t)
	first := r.end() + 1
	r.stall()
	want{verdict: protocol.Accepted, version: 1}.check(t, r.send("ada", create("c1", "u1")))
	want{
		verdict: protocol.Refused, code: user.ErrNotFound,
		why: fmt.Sprintf("checked against the projection at #%d; the create is #%d", first-1, first),
	}.check(t, r.send("ada", by("check-projection", on("c1", edit("e1", "u1", "Ada")))))
	for i, strategy := range []string{"check-log", "reconcile"} {
		id := fmt.Sprintf("e%d", i+2)
		want{verdict: protocol.Accepted, version: uint64(i) + 2}.check(t,
			r.send("ada", by(strategy, on("c1", edit(id, "u1", "Ada")))))
	}
	r.settle()
	for _, id := range []string{"c1", "e2", "e3"} {
		outcome, err := r.handler.Outcome(user.Ref{Client: "ada", Command: id})
		if err != nil || outcome.Verdict != protocol.Confirmed {
			t.Errorf("%s: %+v, %v", id, outcome, err)
		}
	}
	want{verdict: protocol.Accepted, version: 4}.check(t, r.send("ada", by("check-projection", edit("e4", "u1", "A"))))
}

func TestDecisions(t *testing.T) {
	r := mustRig(t)
	born := r.end() + 1
	r.send("ada", create("c1", "u1"))
	renamed := r.send("bob", edit("b1", "u1", "Bob was here")).Seq
	r.send("ada", create("c2", "u2"))
	gone := r.send("bob", remove("d2", "u2")).Seq
	tests := []struct {
		name    string
		command protocol.Command
		want    want
	}{
		{"create of what exists", create("1", "u1"),
			want{protocol.Refused, user.ErrExists, fmt.Sprintf("u1 was created at #%d already", born), "", 0}},
		{"edit of what never was", edit("2", "u9", "x"),
			want{protocol.Refused, user.ErrNotFound, "the log has no create of u9", "", 0}},
		{"the same by the rows", by("check-projection", edit("3", "u9", "x")),
			want{protocol.Refused, user.ErrNotFound, "checked against the projection at #", "", 0}},
		{"edit of what is deleted", edit("4", "u2", "x"),
			want{protocol.Refused, user.ErrNotFound, fmt.Sprintf("bob deleted u2 at #%d", gone), "", 0}},
		{"same field after the base", at(born, edit("5", "u1", "x")),
			want{protocol.Refused, user.ErrConflict, fmt.Sprintf("bob changed the name at #%d after your base #%d", renamed, born), "", 0}},
		{"typed on a create that another changed since", on("c1", edit("6", "u1", "x")),
			want{protocol.Refused, user.ErrConflict, fmt.Sprintf("bob changed the name at #%d after your base #%d", renamed, born), "", 0}},
		{"same field at the base", at(renamed, edit("7", "u1", "x")), want{verdict: protocol.Accepted, version: 3}},
		{"cause unknown", on("nobody", edit("8", "u1", "x")),
			want{verdict: protocol.Retry, why: "it was typed on nobody"}},
		{"create after a delete", create("9", "u2"), want{verdict: protocol.Accepted, version: 3}},
		{"invalid name", edit("10", "u1", " "),
			want{verdict: protocol.Refused, code: user.ErrInvalidName, why: "the name is empty"}},
		{"invalid record", edit("11", "u.*", "x"),
			want{verdict: protocol.Refused, code: user.ErrInvalidID, why: "an id holds '.'"}},
		{"invalid cause", on("a b", edit("12", "u1", "x")),
			want{verdict: protocol.Refused, code: user.ErrInvalidID, why: "an id holds ' '"}},
	}
	for _, settled := range []bool{false, true} {
		if settled {
			r.settle()
		}
		for _, tt := range tests {
			if settled && tt.want.verdict == protocol.Accepted {
				tt.want.verdict = protocol.Confirmed
			}
			t.Run(fmt.Sprintf("%s settled=%v", tt.name, settled), func(t *testing.T) {
				if tt.want.verdict == protocol.Accepted {
					r.stall()
					defer r.board.Clear(0)
				}
				tt.want.check(t, r.send("ada", tt.command))
			})
		}
	}
}

func TestUnreadableRequestsGetNoVerdict(t *testing.T) {
	r := mustRig(t)
	end := r.end()
	for name, text := range map[string]string{
		"no JSON":      `{`,
		"no operation": `{"id":"1","record":"u1"}`,
		"strategy":     `{"id":"1","record":"u1","op":"delete","strategy":"hope"}`,
		"operation":    `{"id":"1","record":"u1","op":"explode"}`,
	} {
		msg, err := r.guest.Request(protocol.CommandSubject("ada"), []byte(text), answerWait)
		r.must(err)
		var failure protocol.Failure
		var reply protocol.Reply
		r.must(errors.Join(json.Unmarshal(msg.Data, &failure), json.Unmarshal(msg.Data, &reply)))
		if failure.Error == "" || reply.Verdict != "" {
			t.Errorf("%s: %s", name, msg.Data)
		}
	}
	if r.end() != end {
		t.Error("something was stored")
	}
}

func TestRefusalIsLoggedOnceAndRepeated(t *testing.T) {
	r := mustRig(t)
	end := r.end()
	first := r.send("ada", edit("e1", "u1", "x"))
	if diff := cmp.Diff([]string{"refused ada/e1 not_found"}, r.lines(end)); diff != "" {
		t.Error(diff)
	}
	r.send("bob", create("c1", "u1"))
	again := r.send("ada", edit("e1", "u1", "x"))
	r.settle()
	later := r.send("ada", edit("e1", "u1", "x"))
	for _, reply := range []protocol.Reply{again, later} {
		if diff := cmp.Diff(first, reply); diff != "" {
			t.Error(diff)
		}
	}
}

func TestCascade(t *testing.T) {
	r := mustRig(t)
	end := r.end()
	r.arm(fault.Fault{Kind: fault.ProjectFail, Forever: true, On: "created"})
	r.stall()
	r.send("ada", create("c1", "u1"))
	want{verdict: protocol.Accepted}.check(t, r.send("ada", on("c1", edit("e1", "u1", "typed"))))
	want{verdict: protocol.Accepted}.check(t, r.send("bob", edit("e2", "u1", "a shell's")))
	for _, f := range r.board.List() {
		if f.Kind == fault.ProjectStall {
			r.board.Clear(f.ID)
		}
	}
	// The three events and the three rejections.
	for r.projector.Watermark() < end+6 {
		<-r.published
	}
	want{verdict: protocol.RolledBack, code: user.ErrProjectionFailed}.check(t, r.send("ada", create("c1", "u1")))
	want{verdict: protocol.RolledBack, code: user.ErrCascade, root: "c1", why: "it was typed on u1"}.check(t,
		r.send("ada", on("c1", edit("e1", "u1", "typed"))))
	want{verdict: protocol.RolledBack, code: user.ErrCascade, root: "c1"}.check(t, r.send("bob", edit("e2", "u1", "a shell's")))
	want{verdict: protocol.Refused, code: user.ErrCascade, root: "c1"}.check(t,
		r.send("ada", on("e1", edit("e3", "u1", "late"))))
	want{verdict: protocol.Refused, code: user.ErrNotFound, why: "u1 never came to be"}.check(t,
		r.send("eve", edit("e4", "u1", "x")))
	wantLog := []string{
		"created ada/c1", "edited ada/e1 on ada/c1", "edited bob/e2 on ada/e1",
		"rejected ada/c1 projection_failed on ada/c1", "rejected", "rejected", "refused ada/e3 cascade on ada/e1", "refused eve/e4 not_found",
	}
	got := r.lines(end)
	if len(got) != len(wantLog) {
		t.Fatalf("log: %q", got)
	}
	for i, line := range got {
		if strings.HasPrefix(line, "rejected") {
			line = "rejected"
		}
		if !strings.HasPrefix(wantLog[i], line) {
			t.Errorf("event %d: %s, want %s", i, line, wantLog[i])
		}
	}
}

func TestDependentOfARefusedCreateIsRefused(t *testing.T) {
	r := mustRig(t)
	r.arm(fault.Fault{Kind: fault.AppendRefuse, Forever: true})
	r.send("ada", create("c1", "u1"))
	cascade := want{verdict: protocol.Refused, code: user.ErrCascade, root: "c1"}
	cascade.check(t, r.send("ada", on("c1", edit("e1", "u1", "x"))))
	r.settle()
	cascade.check(t, r.send("ada", on("e1", edit("e2", "u1", "x"))))
	want{verdict: protocol.Refused, code: user.ErrNotFound}.check(t,
		r.send("ada", by("check-log", on("c1", edit("e3", "u1", "x")))))
}

func TestRepliesGoToInboxesOnly(t *testing.T) {
	r := mustRig(t)
	end := r.end()
	data, err := json.Marshal(create("c1", "u1"))
	r.must(err)
	own, err := r.nats.Connect()
	r.must(err)
	defer own.Close()
	heard, err := own.SubscribeSync("feed")
	r.must(err)
	r.must(own.Flush())
	for _, reply := range []string{"feed", "events.user.u1.created", "_INBOX."} {
		r.must(r.guest.PublishRequest(protocol.CommandSubject("ada"), reply, data))
	}
	r.must(r.guest.Publish(protocol.CommandSubject("ada"), data))
	// Its answer shows that the four before it are done with.
	r.send("ada", edit("e1", "u1", "x"))
	if n, _, err := heard.Pending(); err != nil || n != 0 {
		t.Errorf("%d answers on the feed, %v", n, err)
	}
	if diff := cmp.Diff([]string{"refused ada/e1 not_found"}, r.lines(end)); diff != "" {
		t.Error(diff)
	}
}

func TestListKnowsWhatIsAhead(t *testing.T) {
	r := mustRig(t)
	r.send("ada", create("c1", "u1"))
	r.settle()
	r.stall()
	r.send("ada", edit("e1", "u1", "Ada"))
	r.send("bob", create("c2", "u2"))
	if diff := cmp.Diff([]string{"u1", "u2"}, r.handler.AheadRecords()); diff != "" {
		t.Error(diff)
	}
	rec, newest, ahead := r.handler.Ahead("u1")
	if !ahead || rec.Version != 2 || rec.Name != "Ada" || rec.Email != "u1@example.org" || newest.Command != "e1" {
		t.Errorf("u1: %+v, %v, %v", rec, newest, ahead)
	}
	r.settle()
	if ids := r.handler.AheadRecords(); len(ids) != 0 {
		t.Errorf("ahead after all is projected: %v", ids)
	}
}
