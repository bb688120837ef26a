package view

import (
	"fmt"
	"strings"
)

// Poll is how far a class has voted on a question.
type Poll struct {
	Voted, Seats int
}

// Room for the bars of a poll, in cells.
const (
	pollShare = 3  // A bar takes at most one cell of so many.
	pollMost  = 24 // And at most so many.
	pollCount = 4  // Of them, for the number behind the bar.
)

// text says how many voted.
func (p *Poll) text() string { return fmt.Sprintf("%d of %d voted", p.Voted, p.Seats) }

// bars is where the bars of a question begin and how long they can be, in cells
// of a line for an option of w cells; 0, 0 without a poll.
func (c *canvas) bars(q *Question, w int) (from, room int) {
	if q.Poll == nil {
		return 0, 0
	}
	room = min(pollMost, w/pollShare)
	for _, o := range q.Options {
		from = max(from, c.width(o.Text+q.word(o)))
	}
	return min(from, w-room-1) + 1, room
}

// bar is the bar of an option: a cell a vote, or a share of the cells where the
// seats are more than they.
func (c *canvas) bar(q *Question, o Option, room int) []span {
	cells, most := o.Votes, max(room-pollCount, 1)
	if q.Poll.Seats > most {
		cells = (o.Votes*most + q.Poll.Seats - 1) / q.Poll.Seats
	}
	look := c.st.ahead
	if q.Revealed && !o.Right {
		look = c.st.dim
	}
	if cells == 0 {
		return []span{{"0", look}}
	}
	return []span{{strings.Repeat("█", min(cells, most)) + " ", look}, {fmt.Sprint(o.Votes), look}}
}
