package anomaly

// CopyFrom makes c what other is, in the space that c has already. They share
// nothing that either changes.
func (c *Checker) CopyFrom(other *Checker) {
	screens := c.screens[:cap(c.screens)]
	kept := *c
	*c = *other
	c.names = append(kept.names[:0], other.names...)
	c.people = append(kept.people[:0], other.people...)
	c.intents = append(kept.intents[:0], other.intents...)
	c.records = append(kept.records[:0], other.records...)
	c.log = append(kept.log[:0], other.log...)
	c.byIntent = append(kept.byIntent[:0], other.byIntent...)
	c.byRecord = append(kept.byRecord[:0], other.byRecord...)
	c.byScreen = append(kept.byScreen[:0], other.byScreen...)
	c.bySeq = append(kept.bySeq[:0], other.bySeq...)
	c.open = append(kept.open[:0], other.open...)
	c.dirty = append(kept.dirty[:0], other.dirty...)
	c.looked = append(kept.looked[:0], other.looked...)
	c.rows = append(kept.rows[:0], other.rows...)
	c.cascaded = append(kept.cascaded[:0], other.cascaded...)
	c.found = kept.found[:0]
	c.screens = copyScreens(screens, other.screens)
}

// copyScreens returns a copy of from in the space of into.
func copyScreens(into, from []screen) []screen {
	for i := range from {
		if i == len(into) {
			into = append(into, screen{})
		}
		shown := into[i].shown[:0]
		into[i] = from[i]
		into[i].shown = append(shown, from[i].shown...)
	}
	return into[:len(from)]
}
