// Package explore searches every schedule of a model, nearest first: all that
// can happen without a fault, then all with one, and so on. The first path to a
// finding is therefore one with the fewest faults, and among those a shortest.
//
// It is made of pure steps, so that whoever drives it brings the processors, the
// clock and the limits:
//
//	Search.Next ─→ a chunk of states whose successors are not known yet
//	Expander.Expand ─→ the chunk with its successors; many at once, each its own
//	Search.Merge ─→ what is new among them, chunk after chunk
//
// Expanders look at nothing but their chunks. So some are expanded while others are
// merged; only a layer's end is waited for. A chunk is merged when its turn comes,
// in the order of its states and their actions: the result does not depend on how
// many expand at once, nor on how large the chunks are.
//
// Steps are taken in groups, and all slots of the table that a chunk needs are
// touched before the first is read, so that the processor waits for memory once and
// not for each.
//
// Of a state it keeps a fingerprint of 64 bits of its words, its parent and the
// action from there. Two states with one fingerprint are taken for one;
// Collisions says how many such pairs are to be expected. Whole states are kept
// as words without pointers, side by side: those of a round until the next is over,
// which begins with a fault at each of them; of the last round two layers only.
package explore

// Action is one step of a model, in the model's own code.
type Action uint32

// Fault marks the actions that are faults: they are counted against the budget.
const Fault Action = 1 << 31

// IsFault reports whether the action is a fault.
func (a Action) IsFault() bool { return a&Fault != 0 }

// Marks is a set of what a model tells of a step, at most 64 things.
type Marks uint64

// State is a state in so many words as its model says. What they mean is the
// model's own, but that two states are the same if and only if their words are.
type State []uint32

// Model is what is searched. Each expander has a model of its own.
type Model interface {
	// Words returns of how many words a state consists.
	Words() int
	// Root makes s the state in which everything begins.
	Root(s State)
	// Actions appends what can happen in s, always in the same order: only faults, or
	// all but those.
	Actions(s State, faults bool, out []Action) []Action
	// Take takes steps, each for itself: they are given together so that what they
	// need of memory can be waited for together.
	Take(steps []Step)
}

// Step is one step of a model.
type Step struct {
	From   State
	Action Action

	To      State // Room for what From becomes.
	Marks   Marks // What there is to say of that.
	Happens bool  // False if the action cannot happen there after all.
}
