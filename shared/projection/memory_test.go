package projection_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/user"
)

// mustFold returns a model of a few users, claims and rejections.
func mustFold(t *testing.T) *projection.Memory {
	t.Helper()
	var m projection.Memory
	for i, ev := range []event.Event{
		{Kind: event.Reserved, Op: user.Create, Record: "b", Ref: user.Ref{Client: "ann", Command: "c1"}, Patch: user.SetEmail("b@example.org")},
		{Kind: event.Created, Op: user.Create, Record: "b", Ref: user.Ref{Client: "ann", Command: "c1"}, Patch: user.SetBoth("Bea", "b@example.org")},
		{Kind: event.Created, Op: user.Create, Record: "a", Ref: user.Ref{Client: "ann", Command: "c2"}, Patch: user.SetBoth("Ada", "b@example.org")},
		{Kind: event.Refused, Op: user.Edit, Record: "a", Ref: user.Ref{Client: "bob", Command: "c1"}, Code: user.ErrNotFound},
	} {
		ev.Seq = uint64(i + 3)
		mustApply(t, &m, ev, nil)
		m.To = ev.Seq
	}
	return &m
}

func TestCopyIsAnotherOfTheSame(t *testing.T) {
	m := mustFold(t)
	var c projection.Memory
	c.CopyFrom(m)
	bytesOf := func(m *projection.Memory) []byte { return m.AppendBinary(nil) }
	if !bytes.Equal(bytesOf(m), bytesOf(&c)) {
		t.Error("a copy has other bytes")
	}
	before := bytesOf(m)
	mustApply(t, &c, event.Event{
		Kind: event.Edited, Op: user.Edit, Seq: 9, Record: "b", Ref: user.Ref{Client: "ann", Command: "c9"}, Patch: user.SetName("Bob"),
	}, nil)
	if !bytes.Equal(before, bytesOf(m)) || bytes.Equal(before, bytesOf(&c)) {
		t.Error("what happens to the copy shows in the original, or nowhere")
	}
	var scratch []byte
	if n := testing.AllocsPerRun(100, func() {
		c.CopyFrom(m)
		scratch = c.AppendBinary(scratch[:0])
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Every part of a model is in its bytes.
func TestBytesTellEverything(t *testing.T) {
	for name, change := range map[string]func(*projection.Memory){
		"checkpoint": func(m *projection.Memory) { m.To++ },
		"change":     func(m *projection.Memory) { m.Change++ },
		"direct": func(m *projection.Memory) {
			r, _, _ := m.Record("b")
			r.Direct = true
			_ = m.PutRecord(r)
			m.Change--
		},
		"logged": func(m *projection.Memory) {
			f, _, _ := m.Fate(user.Ref{Client: "bob", Command: "c1"})
			f.Logged = !f.Logged
			_ = m.PutFate(f)
		},
		"claim": func(m *projection.Memory) {
			c, _, _ := m.Claim(event.EmailToken("b@example.org"))
			c.Last++
			_ = m.PutClaim(c)
		},
	} {
		m, other := mustFold(t), mustFold(t)
		change(other)
		if bytes.Equal(m.AppendBinary(nil), other.AppendBinary(nil)) {
			t.Errorf("%s: no difference", name)
		}
	}
}

func TestClaimIsReleasedByNameOnly(t *testing.T) {
	patch := user.SetEmail("Ada@example.org")
	reserve := event.Event{Kind: event.Reserved, Seq: 4, Record: "a", Ref: user.Ref{Client: "ann", Command: "c1"}, Patch: patch}
	again := reserve
	again.Seq, again.Record = 9, "b"
	release := event.Event{Kind: event.Released, Seq: 6, Target: 4, Patch: user.SetEmail("ADA@example.org")}
	late := release
	late.Seq = 10
	var m projection.Memory
	var got []string
	for _, ev := range []event.Event{reserve, release, again, late} {
		mustApply(t, &m, ev, nil)
		c, found, _ := m.Claim(event.EmailToken("ada@example.org"))
		if !found || c.Last != ev.Seq || c.Held() != (c.Record != "") {
			t.Errorf("after #%d: %+v", ev.Seq, c)
		}
		got = append(got, c.Record)
	}
	if diff := cmp.Diff([]string{"a", "", "b", "b"}, got); diff != "" {
		t.Errorf("holders (-want +got):\n%s", diff)
	}
	voided := release
	voided.Target, voided.Build = 9, 1
	mustApply(t, &m, projection.Heard(voided, 2), nil)
	if c, _, _ := m.Claim(event.EmailToken("ada@example.org")); !c.Held() {
		t.Error("a build that is not the authority released a claim")
	}
	foreign := reserve
	foreign.Seq, foreign.Record, foreign.Target, foreign.Build = 11, "c", 8, 1
	mustApply(t, &m, projection.Heard(foreign, 2), nil)
	if c, _, _ := m.Claim(event.EmailToken("ada@example.org")); c.Record != "b" || c.Last != 11 {
		t.Errorf("after the claim by a build that is not the authority: %+v", c)
	}
	mustApply(t, &m, projection.Heard(foreign, 1), nil)
	if c, _, _ := m.Claim(event.EmailToken("ada@example.org")); c.Record != "c" {
		t.Errorf("after the claim by the authority: %+v", c)
	}
}

// A strategy without feedback tells nobody of its rejections.
func TestSilentRejectionIsNotAmongWhatChanged(t *testing.T) {
	for strategy, want := range map[string]int{"reconcile": 1, "check-log": 1, "fire-and-forget": 0} {
		var m projection.Memory
		ev, _ := fallen("a", "c1", 5, strategy)
		if _, err := projection.Apply(&m, ev, nil, "disk on fire"); err != nil {
			t.Fatal(err)
		}
		if got := m.Since(0, 10); len(got.Rejected) != want {
			t.Errorf("%s: %+v", strategy, got.Rejected)
		}
		if f, _, _ := m.Fate(ev.Ref); f.Status != projection.Rejected {
			t.Errorf("%s: %+v", strategy, f)
		}
	}
}
