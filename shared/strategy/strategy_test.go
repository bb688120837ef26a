package strategy_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"optimist/shared/strategy"
)

func TestPresets(t *testing.T) {
	seen := map[strategy.Strategy]string{}
	for _, s := range strategy.All() {
		named, err := strategy.Named(s.Name)
		if err != nil || named != s {
			t.Errorf("%s: %+v, %v", s.Name, named, err)
		}
		if n := utf8.RuneCountInString(s.Summary); n == 0 || n > 40 {
			t.Errorf("%s has a summary of %d characters", s.Name, n)
		}
		if s.Text() != s.Name {
			t.Errorf("%s is told as %s", s.Name, s.Text())
		}
		if len(s.Explain()) < 200 || len(s.Price()) < 40 {
			t.Errorf("%s is explained as %q, with the price %q", s.Name, s.Explain(), s.Price())
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
}

func TestAxes(t *testing.T) {
	standard := mustParse(t, strategy.Default)
	for _, a := range strategy.Axes() {
		if got := standard.Choice(a.Name); got != a.Values[0].Name {
			t.Errorf("%s: the default is %q, the first value %q", a.Name, got, a.Values[0].Name)
		}
		if !strings.HasSuffix(a.Help, ".") {
			t.Errorf("%s: %q", a.Name, a.Help)
		}
		for _, v := range a.Values {
			if !strings.HasSuffix(v.Help, ".") || strings.HasSuffix(v.Price, ".") {
				t.Errorf("%s=%s: %q, %q", a.Name, v.Name, v.Help, v.Price)
			}
		}
	}
	if got := standard.Choice("mood"); got != "" {
		t.Errorf("an axis that is none: %q", got)
	}
}

func TestExplain(t *testing.T) {
	s := mustParse(t, "reconcile validate=projection read=log")
	for _, part := range []string{
		"The recommended one.",
		"Chosen otherwise here: validate=projection. The row in the database, which may be behind the log. And read=log. A fold of the log",
	} {
		if !strings.Contains(s.Explain(), part) {
			t.Errorf("%q is not in %q", part, s.Explain())
		}
	}
	const price = "An edit of a record that is not in the rows yet is refused without need; what was typed is not seen until the log has it."
	if s.Price() != price {
		t.Errorf("the price is %q", s.Price())
	}
	same := mustParse(t, "reconcile validate=projection")
	if !strings.HasSuffix(same.Explain(), "These are the choices of check-projection.") || same.Price() != mustParse(t, "check-projection").Price() {
		t.Errorf("%q, %q", same.Explain(), same.Price())
	}
}
