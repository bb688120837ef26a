package classroom

import (
	"errors"
	"fmt"
	"sync"

	tea "charm.land/bubbletea/v2"

	"optimist/client/lab"
)

// class is what everybody in the room has in common: where the teacher is, who
// is there, and how they voted. Nobody is told by being called, but asked to look:
// so a seat that is slow sees less, and holds up nobody.
type class struct {
	mu      sync.Mutex
	scene   *lab.Scene
	taught  bool // There is a teacher.
	limit   int  // Of seats.
	next    int  // The number of the next member.
	members map[int]*member
	votes   []ballot
}

// ballot is a question and what was voted on it.
type ballot struct {
	options int
	chosen  map[int]int // An option by the number of a member.
}

// member is a seat, or the teacher.
type member struct {
	class   *class
	number  int
	teaches bool

	look chan struct{} // Holds one token while there is something new.
	done chan struct{} // Closed once the member has left.
}

// fullError says that there is no seat left.
type fullError struct{ limit int }

// Error says so for the person who came.
func (e *fullError) Error() string {
	return fmt.Sprintf("the class is full: all %d seats are taken", e.limit)
}

// errTaught says that there is a teacher already.
var errTaught = errors.New("the class has its teacher already")

// newClass returns a class at the beginning of a story.
func newClass(t *lab.Tape, limit int) *class {
	c := &class{scene: lab.NewScene(t), limit: limit, members: map[int]*member{}}
	for _, q := range t.Questions {
		c.votes = append(c.votes, ballot{options: len(q.Options), chosen: map[int]int{}})
	}
	return c
}

// join lets somebody in.
func (c *class) join(teaches bool) (*member, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case teaches && c.taught:
		return nil, errTaught
	case !teaches && c.seats() >= c.limit:
		return nil, &fullError{c.limit}
	}
	c.next++
	m := &member{class: c, number: c.next, teaches: teaches, look: make(chan struct{}, 1), done: make(chan struct{})}
	c.members[m.number] = m
	if teaches {
		c.taught = true
		c.tell(func(*member) bool { return true })
	}
	c.tell(teaching)
	return m, nil
}

// seats is how many are taken.
func (c *class) seats() int {
	n := 0
	for _, m := range c.members {
		if !m.teaches {
			n++
		}
	}
	return n
}

// teaching picks the teacher.
func teaching(m *member) bool { return m.teaches }

// tell asks members to look.
func (c *class) tell(whom func(*member) bool) {
	for _, m := range c.members {
		if !whom(m) {
			continue
		}
		poke(m.look) // Whoever has not looked yet will see this too.
	}
}

// leave ends a member's part. What it voted on a question that is open goes with
// it.
func (m *member) leave() {
	c := m.class
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.members[m.number] != m {
		return
	}
	delete(c.members, m.number)
	close(m.done)
	if m.teaches {
		c.taught = false
		c.tell(func(*member) bool { return true })
		return
	}
	for i := range c.votes {
		if !c.scene.Revealed(i) {
			delete(c.votes[i].chosen, m.number)
		}
	}
	c.tell(teaching)
}

// news waits until there is something new, and returns it; nil once the member
// has left.
func (m *member) news() tea.Msg {
	select {
	case <-m.look:
		return m.now()
	case <-m.done:
		return nil
	}
}

// now is what there is to know.
func (m *member) now() *lab.News {
	c := m.class
	c.mu.Lock()
	defer c.mu.Unlock()
	n := &lab.News{Scene: c.scene, Seats: c.seats(), Limit: c.limit, Gone: !c.taught}
	for _, b := range c.votes {
		count := make([]int, b.options)
		for _, o := range b.chosen {
			count[o]++
		}
		n.Votes, n.Voted = append(n.Votes, count), append(n.Voted, len(b.chosen))
	}
	return n
}

// show has everybody see what the teacher does.
func (m *member) show(s *lab.Scene) {
	c := m.class
	c.mu.Lock()
	defer c.mu.Unlock()
	c.scene = s
	c.tell(func(other *member) bool { return other != m })
}

// vote counts a seat's prediction; the last one before the answer is out is the
// one that counts.
func (m *member) vote(question, option int) {
	c := m.class
	c.mu.Lock()
	defer c.mu.Unlock()
	if question < 0 || question >= len(c.votes) || option < 0 || option >= c.votes[question].options || c.scene.Revealed(question) {
		return
	}
	c.votes[question].chosen[m.number] = option
	c.tell(teaching)
}

// part is the member's part in the model of its screen.
func (m *member) part(title string, goesOn bool) *lab.Class {
	return &lab.Class{
		Teaches: m.teaches, GoesOn: goesOn, Title: title, First: m.now(),
		News: m.news, Done: m.done, Show: m.show, Vote: m.vote,
	}
}
