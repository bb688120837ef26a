package reconcile

import (
	"slices"

	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// naive is the replica by rule 8: it keeps everything that ever happened, and
// goes through all of it to know what one record shows. It has no lanes, no
// index, and nothing that is kept up to date.
type naive struct {
	typed   []*fate
	replies []protocol.Reply // Those whose sequence means something.
	said    []protocol.Rejection

	rules  strategy.Strategy
	rows   map[string]protocol.Row
	online bool
	db     reading
	log    reading
}

// reading is how far one source was read.
type reading struct {
	epoch   string
	to      uint64
	syncing bool
	early   []protocol.Feed
}

// fate is a mutation as it was typed, and what became of it.
type fate struct {
	Mutation
	stored, confirmed, fell, dropped bool
	inRow                            bool // The row here held it or something typed later: it is in there, or nowhere.
	unknown, passed                  bool // Confirmed before a restart, or taken for success in another epoch; Before is a row that a later one made.
	code                             user.Code
	trusted                          bool   // Taken for success, which it may not have had.
	over                             uint64 // Trusted: over the row until the position is here.
}

func (f *fate) pending() bool { return f.stored && !f.confirmed && !f.fell && !f.dropped }

func newNaive(rules strategy.Strategy) *naive {
	return &naive{rules: rules, rows: map[string]protocol.Row{}}
}

// source returns how far one source was read.
func (n *naive) source(log bool) *reading {
	if log {
		return &n.log
	}
	return &n.db
}

// readsLog reports whether rows are the log's.
func (n *naive) readsLog() bool { return n.rules.Read == strategy.FoldedLog }

// open reports whether the mutation of that id has no verdict.
func (n *naive) open(id string) bool {
	return slices.ContainsFunc(n.typed, func(f *fate) bool { return f.ID == id && !f.confirmed && !f.fell && !f.dropped })
}

// opens reports whether anything on record has no verdict.
func (n *naive) opens(record string) bool {
	return slices.ContainsFunc(n.typed, func(f *fate) bool {
		return f.Record == record && !f.confirmed && !f.fell && !f.dropped
	})
}

// see takes one input and what the replica wanted done about it. Of the effects
// it believes only what is a choice: what is stored, what is forgotten without
// a verdict, and when a resync begins.
func (n *naive) see(in Input, out []Effect) {
	switch in.Kind {
	case Stored:
		for _, f := range n.typed {
			f.stored = f.stored || f.ID == in.ID && !f.fell
		}
	case Connected:
		n.online = true
	case Disconnected:
		n.online, n.db.syncing, n.log.syncing = false, false, false
	case SyncFailed:
		n.db.syncing, n.log.syncing = false, false
	case Answered:
		n.answered(in.Reply)
	case Fed:
		n.fed(*in.Feed)
	case Synced:
		n.synced(in.Sync)
	case Restore, Submit, Retry, Undo, Dismiss, Tick, Follow:
	}
	n.decide()
	for _, e := range out {
		switch {
		case e.Kind == Store && e.Mutation.Phase == Writing && !n.has(e.ID):
			n.typed = append(n.typed, &fate{Mutation: e.Mutation})
		case e.Kind == Forget:
			for _, f := range n.typed {
				f.dropped = f.dropped || f.ID == e.ID && !f.confirmed
			}
		case e.Kind == Sync:
			n.source(e.Log).syncing = true
		}
	}
}

func (n *naive) has(id string) bool {
	return slices.ContainsFunc(n.typed, func(f *fate) bool { return f.ID == id })
}

func (n *naive) answered(a protocol.Reply) {
	switch a.Verdict {
	case protocol.Accepted, protocol.Confirmed:
		if a.Epoch == n.db.epoch {
			n.replies = append(n.replies, a)
			if a.Row != nil && n.open(a.Command) && !n.readsLog() {
				n.take(*a.Row)
				n.holds(func(f *fate) bool { return f.ID == a.Command })
			}
			n.look()
		}
	case protocol.Refused, protocol.RolledBack:
		n.said = append(n.said, protocol.Rejection{Client: "ann", Command: a.Command, Code: a.Code})
	case protocol.Retry, protocol.Unknown:
	}
}

func (n *naive) fed(f protocol.Feed) {
	p := n.source(f.Log)
	switch {
	case f.Log && !n.readsLog():
	case p.syncing || f.Epoch != p.epoch || f.From > p.to:
		p.early = append(p.early, f)
		p.syncing = p.syncing || n.online && !n.source(!f.Log).syncing // There is a gap.
	case f.To > p.to:
		n.apply(f.Log, f.To, f.Rows, f.Rejected)
	}
}

func (n *naive) apply(log bool, to uint64, rows []protocol.Row, rejected []protocol.Rejection) {
	if log == n.readsLog() {
		for _, row := range rows {
			n.take(row)
		}
		n.look()
	}
	if !log {
		n.said = append(n.said, rejected...)
	}
	p := n.source(log)
	p.to = max(p.to, to)
	n.decide()
}

func (n *naive) take(row protocol.Row) {
	if row.Change > n.rows[row.ID].Change {
		n.rows[row.ID] = row
	}
}

func (n *naive) synced(s *protocol.Sync) {
	p := n.source(s.Log)
	p.syncing = false
	was := p.to
	switch {
	case s.Full:
		p.epoch, p.to = s.Epoch, 0
		if s.Log == n.readsLog() {
			n.rows = map[string]protocol.Row{}
			n.lookAway()
		}
		if !s.Log {
			n.disown(func(f *fate) bool { return f.over <= was })
			n.forget()
		}
		n.apply(s.Log, s.To, s.Rows, s.Rejected)
		if !s.Log {
			n.disown(func(f *fate) bool { return true })
		}
	case s.Epoch == p.epoch:
		n.apply(s.Log, s.To, s.Rows, s.Rejected)
	}
	early := p.early
	p.early = nil
	for _, f := range early {
		if f.Epoch == p.epoch {
			n.fed(f)
		}
	}
}

// disown has nobody know any more of what was taken for success, if it fits. What
// is over a row still tells by the row of another epoch what came before it.
func (n *naive) disown(fits func(f *fate) bool) {
	for _, f := range n.typed {
		f.unknown = f.unknown || f.trusted && fits(f)
	}
}

// forget drops what another epoch said.
func (n *naive) forget() {
	n.replies = nil
	for _, f := range n.typed {
		f.over = 0
	}
}

// restart forgets what the outbox does not hold.
func (n *naive) restart() {
	n.rows, n.db, n.log, n.online = map[string]protocol.Row{}, reading{}, reading{}, false
	n.forget()
	n.lookAway()
	for _, f := range n.typed {
		f.unknown, f.inRow = f.confirmed, f.passed // The outbox has forgotten what is confirmed.
		f.dropped = f.dropped || !f.stored && !f.fell
	}
}

// decide finds every fate that can be told by now. A fate is for ever.
func (n *naive) decide() {
	for again := true; again; {
		again = false
		for _, f := range n.typed {
			if f.confirmed || f.fell || f.dropped {
				continue
			}
			f.fell = n.rejected(f)
			again = again || f.fell
		}
	}
	for _, f := range n.typed {
		if seq, _ := n.accepted(f); f.pending() && f.trusts && seq > n.db.to {
			f.confirmed, f.trusted, f.over = true, true, seq
		}
		if f.pending() && n.reached(f) {
			f.confirmed = true
			n.keep(f)
		}
	}
}

// rejected reports whether f was rejected, or was typed on a create that was.
func (n *naive) rejected(f *fate) bool {
	for _, x := range n.said {
		if f.stored && x.Client == "ann" && x.Command == f.ID {
			f.code = x.Code
			return true
		}
	}
	for id := f.Cause; f.cascades; {
		at := slices.IndexFunc(n.typed, func(c *fate) bool { return c.ID == id })
		if at < 0 {
			return false
		}
		c := n.typed[at]
		if !c.fell && !c.trusted {
			return false
		}
		if c.fell && (c.Op == user.Create || c.code == user.ErrCascade) {
			f.code = user.ErrCascade
			return true
		}
		id = c.Cause // Nobody knows what becomes of what was taken for success.
	}
	return false
}

// reached reports whether the read position is past f's event, and says enough;
// or whether the row was written first, and came along.
func (n *naive) reached(f *fate) bool {
	for _, a := range n.replies {
		if a.Command == f.ID && a.Row != nil {
			return true
		}
	}
	seq, known := n.accepted(f)
	return seq != 0 && seq <= n.db.to && (known || !f.polls)
}

func (n *naive) accepted(f *fate) (seq uint64, known bool) {
	for _, a := range n.replies {
		if a.Command == f.ID {
			seq, known = a.Seq, known || a.Verdict == protocol.Confirmed
		}
	}
	return seq, known
}
