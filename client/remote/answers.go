package remote

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/nats-io/nats.go"

	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

// FailureError is the server's word that it could not take a request.
type FailureError struct {
	Text string
}

// Error returns the server's words.
func (e *FailureError) Error() string { return "the server says: " + e.Text }

// answered takes an answer to a question of this client's.
func (r *Remote) answered(msg *nats.Msg) {
	token := strings.TrimPrefix(msg.Subject, r.inbox)
	if q, ok := r.asked.take(token); ok {
		r.heard(q, token, msg)
	}
}

// heard takes the answer to q, which was asked under token.
func (r *Remote) heard(q question, token string, msg *nats.Msg) {
	switch q.about {
	case aboutCommand, aboutOutcome:
		a, err := verdict(msg)
		if err != nil {
			// No verdict, so it has to be asked again.
			a = protocol.Reply{Verdict: protocol.Retry, Why: err.Error()}
		}
		a.Command = q.id
		r.out.input(reconcile.Input{Kind: reconcile.Answered, Reply: a})
	case aboutCommands:
		r.heardAll(q, token, msg)
	case aboutSync:
		var page protocol.Sync
		if err := read(msg, &page); err != nil {
			r.syncFailed(token, err)
			return
		}
		r.synced(token, &page)
	default:
		panic(fmt.Sprintf("remote: unknown question %d", q.about))
	}
}

// heardAll takes an answer to several commands. What it does not name is answered
// later, unless it is no answer at all.
func (r *Remote) heardAll(q question, token string, msg *nats.Msg) {
	var answers protocol.Replies
	if err := read(msg, &answers); err != nil {
		for _, id := range q.ids {
			answers = append(answers, protocol.Reply{Command: id, Verdict: protocol.Retry, Why: err.Error()})
		}
	}
	for _, a := range answers {
		at := slices.Index(q.ids, a.Command)
		if at < 0 {
			continue // It was not asked for, or answered before.
		}
		q.ids = slices.Delete(q.ids, at, at+1)
		if err := known(a.Verdict); err != nil {
			a = protocol.Reply{Command: a.Command, Verdict: protocol.Retry, Why: err.Error()}
		}
		r.out.input(reconcile.Input{Kind: reconcile.Answered, Reply: a})
	}
	if len(q.ids) > 0 {
		r.asked.putBack(token, q)
	}
}

// verdict decodes the answer to a command or a question for its outcome. It
// returns an error for whatever is none.
func verdict(msg *nats.Msg) (protocol.Reply, error) {
	var a protocol.Reply
	if err := read(msg, &a); err != nil {
		return a, err
	}
	return a, known(a.Verdict)
}

// known returns an error for a verdict of another time.
func known(v protocol.Verdict) error {
	switch v {
	case protocol.Accepted, protocol.Refused, protocol.Retry, protocol.Confirmed, protocol.RolledBack, protocol.Unknown:
		return nil
	}
	return fmt.Errorf("the server's verdict %q is unknown here", v)
}

// synced takes one page of a resync and asks for the next, or hands all of them
// on.
func (r *Remote) synced(token string, page *protocol.Sync) {
	whole := r.asked.gather(token, page)
	switch {
	case whole == nil:
	case whole.More:
		r.page(whole.Epoch, whole.Next, whole.Log)
	default:
		r.out.input(reconcile.Input{Kind: reconcile.Synced, Sync: whole})
	}
}

// syncFailed gives the resync up; the replica asks again.
func (r *Remote) syncFailed(token string, err error) {
	if r.asked.endSync(token) {
		r.cfg.Logger.Debug("resync", "error", err)
		r.out.input(reconcile.Input{Kind: reconcile.SyncFailed})
	}
}

// errorWord is in every protocol.Failure, and now and then in what is none.
var errorWord = []byte(`"error"`)

// read decodes an answer into v. It returns an error if the answer is the
// transport's own, or says that the server could not take the request.
func read(msg *nats.Msg, v any) error {
	if len(msg.Data) == 0 && msg.Header.Get("Status") == "503" {
		return ErrNobody
	}
	if bytes.HasPrefix(msg.Data, []byte("{")) && bytes.Contains(msg.Data, errorWord) { // Hardly ever, and looking is cheap.
		var failure protocol.Failure
		if err := json.Unmarshal(msg.Data, &failure); err != nil {
			return fmt.Errorf("read the server's answer: %w", err)
		}
		if failure.Error != "" {
			return &FailureError{Text: failure.Error}
		}
	}
	if err := protocol.Unmarshal(msg.Data, v); err != nil {
		return fmt.Errorf("read the server's answer: %w", err)
	}
	return nil
}

// fed takes a message of the feed.
func (r *Remote) fed(msg *nats.Msg) {
	f := new(protocol.Feed)
	if err := protocol.Unmarshal(msg.Data, f); err != nil {
		r.cfg.Logger.Warn("feed", "error", err)
		return
	}
	r.out.input(reconcile.Input{Kind: reconcile.Fed, Feed: f})
}

// status takes what the server says of itself.
func (r *Remote) status(msg *nats.Msg) {
	var s protocol.Status
	if err := json.Unmarshal(msg.Data, &s); err != nil {
		r.cfg.Logger.Warn("status", "error", err)
		return
	}
	r.out.status(s)
}
