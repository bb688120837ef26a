package sim_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"optimist/shared/anomaly"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// Sizes of the random runs of each strategy.
const (
	runs  = 10
	steps = 120
)

// mustRandom returns a world for a random run of text, recorded if t is given.
func mustRandom(tb testing.TB, text string, t *trace.Trace) *sim.World {
	tb.Helper()
	cfg := sim.Config{Strategy: text}
	if strategy.Of(text).Identity != strategy.ByEmail {
		cfg.Given = []sim.Given{{Record: "bob", Patch: user.SetBoth("Bob", "bob@example.org")}}
	}
	w, err := sim.New(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	w.Record(t)
	for _, name := range people {
		mustDo(tb, w, sim.Action{Verb: sim.Join, Client: name})
	}
	return w
}

// Two runs of one seed are the same to the byte, also if one of them goes on in
// a copy now and then, and nothing that a copy does touches its original.
func TestRunsAreDeterministic(t *testing.T) {
	for _, name := range strategy.Names() {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(runs) {
				sameTwice(t, name, seed)
			}
		})
	}
}

func sameTwice(t *testing.T, name string, seed uint64) {
	t.Helper()
	var first, second trace.Trace
	one, two, spare := mustRandom(t, name, &first), mustRandom(t, name, &second), mustRandom(t, name, nil)
	p := newPlayer(seed, true, one.Strategy())
	for step := range steps {
		a := p.step(t, one)
		if p.roll(8) == 0 {
			mustAllBeDone(t, one, spare)
		}
		if p.roll(4) == 0 {
			before := two.AppendBinary(nil)
			spare.CopyFrom(two)
			if got := spare.AppendBinary(nil); !bytes.Equal(got, before) {
				t.Fatalf("seed %d, step %d: a copy has another form", seed, step)
			}
			q := newPlayer(seed*31+uint64(step), true, one.Strategy())
			q.made = map[string]int{"alice": 900, "carol": 900}
			for range 5 {
				q.step(t, spare)
			}
			if !bytes.Equal(two.AppendBinary(nil), before) {
				t.Fatalf("seed %d, step %d: what a copy did changed its original", seed, step)
			}
			spare.CopyFrom(two)
			spare.Record(&second)
			two.Record(nil)
			two, spare = spare, two
		}
		_ = two.Do(a) // The first has said whether this is an error.
		two.Anew()
		if !bytes.Equal(one.AppendBinary(nil), two.AppendBinary(nil)) {
			t.Fatalf("seed %d, step %d, %+v: %s", seed, step, a, cmp.Diff(string(one.AppendText(nil)), string(two.AppendText(nil))))
		}
	}
	if !reflect.DeepEqual(one.State(), two.State()) {
		t.Fatalf("seed %d: %s", seed, cmp.Diff(one.State(), two.State()))
	}
	if !reflect.DeepEqual(first.Events, second.Events) {
		t.Fatalf("seed %d: %s", seed, cmp.Diff(first.Events, second.Events))
	}
}

// mustAllBeDone takes every action that is enabled in w, each in a copy.
func mustAllBeDone(t *testing.T, w, spare *sim.World) {
	t.Helper()
	for _, a := range w.Enabled(nil) {
		spare.CopyFrom(w)
		mustDo(t, spare, a)
	}
}

// From wherever a run is, once everything is repaired and has moved, every
// intent has its verdict, and screens, rows and log agree. (Rows and log of a
// dual write do not, by its nature; nor do they if the projector gives up what
// the log will never hear of, which these runs leave out.)
func TestRunsConverge(t *testing.T) {
	for _, name := range strategy.Names() {
		for _, chaos := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s chaos=%v", name, chaos), func(t *testing.T) {
				for seed := range uint64(runs) {
					w := mustRandom(t, name, nil)
					p := newPlayer(seed, chaos, w.Strategy())
					var story []sim.Action
					for range steps {
						story = append(story, p.step(t, w))
					}
					if why := converges(t, w); why != "" {
						t.Fatalf("seed %d: %s\n%s\n%s", seed, why, tell(story), w.AppendText(nil))
					}
				}
			})
		}
	}
}

// Whatever happens to them, the strategies that this program recommends show
// nothing but their printed prices.
func TestRunsShowNoAnomaly(t *testing.T) {
	for _, name := range []string{"reconcile", "reserve", "natural-key", "hold"} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(runs) {
				var tr trace.Trace
				w := mustRandom(t, name, &tr)
				p := newPlayer(seed, true, w.Strategy())
				for range steps {
					p.step(t, w)
				}
				if why := converges(t, w); why != "" {
					t.Fatalf("seed %d: %s", seed, why)
				}
				for _, f := range anomaly.Check(&tr) {
					if !f.Price {
						t.Errorf("seed %d, step %d: %s: %s", seed, f.Step, f.Name, f.Why)
					}
				}
			}
		})
	}
}

