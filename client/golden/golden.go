// Package golden holds what tests see against what is kept in their files, and
// writes it anew with -update. Only tests import it.
package golden

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write anew what is kept: golden files, pictures, generated parts of the documentation")

// Update reports whether what is kept is to be written anew.
func Update() bool { return *update }

// Match fails unless the file at path holds that text; with -update it will.
func Match(tb testing.TB, path, got string) {
	tb.Helper()
	if diff := cmp.Diff(string(kept(tb, path, []byte(got))), got); diff != "" {
		tb.Errorf("%s (-kept +now); -update rewrites it:\n%s", path, diff)
	}
}

// Picture fails unless the file at path is that picture; with -update it will be.
func Picture(tb testing.TB, path string, got []byte) {
	tb.Helper()
	if !bytes.Equal(kept(tb, path, got), got) {
		tb.Errorf("%s is stale: make pictures draws it anew", path)
	}
}

// kept returns what the file holds, which with -update is what was got.
func kept(tb testing.TB, path string, got []byte) []byte {
	tb.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return want
}

// Shows fails unless a screen has every text.
func Shows(tb testing.TB, screen string, texts ...string) {
	tb.Helper()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			tb.Fatalf("%q is not on the screen:\n%s", text, screen)
		}
	}
}

// Hides fails if a screen has one of the texts.
func Hides(tb testing.TB, screen string, texts ...string) {
	tb.Helper()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			tb.Fatalf("%q is on the screen:\n%s", text, screen)
		}
	}
}

// Fills fails unless a screen has that many lines, of that many cells each as
// method counts them.
func Fills(tb testing.TB, screen string, width, height int, method ansi.Method) {
	tb.Helper()
	lines := strings.Split(screen, "\n")
	if len(lines) != height {
		tb.Errorf("%d lines, want %d", len(lines), height)
	}
	for i, line := range lines {
		if got := method.StringWidth(line); got != width {
			tb.Errorf("line %d has %d cells, want %d: %q", i, got, width, ansi.Strip(line))
		}
	}
}
