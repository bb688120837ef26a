package lab

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"optimist/client/view"
)

// Class joins a model to a class that goes through one story: as the teacher's
// screen, or as a seat, which follows it or goes on alone. The functions are
// called by the model's owner and do not block, but for News.
type Class struct {
	Teaches bool
	GoesOn  bool   // Without its teacher.
	Title   string // For the teacher: how to join.
	First   *News  // What there is to know at the beginning.

	// News waits for what is new and returns a *News, or nil once the class is
	// over for this model.
	News func() tea.Msg
	Done <-chan struct{}            // Closed then.
	Show func(*Scene)               // The teacher's: what everybody shall see.
	Vote func(question, option int) // A seat's.
}

// News is what a model hears of its class.
type News struct {
	Scene *Scene
	Votes [][]int // By question and option.
	Voted []int   // By question: of all seats, how many.
	Seats int
	Limit int  // Of seats.
	Gone  bool // There is no teacher now.
}

// attendance is how a model takes part in a class.
type attendance struct {
	*Class
	news  *News
	alone bool // A seat that goes on by itself.
	leave bool // The teacher was asked whether to end the class.
}

// attend makes the model part of a class.
func (m *Model) attend(c *Class) {
	if c == nil {
		return
	}
	m.class = &attendance{Class: c, news: c.First}
	m.seek(c.First.Scene)
}

// listen waits for what is new in the class.
func (m *Model) listen() tea.Cmd {
	if m.class == nil {
		return nil
	}
	return m.class.News
}

// after brings a message in its time. In a class it comes no more once the model
// has left.
func (m *Model) after(d time.Duration, msg tea.Msg) tea.Cmd {
	if m.class == nil {
		return tea.Tick(d, func(time.Time) tea.Msg { return msg })
	}
	done := m.class.Done
	return func() tea.Msg {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-t.C:
			return msg
		case <-done:
			return nil
		}
	}
}

// hear takes what is new.
func (m *Model) hear(n *News) tea.Cmd {
	m.class.news = n
	return m.listen()
}

// show tells the class where its teacher stands now.
func (m *Model) show() {
	if m.teaches() {
		m.class.Show(m.scene())
	}
}

// teaches reports whether this is a teacher's screen.
func (m *Model) teaches() bool { return m.class != nil && m.class.Teaches }

// seated reports whether this is a seat of a class.
func (m *Model) seated() bool { return m.class != nil && !m.class.Teaches }

// follows reports whether the screen shows what the teacher's does.
func (m *Model) follows() bool { return m.seated() && !m.class.alone }

// seek goes to where the teacher is in the story, with what is revealed there.
func (m *Model) seek(p *Scene) {
	m.hand, m.pair = nil, nil
	m.story.Jump(p.at)
	m.story.person, m.story.record, m.story.timeline = p.player.person, p.player.record, p.player.timeline
	for i := range m.story.answers {
		if i < len(p.player.answers) && p.player.answers[i].revealed {
			m.story.answers[i].revealed = true
		}
	}
}

// toggleAlone has a seat go on by itself from where the teacher is, or come back.
func (m *Model) toggleAlone() tea.Cmd {
	m.class.alone = !m.class.alone
	m.story.Play(false)
	m.form, m.choice, m.zoomed = nil, nil, false
	m.seek(m.class.news.Scene)
	return m.schedule()
}

// pressFollowing takes a key of a seat that follows: it can vote, look up the
// keys, and leave; all else is what the teacher does.
func (m *Model) pressFollowing(k string) tea.Cmd {
	if n, ok := digit(k); ok {
		m.vote(n)
		return nil
	}
	for i := range keys {
		if a := &keys[i]; slices.Contains(a.keys, k) && a.run != nil && follower(a) && m.knows(a) && m.means(a) {
			return a.run(m)
		}
	}
	m.note = "this follows the teacher: f goes on alone"
	return nil
}

// follower reports whether a key is for a seat that follows, too.
func follower(a *key) bool {
	return a.group == groupClass || a.group == groupProgram || slices.Contains(a.keys, "P")
}

var classKeys = []key{
	{keys: []string{"f"}, name: "alone, or together", group: groupClass, hint: "alone, or back", can: (*Model).seated, run: (*Model).toggleAlone},
}

