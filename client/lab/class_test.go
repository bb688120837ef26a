package lab

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// classRig is a class in one goroutine: what the teacher shows and the seats vote
// reaches everybody at once.
type classRig struct {
	t       *testing.T
	teacher *rig
	seats   []*rig
	news    News
}

// mustClass has a teacher, and seats of these sizes, go through a story.
func mustClass(t *testing.T, name string, sizes ...[2]int) *classRig {
	t.Helper()
	s := mustScript(t, name)
	tape, err := Study(t.Context(), s, s.Strategy)
	if err != nil {
		t.Fatal(err)
	}
	cfg := Config{Tape: tape}
	c := &classRig{t: t, news: News{Scene: NewScene(cfg.Tape), Seats: len(sizes), Limit: 30}}
	for _, q := range cfg.Tape.Questions {
		c.news.Votes, c.news.Voted = append(c.news.Votes, make([]int, len(q.Options))), append(c.news.Voted, 0)
	}
	cfg.Class = c.part(true)
	c.teacher = mustRig(t, name, 100, 30, cfg)
	for _, size := range sizes {
		cfg.Class = c.part(false)
		c.seats = append(c.seats, mustRig(t, name, size[0], size[1], cfg))
	}
	return c
}

// part is that of one more member.
func (c *classRig) part(teaches bool) *Class {
	first := c.news
	voted := map[int]int{}
	return &Class{
		Teaches: teaches, Title: "ssh -p 2222 10.0.0.7 · join code ABCD-EFGH", First: &first, Done: c.t.Context().Done(),
		News: func() tea.Msg { return nil }, // The rig tells it.
		Show: func(s *Scene) {
			c.news.Scene = s
			c.tell()
		},
		Vote: func(question, option int) {
			if last, again := voted[question]; again {
				c.news.Votes[question][last]--
				c.news.Voted[question]--
			}
			voted[question] = option
			c.news.Votes[question][option]++
			c.news.Voted[question]++
			c.tell()
		},
	}
}

// tell tells everybody what there is to know.
func (c *classRig) tell() {
	for _, r := range append([]*rig{c.teacher}, c.seats...) {
		n := c.news
		n.Votes, n.Voted = nil, append(n.Voted, c.news.Voted...)
		for _, counts := range c.news.Votes {
			n.Votes = append(n.Votes, append([]int(nil), counts...))
		}
		r.send(&n)
	}
}

// What a class looks like: the votes on the teacher's screen, also in a hall, a
// seat that has voted, the answer, and a seat that goes on alone.
func TestClassLooksAsKept(t *testing.T) {
	c := mustClass(t, "create-then-edit", [2]int{80, 24}, [2]int{80, 24}, [2]int{60, 16})
	ann, bob, eve := c.seats[0], c.seats[1], c.seats[2]
	c.teacher.until("An edit of Ada is checked")
	ann.press("2")
	bob.press("1", "2")
	eve.press("3")
	c.teacher.golden("class-teacher.100x30")
	c.teacher.press("P")
	c.teacher.golden("class-teacher-hall.100x30")
	ann.golden("class-seat-voted.80x24")
	eve.golden("class-seat-voted.60x16")
	c.teacher.press("space")
	eve.golden("class-seat-revealed.60x16")
	ann.press("P")
	ann.golden("class-seat-hall.80x24")
	bob.press("f", ",")
	bob.golden("class-seat-alone.80x24")
}

// A seat follows whatever the teacher shows: the timeline, another strategy
// beside the story, what is done by hand; and finds its way back.
func TestSeatFollowsEverything(t *testing.T) {
	c := mustClass(t, "create-then-edit", [2]int{120, 36})
	ann := c.seats[0]
	c.teacher.until("An edit of Ada is checked")
	c.teacher.press("t")
	ann.shows("database", "#3")
	c.teacher.press("t", "x", "enter", "D")
	c.teacher.shows("they differ first at line")
	ann.shows("they differ first at line", "RESULT 2 kept", "with the teacher")
	ann.press("1")
	ann.shows("nothing is asked here")
	c.teacher.press("x")
	ann.shows("An edit of Ada is checked")
	c.teacher.press("i", "n")
	c.teacher.typed("Grete")
	c.teacher.press("tab")
	c.teacher.typed("grete@example.org")
	ann.hides("Grete") // A form is the teacher's own.
	c.teacher.press("enter")
	c.teacher.shows("Grete")
	ann.shows("Grete", "By hand")
	shown := ann.text()
	c.teacher.press(",")
	if ann.text() == shown {
		t.Error("a step back by hand is not followed")
	}
	c.teacher.press("e", "enter") // The rest is cut off, and another step taken.
	ann.shows("Ada")
	c.teacher.press("esc")
	ann.shows("An edit of Ada is checked")

	// Alone, the story is the seat's own, and what the teacher does is not shown.
	c.teacher.press("i", ".", ".")
	ann.press("f")
	ann.shows("alone", "An edit of Ada is checked")
	ann.hides("By hand")
	ann.press("x", "enter")
	ann.shows("RESULT")
	c.teacher.press("esc", ".")
	ann.shows("RESULT", "the teacher is at")
	ann.press("f")
	ann.hides("RESULT", "alone ·")
}

