package tui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"optimist/client/remote"
	"optimist/client/view"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

// newRow returns a row made at seq.
func newRow(seq uint64) protocol.Row {
	return protocol.Row{
		ID: fmt.Sprintf("new-%06d", seq), Name: fmt.Sprintf("New %d", seq), Email: fmt.Sprintf("n%d@example.org", seq),
		Version: 1, Seq: seq, Born: seq, By: "bob",
	}
}

func TestSelectionFollowsTheRecord(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(40)...)
	r.press("j", "j")
	was := r.m.table.selected
	for seq := uint64(43); seq < 63; seq++ {
		r.feed(seq, newRow(seq))
		if r.m.table.selected != was {
			t.Fatalf("the selection went to %s", r.m.table.selected)
		}
		rows := r.m.screen.Records
		if rows.Selected < 0 || rows.Rows[rows.Selected].ID != was {
			t.Fatalf("the selected row is out of sight:\n%s", r.text())
		}
	}
	r.shows("new")
	if r.m.table.fresh == 0 {
		t.Error("nothing says that records came above")
	}
	r.press("g")
	if r.m.table.fresh != 0 || !strings.HasPrefix(r.m.table.selected, "new-") {
		t.Errorf("g went to %s, %d new", r.m.table.selected, r.m.table.fresh)
	}
}

// TestSightStaysWhenScrolledAway adds records above while others are read.
func TestSightStaysWhenScrolledAway(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(40)...)
	r.press("pgdown", "pgdown", "pgdown", "k", "k")
	before := r.m.screen.Records
	if before.Selected != len(before.Rows)-3 {
		t.Fatalf("the sight moved with the selection: row %d of %d", before.Selected, len(before.Rows))
	}
	for seq := uint64(43); seq < 55; seq++ {
		r.feed(seq, newRow(seq))
	}
	after := r.m.screen.Records
	if after.Rows[0].ID != before.Rows[0].ID || after.Selected != before.Selected || after.Offset != before.Offset+12 {
		t.Fatalf("the sight moved from %s to %s", before.Rows[0].ID, after.Rows[0].ID)
	}
	r.shows("12 new")
}

func TestSelectionMovesOnWhenItsRecordGoes(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(5)...)
	r.press("j", "j")
	gone := r.m.table.selected
	row, _ := r.m.base.Get(gone)
	row.Deleted, row.Version, row.Seq = true, 2, 9
	r.feed(9, row)
	if at := r.m.table.at(); at != 2 || r.m.table.selected == gone {
		t.Fatalf("the selection is %d, %s", at, r.m.table.selected)
	}
}

func TestNothingMovesUnderADialog(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(5)...)
	before := r.m.screen.Records.Rows
	r.press("e")
	r.feed(9, newRow(9))
	for i, row := range r.m.screen.Records.Rows {
		if row.ID != before[i].ID {
			t.Fatalf("row %d moved under a form", i)
		}
	}
	r.press("esc")
	if r.m.screen.Records.Rows[0].ID != "new-000009" {
		t.Fatalf("the new record is not shown after the form:\n%s", r.text())
	}
}

func TestPendingCreatesAreOnTop(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(5)...)
	r.create("Ada", "ada@example.org")
	r.create("Bob", "bob@example.org")
	r.feed(9, newRow(9))
	var names []string
	for _, row := range r.m.screen.Records.Rows[:3] {
		names = append(names, row.Name)
	}
	if got := strings.Join(names, ","); got != "Bob,Ada,New 9" {
		t.Fatalf("the order is %s", got)
	}
	if r.m.nameOf(r.m.table.selected) != "Bob" {
		t.Fatal("the new record is not selected")
	}
}

// TestTableAgreesWithSorting puts records in any order and takes some out.
func TestTableAgreesWithSorting(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	m := newTable()
	living := map[string]reconcile.View{}
	for range 5_000 {
		id := fmt.Sprintf("r%03d", rng.IntN(400))
		if rng.IntN(4) == 0 {
			delete(living, id)
			m.put(reconcile.View{ID: id}, false)
			continue
		}
		v := reconcile.View{ID: id, Row: protocol.Row{ID: id, Born: uint64(rng.IntN(50)), Version: 1}}
		living[id] = v
		m.put(v, true)
	}
	if m.all.Len() != len(living) || len(m.places) != len(living) {
		t.Fatalf("the table has %d, %d records, want %d", m.all.Len(), len(m.places), len(living))
	}
	for i := range m.all.Len() {
		at, _ := m.all.GetAt(i)
		if got := index(m.all, at); got != i {
			t.Fatalf("record %d has index %d", i, got)
		}
		if next, ok := m.all.GetAt(i + 1); ok && !at.less(next) {
			t.Fatalf("%v stands before %v", at, next)
		}
		if living[at.id].Row.Born != at.born {
			t.Fatalf("%v is out of date", at)
		}
	}
}

