package decide

import (
	"encoding/binary"

	"optimist/shared/event"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// CopyFrom makes c a copy of other, in the memory that c has. What the core
// works with stays c's own.
func (c *Core) CopyFrom(other *Core) {
	c.watermark, c.reader = other.watermark, other.reader
	c.tail.copyFrom(&other.tail)
	c.jobs.copyFrom(&other.jobs)
	c.waits, c.soonest = append(c.waits[:0], other.waits...), other.soonest
	c.relay.list = append(c.relay.list[:0], other.relay.list...)
}

// copyFrom copies the events; the indexes are built when they are needed.
func (t *tail) copyFrom(other *tail) {
	t.committed = other.committed
	t.list, t.head, t.first = append(t.list[:0], other.live()...), 0, other.first
	t.topics, t.commands = nil, nil
	if t.len() > few {
		t.index()
	}
}

// copyFrom copies the jobs that have not ended.
func (q *jobs) copyFrom(other *jobs) {
	q.list, q.head, q.live, q.rows, q.lanes = q.list[:0], 0, other.live, other.rows, nil
	for i := other.head; i < len(other.list); i++ {
		if other.list[i].phase != done {
			q.list = append(q.list, other.list[i])
		}
	}
	if q.live > few {
		q.index()
	}
}

// AppendBinary appends the core's canonical form at the time now: cores with
// equal forms do the same from here on. Times are relative to now. Of jobs only
// the order counts, not their numbers; when an event was decided decides
// nothing.
func (c *Core) AppendBinary(b []byte, now int64) []byte {
	return c.AppendNeeded(b, now, func(ev event.Event) event.Event { return ev })
}

// AppendNeeded appends the form with what is needed of the events in the log:
// cores with equal ones do the same from here on, if in other words.
func (c *Core) AppendNeeded(b []byte, now int64, needed func(event.Event) event.Event) []byte {
	b = appendNumbers(b, c.watermark, c.tail.committed, flag(c.reader.on), c.reader.told)
	live := c.tail.live()
	b = appendNumbers(b, uint64(len(live)))
	for i := range live {
		ev := needed(live[i].ev)
		b = appendEvent(append(b, byte(flag(live[i].again))), &ev)
	}
	b = appendNumbers(b, uint64(c.jobs.live))
	for i := c.jobs.head; i < len(c.jobs.list); i++ {
		if j := &c.jobs.list[i]; j.phase != done {
			b = appendJob(b, j, now)
		}
	}
	b = appendNumbers(b, uint64(len(c.waits)))
	for i := range c.waits {
		w := &c.waits[i]
		b = appendTexts(appendNumbers(b, w.seq, uint64(w.until-now)), w.ref.Client, w.ref.Command)
	}
	b = appendNumbers(b, uint64(len(c.relay.list)))
	for i := range c.relay.list {
		p := &c.relay.list[i]
		b = appendEvent(appendNumbers(b, p.expect, uint64(p.tries), uint64(p.phase)), &p.ev)
	}
	return b
}

// appendJob writes a job. Its lane follows from the order of the jobs.
func appendJob(b []byte, j *job, now int64) []byte {
	b = append(b, byte(j.phase), j.decided, j.appends, byte(flag(j.answered)))
	b = appendCommand(b, &j.cmd)
	b = appendTexts(b, j.text)
	if j.strategy.Reply == strategy.WhenProjected {
		b = appendNumbers(b, uint64(j.at-now))
	}
	if j.phase == queued {
		return b
	}
	b = appendNumbers(b, j.expect, j.release.Seq, j.release.Last, j.reserve.After)
	b = appendTexts(b, j.release.Token, j.reserve.Token)
	for i := range j.settled {
		d := &j.settled[i]
		b = appendTexts(appendNumbers(b, d.claim.After, d.last), d.claim.Token, d.record)
	}
	return appendEvent(b, &j.ev)
}

func appendCommand(b []byte, c *user.Command) []byte {
	b = append(b, byte(c.Op), byte(c.Patch.Set))
	b = appendTexts(b, c.Client, c.Ref.Command, c.Record, c.Patch.Name, c.Patch.Email, c.Cause.Client, c.Cause.Command)
	return appendNumbers(b, c.Base)
}

func appendEvent(b []byte, ev *event.Event) []byte {
	b = append(b, byte(ev.Kind), byte(ev.Op), byte(ev.Patch.Set))
	b = appendNumbers(b, ev.Seq, ev.Base, ev.Version, ev.Target, ev.Build)
	return appendTexts(b, ev.Client, ev.Command, ev.Record, ev.Patch.Name, ev.Patch.Email,
		ev.Cause.Client, ev.Cause.Command, ev.Strategy, string(ev.Code), ev.Why, ev.Root.Client, ev.Root.Command, ev.Stream)
}

// appendTexts appends texts with their lengths, so that no two lists of them
// look alike.
func appendTexts(b []byte, texts ...string) []byte {
	for _, s := range texts {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	return b
}

func appendNumbers(b []byte, numbers ...uint64) []byte {
	for _, n := range numbers {
		b = binary.AppendUvarint(b, n)
	}
	return b
}

func flag(on bool) uint64 {
	if on {
		return 1
	}
	return 0
}
