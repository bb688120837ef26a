package spelling_test

import (
	"strings"
	"testing"

	"optimist/shared/spelling"
)

func TestNearest(t *testing.T) {
	names := []string{"reconcile", "reserve", "read-log", "wait"}
	for _, c := range []struct{ name, typed, want string }{
		{"its beginning", "rec", "reconcile"},
		{"a letter too few", "reconcle", "reconcile"},
		{"neighbours swapped", "reosncile", "reconcile"},
		{"one typo in a short word", "wiat", "wait"},
		{"a typo in its beginning", "recocn", "reconcile"},
		{"another word", "postgres", ""},
		{"nothing", "", ""},
		{"far too much", strings.Repeat("reconcile", 9), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := spelling.Nearest(c.typed, names); got != c.want {
				t.Errorf("Nearest(%q) = %q, want %q", c.typed, got, c.want)
			}
		})
	}
}

func TestBrief(t *testing.T) {
	if got := spelling.Brief("reconcile"); got != "reconcile" {
		t.Errorf("a short word became %q", got)
	}
	if got := spelling.Brief(strings.Repeat("é", 1000)); len(got) > spelling.MaxWord+len("…") || !strings.HasSuffix(got, "é…") {
		t.Errorf("a long word became %q", got)
	}
}
