package sim

import (
	"optimist/shared/reconcile"
)

// Beliefs is what a client believes of each of its intents, in the order they
// were made, also of those that its replica has forgotten. It is kept for
// whoever watches: nothing is decided by it. A live world keeps the same.
type Beliefs struct {
	intents []IntentState
}

// Known is what Beliefs asks a replica.
type Known interface {
	// Mutation returns the mutation of that id while it is pending or in the
	// tray.
	Mutation(id string) (reconcile.Mutation, bool)
}

// Intents returns what is believed. The slice is the Beliefs' own.
func (b *Beliefs) Intents() []IntentState { return b.intents }

// Take learns from a step's effects, and then looks up what else may have
// changed.
func (b *Beliefs) Take(effects []reconcile.Effect, known Known) {
	for i := range effects {
		switch e := &effects[i]; e.Kind {
		case reconcile.Store:
			b.learn(&e.Mutation)
		case reconcile.Settled:
			b.settle(&e.Mutation)
		default:
		}
	}
	b.look(known, nil)
}

// learn adds an intent that was not known.
func (b *Beliefs) learn(m *reconcile.Mutation) {
	if b.of(m.ID) == nil {
		b.intents = append(b.intents, IntentState{ID: m.ID, Record: m.Record, Op: m.Op, Phase: m.Phase, Cause: m.Cause})
	}
}

// settle notes that an intent was confirmed: the replica may forget it. It
// returns the intent, or nil if it is not known.
func (b *Beliefs) settle(m *reconcile.Mutation) *IntentState {
	s := b.of(m.ID)
	if s != nil {
		s.take(m)
		s.Phase = reconcile.Confirmed
	}
	return s
}

// look brings every intent that may still change up to date and calls changed,
// if given, for each whose fate did.
func (b *Beliefs) look(known Known, changed func(*IntentState)) {
	for i := range b.intents {
		s := &b.intents[i]
		if s.final() {
			continue
		}
		old := *s
		if m, ok := known.Mutation(s.ID); ok {
			s.take(&m)
		} else {
			s.gone()
		}
		old.Cause, old.Tray = s.Cause, s.Tray
		if changed != nil && *s != old {
			changed(s)
		}
	}
}

// of returns the belief of an intent, or nil.
func (b *Beliefs) of(id string) *IntentState {
	for i := len(b.intents) - 1; i >= 0; i-- {
		if b.intents[i].ID == id {
			return &b.intents[i]
		}
	}
	return nil
}

// final reports whether nothing can change about s any more.
func (s *IntentState) final() bool {
	return s.Withdrawn || s.Phase == reconcile.Confirmed || s.Phase == reconcile.RolledBack && !s.Tray
}

// take copies what m says.
func (s *IntentState) take(m *reconcile.Mutation) {
	s.Phase, s.Seq, s.Code, s.Why = m.Phase, m.Seq, m.Code, m.Why
	s.Cause, s.Root = m.Cause, m.Root
	s.Tray = m.Phase == reconcile.RolledBack
}

// gone notes that the replica knows no more of s: it was dismissed, merged into
// a retry, or taken back before it was sent.
func (s *IntentState) gone() {
	if s.Phase == reconcile.RolledBack {
		s.Tray = false
		return
	}
	s.Withdrawn = true
}