func TestFilter(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(50)...)
	r.press("/")
	r.typed("GRACE")
	r.shows("records 10")
	r.hides("Tony")
	r.typed("4")
	r.shows("Grace Hopper")
	r.press("enter", "down")
	r.feed(60, protocol.Row{ID: "g", Name: "Gracehop", Email: "grace4@example.org", Version: 1, Seq: 60, Born: 60})
	r.shows("Gracehop")
	r.golden("filter")
	r.press("/")
	r.typed("zzz")
	r.shows("no record has that")
	r.press("esc")
	r.shows("records 51")
}

// TestFilterGoesOnInParts types a filter over more records than one sweep takes.
func TestFilterGoesOnInParts(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3*MaxSweep)...)
	r.press("/")
	r.typed("h")
	if r.m.table.from == nil {
		t.Fatal("everything was looked through at once")
	}
	r.typed("oa")
	for n := 0; len(r.cmds) > 0; n++ {
		if n > 50 {
			t.Fatal("the filter never ends")
		}
		cmd := r.cmds[0]
		r.cmds = r.cmds[1:]
		r.send(cmd())
	}
	if got, want := r.m.table.shown.Len(), 3*MaxSweep/5; got != want {
		t.Fatalf("found %d, want %d", got, want)
	}
	r.press("backspace", "backspace", "backspace")
	if got := r.m.table.shown.Len(); got != 3*MaxSweep {
		t.Fatalf("without a filter there are %d", got)
	}
}

// TestReloadKeepsTheFilter loads everything anew in another epoch.
func TestReloadKeepsTheFilter(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(50)...)
	r.create("Grace Ada", "ga@example.org")
	r.press("/")
	r.typed("grace")
	r.press("enter")
	rows := someRows(60)
	rows[1].Deleted = true
	r.input(reconcile.Input{Kind: reconcile.Synced, Sync: &protocol.Sync{Epoch: "log/2", Full: true, To: 80, Change: 80, Rows: rows}})
	r.shows("records 13", "Grace Ada")
	r.press("esc", "esc")
	r.shows("records 60")
	for i := range r.m.table.all.Len() - 1 {
		a, _ := r.m.table.all.GetAt(i)
		if b, _ := r.m.table.all.GetAt(i + 1); !a.less(b) {
			t.Fatalf("%v stands before %v", a, b)
		}
	}
}

func TestLivesAreBounded(t *testing.T) {
	l := newLives()
	for i := range 2 * MaxLives {
		for range 3 {
			l.add(fmt.Sprint(i), int64(i), view.Step{})
		}
	}
	if l.order.Len() != MaxLives || len(l.byRecord) != MaxLives || l.of("0") != nil {
		t.Fatalf("%d lives", l.order.Len())
	}
	for range 2 * MaxSteps {
		l.add("x", 5, view.Step{})
	}
	if n := len(l.of("x").steps); n != MaxSteps {
		t.Fatalf("%d steps", n)
	}
}

func TestIdleDrawsNothing(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(5)...)
	draws := 0
	tick := func(after int64) {
		r.now += after
		_, _ = r.m.Update(remote.Batch{Inputs: []reconcile.Input{{Kind: reconcile.Tick, At: r.now}}})
		if r.m.dirty {
			draws++
		}
		_ = r.m.View()
	}
	for range 4 * 30 {
		tick(250)
	}
	if draws > 1 {
		t.Errorf("%d frames in 30 s of nothing", draws)
	}
	r.create("Ada", "ada@example.org")
	draws = 0
	for range 4 * 10 {
		tick(250)
	}
	if draws < 9 || draws > 11 {
		t.Errorf("%d frames in 10 s with a change pending, want one a second", draws)
	}
}
