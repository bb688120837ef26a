package sim

import (
	"optimist/shared/decide"
	"optimist/shared/reconcile"
)

// CopyFrom makes w what other is, in the memory that w has: nothing is shared
// that either of them changes. What w records into stays its own.
func (w *World) CopyFrom(other *World) {
	w.text, w.strategy = other.text, other.strategy
	w.now, w.step, w.reach = other.now, other.step, other.reach
	w.log = append(w.log[:0], other.log...)
	w.logForm, w.formed = append(w.logForm[:0], other.logForm...), other.formed
	w.plan.CopyFrom(&other.plan)
	w.server.copyFrom(&other.server, w.coreConfig())
	for len(w.clients) < len(other.clients) {
		w.clients = append(w.clients, &client{})
	}
	w.clients = w.clients[:len(other.clients)]
	for i, c := range w.clients {
		c.copyFrom(other.clients[i])
		switch {
		case other.trace != nil:
			c.rendered = append(c.rendered[:0], other.clients[i].rendered...)
		case w.trace != nil:
			c.rendered = c.screen(c.rendered[:0])
		}
	}
}

func (c *client) copyFrom(other *client) {
	c.copyProgram(other)
	c.outbox = append(c.outbox[:0], other.outbox...)
	c.cut = other.cut
	c.commands = append(c.commands[:0], other.commands...)
	c.replies = append(c.replies[:0], other.replies...)
	c.parcels = append(c.parcels[:0], other.parcels...)
}

// copyProgram copies all but its outbox, what is on its way and whether it is cut
// off.
func (c *client) copyProgram(other *client) {
	c.name, c.place, c.down, c.life = other.name, other.place, other.down, other.life
	if c.replica == nil {
		c.replica = reconcile.New(c.name, &c.base)
	}
	c.replica.CopyFrom(other.replica)
	c.form.copyFrom(&other.form)
	c.stirred = other.stirred
	c.beliefs.intents = append(c.beliefs.intents[:0], other.beliefs.intents...)
}

// copyFrom makes s what other is; a core that it lacks works with cfg.
func (s *server) copyFrom(other *server, cfg decide.Config) {
	s.rowsForm.copyFrom(&other.rowsForm)
	s.form.copyFrom(&other.form)
	s.rows.CopyFrom(&other.rows)
	s.outbox = append(s.outbox[:0], other.outbox...)
	s.down, s.lastJob, s.watermark, s.beat = other.down, other.lastJob, other.watermark, other.beat
	if s.core == nil {
		s.core = decide.New(cfg)
	}
	s.core.CopyFrom(other.core)
	s.jobs = append(s.jobs[:0], other.jobs...)
	s.appends = append(s.appends[:0], other.appends...)
	s.projector.copyFrom(&other.projector)
	s.debts.CopyFrom(&other.debts)
	s.feed.CopyFrom(&other.feed)
	s.late = append(s.late[:0], other.late...)
}

func (p *projector) copyFrom(other *projector) {
	failures := append(p.failures[:0], other.failures...)
	*p = *other
	p.failures = failures
}
