package view

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"optimist/client/golden"
)

// asked has a class vote on a question.
func asked(s *Screen) {
	s.Guide = "the class: ssh -p 2222 10.0.0.7 · join code ABCD-EFGH · 30 of 30 seats"
	s.Toast = nil
	s.Stage = &Stage{
		Ticks: make([]Tick, 30), At: 12, State: "paused 1×  12/29  t 0.640 s",
		Question: &Question{
			Text: "Ada is edited now, while her create is in the log and not in the database. What does the server answer?",
			Hint: "space reveals", Poll: &Poll{Voted: 25, Seats: 30},
			Options: []Option{
				{Text: "accepted", Votes: 4, Chosen: true}, {Text: "not_found", Right: true, Votes: 20},
				{Text: "conflict, since two clients have changed the same field of the same record", Votes: 1}, {Text: "nothing"},
			},
		},
	}
}

func revealed(s *Screen) {
	asked(s)
	s.Stage.Question.Revealed = true
}

func inHall(open func(*Screen)) func(*Screen) {
	return func(s *Screen) { open(s); s.Hall = true }
}

func TestVotesLookAsKept(t *testing.T) {
	for _, tt := range []struct {
		name string
		w, h int
		opt  Options
		open func(*Screen)
	}{
		{"votes-80x24", 80, 24, colours, asked},
		{"votes-120x36", 120, 36, colours, asked},
		{"votes-revealed-80x24", 80, 24, colours, revealed},
		{"votes-ascii-80x24", 80, 24, ascii, asked},
		{"votes-hall-80x24", 80, 24, plainly, inHall(asked)},
		{"votes-hall-revealed-80x24", 80, 24, colours, inHall(revealed)},
		{"votes-60x16", 60, 16, colours, asked},
		{"votes-40x10", 40, 10, colours, asked},
	} {
		t.Run(tt.name, func(t *testing.T) {
			frame := Render(build(tt.w, tt.h, tt.opt, tt.open))
			golden.Fills(t, frame, tt.w, tt.h, ansi.WcWidth)
			mustMatch(t, tt.name+".txt", ansi.Strip(frame)+"\n")
		})
	}
}

// A bar is as long as its option has votes, while there is room for every seat;
// from then on nobody's vote is too little to be seen, and none leaves the room.
func TestBars(t *testing.T) {
	for _, tt := range []struct{ votes, seats, room, want int }{
		{0, 30, 24, 0}, {7, 12, 24, 7}, {20, 20, 24, 20}, {1, 1000, 24, 1}, {500, 1000, 24, 10}, {1000, 1000, 24, 20}, {9, 3, 5, 1},
	} {
		c := newCanvas(0, 0, NewTheme(plainly))
		q := &Question{Poll: &Poll{Seats: tt.seats}}
		got := strings.Count(c.bar(q, Option{Votes: tt.votes}, tt.room)[0].text, "█")
		if got != tt.want {
			t.Errorf("%d of %d in %d cells: %d, want %d", tt.votes, tt.seats, tt.room, got, tt.want)
		}
	}
}

// Without a class, nothing of a poll is on the screen.
func TestNoBarsWithoutClass(t *testing.T) {
	frame := ansi.Strip(Render(build(80, 24, colours, func(s *Screen) { asked(s); s.Stage.Question.Poll = nil })))
	if strings.Contains(frame, "█") || strings.Contains(frame, "voted") {
		t.Errorf("a poll:\n%s", frame)
	}
}
