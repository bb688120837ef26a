package main

import (
	"strings"
	"testing"
)

// Lines break between words, behind their indent, however they arrive.
func TestFold(t *testing.T) {
	var b strings.Builder
	f := &fold{out: &b, width: 20}
	for _, part := range []string{"The projector, which", " copies the log,\nstands", " still.\n\n  1 it waits for the projector\n"} {
		if n, err := f.Write([]byte(part)); n != len(part) || err != nil {
			t.Fatalf("%d, %v", n, err)
		}
	}
	want := "The projector, which\ncopies the log,\nstands still.\n\n  1 it waits for the\n  projector\n"
	if got := b.String(); got != want {
		t.Errorf("folded:\n%q\nwant:\n%q", got, want)
	}
}

// A pipe has the lines as they are.
func TestFoldLeavesPipes(t *testing.T) {
	var b strings.Builder
	if w := folded(&b); w != &b {
		t.Errorf("%T", w)
	}
}
