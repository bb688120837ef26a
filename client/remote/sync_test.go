package remote

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"optimist/client/outbox"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

func respond(msg *nats.Msg, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return msg.Respond(data)
}

func rows(ids ...string) []protocol.Row {
	var all []protocol.Row
	for _, id := range ids {
		all = append(all, protocol.Row{ID: id})
	}
	return all
}

// TestSync asks for everything after change 3 of e1 and gets these pages, by
// what each question asks.
func TestSync(t *testing.T) {
	cases := map[string]struct {
		pages map[string]protocol.Sync
		want  *protocol.Sync // nil: it fails.
	}{
		"one page": {
			pages: map[string]protocol.Sync{"e1 3": {Epoch: "e1", To: 9, Change: 8, Next: 8, Rows: rows("a")}},
			want:  &protocol.Sync{Epoch: "e1", To: 9, Change: 8, Next: 8, Rows: rows("a")},
		},
		"several pages": {
			pages: map[string]protocol.Sync{
				"e1 3": {Epoch: "e1", To: 9, Change: 8, Next: 5, More: true, Rows: rows("a", "b"), Rejected: []protocol.Rejection{{Command: "x"}}},
				"e1 5": {Epoch: "e1", To: 10, Change: 9, Next: 8, More: true, Rows: rows("c")},
				"e1 8": {Epoch: "e1", To: 11, Change: 10, Next: 10, Rejected: []protocol.Rejection{{Command: "y"}}},
			},
			want: &protocol.Sync{
				Epoch: "e1", To: 11, Change: 10, Next: 10, Rows: rows("a", "b", "c"),
				Rejected: []protocol.Rejection{{Command: "x"}, {Command: "y"}},
			},
		},
		"another epoch, in pages": {
			pages: map[string]protocol.Sync{
				"e1 3": {Epoch: "e2", Full: true, To: 4, Change: 2, Next: 1, More: true, Rows: rows("a")},
				"e2 1": {Epoch: "e2", To: 5, Change: 2, Next: 2, Rows: rows("b")},
			},
			want: &protocol.Sync{Epoch: "e2", Full: true, To: 5, Change: 2, Next: 2, Rows: rows("a", "b")},
		},
		"another epoch between two pages": {
			pages: map[string]protocol.Sync{
				"e1 3": {Epoch: "e1", To: 9, Change: 8, Next: 5, More: true, Rows: rows("old")},
				"e1 5": {Epoch: "e2", Full: true, To: 4, Change: 2, Next: 1, More: true, Rows: rows("a")},
				"e2 1": {Epoch: "e2", To: 4, Change: 2, Next: 2, Rows: rows("b")},
			},
			want: &protocol.Sync{Epoch: "e2", Full: true, To: 4, Change: 2, Next: 2, Rows: rows("a", "b")},
		},
		"a failure at the second page": {
			pages: map[string]protocol.Sync{"e1 3": {Epoch: "e1", Next: 5, More: true, Rows: rows("a")}},
		},
		"a failure": {},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := mustServe(t)
			mustAnswer(t, s.mustConnect(), "query.ann", func(msg *nats.Msg) {
				q := mustRead[protocol.Query](t, msg)
				if page, ok := c.pages[fmt.Sprintf("%s %d", q.Epoch, q.Since)]; ok && q.Ask == protocol.AskSync {
					mustRespond(t, msg, page)
				} else {
					mustRespond(t, msg, protocol.Failure{Error: "the disk is gone"})
				}
			})
			o := mustDial(t, s.url(), outbox.Memory("ann"))
			o.input(reconcile.Connected)
			o.r.Do([]reconcile.Effect{{Kind: reconcile.Sync, Epoch: "e1", Since: 3}})
			if c.want == nil {
				o.input(reconcile.SyncFailed)
				return
			}
			if diff := cmp.Diff(c.want, o.input(reconcile.Synced).Sync); diff != "" {
				t.Errorf("the resync is another (-want +got):\n%s", diff)
			}
		})
	}
}

// The log's feed costs nobody anything who does not read it: it comes, once each,
// after the first resync of the log was asked for.
func TestLogFeed(t *testing.T) {
	s := mustServe(t)
	server := s.mustConnect()
	mustAnswer(t, server, "query.ann", func(msg *nats.Msg) {
		q := mustRead[protocol.Query](t, msg)
		mustRespond(t, msg, protocol.Sync{Epoch: "e1", Full: true, Log: q.Log})
	})
	o := mustDial(t, s.url(), outbox.Memory("ann"))
	o.input(reconcile.Connected)
	for to := range uint64(4) {
		log := to > 0
		o.r.Do([]reconcile.Effect{{Kind: reconcile.Sync, Log: log}})
		if got := o.input(reconcile.Synced).Sync; got.Log != log {
			t.Errorf("%+v comes, where Log must be %t", got, log)
		}
		mustSend(t, server, protocol.LogFeedSubject, protocol.Feed{Epoch: "e1", To: to, Log: true})
		if !log {
			continue // Nobody listens; had it come, it would be the first below.
		}
		if got := o.input(reconcile.Fed).Feed; !got.Log || got.To != to {
			t.Errorf("%+v comes, and not that up to %d", got, to)
		}
	}
}

// Nobody there, or nobody who answers in time: the replica hears of it and asks
// again.
func TestSyncWithoutAnswer(t *testing.T) {
	t.Run("nobody there", func(t *testing.T) {
		s := mustServe(t)
		o := mustDial(t, s.url(), outbox.Memory("ann"))
		o.input(reconcile.Connected)
		o.r.Do([]reconcile.Effect{{Kind: reconcile.Sync}})
		o.input(reconcile.SyncFailed)
	})
	t.Run("no answer in time", func(t *testing.T) {
		now := int64(0)
		l := newLedger(func() int64 { return now })
		l.beginSync()
		token, command := l.addPage(), l.add(question{about: aboutCommand, id: "c1"})
		now = PageTimeout.Milliseconds() - 1
		if l.expire() {
			t.Error("it gives up early")
		}
		now++
		if !l.expire() {
			t.Error("it waits for ever")
		}
		if _, ok := l.take(token); ok || l.gather(token, &protocol.Sync{}) != nil {
			t.Error("an answer that comes after all is taken")
		}
		if _, ok := l.take(command); !ok {
			t.Error("it no longer waits for the answer to a command")
		}
	})
	t.Run("asked anew", func(t *testing.T) {
		l := newLedger(func() int64 { return 0 })
		l.beginSync()
		first := l.addPage()
		l.beginSync()
		second := l.addPage()
		if l.gather(first, &protocol.Sync{}) != nil || l.endSync(first) {
			t.Error("a page of the resync before is taken")
		}
		if l.gather(second, &protocol.Sync{To: 3}).To != 3 {
			t.Error("the page of the resync under way is not")
		}
	})
}
