package decide

import (
	"fmt"

	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
)

// reader is those that read the log instead of the rows.
type reader struct {
	on   bool
	told uint64 // They were told of every event up to here.
}

// follow begins to tell of what the log makes of records.
func (c *Core) follow() {
	if c.reader.on {
		return
	}
	c.reader = reader{on: true, told: c.tail.committed}
	live := c.tail.live()
	for i := 0; i < len(live) && live[i].ev.Seq == c.reader.told+1; i++ {
		c.reader.told++
	}
}

// LogPosition returns up to which event those that read the log were told of
// everything, once somebody follows.
func (c *Core) LogPosition() uint64 { return c.reader.told }

// tellReaders tells of the events that are known and come next. What is missing
// in between was appended by others, the projector's rejections say, and is
// waited for.
func (c *Core) tellReaders() {
	if !c.reader.on {
		return
	}
	for {
		at, found := c.tail.place(c.reader.told + 1)
		if !found {
			return
		}
		c.tellLog(c.tail.live()[at].ev)
	}
}

// tellUpTo tells of an event before it leaves the tail, or passes it by.
func (c *Core) tellUpTo(ev event.Event) {
	c.tellReaders()
	if c.reader.on && c.reader.told+1 == ev.Seq {
		c.tellLog(ev)
	}
}

// tellLog tells what the log makes of ev's record at ev.
func (c *Core) tellLog(ev event.Event) {
	feed := protocol.Feed{Epoch: c.cfg.Epoch, From: c.reader.told, To: ev.Seq, Change: ev.Seq, Log: true}
	c.reader.told = ev.Seq
	if ev.Kind.Changes() || ev.Kind == event.Rejected {
		b, err := c.read(ev.Record, ev.Seq)
		if err != nil {
			c.emit(Effect{Kind: Report, Err: fmt.Errorf("tell the log's %s: %w", ev.Record, err)})
			return // A gap, that everybody sees and asks about.
		}
		row := projection.RowOf(b.log)
		row.Change = ev.Seq
		feed.Rows = []protocol.Row{row}
	}
	c.emit(Effect{Kind: TellLog, Feed: feed})
}