// A seat has few keys while it follows, and none of them moves it.
func TestSeatIsLed(t *testing.T) {
	c := mustClass(t, "create-then-edit", [2]int{80, 24})
	ann := c.seats[0]
	for _, k := range []string{"space", ".", ",", "home", "end", "!", "x", "i", "t", "z", "tab", "j", "["} {
		ann.press(k)
		ann.shows("this follows the teacher: f goes on alone", " 0/")
	}
	if cmd := ann.press("q"); cmd == nil || cmd() != tea.Quit() {
		t.Error("a seat cannot be left")
	}
	ann.press("?")
	ann.shows("alone, or together")
}

// What is voted alone counts, until the answer is out; from then on nothing does.
func TestVotingAlone(t *testing.T) {
	c := mustClass(t, "create-then-edit", [2]int{80, 24})
	ann := c.seats[0]
	ann.press("1")
	ann.shows("nothing is asked here")
	ann.press("f")
	ann.until("What comes of it?")
	ann.press("3")
	c.teacher.until("An edit of Ada is checked")
	c.teacher.shows("1 of 1 voted")
	ann.press("f")
	ann.shows("voted; another number changes it", "▸ 3")
	ann.press("9")
	ann.shows("there are 3 answers")
	c.teacher.press("space")
	ann.press("2")
	ann.shows("this vote is closed", "✗ 3", "not so")
}

// The questions of a lesson's check are votes like any other: the teacher's key
// reveals, whoever chose what.
func TestCheckInClass(t *testing.T) {
	c := mustClass(t, "three-truths", [2]int{80, 24})
	ann := c.seats[0]
	for {
		q, _ := c.teacher.m.player().Asked()
		if q != nil && q.Check {
			break
		}
		at := c.teacher.m.player().At()
		if c.teacher.press("."); c.teacher.m.player().At() == at {
			t.Fatal("the lesson has no check")
		}
	}
	ann.press("1")
	c.teacher.shows("1 of 1 voted")
	c.teacher.press("space")
	c.teacher.shows("← this")
	ann.shows("← this", "1 of 1 voted")
}

// A teacher is asked before a class with people in it ends, each time anew.
func TestTeacherLeaves(t *testing.T) {
	c := mustClass(t, "create-then-edit", [2]int{80, 24})
	if cmd := c.teacher.press("q"); cmd != nil {
		t.Error("the first q ends the class")
	}
	c.teacher.shows("1 seat is here: q again ends the class")
	if cmd := c.teacher.press(".", "q"); cmd != nil {
		t.Error("a q after something else ends the class")
	}
	if cmd := c.teacher.press("q"); cmd == nil || cmd() != tea.Quit() {
		t.Error("the second q does not end the class")
	}
	c.news.Seats = 0
	c.tell()
	if cmd := c.teacher.press(".", "q"); cmd == nil {
		t.Error("an empty class cannot be left")
	}
}

// Whoever sees the same is drawn for once.
func TestPicturesAreShared(t *testing.T) {
	c := mustClass(t, "create-then-edit", [2]int{80, 24}, [2]int{80, 24}, [2]int{100, 30})
	c.teacher.until("An edit of Ada is checked")
	scene := c.news.Scene
	for _, r := range c.seats {
		r.text()
	}
	if n := len(scene.pictures); n != 2 {
		t.Errorf("%d pictures for two sizes", n)
	}
	c.seats[0].press("1")
	if a, b := c.seats[0].text(), c.seats[1].text(); a == b || !strings.Contains(a, "▸ 1") {
		t.Error("a vote is not its own")
	}
}

// In a hall, too, the teacher is told what a key did not do: above all that
// another q ends the class.
func TestTeacherIsToldInTheHall(t *testing.T) {
	c := mustClass(t, "create-then-edit", [2]int{80, 24})
	c.teacher.press("P", "q")
	c.teacher.shows("1 seat is here: q again ends the class", "join code ABCD-EFGH")
	c.teacher.press("i")
	c.teacher.shows("nobody is there yet")
	c.teacher.press(".")
	c.teacher.hides("nobody is there yet")
	c.teacher.press("x", "enter", "1")
	c.teacher.shows("1 of 30 seats")
	c.teacher.press("q")
	c.teacher.shows("1 seat is here: q again ends the class")
}
