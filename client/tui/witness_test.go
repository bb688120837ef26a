package tui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"optimist/client/remote"
	"optimist/client/view"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// lose loses the race by keys: a create that the projector does not get to, and
// an edit of it.
func (r *rig) lose(seq uint64) {
	r.t.Helper()
	r.create("Ada", "ada@example.org")
	r.now += 2
	r.accept(1, seq, 1)
	r.now += 1_500
	r.press("e")
	r.typed(" Lovelace")
	r.press("enter")
	r.stored()
	r.now++
	r.refuse(2, user.ErrNotFound, "no such row")
}

// TestAnomalyIsShownAtOnce looks for it wherever the screen tells of it.
func TestAnomalyIsShownAtOnce(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}} {
		r := mustRig(t, size[0], size[1], Options{Strategy: "check-projection"}, someRows(5)...)
		r.lose(8)
		r.shows("⚠ V1 spurious-rejection: ann's edit A2 of Ada was refused", "⚠ 1  ● online", "· ⚠ V1 ─")
		r.press("A")
		r.golden("anomalies")
		r.shows("anomalies 1", "although event #8 already", "elsewhere: a false abort")
		r.press("esc", ":")
		r.typed("anomalies")
		r.press("enter")
		r.shows("anomalies 1")
		r.press("esc", "M")
		r.shows("V1 spurious-rejection", "A2 rolled back, not_found")
		r.press("esc", "t")
		r.golden("timeline")
		r.shows("database", "#9 refuses A2: not_", "⚠ V1 spurious-rejection")
		r.press("3", "g")
		r.shows("database", "✎ A1 create Ada")
		r.press("G", "up")
		r.press("t")
		r.shows("WHAT")
		r.press("R") // What is said of a change goes when it is sent again.
		r.stored()
		r.hides("⚠ V1 spurious-rejection: ann's edit")
	}
}

// An anomaly that nobody acts on does not stand in the way for ever: the list and
// the number in the header keep it.
func TestAnomalyFades(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Strategy: "check-projection"}, someRows(5)...)
	r.lose(8)
	r.now += ToastFor
	r.input(reconcile.Input{Kind: reconcile.Tick})
	r.shows("⚠ V1 spurious-rejection: ann's edit A2")
	r.now += AnomalyFor
	r.input(reconcile.Input{Kind: reconcile.Tick})
	r.hides("⚠ V1 spurious-rejection: ann's edit A2")
	r.shows("⚠ 1  ● online", "A2 edit rolled back: not_found")
	r.press("A")
	r.shows("anomalies 1", "although event #8 already")
}

// TestNothingIsFoundWhenNothingIsWrong plays the same race with a server that
// looks into the log.
func TestNothingIsFoundWhenNothingIsWrong(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(5)...)
	r.create("Ada", "ada@example.org")
	r.accept(1, 8, 1)
	r.press("e")
	r.typed(" Lovelace")
	r.press("enter")
	r.stored()
	r.accept(2, 9, 2)
	r.feed(9, protocol.Row{ID: "id-001", Name: "Ada Lovelace", Email: "ada@example.org", Version: 2, Seq: 9, Born: 8, By: "ann", Command: r.m.opts.Client})
	for range 5 {
		r.now += 1_000
		r.tell(func(*protocol.Status) {})
		r.input(reconcile.Input{Kind: reconcile.Tick})
	}
	r.hides("⚠")
	r.press("A")
	r.shows("nothing went wrong")
}

// TestAnomaliesInSevenBits shows them without colour and in ASCII.
func TestAnomaliesInSevenBits(t *testing.T) {
	r := mustRig(t, 80, 24, Options{ASCII: true, Strategy: "check-projection"}, someRows(5)...)
	r.send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	r.lose(8)
	for _, keys := range [][]string{{}, {"t"}, {"A"}} {
		r.press(keys...)
		if text := r.text(); strings.ContainsFunc(text, func(c rune) bool { return c > 0x7e }) {
			t.Fatalf("after %v not in seven bits:\n%s", keys, text)
		}
		if content := r.m.View().Content; strings.Contains(content, "38;") {
			t.Fatalf("after %v coloured", keys)
		}
	}
	r.golden("anomalies-ascii")
	r.press("esc")
	r.golden("timeline-ascii")
}

// TestDeclinedTextIsKept types on what is pending, with a strategy that takes no
// such thing.
func TestDeclinedTextIsKept(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Strategy: "reconcile dependents=refuse"}, someRows(5)...)
	r.create("Ada", "ada@example.org")
	r.accept(1, 8, 1)
	r.press("e")
	r.typed(" Lovelace")
	r.press("enter")
	r.golden("declined")
	r.shows("Ada is pending, and the strategy takes no change of it", "Ada Lovelace", "Your text is kept here")
	r.feed(8, protocol.Row{ID: "id-001", Name: "Ada", Email: "ada@example.org", Version: 1, Seq: 8, Born: 8, By: "ann"})
	r.press("enter")
	r.stored()
	if got := r.mutation(2).Patch; got != user.SetName("Ada Lovelace") {
		t.Fatalf("the edit sets %+v", got)
	}
}