func tell(story []sim.Action) string {
	var b []byte
	for _, a := range story {
		b = fmt.Appendf(b, "verb %d %s %s %s %s %s %s n=%d for=%d\n", a.Verb, a.Client, a.Intent, a.Record, a.Patch.Name, a.Patch.Email, a.Fault, a.N, a.For)
	}
	return string(b)
}

// repair ends what the environment did.
func repair(tb testing.TB, w *sim.World) {
	tb.Helper()
	mustDo(tb, w, sim.Action{Verb: sim.Disarm})
	s := w.State()
	if s.ServerDown {
		mustDo(tb, w, sim.Action{Verb: sim.RestartServer})
	}
	for _, c := range s.Clients {
		if c.Cut {
			mustDo(tb, w, sim.Action{Verb: sim.Reconnect, Client: c.Name})
		}
		if c.Down {
			mustDo(tb, w, sim.Action{Verb: sim.RestartClient, Client: c.Name})
		}
	}
}

// converges repairs and stabilizes w, and says what is wrong then, or "".
func converges(tb testing.TB, w *sim.World) string {
	tb.Helper()
	repair(tb, w)
	for i := 0; ; i++ {
		settle(tb, w)
		at, ok := w.Next()
		if !ok {
			break
		}
		if i == 100 {
			return "timers do not end"
		}
		mustDo(tb, w, sim.Action{Verb: sim.Advance, For: max(at-w.Now(), 0)})
	}
	s := w.State()
	for _, c := range s.Clients {
		for _, x := range c.Intents {
			told := slices.ContainsFunc(s.Log, func(ev event.Event) bool { return ev.Command == x.ID })
			if x.Withdrawn && told || !x.Withdrawn && x.Phase.Pending() {
				return fmt.Sprintf("believes of %s: %s, withdrawn %v", x.ID, x.Phase, x.Withdrawn)
			}
		}
		if why := disagree(c, s.Rows); why != "" {
			return c.Name + " " + why
		}
	}
	if w.Strategy().Write == strategy.RowThenEvent {
		return ""
	}
	if why := diverged(tb, s); why != "" {
		return why
	}
	return rebuilt(tb, w)
}

// disagree says where a screen differs from the rows. What is in the tray is no
// claim about them.
func disagree(c sim.ClientState, rows []protocol.Row) string {
	for _, row := range rows {
		seen := sim.RecordState{}
		for _, r := range c.Records {
			if r.ID == row.ID {
				seen = r
			}
		}
		if row.Deleted {
			if seen.Exists {
				return "still sees " + row.ID
			}
			continue
		}
		if !seen.Exists || seen.Name != row.Name || seen.Email != row.Email || seen.DB != row.Version {
			return fmt.Sprintf("sees %+v instead of %+v", seen, row)
		}
	}
	for _, r := range c.Records {
		known := false
		for _, row := range rows {
			known = known || row.ID == r.ID
		}
		if !known && r.Status != reconcile.StatusRolledBack {
			return "sees " + r.ID + ", which is nowhere"
		}
	}
	return ""
}

// rebuilt says where a read model that is made anew from the log differs from the
// one that there is, or "": in what becomes of a command, in who claims an email,
// and in what is known of a record.
func rebuilt(tb testing.TB, w *sim.World) string {
	tb.Helper()
	var voids projection.Voids
	var fold projection.Memory
	log := w.State().Log
	for _, ev := range log {
		voids.Read(ev)
	}
	for _, ev := range log {
		if _, err := projection.Apply(&fold, projection.Heard(ev, sim.Build), voids.At(ev.Seq), ""); err != nil {
			tb.Fatal(err)
		}
	}
	counted := cmpopts.IgnoreFields // Change numbers count what was done, and a rebuild does less.
	return cmp.Diff(
		[]any{fold.Records(), fold.Fates(), fold.Claims()}, []any{w.Rows().Records(), w.Rows().Fates(), w.Rows().Claims()},
		counted(projection.Record{}, "Change"), counted(projection.Fate{}, "Change"))
}

// diverged says where the rows differ from a fold of the log.
func diverged(tb testing.TB, s *sim.State) string {
	tb.Helper()
	var voids projection.Voids
	for _, ev := range s.Log {
		voids.Read(ev)
	}
	var fold projection.Memory
	for _, ev := range s.Log {
		if _, err := projection.Apply(&fold, ev, voids.At(ev.Seq), ""); err != nil {
			tb.Fatal(err)
		}
	}
	var want []protocol.Row
	for _, r := range fold.Records() {
		if r.Version > 0 {
			want = append(want, projection.RowOf(r))
		}
	}
	plain := func(rows []protocol.Row) []protocol.Row {
		out := append([]protocol.Row(nil), rows...)
		for i := range out {
			out[i].Change = 0
		}
		return out
	}
	if diff := cmp.Diff(plain(want), plain(s.Rows)); diff != "" {
		return "rows differ from the log: " + diff
	}
	if last := len(s.Log); s.Watermark != uint64(last) || s.Log[last-1].Kind == event.Opened {
		return fmt.Sprintf("published #%d of %d", s.Watermark, last)
	}
	return ""
}
