package reconcile

// CopyFrom makes r what other is, over a base of the same kind. It allocates
// nothing once r has been as large as other.
func (r *Replica) CopyFrom(other *Replica) {
	r.client = other.client
	r.base.CopyFrom(other.base)
	r.book.copyFrom(&other.book)
	r.open, r.trays, r.number = other.open, other.trays, other.number
	r.done = append(r.done[:0], other.done...)
	r.read, r.identity = other.read, other.identity
	r.online, r.syncing = other.online, other.syncing
	r.link.copyFrom(&other.link)
	r.logs.copyFrom(&other.logs)
	r.now, r.step = other.now, other.step
}
