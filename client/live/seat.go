package live

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/nats-io/nats.go"

	"optimist/client/outbox"
	"optimist/client/remote"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/sim"
	"optimist/shared/user"
)

// seat is one person's program without its screen: an outbox on disk, a replica
// with its confirmed rows, and the remote between them and the server. It does
// nothing but answer, so that whoever asks decides the order of everything.
type seat struct {
	connect func(url string) func(...nats.Option) (*nats.Conn, error)

	strategy string
	now      int64
	box      *outbox.Outbox
	remote   *remote.Manual
	replica  *reconcile.Replica
	base     *reconcile.Tree
	ids      []string // Of every intent since the seat was opened,
	records  []string // and the records that those are about.

	effects []reconcile.Effect // Scratch.
	told    []reconcile.Effect // For the answer.
	refused refusal
}

// do carries one request out.
func (s *seat) do(ctx context.Context, req seatRequest) seatAnswer {
	s.now = max(s.now, req.Now)
	s.told, s.refused = nil, notRefused
	err := s.step(ctx, req)
	if err == nil && s.remote != nil {
		err = s.remote.Settle()
	}
	if err == nil && s.remote != nil && req.Do != seatReceive {
		// What was asked of the server has left this process by then.
		err = s.remote.Receive(ctx)
	}
	a := seatAnswer{}
	if s.remote != nil {
		a = s.answer()
	}
	if err != nil {
		a.Error = err.Error()
	}
	return a
}

// step does what is asked, up to what it leaves to be settled.
func (s *seat) step(ctx context.Context, req seatRequest) error {
	if s.remote == nil && req.Do != seatOpen {
		return errors.New("the seat is not open")
	}
	switch req.Do {
	case seatOpen:
		return s.open(ctx, req)
	case seatLink:
		return s.remote.Link(ctx, s.connect(req.URL))
	case seatUnlink:
		s.remote.Unlink()
	case seatAct:
		s.act(req.Act)
	case seatTick:
		s.remote.Tick()
	case seatReply:
		if !s.remote.LetAnswer() {
			return errors.New("no answer waits")
		}
	case seatFeed:
		if !s.remote.LetFeed() {
			return errors.New("no feed message waits")
		}
	case seatReceive:
		return s.remote.Receive(ctx)
	case seatClose:
		return s.close()
	default:
		return fmt.Errorf("unknown request %q", req.Do)
	}
	return nil
}

// open starts the program.
func (s *seat) open(ctx context.Context, req seatRequest) error {
	if s.remote != nil {
		return errors.New("the seat is open already")
	}
	box, err := outbox.Open(ctx, req.Dir, req.Client)
	if err != nil {
		return err
	}
	m, err := remote.NewManual(remote.Config{
		Client: req.Client, Outbox: box, Deliver: s.deliver, Now: func() int64 { return s.now },
	}, s.worth)
	if err != nil {
		return errors.Join(err, box.Close())
	}
	s.box, s.remote, s.base = box, m, reconcile.NewTree()
	s.replica = reconcile.New(req.Client, s.base)
	s.strategy = req.Strategy
	s.input(reconcile.Input{Kind: reconcile.Follow, Strategy: req.Strategy})
	return nil
}

// worth reports whether a feed message says anything. A heartbeat does not if its
// position is known, or if what waits before it will tell more.
func (s *seat) worth(f protocol.Feed) bool {
	return f.From != f.To || f.To > s.replica.Position().To && len(s.remote.Feeds()) == 0
}

// act does what a person does, if what they typed is valid, as a form has it.
func (s *seat) act(a act) {
	in := reconcile.Input{Kind: a.Kind, ID: a.ID, Record: a.Record, Op: a.Op, Patch: a.Patch, Strategy: s.strategy}
	if in.Kind == reconcile.Submit {
		ref := user.Ref{Client: s.replica.Client(), Command: in.ID}
		if user.Validate(user.Command{Ref: ref, Record: in.Record, Op: in.Op, Patch: in.Patch}) != nil {
			s.refused = notTyped
			return
		}
	}
	s.input(in)
}

// close ends the program as a person would.
func (s *seat) close() error {
	s.remote.Close()
	err := s.box.Close()
	s.remote, s.box = nil, nil
	return err
}

// deliver has the replica take everything in.
func (s *seat) deliver(b remote.Batch) {
	for _, in := range b.Inputs {
		s.input(in)
	}
}

// input has the replica take one input in, and hands on what it asks for.
func (s *seat) input(in reconcile.Input) {
	in.At = s.now
	if in.Kind == reconcile.Restore {
		s.learn(in.Mutation)
	}
	s.effects = s.replica.Step(in, s.effects[:0])
	for i := range s.effects {
		switch e := &s.effects[i]; e.Kind {
		case reconcile.Store:
			s.learn(&e.Mutation)
			s.told = append(s.told, *e)
		case reconcile.Settled:
			s.told = append(s.told, *e)
		case reconcile.Declined:
			s.refused = declined
		default:
		}
	}
	s.remote.Do(s.effects)
}

// learn remembers an intent.
func (s *seat) learn(m *reconcile.Mutation) {
	if !slices.Contains(s.ids, m.ID) {
		s.ids = append(s.ids, m.ID)
	}
	if !slices.Contains(s.records, m.Record) {
		s.records = append(s.records, m.Record)
	}
}

// answer says how everything is.
func (s *seat) answer() seatAnswer {
	a := seatAnswer{
		Asked: s.remote.Asked(), Refused: s.refused, To: s.replica.Position().To, Effects: s.told,
		Answers: parcels(s.remote.Answers()), Feeds: parcels(s.remote.Feeds()),
	}
	a.Next, a.Timed = s.replica.Next()
	for _, id := range s.ids {
		if m, ok := s.replica.Mutation(id); ok {
			a.Known = append(a.Known, m)
		}
	}
	a.Records = s.look()
	return a
}

// look returns every record that a screen would show, by id.
func (s *seat) look() []sim.RecordState {
	ids := slices.Clone(s.records)
	s.base.Scan(func(row protocol.Row) bool {
		ids = append(ids, row.ID)
		return true
	})
	slices.Sort(ids)
	var list []sim.RecordState
	for _, id := range slices.Compact(ids) {
		if v, shown := s.replica.View(id); shown {
			list = append(list, sim.RecordOf(&v))
		}
	}
	return list
}
