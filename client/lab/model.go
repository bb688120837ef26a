package lab

import (
	"cmp"
	"time"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
	"optimist/client/view"
	"optimist/shared/strategy"
)

// Config is how a story is played.
type Config struct {
	Tape    *Tape
	Against *Tape // Compared with Tape from the beginning; nil: not.
	Hall    bool
	ASCII   bool
	NoMouse bool // The terminal keeps it, until m is pressed.
	// Again records the story under another strategy, for x.
	Again func(strategy.Strategy) (*Tape, error)
	// Class is the class that the screen is part of; nil: there is none.
	Class *Class
	// Puzzle is what is played in the place of Tape; nil: a story is told.
	Puzzle *Puzzle
	// Lesson is the lesson that Tape is; nil: it is none.
	Lesson *Lesson
	// Where hears of each place that is reached. It is called from the screen's
	// loop and must return at once; nil: nobody listens.
	Where func(Cue)
	// Terminal is what is known of the terminal already; zero: nothing.
	Terminal terminal.Terminal
	// Left is called in the place of ending the program, where the model is shown
	// within another: the person is done with it, and next says that they want the
	// lesson behind it. nil: it is within nothing.
	Left func(next bool) tea.Cmd
	// Back says where that leads.
	Back string
}

// Model is the screen of a story. It has one owner, the program's loop.
type Model struct {
	cfg   Config
	story *Player
	hand  *Hand       // nil: the story goes on by itself.
	pair  *Comparison // nil: one story is played.

	puzzle *Puzzle // nil: a story is told.

	beat int // Counts what was scheduled: an older tick means nothing.

	stood   Cue  // As it was told last.
	passed  bool // Of a lesson: it was kept.
	onwards bool // The next lesson is wanted.
	beside  bool // The design that the story ends with was shown.

	hall   bool
	mouse  mouse
	zoomed bool
	note   string // What could not be done, until the next key.

	class *attendance // nil: there is no class.

	help   *helpPage
	choice *choice
	form   *form

	term  terminal.Terminal
	dirty bool
	drawn tea.View
}

// New returns a model that stands at the beginning.
func New(cfg Config) *Model {
	if cfg.Puzzle != nil {
		cfg.Tape = cfg.Puzzle.Tape()
	}
	m := &Model{
		cfg: cfg, story: NewPlayer(cfg.Tape), hall: cfg.Hall, mouse: mouse{off: cfg.NoMouse}, term: cmp.Or(cfg.Terminal, terminal.New()), dirty: true,
	}
	if m.puzzle = cfg.Puzzle; m.puzzle != nil {
		m.story = m.puzzle.Player
	}
	if cfg.Against != nil {
		m.pair = Compare(cfg.Tape, cfg.Against)
	}
	m.story.lesson = cfg.Lesson
	m.attend(cfg.Class)
	m.stand()
	return m
}

// Init asks the terminal for its background, and the class for what is new.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, m.listen(), m.beginPuzzle())
}

// tick says that the time for a stop is over.
type tick struct{ beat int }

// Update takes one message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.dirty = true
	defer m.stand()
	m.term.Learn(msg)
	switch msg := msg.(type) {
	case *News:
		return m, m.hear(msg)
	case tea.KeyPressMsg:
		defer m.show()
		return m, m.press(msg)
	case tea.MouseMsg:
		defer m.show()
		return m, m.pointed(msg)
	case tea.PasteMsg:
		if m.form != nil {
			m.form.take(msg)
		}
	case tick:
		defer m.show()
		return m, m.tick(msg)
	case glance, routed:
		return m, m.search(msg)
	case kept:
		m.tell(msg.err)
	}
	return m, nil
}

// player is what is on the screen, unless two are compared.
func (m *Model) player() *Player {
	if m.hand != nil {
		return m.hand.Player
	}
	return m.story
}

// playing reports whether the story moves by itself.
func (m *Model) playing() bool {
	if m.follows() {
		return false
	}
	if m.pair != nil {
		return m.pair.playing
	}
	return m.player().Playing() && !m.player().Open()
}

// schedule has the next stop come in its time, if the story moves.
func (m *Model) schedule() tea.Cmd {
	m.beat++
	if !m.playing() {
		return nil
	}
	ms := m.player().Pause()
	if m.pair != nil {
		ms = m.pair.Pause()
	}
	return m.after(time.Duration(ms)*time.Millisecond, tick{m.beat})
}

// tick goes on, unless something else was done meanwhile.
func (m *Model) tick(t tick) tea.Cmd {
	if t.beat != m.beat || !m.playing() {
		return nil
	}
	moved := false
	if m.pair != nil {
		switch moved = m.pair.Step(1); {
		case !moved && m.pair.ending != "" && !m.pair.asks:
			return m.goOn()
		case !moved:
			m.pair.playing = false
			m.note = m.pair.onward()
		}
	} else if moved = m.player().Step(1); !moved {
		m.player().Play(false)
	}
	if moved {
		m.arrive()
	}
	return m.schedule()
}

// theme is how things look on this terminal.
func (m *Model) theme() view.Theme {
	return m.term.Theme(m.cfg.ASCII)
}

// View draws, unless nothing changed since the last time.
func (m *Model) View() tea.View {
	if !m.dirty {
		return m.drawn
	}
	m.dirty = false
	if m.follows() && m.help == nil {
		m.drawn = tea.View{Content: m.shared(), AltScreen: true, WindowTitle: "optimist class", MouseMode: m.mouse.mode()}
		return m.drawn
	}
	s := m.screen()
	m.drawn = tea.View{Content: view.Render(s), AltScreen: true, WindowTitle: "optimist play", MouseMode: m.mouse.mode()}
	if m.form != nil {
		// Input methods and screen readers look for the terminal's own cursor.
		if x, y, ok := view.Cursor(s); ok {
			m.drawn.Cursor = tea.NewCursor(x, y)
			m.drawn.Cursor.Shape, m.drawn.Cursor.Blink = tea.CursorBar, false
		}
	}
	return m.drawn
}

// screen is what is drawn, with what is open over it.
func (m *Model) screen() view.Screen {
	opt := Options{Hall: m.hall, Zoomed: m.zoomed, Keys: m.hints()}
	var s view.Screen
	if m.follows() {
		s = m.following(opt)
	} else if m.pair != nil {
		s = m.pair.Screen(m.term.Width, m.term.Height, m.theme(), opt)
	} else {
		s = m.player().Screen(m.term.Width, m.term.Height, m.theme(), opt)
	}
	m.attended(&s)
	m.puzzleScreen(&s)
	switch {
	case m.note == "":
	case s.Compare != nil && !s.Hall:
		s.Stage.Doing, s.Stage.Mark = m.note, view.MarkStalled
	default:
		s.Toast = &view.Toast{Mark: view.MarkStalled, Text: m.note, Index: 1, Total: 1}
	}
	s.Help, s.Picker, s.Form = m.help.view(), m.choice.view(), m.form.view()
	return s
}
