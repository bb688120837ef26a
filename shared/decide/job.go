package decide

import (
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// phase is where a job is. The zero phase is queued: others of its record are
// before it.
type phase uint8

const (
	queued    phase = iota
	appending       // Its events are on their way into the log.
	fetching        // What came in between is being read.
	writing         // Its row is being written.
	done            // It has ended; only its place in the list is left.
)

// job is a command on its way.
type job struct {
	id       uint64
	cmd      user.Command
	text     string // The strategy's.
	strategy strategy.Strategy
	at       int64  // When it came.
	next     uint64 // The job behind it in its lane; 0: none.

	phase    phase
	decided  uint8 // How often it was decided: each conflict decides again.
	appends  uint8 // How often its present event was published.
	answered bool  // Only its append is left: nobody waits for it.

	// The present decision: the event, and what changes in the claims of emails
	// with it.
	ev      event.Event
	expect  uint64
	release projection.Claim // The claim that ends with it; not Held: none.
	reserve EmailAfter       // The email that it claims; no Token: none.
	settled [3]doubt         // What the log was read for, the newest first: another claim's user, another row's, and the own.
}

// few is up to how many things a list is searched from end to end. With more of
// them an index is built, which copies do without.
const few = 16

// jobs is every job in the order of their ids. What has ended at the front is
// behind head.
type jobs struct {
	list  []job
	head  int
	live  int
	rows  int             // Of the live, those that write the row first.
	lanes map[string]lane // Only ever looked up; nil while there are few jobs.
}

// lane is one record's jobs in the order they came. The first is under way; the
// others wait for what becomes of it.
type lane struct {
	last uint64
	n    int
}

// find returns the job, or nil. The pointer holds until a job is added.
func (q *jobs) find(id uint64) *job {
	lo, hi := q.head, len(q.list)
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		if q.list[mid].id < id {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(q.list) || q.list[lo].id != id || q.list[lo].phase == done {
		return nil
	}
	return &q.list[lo]
}

// lane returns the lane of a record; the zero lane is empty.
func (q *jobs) lane(record string) lane {
	if q.lanes != nil {
		return q.lanes[record]
	}
	var l lane
	for i := q.head; i < len(q.list); i++ {
		if j := &q.list[i]; j.phase != done && j.cmd.Record == record {
			l.last, l.n = j.id, l.n+1
		}
	}
	return l
}

// add puts j at the end of its lane l and returns it.
func (q *jobs) add(j job, l lane) *job {
	if l.n > 0 {
		q.find(l.last).next = j.id
	}
	q.list = append(q.list, j)
	q.live++
	if j.strategy.Write != strategy.EventFirst {
		q.rows++
	}
	switch {
	case q.lanes != nil:
		q.lanes[j.cmd.Record] = lane{last: j.id, n: l.n + 1}
	case q.live > few:
		q.index()
	}
	return &q.list[len(q.list)-1]
}

// index builds the index of the lanes.
func (q *jobs) index() {
	q.lanes = make(map[string]lane)
	for i := q.head; i < len(q.list); i++ {
		if j := &q.list[i]; j.phase != done {
			q.lanes[j.cmd.Record] = lane{last: j.id, n: q.lanes[j.cmd.Record].n + 1}
		}
	}
}

// leave ends j, which is the first of its lane, and returns the id of the next;
// 0: none.
func (q *jobs) leave(j *job) (next uint64) {
	next = j.next
	if q.lanes != nil {
		if l := q.lanes[j.cmd.Record]; l.n > 1 {
			q.lanes[j.cmd.Record] = lane{last: l.last, n: l.n - 1}
		} else {
			delete(q.lanes, j.cmd.Record)
		}
	}
	if j.strategy.Write != strategy.EventFirst {
		q.rows--
	}
	*j = job{id: j.id, phase: done}
	q.live--
	q.shrink()
	return next
}

// shrink gives up the places of jobs that ended at the front.
func (q *jobs) shrink() {
	for q.head < len(q.list) && q.list[q.head].phase == done {
		q.head++
	}
	q.list, q.head = closeUp(q.list, q.head)
}

// closeUp gives up the places before head once they are the larger part of a
// queue: each is moved at most once for each that left.
func closeUp[T any](list []T, head int) ([]T, int) {
	switch {
	case head == len(list):
		return list[:0], 0
	case head > few && head > len(list)/2:
		n := copy(list, list[head:])
		clear(list[n:])
		return list[:n], 0
	}
	return list, head
}

// arrive puts a command into its record's lane.
func (c *Core) arrive(in Input) {
	l := c.jobs.lane(in.Command.Record)
	text := in.Strategy
	if text == "" {
		text = c.cfg.Strategy
	}
	j := job{id: in.Job, cmd: in.Command, text: text, strategy: strategy.Of(text), at: in.At}
	if l.n > MaxQueued {
		c.answer(&j, c.retry(j.cmd.Ref, crowded(j.cmd.Record)))
		return
	}
	id := c.jobs.add(j, l).id
	if l.n == 0 {
		c.advance(id)
	}
}

// advance starts a job, and those behind it in its lane while they end at once.
func (c *Core) advance(id uint64) {
	for id != 0 {
		j := c.jobs.find(id)
		if !c.begin(j) {
			return
		}
		id = c.jobs.leave(j)
	}
}

// leave ends a job and starts the next of its lane.
func (c *Core) leave(j *job) { c.advance(c.jobs.leave(j)) }

// giveUp ends a job without a verdict.
func (c *Core) giveUp(j *job, why string) {
	c.answer(j, c.retry(j.cmd.Ref, why))
	c.leave(j)
}
