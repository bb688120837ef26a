package event_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/event"
	"optimist/shared/user"
)

var alice = user.Ref{Client: "alice", Command: "c-2"}

// samples holds an event of every kind.
var samples = []event.Event{
	{Kind: event.Created, Ref: alice, Record: "ada", Op: user.Create, Patch: user.SetBoth("Ada", "ada@example.org"), Version: 1, Strategy: "reconcile", Time: 1_700_000_000_123},
	{Kind: event.Edited, Ref: alice, Record: "ada", Op: user.Edit, Patch: user.SetName("\u202eAda\x00"), Cause: user.Ref{Client: "alice", Command: "c-1"}, Base: 7, Version: 2},
	{Kind: event.Deleted, Ref: alice, Record: "ada", Op: user.Delete, Base: 7, Version: 3},
	{Kind: event.Rejected, Ref: alice, Record: "ada", Op: user.Edit, Code: user.ErrCascade, Why: "it fell", Root: user.Ref{Client: "alice", Command: "c-1"}, Target: 8, Stream: "s", Build: 2},
	{Kind: event.Refused, Ref: alice, Record: "ada", Op: user.Edit, Patch: user.SetEmail("a@b.c"), Code: user.ErrNotFound, Why: "no row"},
	{Kind: event.Opened, Stream: "s"},
	{Kind: event.Epoch, Stream: "s", Build: 3},
	{Kind: event.Reserved, Ref: alice, Record: "ada", Op: user.Create, Patch: user.SetEmail("Ada@Example.org"), Strategy: "reserve"},
	{Kind: event.Released, Ref: alice, Record: "ada", Op: user.Create, Patch: user.SetEmail("ada@example.org"), Target: 4, Stream: "s", Build: 2},
	{Kind: event.Reserved, Ref: alice, Record: "ada", Op: user.Edit, Patch: user.SetEmail("ada@example.org"), Strategy: "reserve", Target: 8, Stream: "s", Build: 2},
}

func TestJSONKeepsEverything(t *testing.T) {
	for _, ev := range samples {
		t.Run(ev.Kind.String(), func(t *testing.T) {
			data, err := json.Marshal(ev)
			if err != nil {
				t.Fatal(err)
			}
			got := event.Event{Seq: 42}
			if err := json.Unmarshal(data, &got); err != nil {
				t.Fatal(err)
			}
			want := ev
			want.Seq, want.ID = 42, ev.Identify()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Any CloudEvents tool must be able to read an event.
func TestEnvelopeIsCloudEvents(t *testing.T) {
	for _, ev := range samples {
		data, err := json.Marshal(ev)
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]any
		if err := json.Unmarshal(data, &fields); err != nil {
			t.Fatal(err)
		}
		for _, required := range []string{"specversion", "id", "source", "type"} {
			if text, ok := fields[required].(string); !ok || text == "" {
				t.Errorf("%v: %s is %v", ev.Kind, required, fields[required])
			}
		}
		for name := range fields {
			if strings.ContainsFunc(name, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
				t.Errorf("%v: attribute %q is not lower-case letters and digits", ev.Kind, name)
			}
		}
		if fields["type"] != "optimist.user."+ev.Kind.String()+".v1" {
			t.Errorf("type is %v", fields["type"])
		}
	}
}

func TestSubjects(t *testing.T) {
	want := []string{
		"events.user.ada.created", "events.user.ada.edited", "events.user.ada.deleted", "events.user.ada.rejected",
		"events.refused.alice.c-2", "events.store.opened", "events.store.epoch",
		"events.email.z7qa3xsg56kcmap7v646fas6qa.reserved", "events.email.z7qa3xsg56kcmap7v646fas6qa.released",
		"events.email.z7qa3xsg56kcmap7v646fas6qa.reserved",
	}
	for i, ev := range samples {
		if got := ev.Subject(); got != want[i] {
			t.Errorf("%v: got %s, want %s", ev.Kind, got, want[i])
		}
	}
}

func TestIdentitiesDiffer(t *testing.T) {
	seen := map[string]event.Kind{}
	for _, ev := range samples {
		if ev.Kind == event.Edited || ev.Kind == event.Deleted {
			ev.Command = ev.Kind.String() // Each command has an id of its own.
		}
		if other, twice := seen[ev.Identify()]; twice {
			t.Errorf("%v and %v are both %s", ev.Kind, other, ev.Identify())
		}
		seen[ev.Identify()] = ev.Kind
	}
}

// Whatever is in the log is read or refused, and what is read is written the
// same way again.
func FuzzUnmarshal(f *testing.F) {
	for _, ev := range samples {
		data, err := json.Marshal(ev)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"type":"optimist.user.created.v1"}`))
	f.Add([]byte(`{"type":"optimist.user.created.v1","time":"9999-12-31T23:59:59Z","data":{"op":"nothing"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var ev event.Event
		if err := json.Unmarshal(data, &ev); err != nil {
			return
		}
		once, err := json.Marshal(ev)
		if err != nil {
			return // A year that RFC 3339 does not have.
		}
		var again event.Event
		if err := json.Unmarshal(once, &again); err != nil {
			t.Fatalf("%s: %v", once, err)
		}
		again.ID = ev.ID // It is derived when written.
		if diff := cmp.Diff(ev, again); diff != "" {
			t.Error(diff)
		}
	})
}
