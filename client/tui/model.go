// Package tui is the interactive screen: one Bubble Tea model that owns the
// replica, takes keys and whatever the Remote delivers, and draws with package
// view. Update and View do no I/O. What the replica asks for goes to the Remote
// at once and in order; what comes of it arrives as messages. Its parts (the
// table, the log, the lives of records, the dialogs) have methods, not message
// loops of their own.
package tui

import (
	"cmp"

	tea "charm.land/bubbletea/v2"
	"github.com/tidwall/btree"

	"optimist/client/lab"
	"optimist/client/remote"
	"optimist/client/terminal"
	"optimist/client/view"
	"optimist/client/witness"
	"optimist/shared/anomaly"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/strategy"
)

// Model is the whole screen's state. It has one owner, the program's loop.
type Model struct {
	opts    Options
	remote  Remote // nil until the session is open.
	waiting string // What is waited for until then.

	replica *reconcile.Replica
	base    *reconcile.Tree
	effects []reconcile.Effect
	backlog []reconcile.Effect // Asked for before there was a session.

	now     int64
	drawnAt int64
	loaded  bool // The first rows are here.

	pending  btree.Map[int, string] // Ids of mutations without a verdict, by number.
	busy     map[string]struct{}    // Records with something under way or rolled back.
	tags     recent[string]         // By command.
	ages     recent[int64]          // Last change, by record.
	late     map[string]struct{}    // Records that changed under an open dialog.
	lateAll  bool
	early    []event.Event // Of the log, from before the first rows.
	gone     string        // What the person just deleted, for undo.
	adopt    string        // A record to select once it shows.
	strategy string        // Of new changes.
	chosen   bool          // It was chosen; else it is the server's default.
	touched  int64         // When a record changed last.

	status protocol.Status
	since  int64 // When the projector's state began.
	behind int64 // When the database fell behind the log; 0: it is not.

	table   *table
	log     *events
	lives   *lives
	notices notices
	faults  faultPane
	guide   *guide

	focus      view.Pane
	zoomed     bool
	logOpen    bool
	faultsOpen bool
	raw        bool
	steps      int // First step of the inspector; -1: the newest.
	mouse      bool
	filtering  bool
	filter     terminal.Input

	form    *form
	confirm *confirm
	palette *palette
	help    *help
	picker  *picker
	lessons *lessons
	study   *lab.Model // A lesson over the session, which goes on below it; nil: none.

	witness   *witness.Witness
	found     []anomaly.Finding // The latest, oldest first.
	foundAll  int               // How many there were.
	anomalies *anomalyList
	timeline  *timeline // nil: the inspector has the record's life.
	declined  string    // The record of which the replica took no change, in this step; "".

	term terminal.Terminal

	dirty  bool
	screen view.Screen // As it was drawn last, for the mouse.
	drawn  tea.View
}

// New returns a model that waits for its session.
func New(opts Options) *Model {
	opts = opts.withDefaults()
	base := reconcile.NewTree()
	m := &Model{
		opts: opts, waiting: "the session to open",
		base: base, replica: reconcile.New(opts.Client, base),
		now: opts.Now(), touched: opts.Now() - minute, strategy: cmp.Or(opts.Strategy, strategy.Default), chosen: opts.Strategy != "", mouse: opts.Mouse,
		busy: map[string]struct{}{}, late: map[string]struct{}{},
		tags: newRecent[string](MaxTags), ages: newRecent[int64](MaxAges),
		table: newTable(), log: newEvents(), lives: newLives(),
		focus: view.PaneRecords, steps: -1, filter: terminal.NewInput(),
		term: terminal.New(), dirty: true,
	}
	if opts.Demo {
		m.guide = &guide{}
	}
	m.faults.embedded = opts.Embedded
	m.witness = witness.New(opts.Client, m.strategy, m.replica)
	m.readBy(m.strategy)
	return m
}

// Opened says that the session is there.
type Opened struct{ Remote Remote }

// Waiting says what the session waits for before it is open.
type Waiting struct{ For string }

// Faulty says that a request about faults was refused or not answered.
type Faulty struct{ Err error }

// Init asks the terminal for its background.
func (m *Model) Init() tea.Cmd { return tea.RequestBackgroundColor }

// Update takes one message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.now = max(m.now, m.opts.Now())
	switch msg := msg.(type) {
	case remote.Batch:
		return m, m.receive(msg)
	case tea.KeyReleaseMsg, tea.MouseMotionMsg, tea.MouseReleaseMsg:
		if m.study == nil { // Only a lesson can be dragged.
			return m, nil
		}
	}
	m.dirty = true
	m.term.Learn(msg)
	if cmd, over := m.studying(msg); over {
		return m, cmd
	}
	switch msg := msg.(type) {
	case listed, opened:
		return m, m.learn(msg)
	case tea.KeyPressMsg:
		return m, m.press(msg)
	case tea.PasteMsg:
		return m, m.paste(msg)
	case tea.MouseClickMsg:
		return m, m.click(msg.Mouse())
	case tea.MouseWheelMsg:
		m.wheel(msg.Mouse())
	case sweepMsg:
		return m, m.sweep()
	case Opened:
		m.open(msg.Remote)
	case Waiting:
		m.waiting = msg.For
	case Faulty:
		m.notices.add(notice{at: m.now, mark: view.MarkRolledBack, text: "faults: " + msg.Err.Error()})
	}
	return m, nil
}

// open takes over the session and hands it what was asked for before.
func (m *Model) open(r Remote) {
	m.remote, m.waiting = r, ""
	if len(m.backlog) > 0 {
		r.Do(m.backlog)
		m.backlog = nil
	}
}

// View draws, unless nothing changed since the last time.
func (m *Model) View() tea.View {
	if !m.dirty {
		return m.drawn
	}
	m.dirty, m.drawnAt = false, m.now
	if m.study != nil {
		m.drawn = m.study.View()
		return m.drawn
	}
	m.screen = m.build()
	m.drawn = tea.View{Content: view.Render(m.screen), AltScreen: true, WindowTitle: m.title()}
	if m.form != nil || m.palette != nil || m.filtering {
		// Input methods and screen readers look for the terminal's own cursor.
		if x, y, ok := view.Cursor(m.screen); ok {
			m.drawn.Cursor = tea.NewCursor(x, y)
			m.drawn.Cursor.Shape, m.drawn.Cursor.Blink = tea.CursorBar, false
		}
	}
	if m.mouse {
		m.drawn.MouseMode = tea.MouseModeCellMotion
	}
	return m.drawn
}

// title is the window's. No text of a record or a server is in it.
func (m *Model) title() string {
	if n := m.replica.Pending(); n > 0 {
		return "optimist: " + plural(n, "change") + " pending"
	}
	return "optimist"
}
