package decide

import (
	"slices"

	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// wait is an answer that is kept back until the read model has published what
// became of the event at seq, or until a time.
type wait struct {
	job    uint64
	ref    user.Ref
	target fault.Target
	seq    uint64
	until  int64 // Milliseconds.
}

// settle answers a job with what became of its command, once its strategy wants
// it answered.
func (c *Core) settle(j *job, r protocol.Reply) {
	if j.strategy.Reply != strategy.WhenProjected || r.Verdict != protocol.Accepted {
		c.answer(j, r)
		return
	}
	w := wait{job: j.id, ref: j.cmd.Ref, target: targetOf(j.cmd), seq: r.Seq, until: j.at + WaitFor}
	at, _ := slices.BinarySearchFunc(c.waits, w, func(a, b wait) int {
		if a.seq < b.seq || a.seq == b.seq && a.job < b.job {
			return -1
		}
		return 1
	})
	c.waits = slices.Insert(c.waits, at, w)
	if len(c.waits) == 1 || w.until < c.soonest {
		c.soonest = w.until
	}
	j.answered = true
}

// answer answers a job, unless a fault loses the answer.
func (c *Core) answer(j *job, r protocol.Reply) {
	j.answered = true
	c.reply(j.id, j.cmd.Client, targetOf(j.cmd), r)
}

func (c *Core) reply(job uint64, client string, target fault.Target, r protocol.Reply) {
	_, drop := c.strike(fault.ReplyDrop, target)
	c.emit(Effect{Kind: Answer, Job: job, Client: client, Reply: r, Drop: drop})
}

// published notes how far the projector has told everybody, and gives the
// answers that waited for it.
func (c *Core) published(in Input) {
	c.watermark = max(c.watermark, in.To)
	c.tail.observe(c.watermark)
	n := 0
	for n < len(c.waits) && c.waits[n].seq <= c.watermark {
		w := c.waits[n]
		n++
		r, err := c.Outcome(w.ref)
		if err != nil {
			c.emit(Effect{Kind: Report, Job: w.job, Err: err})
			r = c.verdict(w.ref, protocol.Unknown)
			r.Why = "the read model could not be read"
		}
		c.reply(w.job, w.ref.Client, w.target, r)
	}
	c.waits = slices.Delete(c.waits, 0, n)
	if n > 0 {
		c.findSoonest()
	}
	if in.At != 0 {
		c.ticked(in.At)
	}
}

// ticked gives the answers that have waited long enough. Nobody knows what will
// become of their events; that they are in the log is no answer to what was
// asked.
func (c *Core) ticked(at int64) {
	if len(c.waits) == 0 || at < c.soonest {
		return
	}
	kept := c.waits[:0]
	for _, w := range c.waits {
		if w.until > at {
			kept = append(kept, w)
			continue
		}
		r := c.verdict(w.ref, protocol.Unknown)
		r.Why = waitedLong
		c.reply(w.job, w.ref.Client, w.target, r)
	}
	clear(c.waits[len(kept):])
	c.waits = kept
	c.findSoonest()
}

// findSoonest looks for the answer whose time comes first.
func (c *Core) findSoonest() {
	c.soonest = 0
	for i := range c.waits {
		if until := c.waits[i].until; i == 0 || until < c.soonest {
			c.soonest = until
		}
	}
}
