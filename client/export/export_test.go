package export_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"path/filepath"
	"strings"
	"testing"

	"optimist/client/export"
	"optimist/client/golden"
	"optimist/client/story"
	"optimist/scenarios"
	"optimist/shared/anomaly"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// TestFormats draws the race in every format, byte by byte.
func TestFormats(t *testing.T) {
	run := mustRun(t, "create-then-edit", "check-projection")
	for _, f := range export.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			var got, again bytes.Buffer
			if err := f.Write(&got, run); err != nil {
				t.Fatal(err)
			}
			if err := f.Write(&again, mustRun(t, "create-then-edit", "check-projection")); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), again.Bytes()) {
				t.Error("the same story gave other bytes the second time")
			}
			golden.Match(t, filepath.Join("testdata", "race"+f.Ext), got.String())
		})
	}
}

// hostile is text that would break each format that did not guard against it.
const hostile = "</script><script>alert(1)</script>;#\x1b[2J\n-->\"'%{}&"

// TestHostileText exports a trace whose names try to break out.
func TestHostileText(t *testing.T) {
	run := export.Run{
		Trace: &trace.Trace{
			Title: hostile, Strategy: "reconcile", Mode: "simulated", Clients: []string{"alice"},
			Names: []trace.Alias{{Name: hostile, Record: "ada"}},
			Events: []trace.Event{
				{Step: 1, Line: 1, Kind: trace.Acted, Client: "alice", Intent: "alice.1", Op: user.Create, Record: "ada", Patch: user.SetBoth(hostile, hostile)},
				{Step: 2, Line: 1, Kind: trace.Committed, Seq: 3, Record: "ada", Value: trace.Value{Exists: true, Name: hostile, Version: 1}},
			},
		},
		Findings: []anomaly.Finding{{ID: "V1", Name: "spurious-rejection", Client: "alice", Intent: "alice.1", Step: 1, Why: hostile}},
		Script:   []string{"> " + hostile, "``` " + hostile},
		Story:    []scenario.Line{{Number: 1, Kind: scenario.Narration, Text: hostile}, {Number: 2, Kind: scenario.Directive}},
		Intents:  []scenario.Intent{{ID: "alice.1", Fate: hostile}},
	}
	written := map[string]string{}
	for _, f := range export.Formats() {
		var b strings.Builder
		if err := f.Write(&b, run); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		written[f.Name] = b.String()
		if f.Name != "json" && strings.ContainsRune(b.String(), '\x1b') {
			t.Errorf("%s carries an escape sequence", f.Name)
		}
	}
	if n := strings.Count(written["html"], "<script>"); n != 1 {
		t.Errorf("the page has %d scripts, want its own alone", n)
	}
	if md := written["md"]; strings.Count(md, "<script") != 2 || !strings.Contains(md, "\n````text\n``` </script>") {
		t.Errorf("a name is more than text in markdown outside of its fences:\n%s", md)
	}
	for _, name := range []string{"svg", "junit"} {
		if err := xml.Unmarshal([]byte(written[name]), new(struct{})); err != nil {
			t.Errorf("%s is not well-formed: %v", name, err)
		}
	}
	if !json.Valid([]byte(written["json"])) {
		t.Error("json is not valid")
	}
	if lines := strings.Count(written["mermaid"], "\n"); lines != 11 {
		t.Errorf("mermaid has %d lines, so a name ended a statement:\n%s", lines, written["mermaid"])
	}
}

// mustRun runs a story of the library, simulated.
func mustRun(tb testing.TB, name, under string) export.Run {
	tb.Helper()
	text, err := scenarios.Read(name)
	if err != nil {
		tb.Fatal(err)
	}
	script, err := scenario.Parse(name+scenarios.Ext, text)
	if err != nil {
		tb.Fatal(err)
	}
	s, err := strategy.Parse(under)
	if err != nil {
		tb.Fatal(err)
	}
	o := story.Job{Script: script, Under: s}.Run(context.Background(), story.Simulated)
	if o.Err != nil {
		tb.Fatal(o.Err)
	}
	return o.Export()
}
