package reconcile

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// server is the other side of the random histories: a log and a read model that
// lags behind it, in as few lines as it can be said.
type server struct {
	rnd      *rand.Rand
	strategy strategy.Strategy
	epoch    int
	log      []entry           // Sequence i+1 is log[i].
	refused  map[user.Ref]bool // Refused creates, whose dependents fall.
	outcomes map[user.Ref]protocol.Reply
	rows     map[string]protocol.Row
	ids      []string // Of rows, in the order they came.
	to       int      // Projected so far.
	rejected []protocol.Rejection
	changes  uint64   // Of the read model.
	at       []uint64 // The change of each rejection.

	folded  uint64 // Appends and rejections: the position in the log's fold.
	changed map[string]uint64
	told    []*protocol.Feed // Of the log's fold, not yet sent.
}

type entry struct {
	user.Command
	void    bool
	cascade string
}

func newServer(rnd *rand.Rand, s strategy.Strategy) *server {
	return &server{
		rnd: rnd, strategy: s, epoch: 1, changed: map[string]uint64{}, refused: map[user.Ref]bool{},
		outcomes: map[user.Ref]protocol.Reply{}, rows: map[string]protocol.Row{},
	}
}

func (s *server) name() string { return fmt.Sprintf("e%d", s.epoch) }

// command answers c, as the strategy says.
func (s *server) command(c user.Command) protocol.Reply {
	a := s.decide(c)
	switch {
	case a.Verdict == protocol.Confirmed && s.strategy.Write != strategy.EventFirst:
		row := s.rows[c.Record]
		a.Row = &row
	case a.Verdict == protocol.Accepted && s.strategy.Reply == strategy.WhenProjected:
		a = protocol.Reply{Command: c.Command, Verdict: protocol.Unknown, Epoch: a.Epoch}
	}
	return a
}

// decide decides c. A command that is known gets its outcome.
func (s *server) decide(c user.Command) protocol.Reply {
	if a, ok := s.outcomes[c.Ref]; ok {
		return a
	}
	reply := protocol.Reply{Command: c.Command, Epoch: s.name()}
	if !c.Cause.IsZero() {
		cause, ok := s.outcomes[c.Cause]
		switch {
		case !ok:
			reply.Verdict = protocol.Retry
			return reply
		case s.refused[c.Cause]:
			return s.refuse(c, user.ErrCascade, cause.Command)
		}
	}
	var code user.Code
	if s.strategy.Validate != strategy.ByNothing && errors.As(user.Legal(s.state(c.Record, len(s.log)), c.Op), &code) {
		return s.refuse(c, code, "")
	}
	s.log = append(s.log, entry{Command: c})
	reply.Verdict, reply.Seq = protocol.Accepted, uint64(len(s.log))
	if s.strategy.Write != strategy.EventFirst {
		reply.Verdict, reply.Seq = protocol.Confirmed, 0
		s.put(s.row(c, len(s.log), 0))
	}
	s.outcomes[c.Ref] = reply
	s.fold(c.Record)
	return reply
}

// fold tells what the log makes of record.
func (s *server) fold(record string) {
	s.folded++
	s.changed[record] = s.folded
	s.told = append(s.told, &protocol.Feed{
		Epoch: s.name(), From: s.folded - 1, To: s.folded, Change: s.folded, Log: true,
		Rows: []protocol.Row{s.logRow(record)},
	})
}

// logRow is record as the log makes it.
func (s *server) logRow(record string) protocol.Row {
	row := protocol.Row{ID: record, Change: s.changed[record], Deleted: true}
	for i, e := range s.log {
		if e.Record == record && !e.void && user.Legal(s.state(record, i), e.Op) == nil {
			change := row.Change
			row = s.row(e.Command, i+1, uint64(i+1))
			row.Change = change
		}
	}
	return row
}

// row is the record of c as the log makes it up to end, which c is the last of.
func (s *server) row(c user.Command, end int, seq uint64) protocol.Row {
	st := s.state(c.Record, end)
	return protocol.Row{
		ID: c.Record, Name: st.Name, Email: st.Email, Version: st.Version, Seq: seq,
		Deleted: !st.Exists, By: c.Client, Command: c.Command,
	}
}

// put writes a row.
func (s *server) put(row protocol.Row) protocol.Row {
	if _, ok := s.rows[row.ID]; !ok {
		s.ids = append(s.ids, row.ID)
	}
	s.changes++
	row.Change = s.changes
	s.rows[row.ID] = row
	return row
}

func (s *server) refuse(c user.Command, code user.Code, root string) protocol.Reply {
	reply := protocol.Reply{Command: c.Command, Verdict: protocol.Refused, Code: code, Root: root, Epoch: s.name()}
	s.outcomes[c.Ref] = reply
	s.refused[c.Ref] = c.Op == user.Create || code == user.ErrCascade
	return reply
}

