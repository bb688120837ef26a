package projector

import (
	"time"

	"optimist/shared/fault"
	"optimist/shared/protocol"
)

// publish sends everything since the last published position in one message,
// unless the log is owed a rejection.
func (p *Projector) publish() {
	if p.owed.Len() > 0 || p.feed.Empty() {
		return
	}
	msg, fits := p.feed.Message(p.epoch)
	target := p.feed.Target
	p.feed.Start(msg.To, msg.Change)
	p.watermark.Store(msg.To)
	p.cfg.Reached(msg.To)
	if !fits {
		p.heartbeat() // It tells the position that nobody else has.
		return
	}
	p.deliver(msg, target)
}

// deliver publishes msg as the faults have it.
func (p *Projector) deliver(msg protocol.Feed, t fault.Target) {
	strike := func(kind fault.Kind) (fault.Fault, bool) {
		if p.cfg.Faults == nil || t.Kind == 0 {
			return fault.Fault{}, false
		}
		return p.cfg.Faults.Strike(kind, t)
	}
	if _, struck := strike(fault.FeedDrop); struck {
		return
	}
	if _, struck := strike(fault.FeedRepeat); struck {
		p.cfg.Publish(msg)
		p.cfg.Publish(msg)
		return
	}
	if f, struck := strike(fault.FeedLate); struck {
		p.publishLater(time.Duration(f.Delay)*time.Millisecond, msg)
		return
	}
	p.cfg.Publish(msg)
}

// heartbeat tells the published position, so that a lost last message shows.
func (p *Projector) heartbeat() {
	if p.serving {
		p.cfg.Publish(p.feed.Heartbeat(p.epoch))
	}
}
