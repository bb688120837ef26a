package strategy_test

import (
	"strings"
	"testing"

	"optimist/shared/strategy"
)

// combinations returns every combination of the axes, spelled out in full.
func combinations() []string {
	texts := []string{strategy.Default}
	for _, axis := range strategy.Axes() {
		var longer []string
		for _, text := range texts {
			for _, v := range axis.Values {
				longer = append(longer, text+" "+axis.Name+"="+v.Name)
			}
		}
		texts = longer
	}
	return texts
}

// Every combination is accepted, and then is read back as it is told, or is
// refused in words that name two of its choices and why.
func TestEveryCombination(t *testing.T) {
	const (
		every = 5832
		// Event first: 3 of validate, 3 of identity, 5 of reply and feedback, 5 of
		// dependents and compensation, 3 of read; with reservations 2 × 2 × 5 × 3 × 3.
		// A dual write: 2 of read, dependents, identity each; an outbox: 2 × 3 × 2.
		meaningful = 3*3*5*5*3 + 2*2*5*3*3 + 2*2*2 + 2*3*2
	)
	all := combinations()
	if len(all) != every {
		t.Errorf("there are %d combinations, want %d", len(all), every)
	}
	accepted := 0
	for _, text := range all {
		s, err := strategy.Parse(text)
		if err != nil {
			checkRefusal(t, text, err)
			continue
		}
		accepted++
		if again, err := strategy.Parse(s.Text()); err != nil || again != s {
			t.Errorf("%s is told as %s, which is read as %+v, %v", text, s.Text(), again, err)
		}
		if err := s.Check(); err != nil {
			t.Errorf("%s: parsed but %v", text, err)
		}
		checkWords(t, s)
	}
	if accepted != meaningful {
		t.Errorf("%d combinations are accepted, want %d", accepted, meaningful)
	}
}

func checkRefusal(t *testing.T, text string, err error) {
	t.Helper()
	words := strings.SplitN(err.Error(), ": ", 3)
	if len(words) != 3 || len(words[2]) < 20 || strings.HasSuffix(words[2], ".") {
		t.Fatalf("%s: %v", text, err)
	}
	one, other, both := strings.Cut(words[1], " does not go with ")
	for _, choice := range []string{one, other} {
		if !both || !strings.Contains(text+" ", " "+choice+" ") {
			t.Errorf("%s: the refusal names %q, which was not chosen", text, choice)
		}
	}
}

// checkWords checks that what is said of s is made of sentences.
func checkWords(t *testing.T, s strategy.Strategy) {
	t.Helper()
	for _, said := range []string{s.Explain(), s.Price()} {
		if !strings.HasSuffix(said, ".") || strings.Contains(said, "..") || strings.Contains(said, "  ") || strings.Contains(said, "; .") {
			t.Errorf("%s: %s", s.Text(), said)
		}
	}
}

// A clash that never decides is one too many.
func TestClashes(t *testing.T) {
	for _, c := range []struct{ text, pair string }{
		{"dual-write validate=log", "write=row-then-event does not go with validate=log"},
		{"outbox validate=log", "write=row-and-outbox does not go with validate=log"},
		{"dual-write validate=nothing", "write=row-then-event does not go with validate=nothing"},
		{"outbox validate=nothing", "write=row-and-outbox does not go with validate=nothing"},
		{"dual-write reply=projected", "write=row-then-event does not go with reply=projected"},
		{"outbox reply=projected", "write=row-and-outbox does not go with reply=projected"},
		{"dual-write read=log", "write=row-then-event does not go with read=log"},
		{"outbox read=log", "write=row-and-outbox does not go with read=log"},
		{"dual-write feedback=poll", "write=row-then-event does not go with feedback=poll"},
		{"outbox feedback=poll", "write=row-and-outbox does not go with feedback=poll"},
		{"dual-write feedback=none", "write=row-then-event does not go with feedback=none"},
		{"outbox feedback=none", "write=row-and-outbox does not go with feedback=none"},
		{"dual-write identity=server", "write=row-then-event does not go with identity=server"},
		{"outbox identity=server", "write=row-and-outbox does not go with identity=server"},
		{"dual-write unique=log", "write=row-then-event does not go with unique=log"},
		{"outbox unique=log", "write=row-and-outbox does not go with unique=log"},
		{"dual-write compensation=logged", "write=row-then-event does not go with compensation=logged"},
		{"outbox compensation=none", "write=row-and-outbox does not go with compensation=none"},
		{"reserve validate=nothing", "validate=nothing does not go with unique=log"},
		{"wait feedback=none", "reply=projected does not go with feedback=none"},
		{"hold compensation=none", "compensation=none does not go with dependents=hold"},
		{"reserve compensation=none", "compensation=none does not go with unique=log"},
		{"reserve identity=email", "identity=email does not go with unique=log"},
	} {
		if _, err := strategy.Parse(c.text); err == nil || !strings.Contains(err.Error(), c.text+": "+c.pair+": ") {
			t.Errorf("%s: %v, want %s", c.text, err, c.pair)
		}
	}
}

func TestMeaningful(t *testing.T) {
	for _, text := range []string{
		"reconcile validate=projection", "fire-and-forget compensation=logged", "fire-and-forget reply=projected feedback=push",
		"wait feedback=poll", "check-log read=log", "hold feedback=none", "hold validate=nothing", "natural-key validate=projection", "natural-key validate=nothing", "reserve validate=projection",
		"outbox dependents=hold", "outbox identity=email", "dual-write identity=email", "dual-write dependents=refuse", "outbox read=projection",
		"server-id read=log", "server-id unique=log", "read-log dependents=refuse", "reserve reply=projected", "reserve feedback=none",
	} {
		if _, err := strategy.Parse(text); err != nil {
			t.Error(err)
		}
	}
}