// vote predicts option n, from 0, of the question that the teacher stands at.
func (m *Model) vote(n int) {
	p := m.class.news.Scene.player
	q, i := p.Asked()
	switch {
	case m.class.news.Scene.pair != nil || q == nil:
		m.note = "nothing is asked here"
	case p.answers[i].revealed:
		m.note = "the answer is out: this vote is closed"
	case n >= len(q.Options):
		m.note = fmt.Sprintf("there are %d answers", len(q.Options))
	default:
		m.story.answers[i].choice = n
		m.class.Vote(i, n)
	}
}

// answered tells the class of a prediction that was made alone.
func (m *Model) answered(n int) {
	if _, i := m.player().Asked(); m.seated() && i >= 0 {
		m.class.Vote(i, n)
	}
}

// quit leaves the story. A teacher whose class ends with that is asked first.
func (m *Model) quit() tea.Cmd {
	if m.teaches() && !m.class.GoesOn && m.class.news.Seats > 0 && !m.class.leave {
		m.class.leave = true
		m.note = fmt.Sprintf("%s here: q again ends the class", seats(m.class.news.Seats))
		return nil
	}
	return m.over(false)
}

// stay forgets that the teacher was about to leave, with any key but that for it.
func (m *Model) stay(k string) {
	if m.class != nil && k != "q" && k != "ctrl+c" {
		m.class.leave = false
	}
}

// seats counts them.
func seats(n int) string {
	if n == 1 {
		return "1 seat is"
	}
	return fmt.Sprintf("%d seats are", n)
}

// attended adds what the class is told to a screen.
func (m *Model) attended(s *view.Screen) {
	if m.class == nil {
		return
	}
	n := m.class.news
	s.Guide = m.standing()
	if s.Stage == nil || s.Stage.Question == nil {
		return
	}
	q := s.Stage.Question
	_, i := m.shown().Asked()
	if i < 0 || i >= len(n.Votes) {
		return
	}
	if m.follows() {
		q.Hint = follow(q)
	}
	// A seat sees how the others voted once nobody can be led by it.
	if m.class.Teaches || m.follows() && q.Revealed {
		q.Poll = &view.Poll{Voted: n.Voted[i], Seats: n.Seats}
		for o := range q.Options {
			q.Options[o].Votes = n.Votes[i][o]
		}
	}
}

// reveal shows everybody the answer of the question that stands here, of a
// check too.
func (m *Model) reveal() bool {
	open := m.player().Open()
	if _, i := m.player().Asked(); open {
		m.player().answers[i].revealed = true
	}
	return open
}

// following is the screen of a seat that follows.
func (m *Model) following(opt Options) view.Screen {
	return m.class.news.Scene.screen(m.term.Width, m.term.Height, m.theme(), opt, m.chosen())
}

// chosen is what this seat answered to the question that the teacher is at, -1
// for nothing.
func (m *Model) chosen() int {
	if _, i := m.shown().Asked(); i >= 0 && i < len(m.story.answers) {
		return m.story.answers[i].choice
	}
	return -1
}

// shared is the picture of a seat that follows, drawn once for all who see the
// same.
func (m *Model) shared() string {
	of := picture{
		width: m.term.Width, height: m.term.Height, theme: m.theme().Options(), hall: m.hall, choice: m.chosen(),
		guide: m.standing(), note: m.note, seats: m.class.news.Seats,
	}
	return m.class.news.Scene.draw(of, m.screen)
}

// shown is the player whose story is on the screen.
func (m *Model) shown() *Player {
	if m.follows() {
		return m.class.news.Scene.player
	}
	return m.player()
}

// follow says what a seat that follows can do with a question.
func follow(q *view.Question) string {
	at := slices.IndexFunc(q.Options, func(o view.Option) bool { return o.Chosen })
	switch {
	case !q.Revealed && at < 0:
		return fmt.Sprintf("vote: 1–%d · the teacher reveals", len(q.Options))
	case !q.Revealed:
		return "voted; another number changes it · the teacher reveals"
	case at < 0:
		return "this is the answer"
	case q.Options[at].Right:
		return "right"
	}
	return "not so"
}

// standing is the line that says where one stands in the class.
func (m *Model) standing() string {
	n := m.class.news
	switch {
	case m.class.Teaches:
		return fmt.Sprintf("%s · %d of %d seats", m.class.Title, n.Seats, n.Limit)
	case m.class.alone:
		return fmt.Sprintf("alone · the teacher is at %d · f back to the teacher", n.Scene.at)
	case n.Gone:
		return "no teacher is here yet · f go on alone"
	}
	return "with the teacher · f go on alone"
}
