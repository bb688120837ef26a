package event

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/user"
)

// envelopeOf returns what UnmarshalJSON reads as e.
func envelopeOf(e Event) envelope {
	p := payload{Code: e.Code, Why: e.Why, Target: e.Target, Stream: e.Stream, Build: e.Build}
	if e.Op != 0 {
		p.Op = e.Op.String()
	}
	if e.Patch.Set.Has(user.FieldName) {
		p.Name = &e.Patch.Name
	}
	if e.Patch.Set.Has(user.FieldEmail) {
		p.Email = &e.Patch.Email
	}
	if !e.Root.IsZero() {
		p.Root = &e.Root
	}
	source := "/optimist/server"
	if e.Client != "" {
		source = "/optimist/client/" + e.Client
	}
	return envelope{
		SpecVersion: "1.0", Type: typePrefix + e.Kind.String() + typeSuffix, ID: e.Identify(), Source: source,
		Subject: e.Record, Time: time.UnixMilli(e.Time).UTC().Format(timeFormat), ContentType: "application/json",
		Command: e.Command, Client: e.Client, Cause: e.Cause.Command, CauseClient: e.Cause.Client,
		Base: e.Base, Version: e.Version, Strategy: e.Strategy, Data: &p,
	}
}

// mustWriteAlike writes e in both ways.
func mustWriteAlike(t *testing.T, e Event) {
	t.Helper()
	want, err := json.Marshal(envelopeOf(e))
	if err != nil {
		t.Fatal(err)
	}
	got, err := e.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%v (-want +got):\n%s", e.Kind, diff)
	}
}

// FuzzMarshal holds what an event writes itself against what encoding/json does.
func FuzzMarshal(f *testing.F) {
	for _, text := range []string{"", "Ada", "ada@example.org", `"Ada" \ Lovelace`, "<b>&", "a\tb\x00\x7f", "Zoë 🙂", "\u2028", "a\xffb"} {
		for kind := range Kinds {
			f.Add(byte(kind), text, text, uint64(len(text)), int64(1_700_000_000_123), byte(0xff))
		}
		f.Add(byte(0), "ada", text, uint64(0), int64(-62_135_596_800_000), byte(0))
	}
	f.Fuzz(func(t *testing.T, kind byte, id, text string, n uint64, at int64, set byte) {
		ref := user.Ref{Client: id, Command: text}
		e := Event{Kind: Kinds[int(kind)%len(Kinds)], Time: at, Record: id, Base: n, Version: n / 2, Target: n, Build: n % 3}
		for i, fill := range []func(){
			func() { e.Ref = ref }, func() { e.Cause = ref }, func() { e.Root = ref }, func() { e.Op = user.Edit },
			func() { e.Patch = user.SetName(text) }, func() { e.Patch = user.SetEmail(id).Over(e.Patch) },
			func() { e.Code, e.Why = user.Code(id), text }, func() { e.Strategy, e.Stream = text, id },
		} {
			if set>>i&1 != 0 {
				fill()
			}
		}
		mustWriteAlike(t, e)
	})
}

// An event is on the way of every command, so it is written in one piece.
func TestMarshalAllocatesLittle(t *testing.T) {
	e := Event{
		Kind: Created, Ref: user.Ref{Client: "alice", Command: "c-2"}, Record: "ada", Op: user.Create,
		Patch: user.SetBoth("Ada", "ada@example.org"), Version: 1, Strategy: "reconcile", Time: 1_700_000_000_123,
	}
	got := testing.AllocsPerRun(100, func() {
		if _, err := e.MarshalJSON(); err != nil {
			t.Error(err)
		}
	})
	if most := 5.0; got > most {
		t.Errorf("%v allocations, want at most %v", got, most)
	}
}
