package strategy_test

import (
	"strings"
	"testing"

	"optimist/shared/strategy"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
	}{
		{"a preset", "reserve", "reserve"},
		{"one axis", "reconcile validate=projection", "reconcile validate=projection"},
		{"axes in any order", "check-log unique=projector identity=email read=log", "check-log read=log identity=email"},
		{"white space", "  hold \t read=log ", "hold read=log"},
		{"what it is already", "outbox write=row-and-outbox", "outbox"},
		{"back to what the others do", "dual-write write=event-first compensation=logged", "dual-write write=event-first compensation=logged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := strategy.Parse(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Text(); got != c.want {
				t.Errorf("text is %q, want %q", got, c.want)
			}
			if again := mustParse(t, s.Text()); again != s {
				t.Errorf("read again: %+v, want %+v", again, s)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct {
		name, text, says string
	}{
		{"nothing", "", `unknown strategy ""; choose one of dual-write, outbox`},
		{"a name like none", "hope", `unknown strategy "hope"; choose one of dual-write`},
		{"letters exchanged", "recnocile", `unknown strategy "recnocile"; did you mean reconcile? choose one of`},
		{"a letter too many", "hhold", `did you mean hold?`},
		{"a letter missing", "chck-log", `did you mean check-log?`},
		{"another letter", "weit", `did you mean wait?`},
		{"two neighbours exchanged in a short word", "hold raed=log", `did you mean read?`},
		{"a beginning", "natural", `did you mean natural-key?`},
		{"an axis alone", "validate=log", `"validate=log" has no strategy before it; write one first, such as reconcile validate=log`},
		{"two strategies", "hold reserve", `"reserve" is a second strategy; give one, and after it AXIS=VALUE`},
		{"a mistyped axis", "hold valdiate=log", `unknown axis "valdiate"; did you mean validate? choose one of write, validate`},
		{"a mistyped value", "hold validate=projcetion", `unknown validate "projcetion"; did you mean projection? choose one of log, projection, nothing`},
		{"no value", "hold validate", `unknown validate ""; choose one of log, projection, nothing`},
		{"twice", "hold validate=log validate=log", "validate is chosen twice"},
		{"no sense", "reconcile validate=nothing unique=log", "reconcile validate=nothing unique=log: validate=nothing does not go with unique=log: a reservation is a check"},
		{"a very long word", strings.Repeat("x", 1<<20), `unknown strategy "` + strings.Repeat("x", 40) + `…"; choose one of`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := strategy.Parse(c.text)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %s", err, c.says)
			}
		})
	}
}

// What Parse refuses is treated as the default.
func TestOf(t *testing.T) {
	for _, s := range strategy.All() {
		if got := strategy.Of(s.Name); got != s {
			t.Errorf("%s: %+v", s.Name, got)
		}
	}
	if got := strategy.Of("hold read=log"); got.Dependents != strategy.HoldDependents || got.Read != strategy.FoldedLog {
		t.Errorf("a free combination: %+v", got)
	}
	for _, text := range []string{"", "hope", "reconcile validate=nothing unique=log", "reconcile mood=good"} {
		if got := strategy.Of(text); got.Name != strategy.Default || got != mustParse(t, strategy.Default) {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestOfAllocatesNothing(t *testing.T) {
	for _, text := range []string{"dual-write", "reserve", "hold read=log"} {
		if n := testing.AllocsPerRun(100, func() { strategy.Of(text) }); n != 0 {
			t.Errorf("%s: %v allocations", text, n)
		}
	}
}

func mustParse(tb testing.TB, text string) strategy.Strategy {
	tb.Helper()
	s, err := strategy.Parse(text)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func FuzzParse(f *testing.F) {
	f.Add("reconcile")
	f.Add("hold  read=log identity=email")
	f.Add("outbox write=event-first =")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := strategy.Parse(text)
		if err != nil {
			return
		}
		if again, err := strategy.Parse(s.Text()); err != nil || again != s {
			t.Errorf("%q became %q, which is read as %+v, %v", text, s.Text(), again, err)
		}
	})
}

func BenchmarkOf(b *testing.B) {
	for b.Loop() {
		strategy.Of("reserve")
	}
}
