package matrix

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"optimist/client/lab"
	"optimist/client/search"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// liveRun is a film on its way over the real thing.
type liveRun struct {
	cell   *search.Cell
	script *scenario.Script
	steps  int
	cancel func()
}

// liveStep says that a run has taken so many steps.
type liveStep struct {
	run   *liveRun
	steps int
}

// liveDone says that a run is over.
type liveDone struct {
	run  *liveRun
	tape *lab.Tape
	err  error
}

// chosen returns the film of the chosen cell as a script; nil, with a note, if
// it has none.
func (m *Model) chosen() *scenario.Script {
	c := m.entry().Cell
	if c == nil {
		m.note = noFilm
		return nil
	}
	s, err := scenario.Parse(Name(c.Scope, c.Strategy, c.Anomaly), []byte(c.Film))
	if err != nil {
		m.note = err.Error()
		return nil
	}
	return s
}

// play plays the film of the chosen cell, simulated.
func (m *Model) play() {
	s := m.chosen()
	if s == nil {
		return
	}
	tape, err := lab.Simulate(context.Background(), s, s.Strategy)
	if err != nil {
		m.note = err.Error()
		return
	}
	m.open(s, tape)
}

// noFilm says that a cell has nothing to play.
const noFilm = "this cell has no film: only ✗ and * have one; ! goes to the next"

// open shows a tape.
func (m *Model) open(s *scenario.Script, tape *lab.Tape) {
	m.film = lab.New(lab.Config{
		Tape: tape, ASCII: m.cfg.ASCII, NoMouse: !m.mouse, Terminal: m.term, Left: m.leaveFilm, Back: "to the matrix",
		Again: func(u strategy.Strategy) (*lab.Tape, error) { return lab.Simulate(context.Background(), s, u) },
	})
}

// leaveFilm shows the matrix again.
func (m *Model) leaveFilm(bool) tea.Cmd {
	m.film = nil
	return nil
}

// runLive has the film of the chosen cell run on the real thing.
func (m *Model) runLive() {
	if m.live != nil {
		m.note = "one film at a time: esc stops the one that runs"
		return
	}
	s := m.chosen()
	if s == nil {
		return
	}
	run := &liveRun{cell: m.entry().Cell, script: s}
	host, record := m.cfg.host, m.cfg.Live
	run.cancel = host.start(func(ctx context.Context) {
		tape, err := record(ctx, s, s.Strategy, func(steps int) { host.send(liveStep{run, steps}) })
		host.send(liveDone{run, tape, err})
	})
	m.live = run
}

// stopLive stops the film that runs, and forgets it.
func (m *Model) stopLive() {
	if m.live != nil {
		m.live.cancel()
		m.live = nil
		m.note = "stopped"
	}
}

// recorded plays what was recorded, unless it is not wanted any more.
func (m *Model) recorded(d liveDone) {
	if d.run != m.live {
		return
	}
	m.live = nil
	switch {
	case d.err != nil:
		m.note = "it does not replay: " + d.err.Error()
	case m.film != nil:
		m.note = fmt.Sprintf("%s under %s was run meanwhile: v runs and plays it", d.run.cell.ID, d.run.cell.Strategy)
	default:
		m.open(d.run.script, d.tape)
	}
}

// text says how far a run is.
func (r *liveRun) text() string {
	return fmt.Sprintf("running %s under %s on NATS and SQLite: %s; esc stops it", r.cell.ID, r.cell.Strategy, plural(r.steps, "step"))
}
