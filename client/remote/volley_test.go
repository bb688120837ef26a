package remote

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"optimist/client/outbox"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

// commandsOf returns the commands of a message that may hold one or several.
func commandsOf(t testing.TB, msg *nats.Msg) protocol.Commands {
	t.Helper()
	if msg.Data[0] == '{' {
		return protocol.Commands{mustRead[protocol.Command](t, msg)}
	}
	return mustRead[protocol.Commands](t, msg)
}

// What is asked in one go goes out in as few messages as keep the order.
func TestCommandsGoOutTogether(t *testing.T) {
	many := make([]reconcile.Effect, protocol.MaxCommands+1)
	for n := range many {
		many[n] = send(n)
	}
	poll := reconcile.Effect{Kind: reconcile.Poll, ID: "c9"}
	for name, c := range map[string]struct {
		effects []reconcile.Effect
		want    []string
	}{
		"one":                   {[]reconcile.Effect{send(1)}, []string{"{c1"}},
		"several":               {[]reconcile.Effect{send(1), store(2), send(3)}, []string{"[c1 c3"}},
		"a question in between": {[]reconcile.Effect{send(1), send(2), poll, send(3)}, []string{"[c1 c2", "ask", "{c3"}},
		"too many":              {many, []string{fmt.Sprintf("[%d", protocol.MaxCommands), "{c64"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := mustServe(t)
			heard := make(chan string, len(many))
			nc := s.mustConnect()
			mustAnswer(t, nc, "*.ann", func(msg *nats.Msg) {
				if msg.Subject == "query.ann" {
					heard <- "ask"
					return
				}
				var ids []string
				for _, c := range commandsOf(t, msg) {
					ids = append(ids, c.ID)
				}
				text := strings.Join(ids, " ")
				if len(ids) == protocol.MaxCommands {
					text = fmt.Sprint(len(ids))
				}
				heard <- string(msg.Data[:1]) + text
			})
			o := mustDial(t, s.url(), outbox.Memory("ann"))
			o.input(reconcile.Connected)
			o.r.Do(c.effects)
			for _, want := range c.want {
				if got := <-heard; got != want {
					t.Errorf("%q was sent where %q is next", got, want)
				}
			}
		})
	}
}

// Answers to several commands come in as many messages as it takes, and each
// counts once.
func TestAnswersToSeveral(t *testing.T) {
	retry := func(id, why string) string { return fmt.Sprintf("%s retry %s", id, why) }
	for name, c := range map[string]struct {
		answers []any
		want    []string
	}{
		"at once":     {[]any{protocol.Replies{accepted("c1"), accepted("c2")}}, []string{"c1 accepted ", "c2 accepted "}},
		"in pieces":   {[]any{protocol.Replies{accepted("c2")}, protocol.Replies{accepted("c1")}}, []string{"c2 accepted ", "c1 accepted "}},
		"twice":       {[]any{protocol.Replies{accepted("c2")}, protocol.Replies{accepted("c2"), accepted("c1")}}, []string{"c2 accepted ", "c1 accepted "}},
		"unasked":     {[]any{protocol.Replies{accepted("c7"), accepted("c1"), accepted("c2")}}, []string{"c1 accepted ", "c2 accepted "}},
		"not a reply": {[]any{"what?"}, []string{retry("c1", "read the"), retry("c2", "read the")}},
		"a failure":   {[]any{protocol.Failure{Error: "no room"}}, []string{retry("c1", "the server says: no room"), retry("c2", "the server says: no room")}},
		"a verdict of another time": {
			[]any{protocol.Replies{{Command: "c1", Verdict: "perhaps"}, accepted("c2")}},
			[]string{retry("c1", `the server's verdict "perhaps" is unknown here`), "c2 accepted "},
		},
		"words of an error": {
			[]any{protocol.Replies{{Command: "c1", Verdict: protocol.Refused, Why: `"error"`}, accepted("c2")}},
			[]string{`c1 refused "error"`, "c2 accepted "},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := mustServe(t)
			mustAnswer(t, s.mustConnect(), "cmd.ann", func(msg *nats.Msg) {
				for _, answer := range c.answers {
					mustRespond(t, msg, answer)
				}
			})
			o := mustDial(t, s.url(), outbox.Memory("ann"))
			o.input(reconcile.Connected)
			o.r.Do([]reconcile.Effect{send(1), send(2)})
			for _, want := range c.want {
				a := o.input(reconcile.Answered).Reply
				if got := fmt.Sprintf("%s %s %s", a.Command, a.Verdict, a.Why); !strings.HasPrefix(got, want) {
					t.Error(cmp.Diff(want, got))
				}
			}
			if o.r.asked.waiting() != 0 {
				t.Error("it waits for further answers")
			}
		})
	}
}

// waiting returns how many questions are not answered.
func (l *ledger) waiting() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.asked)
}
