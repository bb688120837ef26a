package main

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"optimist/client/remote"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// guestWait is how long a guest waits for an answer that must not come.
const guestWait = 300 * time.Millisecond

// mustFill makes one user and edits it.
func (s *station) mustFill(t testing.TB) {
	t.Helper()
	p := mustPeer(t, "alice", s.url("nats"), mustOutbox(t, t.TempDir()))
	for _, id := range []string{
		p.submit("ada", user.Create, user.SetBoth("Ada", "ada@example.org")),
		p.submit("ada", user.Edit, user.SetName("Ada Lovelace")),
	} {
		p.awaitEnd(t, id)
	}
}

// What `nats stream ls` and `nats stream view` ask for is anybody's: the list of
// streams, and readable events through a consumer of one's own.
func TestGuestReadsTheLog(t *testing.T) {
	s := mustStation(t)
	s.mustFill(t)
	ctx, cancel := context.WithTimeout(t.Context(), settleWait)
	defer cancel()
	js, err := jetstream.New(s.mustConnect(t))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	streams := js.ListStreams(ctx)
	for info := range streams.Info() {
		names = append(names, info.Config.Name)
	}
	if diff := cmp.Diff([]string{remote.StreamName}, names); diff != "" || streams.Err() != nil {
		t.Fatalf("streams (-want +got), %v:\n%s", streams.Err(), diff)
	}
	consumer, err := js.OrderedConsumer(ctx, remote.StreamName, jetstream.OrderedConsumerConfig{})
	if err != nil {
		t.Fatal(err)
	}
	batch, err := consumer.Fetch(4)
	if err != nil {
		t.Fatal(err)
	}
	var types []string
	for msg := range batch.Messages() {
		var ce struct {
			SpecVersion, Type, ID, Source string
			Data                          map[string]any
		}
		if err := json.Unmarshal(msg.Data(), &ce); err != nil || ce.SpecVersion != "1.0" || ce.ID == "" || ce.Source == "" || len(ce.Data) == 0 {
			t.Errorf("%s is no CloudEvent: %v: %s", msg.Subject(), err, msg.Data())
		}
		types = append(types, ce.Type)
	}
	want := []string{"optimist.user.opened.v1", "optimist.user.epoch.v1", "optimist.user.created.v1", "optimist.user.edited.v1"}
	if diff := cmp.Diff(want, types); diff != "" || batch.Error() != nil {
		t.Errorf("types (-want +got), %v:\n%s", batch.Error(), diff)
	}
}

// attempt is a guest's try to do more than read.
type attempt func(context.Context, *nats.Conn, jetstream.JetStream) error

// onStream is an attempt on the log's stream, which a guest may look at.
func onStream(do func(context.Context, jetstream.Stream) error) attempt {
	return func(ctx context.Context, _ *nats.Conn, js jetstream.JetStream) error {
		stream, err := js.Stream(context.WithoutCancel(ctx), remote.StreamName)
		if err != nil {
			return nil // Being kept from looking is not what is tried.
		}
		return do(ctx, stream)
	}
}

// listening is an attempt to hear what is not a guest's.
func listening(subject string) attempt {
	return func(_ context.Context, nc *nats.Conn, _ jetstream.JetStream) error {
		if _, err := nc.SubscribeSync(subject); err != nil {
			return err
		}
		if err := nc.Flush(); err != nil {
			return err
		}
		return nc.LastError() // The server has said no before it answered the flush.
	}
}

// answeredInto is an attempt to have the answer to a lawful request stored as an
// event. Nobody says no to it: the answer reaches nobody.
func answeredInto(event, request string, data []byte) attempt {
	return func(_ context.Context, nc *nats.Conn, _ jetstream.JetStream) error {
		if err := nc.PublishRequest(request, event, data); err != nil {
			return err
		}
		if _, err := nc.Request(request, data, settleWait); err != nil {
			return nil // The request has to be lawful, or nothing is tried.
		}
		return errors.New("nothing came of it")
	}
}

// attempts returns what a guest might try, if it knows the subject of an event.
func attempts(subject string, forged, query []byte) map[string]attempt {
	config := jetstream.StreamConfig{Name: remote.StreamName, Subjects: []string{event.AllSubjects}, MaxMsgs: 1}
	return map[string]attempt{
		"publish an event": func(ctx context.Context, nc *nats.Conn, _ jetstream.JetStream) error {
			_, err := nc.RequestWithContext(ctx, subject, forged)
			return err
		},
		"have a query's answer stored":      answeredInto(subject, protocol.QuerySubject("eve"), query),
		"have JetStream's answer stored":    answeredInto(subject, "$JS.API.STREAM.INFO."+remote.StreamName, nil),
		"listen to commands":                listening(protocol.CommandPrefix + "*"),
		"listen to events as they are sent": listening(event.AllSubjects),
		"delete an event":                   onStream(func(ctx context.Context, s jetstream.Stream) error { return s.DeleteMsg(ctx, 3) }),
		"purge the log":                     onStream(func(ctx context.Context, s jetstream.Stream) error { return s.Purge(ctx) }),
		"delete the log": func(ctx context.Context, _ *nats.Conn, js jetstream.JetStream) error {
			return js.DeleteStream(ctx, remote.StreamName)
		},
		"change the log": func(ctx context.Context, _ *nats.Conn, js jetstream.JetStream) error {
			_, err := js.UpdateStream(ctx, config)
			return err
		},
		"make a stream": func(ctx context.Context, _ *nats.Conn, js jetstream.JetStream) error {
			_, err := js.CreateStream(ctx, jetstream.StreamConfig{Name: "MINE", Subjects: []string{"mine"}})
			return err
		},
	}
}

// Nobody but the server writes: what a guest publishes as an event, or has
// answered into one, reaches nobody, and the stream cannot be changed.
func TestGuestCannotWriteTheLog(t *testing.T) {
	s := mustStation(t)
	s.mustFill(t)
	before := mustReadLog(t, s.mustConnect(t))
	forged, err := json.Marshal(event.Event{Kind: event.Deleted, Record: "ada", Op: user.Delete, Ref: user.Ref{Client: "eve", Command: "x"}})
	if err != nil {
		t.Fatal(err)
	}
	query, err := json.Marshal(protocol.Query{Ask: protocol.AskHealth})
	if err != nil {
		t.Fatal(err)
	}
	for name, try := range attempts(before[2].Subject(), forged, query) {
		t.Run(name, func(t *testing.T) {
			nc := s.mustConnect(t)
			js, err := jetstream.New(nc)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), guestWait)
			defer cancel()
			if err := try(ctx, nc, js); err == nil {
				t.Error("it was allowed")
			}
			if diff := cmp.Diff(before, mustReadLog(t, s.mustConnect(t))); diff != "" {
				t.Errorf("the log changed (-before +after):\n%s", diff)
			}
		})
	}
}
