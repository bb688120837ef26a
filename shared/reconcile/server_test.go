package reconcile

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// server is the other side of the random histories: a log and a read model that
// lags behind it, in as few lines as it can be said.
type server struct {
	rnd      *rand.Rand
	epoch    int
	log      []entry           // Sequence i+1 is log[i].
	refused  map[user.Ref]bool // Refused creates, whose dependents fall.
	outcomes map[user.Ref]protocol.Reply
	rows     map[string]protocol.Row
	ids      []string // Of rows, in the order they came.
	to       int      // Projected so far.
	rejected []protocol.Rejection
}

type entry struct {
	user.Command
	void    bool
	cascade string
}

func newServer(rnd *rand.Rand) *server {
	return &server{
		rnd: rnd, epoch: 1, refused: map[user.Ref]bool{},
		outcomes: map[user.Ref]protocol.Reply{}, rows: map[string]protocol.Row{},
	}
}

func (s *server) name() string { return fmt.Sprintf("e%d", s.epoch) }

// command answers c. A command that is known gets its outcome.
func (s *server) command(c user.Command) protocol.Reply {
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
	if errors.As(user.Legal(s.state(c.Record, len(s.log)), c.Op), &code) {
		return s.refuse(c, code, "")
	}
	s.log = append(s.log, entry{Command: c})
	reply.Verdict, reply.Seq = protocol.Accepted, uint64(len(s.log))
	s.outcomes[c.Ref] = reply
	return reply
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
	f.To, f.Change = uint64(s.to), uint64(s.to)
	return f
}

func (s *server) apply(f *protocol.Feed) {
	e := &s.log[s.to]
	root := s.rootOf(e)
	fails := root != "" || user.Legal(s.state(e.Record, s.to), e.Op) != nil || s.rnd.IntN(5) == 0
	a := s.outcomes[e.Ref]
	if fails {
		e.void, e.cascade = true, root
		code := user.ErrProjectionFailed
		if root != "" {
			code = user.ErrCascade
		}
		s.refused[e.Ref] = e.Op == user.Create || root != ""
		x := protocol.Rejection{Client: e.Client, Command: e.Command.Command, Record: e.Record, Seq: a.Seq, Code: code, Root: root}
		f.Rejected, s.rejected = append(f.Rejected, x), append(s.rejected, x)
		a.Verdict, a.Code, a.Root = protocol.RolledBack, code, root
		s.outcomes[e.Ref] = a
		return
	}
	a.Verdict = protocol.Confirmed
	s.outcomes[e.Ref] = a
	st := s.state(e.Record, s.to+1)
	row := protocol.Row{
		ID: e.Record, Name: st.Name, Email: st.Email, Version: st.Version, Seq: a.Seq,
		Deleted: !st.Exists, By: e.Client, Command: e.Command.Command,
	}
	if _, ok := s.rows[row.ID]; !ok {
		s.ids = append(s.ids, row.ID)
	}
	s.rows[row.ID] = row
	f.Rows = slices.DeleteFunc(f.Rows, func(old protocol.Row) bool { return old.ID == row.ID })
	f.Rows = append(f.Rows, row)
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
func (s *server) sync(epoch string, since uint64) *protocol.Sync {
	a := &protocol.Sync{Epoch: s.name(), Full: epoch != s.name(), To: uint64(s.to), Change: uint64(s.to)}
	for _, id := range s.ids {
		if row := s.rows[id]; a.Full || row.Seq > since {
			a.Rows = append(a.Rows, row)
		}
	}
	for _, x := range s.rejected {
		if a.Full || x.Seq > since {
			a.Rejected = append(a.Rejected, x)
		}
	}
	return a
}

// lose is a power cut: the log's unprojected end is gone, its sequences will
// mean something else, and another build of the read model takes over.
func (s *server) lose() {
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
