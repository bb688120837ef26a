package tui

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"optimist/client/golden"
	"optimist/client/remote"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

const epoch = "log/1"

// rig drives a model by keys, and answers for the server as a story needs it.
type rig struct {
	t   testing.TB
	m   *Model
	now int64
	ids int

	did     []reconcile.Effect // By the replica, not yet answered.
	armed   []fault.Fault
	cleared []int
	status  protocol.Status
	cmds    []tea.Cmd
}

func (r *rig) Do(effects []reconcile.Effect) { r.did = append(r.did, effects...) }
func (r *rig) Arm(f fault.Fault)             { r.armed = append(r.armed, f) }
func (r *rig) Clear(id int)                  { r.cleared = append(r.cleared, id) }

// mustRig returns a model with its session open and rows loaded.
func mustRig(t testing.TB, w, h int, opts Options, rows ...protocol.Row) *rig {
	t.Helper()
	r := &rig{t: t, now: 1_000}
	opts.Now = func() int64 { return r.now }
	opts.NewID = func() string { r.ids++; return fmt.Sprintf("id-%03d", r.ids) }
	opts.Client = "ann"
	opts.Mode = "lab"
	r.m = New(opts)
	r.send(tea.WindowSizeMsg{Width: w, Height: h})
	r.send(Opened{Remote: r})
	r.input(reconcile.Input{Kind: reconcile.Connected})
	to := uint64(0)
	for _, row := range rows {
		to = max(to, row.Seq)
	}
	r.input(reconcile.Input{Kind: reconcile.Synced, Sync: &protocol.Sync{
		Epoch: epoch, Full: true, To: to, Change: to, Rows: rows,
	}})
	r.tell(func(s *protocol.Status) {
		*s = protocol.Status{Epoch: epoch, Log: to, Projected: to, Projector: protocol.Running, FaultsOn: true, Strategy: "reconcile"}
	})
	r.did = nil
	return r
}

// someRows returns n users as the database has them.
func someRows(n int) []protocol.Row {
	names := []string{"Grace Hopper", "Edsger Dijkstra", "Barbara Liskov", "Tony Hoare", "Alan Turing"}
	rows := make([]protocol.Row, n)
	for i := range rows {
		seq := uint64(i + 3)
		name := names[i%len(names)]
		rows[i] = protocol.Row{
			ID: fmt.Sprintf("rec-%04d", i), Name: name, Version: 1, Seq: seq, Born: seq, By: "seed",
			Email: fmt.Sprintf("%s%d@example.org", strings.ToLower(strings.Fields(name)[0]), i),
		}
	}
	return rows
}

func (r *rig) send(msg tea.Msg) {
	r.t.Helper()
	_, cmd := r.m.Update(msg)
	if cmd != nil {
		r.cmds = append(r.cmds, cmd)
	}
	_ = r.m.View()
}

// input lets one thing happen to the replica.
func (r *rig) input(in reconcile.Input) {
	r.t.Helper()
	in.At = r.now
	r.send(remote.Batch{Inputs: []reconcile.Input{in}})
}

// stored answers for the outbox.
func (r *rig) stored() {
	r.t.Helper()
	did := r.did
	r.did = nil
	for _, e := range did {
		if e.Kind == reconcile.Store && e.Mutation.Phase == reconcile.Writing {
			r.input(reconcile.Input{Kind: reconcile.Stored, ID: e.ID})
		}
	}
}

// sent returns the newest command of that tag.
func (r *rig) mutation(number int) reconcile.Mutation {
	r.t.Helper()
	id, ok := r.m.pending.Get(number)
	if !ok {
		r.t.Fatalf("A%d is not pending", number)
	}
	mu, ok := r.m.replica.Mutation(id)
	if !ok {
		r.t.Fatalf("the replica has no %s", id)
	}
	return mu
}

