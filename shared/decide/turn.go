package decide

import (
	"optimist/shared/event"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// Where some write rows first and others events, the rows and the log may take
// two changes in another order: then a rebuild makes other rows than there are.
// It matters for two changes of one user, and where one takes the email that the
// other lets go. So the second of two such waits, by being sent again, until the
// first is in both.

// outOfTurn says why a command must come again, or "".
func (c *Core) outOfTurn(s strategy.Strategy, cmd user.Command, b basis) string {
	switch {
	case s.Write != strategy.RowAndOutbox && c.rowsAhead(cmd):
		return rowsFirst
	case s.Write != strategy.EventFirst && c.eventsAhead(cmd, b):
		return eventsFirst
	}
	return ""
}

// rowsAhead reports whether a row was written first that cmd must not overtake on
// its way into the log. What emails it has let go, the row does not tell any more.
func (c *Core) rowsAhead(cmd user.Command) bool {
	takes := setsEmail(cmd.Op, cmd.Patch)
	for i := range c.relay.list {
		if ev := &c.relay.list[i].ev; ev.Record == cmd.Record || takes && mayLetGo(ev) {
			return true
		}
	}
	for i := c.jobs.head; takes && c.jobs.rows > 0 && i < len(c.jobs.list); i++ {
		j := &c.jobs.list[i]
		if (j.phase == writing || j.phase == appending) && j.strategy.Write != strategy.EventFirst && mayLetGo(&j.ev) {
			return true
		}
	}
	return false
}

// eventsAhead reports whether an event came first that the row which cmd would
// write must not overtake.
func (c *Core) eventsAhead(cmd user.Command, b basis) bool {
	c.fold.tail = c.tail.of(topic{id: cmd.Record}, c.fold.tail[:0])
	for _, ev := range c.fold.tail {
		if ev.Seq > b.row.Last && cameFirst(ev) {
			return true
		}
	}
	if !b.row.Exists || cmd.Op != user.Delete && !setsEmail(cmd.Op, cmd.Patch) {
		return false
	}
	takes := func(ev *event.Event) bool {
		return setsEmail(ev.Op, ev.Patch) && user.EmailKey(ev.Patch.Email) == user.EmailKey(b.row.Email) && cameFirst(ev)
	}
	live := c.tail.live()
	for i := range live {
		if takes(&live[i].ev) {
			return true
		}
	}
	for i := c.jobs.head; i < len(c.jobs.list); i++ {
		if j := &c.jobs.list[i]; j.phase == appending && takes(&j.ev) {
			return true
		}
	}
	return false
}

// setsEmail reports whether a change gives its user an email.
func setsEmail(op user.Op, p user.Patch) bool { return op != user.Delete && p.Set.Has(user.FieldEmail) }

// mayLetGo reports whether ev may have taken an email from its user.
func mayLetGo(ev *event.Event) bool {
	return ev.Kind == event.Deleted || ev.Kind == event.Edited && ev.Patch.Set.Has(user.FieldEmail)
}

// cameFirst reports whether ev changes a user whose row comes after it.
func cameFirst(ev *event.Event) bool {
	return ev.Kind.Changes() && strategy.Of(ev.Strategy).Write == strategy.EventFirst
}
