package trace_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/protocol"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// everything is a trace in which every field means something somewhere.
func everything() trace.Trace {
	return trace.Trace{
		Title: "a title", Strategy: "reconcile", Mode: "simulated",
		Clients: []string{"alice", "bob"}, Names: []trace.Alias{{Name: "ada", Record: "r1"}},
		Events: []trace.Event{
			{
				Step: 1, At: 2, Line: 3, Kind: trace.Acted, Actor: "alice", Client: "alice", Intent: "alice.2",
				Op: user.Edit, Record: "r1", Patch: user.SetBoth("", "a@b.c"), Cause: "alice.1", Base: 4, Strategy: "wait",
			},
			{Kind: trace.Sent, Client: "alice", Intent: "alice.2", Attempt: 2},
			{Kind: trace.Decided, Verdict: protocol.Refused, Looked: trace.AtProjection, Code: user.ErrNotFound, Why: "no"},
			{Kind: trace.Believed, Fate: trace.FateRolledBack, Root: "alice.1"},
			{Kind: trace.Voided, Seq: 7, Target: 5},
			{
				Kind: trace.Rendered, Mark: trace.Pending, Shown: []string{"alice.2"}, Twin: true,
				Value: trace.Value{Exists: true, Name: "A", Email: "a@b.c", Version: 2, Seq: 5},
			},
			{Kind: trace.Faulted, Fault: "reply drop"},
			{Kind: trace.Quiet, Stalled: true},
		},
	}
}

func TestRoundTrip(t *testing.T) {
	for _, want := range []trace.Trace{everything(), {}} {
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got trace.Trace
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// Every kind, fate and mark has a word of its own and survives the trip.
func TestEveryWord(t *testing.T) {
	for _, kind := range trace.Kinds {
		for _, fate := range append(trace.Fates, 0) {
			for _, mark := range append(trace.Marks, 0) {
				want := trace.Event{Kind: kind, Fate: fate, Mark: mark}
				text, err := json.Marshal(want)
				if err != nil {
					t.Fatal(err)
				}
				var got trace.Event
				if err := json.Unmarshal(text, &got); err != nil || !cmp.Equal(want, got) {
					t.Errorf("%s became %+v, %v", text, got, err)
				}
			}
		}
	}
	last := trace.Kinds[len(trace.Kinds)-1]
	if beyond := (last + 1).String(); !strings.HasPrefix(beyond, "kind(") {
		t.Errorf("Kinds ends before %s", beyond)
	}
}

func TestForm(t *testing.T) {
	text, err := json.Marshal(trace.Trace{Title: "t", Names: everything().Names, Events: everything().Events[:2]})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"title":"t","names":[{"name":"ada","record":"r1"}],"events":[` +
		`{"step":1,"at":2,"line":3,"kind":"acted","actor":"alice","client":"alice","intent":"alice.2","op":"edit",` +
		`"record":"r1","patch":{"name":"","email":"a@b.c"},"cause":"alice.1","base":4,"strategy":"wait"},` +
		`{"kind":"sent","client":"alice","intent":"alice.2","attempt":2}]}`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Error(diff)
	}
}

func TestErrorsNameTheEventAndTheField(t *testing.T) {
	for text, want := range map[string]string{
		`{"events":[{"kind":"quiet"},{"kind":"quite"}]}`:  `trace: event 2: field kind: unknown word "quite"; choose one of acted, held`,
		`{"events":[{"kind":"acted","op":"explode"}]}`:    `trace: event 1: field op: unknown word "explode"; choose one of create, edit, delete`,
		`{"events":[{"kind":"sent","seq":"x"}]}`:          `trace: event 1: field seq: a string cannot stand here`,
		`{"events":[{"kind":"sent","seq":-1}]}`:           `trace: event 1: field seq: a number -1 cannot stand here`,
		`{"events":[{"kind":"sent","value":{"name":1}}]}`: `trace: event 1: field value.name: a number cannot stand here`,
		`{"events":[{"kind":"sent","sequence":1}]}`:       `trace: event 1: json: unknown field "sequence"`,
		`{"events":[{"step":1}]}`:                         `trace: event 1: field kind: is missing`,
		`{"evens":[]}`:                                    `trace: json: unknown field "evens"`,
		`{"clients":3}`:                                   `trace: field clients: a number cannot stand here`,
	} {
		var got trace.Trace
		if err := json.Unmarshal([]byte(text), &got); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	if _, err := json.Marshal(trace.Trace{Events: []trace.Event{{}}}); err == nil || !strings.Contains(err.Error(), "event 1: an event of kind(0)") {
		t.Errorf("an event of no kind: %v", err)
	}
}

// What can be read is written again as the same trace.
func FuzzDecode(f *testing.F) {
	text, err := json.Marshal(everything())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"events":[{"kind":"quiet"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var first, second trace.Trace
		if json.Unmarshal(text, &first) != nil {
			return
		}
		again, err := json.Marshal(first)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(again, &second); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Error(diff)
		}
	})
}
