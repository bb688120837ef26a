package classroom

import (
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
)

// frameTime is the least time between two pictures of a seat.
const frameTime = 50 * time.Millisecond

// screen is the model of one seat: it draws no more often than a person can see
// and than the seat can take, and ends alone when it breaks.
type screen struct {
	model tea.Model
	out   *outlet
	log   *slog.Logger
	broke func() // Ends the seat.

	drawn  tea.View
	at     time.Time // When it was drawn.
	stale  bool      // Something has come since.
	draw   bool      // The next View draws.
	ticks  bool      // A frame is on its way.
	frames *atomic.Int64
}

// frame says that the time for a picture has come.
type frame struct{}

// Init begins with what the model asks for.
func (s *screen) Init() (cmd tea.Cmd) {
	defer s.catch()
	return s.safe(s.model.Init())
}

// Update takes one message.
func (s *screen) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	defer s.catch()
	if _, ours := msg.(frame); ours {
		s.ticks = false
	} else {
		s.stale = true
		s.model, cmd = s.model.Update(msg)
	}
	return s, tea.Batch(s.safe(cmd), s.pace())
}

// pace decides when there is a picture of what has changed: now, in a moment, or
// once what was drawn before is sent.
func (s *screen) pace() tea.Cmd {
	left := frameTime - time.Since(s.at)
	switch {
	case !s.stale:
	case s.out.behind(): // It will be told once it is not.
	case left <= 0:
		s.draw = true
	case !s.ticks:
		s.ticks = true
		return tea.Tick(left, func(time.Time) tea.Msg { return frame{} })
	}
	return nil
}

// View returns the newest picture.
func (s *screen) View() tea.View {
	if s.draw || s.at.IsZero() {
		defer s.catch()
		s.draw, s.stale, s.at = false, false, time.Now()
		s.drawn = s.model.View()
		s.frames.Add(1)
	}
	return s.drawn
}

// safe returns a command that cannot break anybody else.
func (s *screen) safe(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer s.catch()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = s.safe(batch[i])
			}
		}
		return msg
	}
}

// catch ends the seat when its screen breaks.
func (s *screen) catch() {
	if r := recover(); r != nil {
		s.log.Error("a screen broke", "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
		s.broke()
	}
}