// accept lets the server accept the mutation at seq, and the log show it.
func (r *rig) accept(number int, seq, version uint64) {
	r.t.Helper()
	mu := r.mutation(number)
	r.input(reconcile.Input{Kind: reconcile.Answered, Reply: protocol.Reply{
		Command: mu.ID, Verdict: protocol.Accepted, Seq: seq, Version: version, Epoch: epoch,
	}})
	r.event(event.Event{
		Kind: event.Of(mu.Op), Seq: seq, Ref: user.Ref{Client: "ann", Command: mu.ID},
		Record: mu.Record, Op: mu.Op, Patch: mu.Patch, Base: mu.Base, Version: version, Strategy: r.m.strategyOf(mu),
	})
}

// refuse lets the server refuse the mutation, and the log show it.
func (r *rig) refuse(number int, code user.Code, why string) {
	r.t.Helper()
	mu, seq := r.mutation(number), r.m.logSeq()+1
	r.input(reconcile.Input{Kind: reconcile.Answered, Reply: protocol.Reply{
		Command: mu.ID, Verdict: protocol.Refused, Code: code, Why: why, Seq: seq, Epoch: epoch,
	}})
	r.event(event.Event{
		Kind: event.Refused, Seq: seq, Ref: user.Ref{Client: "ann", Command: mu.ID}, Record: mu.Record, Op: mu.Op,
		Patch: mu.Patch, Base: mu.Base, Code: code, Why: why, Strategy: r.m.strategyOf(mu),
	})
}

func (r *rig) event(e event.Event) {
	r.t.Helper()
	r.send(remote.Batch{Events: []event.Event{e}})
	r.tell(func(s *protocol.Status) { s.Log = max(s.Log, e.Seq) })
}

// feed lets the database come to to.
func (r *rig) feed(to uint64, rows ...protocol.Row) {
	r.t.Helper()
	r.input(reconcile.Input{Kind: reconcile.Fed, Feed: &protocol.Feed{
		Epoch: epoch, From: r.m.replica.Position().To, To: to, Change: to, Rows: rows,
	}})
	r.tell(func(s *protocol.Status) { s.Log, s.Projected = max(s.Log, to), to })
}

func (r *rig) tell(change func(*protocol.Status)) {
	r.t.Helper()
	change(&r.status)
	s := r.status
	r.send(remote.Batch{Status: &s})
}

// press presses keys by their names.
func (r *rig) press(keys ...string) {
	r.t.Helper()
	for _, k := range keys {
		r.send(mustKey(r.t, k))
	}
}

// typed types text letter by letter.
func (r *rig) typed(text string) {
	r.t.Helper()
	for _, c := range text {
		r.send(tea.KeyPressMsg{Code: c, Text: string(c)})
	}
}

func mustKey(t testing.TB, name string) tea.KeyPressMsg {
	t.Helper()
	special := map[string]tea.KeyPressMsg{
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab},
		"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown},
		"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
		"space": {Code: tea.KeySpace, Text: " "}, "backspace": {Code: tea.KeyBackspace},
		"ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+z": {Code: 'z', Mod: tea.ModCtrl}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl},
	}
	if k, ok := special[name]; ok {
		return k
	}
	if runes := []rune(name); len(runes) == 1 {
		return tea.KeyPressMsg{Code: runes[0], Text: name}
	}
	t.Fatalf("unknown key %q", name)
	return tea.KeyPressMsg{}
}

// text returns the screen without colours.
func (r *rig) text() string {
	r.t.Helper()
	lines := strings.Split(ansi.Strip(r.m.View().Content), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \r")
	}
	return strings.Join(lines, "\n") + "\n"
}

// shows fails unless the screen has all of want.
func (r *rig) shows(want ...string) {
	r.t.Helper()
	text := r.text()
	for _, w := range want {
		if !strings.Contains(text, w) {
			r.t.Fatalf("the screen does not show %q:\n%s", w, text)
		}
	}
}

// hides fails if the screen has any of the words.
func (r *rig) hides(words ...string) {
	r.t.Helper()
	text := r.text()
	for _, w := range words {
		if strings.Contains(text, w) {
			r.t.Fatalf("the screen shows %q:\n%s", w, text)
		}
	}
}

// golden compares the screen with a file.
func (r *rig) golden(name string) {
	r.t.Helper()
	path := filepath.Join("testdata", fmt.Sprintf("%s.%dx%d.txt", name, r.m.term.Width, r.m.term.Height))
	golden.Match(r.t, path, r.text())
}
