package matrix

import (
	"context"
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"optimist/client/golden"
	"optimist/client/lab"
	"optimist/client/search"
	"optimist/client/terminal"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// rig drives a model as a terminal and its host would.
type rig struct {
	t      *testing.T
	m      *Model
	jobs   []job
	sent   []tea.Msg
	tape   error // What comes of a film on the real thing; nil: its simulation.
	script string
}

// job is what a model has started.
type job struct {
	work   func(context.Context)
	ctx    context.Context
	cancel context.CancelFunc
}

// mustRig shows a matrix in a terminal of that size. Its work is that of the
// sample, whose films are found by nobody.
func mustRig(t *testing.T, width, height int) *rig {
	t.Helper()
	r := &rig{t: t}
	scripts, err := search.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	cfg := Config{
		Work: &Work{
			Scripts: []*scenario.Script{scripts[0], scripts[2]},
			Under:   func(*scenario.Script) []strategy.Strategy { return strategy.All() },
			Limits:  func(*scenario.Script) search.Limits { return search.Limits{} },
		},
		Live: r.live,
		host: host{
			send: func(msg tea.Msg) { r.sent = append(r.sent, msg) },
			start: func(work func(context.Context)) func() {
				ctx, cancel := context.WithCancel(t.Context())
				r.jobs = append(r.jobs, job{work, ctx, cancel})
				return cancel
			},
		},
	}
	if r.m, err = New(cfg); err != nil {
		t.Fatal(err)
	}
	r.send(tea.WindowSizeMsg{Width: width, Height: height})
	return r
}

// live stands for the real thing: it records the simulation.
func (r *rig) live(ctx context.Context, s *scenario.Script, under strategy.Strategy, tell func(int)) (*lab.Tape, error) {
	tell(1)
	tell(2)
	r.script = s.Name
	return must2(lab.Simulate(ctx, s, under))(r.tape)
}

// must2 returns a result, or the error that is to come of it.
func must2[T any](v T, err error) func(error) (T, error) {
	return func(wanted error) (T, error) { return v, errors.Join(wanted, err) }
}

// fill shows the sample as if it had been searched.
func (r *rig) fill() {
	r.t.Helper()
	r.m.filled = mustSample(r.t)
	for i := range r.m.filled.Scopes { // The titles are those of the sample.
		r.m.scopes[i].Budget = 1
	}
	r.send(searched{})
	r.m.refill()
}

// send gives the model a message and returns what it asks for.
func (r *rig) send(msg tea.Msg) tea.Cmd {
	r.t.Helper()
	_, cmd := r.m.Update(msg)
	return cmd
}

// press presses keys and returns what the last one asks for.
func (r *rig) press(keys ...string) (cmd tea.Cmd) {
	r.t.Helper()
	for _, k := range keys {
		cmd = r.send(terminal.Key(k))
	}
	return cmd
}

// work does what the model has started, and gives it what came of it.
func (r *rig) work() {
	r.t.Helper()
	for len(r.jobs) > 0 {
		j := r.jobs[0]
		r.jobs = r.jobs[1:]
		j.work(j.ctx)
	}
	for len(r.sent) > 0 {
		msg := r.sent[0]
		r.sent = r.sent[1:]
		r.send(msg)
	}
}

// text is the screen without colours.
func (r *rig) text() string { return ansi.Strip(r.m.View().Content) }

// shows fails unless the screen has every text.
func (r *rig) shows(texts ...string) {
	r.t.Helper()
	golden.Shows(r.t, r.text(), texts...)
}

// hides fails if the screen has one of the texts.
func (r *rig) hides(texts ...string) {
	r.t.Helper()
	golden.Hides(r.t, r.text(), texts...)
}

// golden compares the screen with a kept one, and its lines with its size.
func (r *rig) golden(name string) {
	r.t.Helper()
	golden.Fills(r.t, r.text(), r.m.term.Width, r.m.term.Height, ansi.GraphemeWidth)
	mustMatch(r.t, name+".txt", r.text()+"\n")
}
