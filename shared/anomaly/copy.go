package anomaly

import "slices"

// CopyFrom makes c what other is, in the space that c has already. They share
// nothing that either changes.
func (c *Checker) CopyFrom(other *Checker) {
	kept := *c
	*c = *other
	c.names = append(kept.names[:0], other.names...)
	c.people = append(kept.people[:0], other.people...)
	c.intents = append(kept.intents[:0], other.intents...)
	c.stores = kept.stores
	c.stores.copyFrom(&other.stores)
	c.byScreen = append(kept.byScreen[:0], other.byScreen...)
	c.open = append(kept.open[:0], other.open...)
	c.dirty = append(kept.dirty[:0], other.dirty...)
	c.looked = append(kept.looked[:0], other.looked...)
	c.rows = append(kept.rows[:0], other.rows...)
	c.cascaded = append(kept.cascaded[:0], other.cascaded...)
	c.found = kept.found[:0]
	c.screens = appendScreens(kept.screens[:0], other.screens)
}

// copyFrom makes s what other is.
func (s *stores) copyFrom(other *stores) {
	s.sighted, s.cursor = other.sighted, other.cursor
	s.records = append(s.records[:0], other.records...)
	s.log = append(s.log[:0], other.log...)
	s.byIntent = append(s.byIntent[:0], other.byIntent...)
	s.byRecord = append(s.byRecord[:0], other.byRecord...)
	s.bySeq = append(s.bySeq[:0], other.bySeq...)
}

// appendScreens appends copies of screens, in the space that is there.
func appendScreens(to, from []screen) []screen {
	for i := range from {
		to = slices.Grow(to, 1)[:len(to)+1]
		s := &to[len(to)-1]
		shown := append(s.shown[:0], from[i].shown...)
		*s = from[i]
		s.shown = shown
	}
	return to
}
