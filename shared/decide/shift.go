package decide

// Shift moves all that was or will be by so many milliseconds. Nothing else is
// changed by it: what counts is how long ago something was.
func (c *Core) Shift(by int64) {
	for i := range c.jobs.list {
		c.jobs.list[i].at += by
	}
	for i := range c.waits {
		c.waits[i].until += by
	}
	if len(c.waits) > 0 {
		c.soonest += by
	}
}
