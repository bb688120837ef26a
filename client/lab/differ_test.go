package lab

import (
	"strings"
	"testing"

	"optimist/scenarios"
	"optimist/shared/strategy"
)

// Each pair parts where it should, for the reason that it should.
func TestDiffer(t *testing.T) {
	tests := []struct {
		story, a, b string
		step        string // The script's line.
		why         []string
	}{
		{"create-then-edit", "check-projection", "reconcile", "server handle alice.2", []string{
			"check-projection asks the database about alice.2 and refuses it (not_found)", "reconcile asks the log about alice.2 and takes it"}},
		{"create-then-edit", "reconcile", "check-projection", "server handle alice.2", []string{
			"check-projection asks the database about alice.2 and refuses it (not_found)"}},
		{"create-then-edit", "reconcile", "hold", `alice edit ada name="Ada Lovelace"`, []string{
			"hold keeps alice.2 back in its client", "reconcile sends it at once"}},
		{"create-then-edit", "reconcile", "dual-write", "server handle alice.1", []string{
			"dual-write writes the row of ada before anything is in the log", "reconcile writes no row here"}},
		{"create-then-edit", "reconcile", "outbox", "server handle alice.1", []string{"outbox writes the row of ada"}},
		{"create-then-edit", "reconcile", "read-log", `alice create ada name="Ada" email=ada@example.org`, []string{
			"with reconcile, alice's screen shows ada, “Ada” v1 in pencil; with read-log, it does not"}},
		{"create-then-edit", "reconcile", "fire-and-forget", "deliver reply alice.1", []string{
			"fire-and-forget shows alice.1 as confirmed", "reconcile does not, yet"}},
		{"create-then-edit", "check-projection", "wait", "deliver reply alice.1", []string{
			"check-projection answers alice.1 with “accepted”", "wait does not answer here"}},
		{"two-hands", "reconcile", "fire-and-forget", "server handle bob.1", []string{
			"reconcile asks the log about bob.1 and refuses it (conflict)", "fire-and-forget asks nobody about bob.1 and takes it"}},
		{"create-then-edit", "reconcile", "reconcile dependents=refuse", `alice edit ada name="Ada Lovelace"`, []string{
			"reconcile takes alice.2", "reconcile dependents=refuse takes no change of a pending record"}},
	}
	for _, tt := range tests {
		t.Run(tt.story+"/"+tt.a+" "+tt.b, func(t *testing.T) {
			s := mustScript(t, tt.story)
			got := Differ(mustSimulate(t, s, strategy.Of(tt.a)), mustSimulate(t, s, strategy.Of(tt.b)))
			if !strings.Contains(got.Text, ", "+tt.step+": ") {
				t.Errorf("at another step: %s", got.Text)
			}
			for _, why := range tt.why {
				if !strings.Contains(got.Text, why) {
					t.Errorf("not %q: %s", why, got.Text)
				}
			}
		})
	}
}

// A story does not differ from itself, and no strategy's run parts from another
// one's before a line that one of them has something on.
func TestSameDoesNotDiffer(t *testing.T) {
	for _, name := range scenarios.Names() {
		s := mustScript(t, name)
		a, b := mustSimulate(t, s, s.Strategy), mustSimulate(t, s, s.Strategy)
		if d := Differ(a, b); d.Line != 0 || !strings.Contains(d.Text, "do not differ") {
			t.Errorf("%s: %s", name, d.Text)
		}
	}
}

func TestAccount(t *testing.T) {
	tests := []struct{ story, under, want string }{
		{"create-then-edit", "check-projection", "RESULT 1 kept, 1 refused · waited 15 steps · V1"},
		{"create-then-edit", "reconcile", "RESULT 2 kept · waited 21 steps · no anomaly"},
		{"for-good", "reconcile", "rolled back"},
		{"taken-for-success", "fire-and-forget", "LOST"},
		{"for-good", "reconcile", "· no anomaly · price V"},
		{"offline", "reconcile", "· no anomaly · price V7"},
		{"dual-write-gap", "dual-write", "D"},
	}
	for _, tt := range tests {
		got := mustPlay(t, tt.story, tt.under).Tape().Account()
		if !strings.Contains(got.String(), tt.want) {
			t.Errorf("%s under %s: %s, want %s", tt.story, tt.under, got, tt.want)
		}
		if sum := got.Kept + got.Lost + got.Refused + got.RolledBack + got.Withdrawn + got.Pending; sum < 1 {
			t.Errorf("%s: nothing is counted", tt.story)
		}
	}
}

// Both sides are always at the same line, on the way there and back.
func TestLockstep(t *testing.T) {
	for _, name := range scenarios.Names() {
		s := mustScript(t, name)
		c := Compare(mustSimulate(t, s, strategy.Of("check-projection")), mustSimulate(t, s, strategy.Of("read-log")))
		var places [][2]int
		for more := true; more; more = c.Step(1) {
			places = append(places, [2]int{c.sides[0].At(), c.sides[1].At()})
			for _, p := range c.sides {
				if line := lineOf(p.Stop()); line > c.lines[c.at] {
					t.Fatalf("%s: a side is at line %d, both should be at %d", name, line, c.lines[c.at])
				}
			}
		}
		for i := len(places) - 1; i >= 0; i-- {
			if got := [2]int{c.sides[0].At(), c.sides[1].At()}; got != places[i] {
				t.Fatalf("%s: on the way back %v, want %v", name, got, places[i])
			}
			c.Step(-1)
		}
	}
}
