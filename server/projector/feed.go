package projector

import "optimist/shared/fault"

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
	if !fits {
		p.heartbeat() // It tells the position that nobody else has.
		return
	}
	for range p.deliveries(target) {
		p.cfg.Publish(msg)
	}
}

// deliveries returns how often a message is sent, as the faults have it.
func (p *Projector) deliveries(t fault.Target) int {
	if p.cfg.Faults == nil || t.Kind == 0 {
		return 1
	}
	if _, struck := p.cfg.Faults.Strike(fault.FeedDrop, t); struck {
		return 0
	}
	if _, struck := p.cfg.Faults.Strike(fault.FeedRepeat, t); struck {
		return 2
	}
	return 1
}

// heartbeat tells the published position, so that a lost last message shows.
func (p *Projector) heartbeat() {
	if p.serving {
		p.cfg.Publish(p.feed.Heartbeat(p.epoch))
	}
}