// TestServerMakesTheID shows a temporary id, the same create twice while the
// client cannot know its own row, and the id that it has from then on.
func TestServerMakesTheID(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Strategy: "server-id"}, someRows(2)...)
	r.create("Ada", "ada@example.org")
	r.shows("tmp-001 Ada")
	command := r.mutation(1)
	created := event.Event{
		Kind: event.Created, Seq: 8, Ref: user.Ref{Client: "ann", Command: command.ID}, Record: command.Record, Op: user.Create,
		Patch: command.Patch, Version: 1, Strategy: "server-id",
	}
	r.event(created)
	r.feed(8, protocol.Row{ID: command.Record, Name: "Ada", Email: "ada@example.org", Version: 1, Seq: 8, Born: 8, By: "ann", Command: command.ID})
	r.golden("twin")
	r.shows("tmp-001 Ada", "#8 Ada", "the same, twice", "⚠ W8 identity-swap")
	r.input(reconcile.Input{Kind: reconcile.Answered, Reply: protocol.Reply{Command: command.ID, Verdict: protocol.Accepted, Seq: 8, Version: 1, Epoch: epoch}})
	r.shows("● #8 Ada")
	r.hides("tmp-001", "the same, twice")
}

// TestLogIsRead shows what the log has before the database, and nothing of what
// is only typed.
func TestLogIsRead(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Strategy: "read-log"})
	r.input(reconcile.Input{Kind: reconcile.Synced, Sync: &protocol.Sync{Epoch: epoch, Full: true, Log: true}})
	r.create("Ada", "ada@example.org")
	r.shows("[A1]", "W1 own-write-missing")
	r.hides("✎ Ada ")
	r.accept(1, 8, 1)
	r.input(reconcile.Input{Kind: reconcile.Fed, Feed: &protocol.Feed{
		Epoch: epoch, To: 8, Change: 8, Log: true,
		Rows: []protocol.Row{{ID: "id-001", Name: "Ada", Email: "ada@example.org", Version: 1, Seq: 8, Born: 8, By: "ann", Change: 8}},
	}})
	r.golden("read-log")
	r.shows("v1 ·   v1 ≠    –", "has it from the log")
	r.feed(8)
	r.shows("v1 ·   v1 ·   v1", "● confirmed")
}

// TestNobodyCanTellYet explains an answer that is no verdict.
func TestNobodyCanTellYet(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Strategy: "wait"}, someRows(2)...)
	r.create("Ada", "ada@example.org")
	r.input(reconcile.Input{Kind: reconcile.Answered, Reply: protocol.Reply{
		Command: r.mutation(1).ID, Verdict: protocol.Unknown, Why: "not projected within 2000 ms; it may still be",
	}})
	r.golden("unknown")
	r.shows("! WHAT", "the server cannot tell yet", "not projected within 2000 ms", "it stays pending")
}

// TestClaimsAreReadable shows what happens to an email.
func TestClaimsAreReadable(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Strategy: "reserve"}, someRows(2)...)
	r.create("Ada", "ada@example.org")
	claim := event.Event{Seq: 8, Ref: user.Ref{Client: "ann", Command: r.mutation(1).ID}, Record: "id-001", Patch: user.SetEmail("ada@example.org")}
	claim.Kind = event.Reserved
	r.event(claim)
	claim.Kind, claim.Seq, claim.Target = event.Released, 9, 8
	r.event(claim)
	r.press("l")
	r.shows("A1  reserved Ada", "A1  released Ada", "ann        ada@example.org")
	r.press("l")
	r.shows("claims ada@example.org", "frees ada@example.org")
}

// TestRowsOfAnotherStrategy switches to another source of rows while a session
// runs.
func TestRowsOfAnotherStrategy(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(5)...)
	r.press("s", "r", "r", "enter")
	if r.m.strategy != "read-log" {
		t.Fatalf("the strategy is %s", r.m.strategy)
	}
	asked := func(e reconcile.Effect) bool { return e.Kind == reconcile.Sync && e.Log }
	if !slices.ContainsFunc(r.did, asked) {
		t.Fatalf("the log's rows were not asked for: %+v", r.did)
	}
	r.send(remote.Batch{Inputs: []reconcile.Input{{Kind: reconcile.Synced, At: r.now, Sync: &protocol.Sync{
		Epoch: epoch, Full: true, Log: true, To: 7, Change: 7, Rows: someRows(2),
	}}}})
	if rows := r.m.screen.Records.Rows; len(rows) != 2 || rows[0].Mark != view.MarkConfirmed {
		t.Fatalf("%d rows of the log", len(rows))
	}
}
