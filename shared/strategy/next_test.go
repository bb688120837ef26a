package strategy_test

import (
	"strings"
	"testing"

	"optimist/shared/strategy"
)

// Whatever is offered can be typed, and chooses something.
func TestNext(t *testing.T) {
	for _, begun := range []string{"", "hold", "reserve", "hold read=log", "outbox"} {
		next := strategy.Next(strings.Fields(begun))
		if len(next) == 0 {
			t.Errorf("nothing comes after %q", begun)
		}
		for _, w := range next {
			s, err := strategy.Parse(begun + " " + w.Text)
			if err != nil || w.Help == "" {
				t.Errorf("%q after %q: %v, help %q", w.Text, begun, err, w.Help)
			}
			if before, err := strategy.Parse(begun); err == nil && before == s {
				t.Errorf("%q after %q changes nothing", w.Text, begun)
			}
		}
	}
	if next := strategy.Next([]string{"hope"}); next != nil {
		t.Errorf("after no strategy: %v", next)
	}
}

func TestNextWhole(t *testing.T) {
	for typed, want := range map[string]string{"": "reconcile", "rec": "reconcile", "hold ": "hold read=log", "hold  re": "hold  read=log"} {
		found := false
		for _, w := range strategy.NextWhole(typed) {
			found = found || w.Text == want
		}
		if !found {
			t.Errorf("%q is not offered for %q", want, typed)
		}
	}
}