// state folds the log up to some entry.
func (s *server) state(record string, end int) user.State {
	var st user.State
	for i, e := range s.log[:end] {
		if e.Record == record && !e.void && user.Legal(st, e.Op) == nil {
			st = user.Evolve(st, user.Change{Seq: uint64(i + 1), Client: e.Client, Op: e.Op, Patch: e.Patch})
		}
	}
	return st
}

// project takes some events into the rows and returns the feed's message. Now
// and then an event fails for good.
func (s *server) project(count int) *protocol.Feed {
	f := &protocol.Feed{Epoch: s.name(), From: uint64(s.to)}
	for ; count > 0 && s.to < len(s.log); count-- {
		s.apply(f)
		s.to++
	}
	f.To, f.Change = uint64(s.to), s.changes
	return f
}

func (s *server) apply(f *protocol.Feed) {
	e := &s.log[s.to]
	seq := uint64(s.to + 1)
	a := s.outcomes[e.Ref]
	if s.strategy.Write != strategy.EventFirst {
		a.Seq = seq
		s.outcomes[e.Ref] = a
		row := s.rows[e.Record]
		if row.Command == e.Command.Command && row.By == e.Client {
			row.Seq = seq
		}
		s.say(f, s.put(row))
		return
	}
	root := s.rootOf(e)
	if root != "" || user.Legal(s.state(e.Record, s.to), e.Op) != nil || s.rnd.IntN(5) == 0 {
		s.reject(f, e, a, root)
		return
	}
	a.Verdict = protocol.Confirmed
	s.outcomes[e.Ref] = a
	s.say(f, s.put(s.row(e.Command, s.to+1, seq)))
}

// say puts row into f in the place of an older one.
func (s *server) say(f *protocol.Feed, row protocol.Row) {
	f.Rows = slices.DeleteFunc(f.Rows, func(old protocol.Row) bool { return old.ID == row.ID })
	f.Rows = append(f.Rows, row)
}

// reject gives e up for good.
func (s *server) reject(f *protocol.Feed, e *entry, a protocol.Reply, root string) {
	e.void, e.cascade = true, root
	code := user.ErrProjectionFailed
	if root != "" {
		code = user.ErrCascade
	}
	s.refused[e.Ref] = e.Op == user.Create || root != ""
	x := protocol.Rejection{Client: e.Client, Command: e.Command.Command, Record: e.Record, Seq: a.Seq, Code: code, Root: root}
	s.changes++
	f.Rejected, s.rejected, s.at = append(f.Rejected, x), append(s.rejected, x), append(s.at, s.changes)
	a.Verdict, a.Code, a.Root = protocol.RolledBack, code, root
	s.outcomes[e.Ref] = a
	s.fold(e.Record)
}

// rootOf returns the rejected create that e was typed on, through edits that
// were rejected or not.
func (s *server) rootOf(e *entry) string {
	for cause := e.Cause; !cause.IsZero(); {
		at := slices.IndexFunc(s.log, func(c entry) bool { return c.Ref == cause })
		if at < 0 {
			if s.refused[cause] {
				return cause.Command
			}
			return ""
		}
		c := s.log[at]
		if c.void && c.Op == user.Create {
			return c.Command.Command
		}
		cause = c.Cause
	}
	return ""
}

// sync answers a resync.
func (s *server) sync(epoch string, since uint64, log bool) *protocol.Sync {
	if log {
		return s.syncLog(epoch, since)
	}
	a := &protocol.Sync{Epoch: s.name(), Full: epoch != s.name(), To: uint64(s.to), Change: s.changes}
	for _, id := range s.ids {
		if row := s.rows[id]; a.Full || row.Change > since {
			a.Rows = append(a.Rows, row)
		}
	}
	for i, x := range s.rejected {
		if s.tells() && (a.Full || s.at[i] > since) {
			a.Rejected = append(a.Rejected, x)
		}
	}
	return a
}

// tells reports whether clients are told of rejections.
func (s *server) tells() bool { return s.strategy.Feedback == strategy.Push }

// syncLog answers a resync of the log's fold.
func (s *server) syncLog(epoch string, since uint64) *protocol.Sync {
	a := &protocol.Sync{Epoch: s.name(), Full: epoch != s.name(), To: s.folded, Change: s.folded, Log: true}
	for _, id := range records {
		if s.changed[id] > 0 && (a.Full || s.changed[id] > since) {
			a.Rows = append(a.Rows, s.logRow(id))
		}
	}
	return a
}

// lose is a power cut: the log's unprojected end is gone, its sequences will
// mean something else, and another build of the read model takes over.
func (s *server) lose() {
	if s.strategy.Write != strategy.EventFirst {
		return // The rows are there, and with them the fates.
	}
	for _, e := range s.log[s.to:] {
		delete(s.outcomes, e.Ref)
	}
	s.log = s.log[:s.to]
	s.epoch++
	for ref, a := range s.outcomes { // Each answer alone: the order does not matter.
		a.Epoch = s.name()
		s.outcomes[ref] = a
	}
}
