package strategy_test

import (
	"strings"
	"testing"

	"optimist/shared/strategy"
)

func TestPresets(t *testing.T) {
	seen := map[strategy.Strategy]string{}
	for _, s := range strategy.All() {
		named, err := strategy.Named(s.Name)
		if err != nil || named != s {
			t.Errorf("%s: %+v, %v", s.Name, named, err)
		}
		if s.Summary == "" {
			t.Errorf("%s has no summary", s.Name)
		}
		axes := s
		axes.Name, axes.Summary = "", ""
		if other, twice := seen[axes]; twice {
			t.Errorf("%s is %s by another name", s.Name, other)
		}
		seen[axes] = s.Name
	}
	if _, err := strategy.Named(strategy.Default); err != nil {
		t.Error(err)
	}
	if _, err := strategy.Named("hope"); err == nil || !strings.Contains(err.Error(), "choose one of dual-write, outbox, ") {
		t.Errorf("an unknown name: %v", err)
	}
}

// A name from a program that knows more strategies is treated as the default.
func TestOf(t *testing.T) {
	for _, s := range strategy.All() {
		if got := strategy.Of(s.Name); got != s {
			t.Errorf("%s: %+v", s.Name, got)
		}
	}
	if got := strategy.Of("hope"); got.Name != strategy.Default || !got.Compensates() {
		t.Errorf("an unknown name: %+v", got)
	}
}
