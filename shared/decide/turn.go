package decide

import (
	"optimist/shared/event"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// Where some write rows first and others events, the rows and the log may take
// two changes in another order: then a rebuild makes other rows than there are.
// It matters for two changes of one user, and where one takes the email that the
// other takes or lets go. So the second of two such waits, by being sent again,
// until the first is in both.

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
// its way into the log. What email it has let go, the row does not tell any more.
func (c *Core) rowsAhead(cmd user.Command) bool {
	takes := setsEmail(cmd.Op, cmd.Patch)
	meets := func(ev *event.Event) bool {
		letsGo := ev.Kind == event.Deleted || ev.Kind == event.Edited && setsEmail(ev.Op, ev.Patch)
		return takes && (letsGo || setsEmail(ev.Op, ev.Patch) && user.EmailKey(ev.Patch.Email) == user.EmailKey(cmd.Patch.Email))
	}
	for i := range c.relay.list {
		if ev := &c.relay.list[i].ev; ev.Record == cmd.Record || meets(ev) {
			return true
		}
	}
	for i := c.jobs.head; c.jobs.rows > 0 && i < len(c.jobs.list); i++ {
		j := &c.jobs.list[i]
		if (j.phase == writing || j.phase == appending) && j.strategy.Write != strategy.EventFirst && meets(&j.ev) {
			return true
		}
	}
	return false
}

// eventsAhead reports whether an event came first that the row which cmd would
// write must not overtake.
func (c *Core) eventsAhead(cmd user.Command, b basis) bool {
	takes, letsGo := emailsOf(cmd, b)
	meets := func(ev *event.Event) bool {
		if !cameFirst(ev) || !setsEmail(ev.Op, ev.Patch) {
			return false
		}
		key := user.EmailKey(ev.Patch.Email)
		return key == takes || key == letsGo
	}
	live := c.tail.live()
	for i := 0; c.tail.first > 0 && i < len(live); i++ {
		ev := &live[i].ev
		if ev.Record == cmd.Record && ev.Seq > b.row.Last && cameFirst(ev) || meets(ev) {
			return true
		}
	}
	for i := c.jobs.head; c.jobs.rows < c.jobs.live && i < len(c.jobs.list); i++ {
		if j := &c.jobs.list[i]; j.phase == appending && meets(&j.ev) {
			return true
		}
	}
	return false
}

// emailsOf returns the keys of the email that cmd takes, and of the one that the
// row has and it lets go; "" for none.
func emailsOf(cmd user.Command, b basis) (takes, letsGo string) {
	if setsEmail(cmd.Op, cmd.Patch) {
		takes = user.EmailKey(cmd.Patch.Email)
	}
	if b.row.Exists && (takes != "" || cmd.Op == user.Delete) {
		letsGo = user.EmailKey(b.row.Email)
	}
	return takes, letsGo
}

// setsEmail reports whether a change gives its user an email.
func setsEmail(op user.Op, p user.Patch) bool { return op != user.Delete && p.Set.Has(user.FieldEmail) }

// cameFirst reports whether ev changes a user whose row comes after it.
func cameFirst(ev *event.Event) bool {
	return ev.Kind.Changes() && strategy.Of(ev.Strategy).Write == strategy.EventFirst
}
