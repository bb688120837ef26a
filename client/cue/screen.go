package cue

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// Poll is how often the files are looked at: a presenter who has just pressed a
// key looks up after that.
const Poll = 200 * time.Millisecond

// Screen is the presenter's terminal. It has one owner, the program's loop.
type Screen struct {
	dir           string
	now           func() time.Time
	width, height int
	cue           *Cue
	trouble       string // Why nothing can be read.
}

// NewScreen returns a screen that follows what is played.
func NewScreen(dir string, now func() time.Time) *Screen {
	return &Screen{dir: dir, now: now, width: 80, height: 24}
}

// looked is what a look at the files brought.
type looked struct {
	cue *Cue
	err error
}

// look looks at the files.
func (s *Screen) look() tea.Msg {
	c, ok, err := Newest(s.dir)
	if err != nil || !ok {
		return looked{err: err}
	}
	return looked{cue: &c}
}

// Init looks for the first time.
func (s *Screen) Init() tea.Cmd { return s.look }

// Update takes one message.
func (s *Screen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.width, s.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		switch msg.String() {
		case "q", "esc", "ctrl+c":
			return s, tea.Quit
		case "ctrl+z":
			return s, tea.Suspend
		}
	case looked:
		s.cue, s.trouble = msg.cue, ""
		if msg.err != nil {
			s.trouble = msg.err.Error()
		}
		return s, tea.Tick(Poll, func(time.Time) tea.Msg { return s.look() })
	}
	return s, nil
}

// View draws the page.
func (s *Screen) View() tea.View {
	page := s.cue.Page(s.width, s.height, s.now())
	if s.trouble != "" {
		page = say(s.trouble, s.width, s.height)
	}
	return tea.View{Content: page, AltScreen: true, WindowTitle: "optimist notes"}
}
