package command

import (
	"hash/maphash"
	"math/bits"
	"sync/atomic"

	"optimist/shared/event"
	"optimist/shared/user"
)

// Sizes of seen: 4 MiB, which holds two million names with 16 bits each. With
// more of them it is wrong more often, and what it saves grows less.
const (
	seenBits   = 1 << 25
	seenProbes = 4
)

// seen remembers which commands and records there are, in the log or in the
// read model, so that what is new need not be looked for: a Bloom filter
// (https://doi.org/10.1145/362686.362692). Without it every create would pay for
// two reads that find nothing, each after a commit that emptied the reader's
// page cache. It may take what is new for known, never the other way round, and
// takes everything for known until it is told that it is whole. It is safe for
// concurrent use.
type seen struct {
	seed  maphash.Seed
	words []atomic.Uint64
	whole atomic.Bool // It was shown everything.
}

func newSeen() *seen {
	return &seen{seed: maphash.MakeSeed(), words: make([]atomic.Uint64, seenBits/64)}
}

// command notes a command.
func (s *seen) command(ref user.Ref) { s.add(s.hash(ref)) }

// record notes a record, which is hashed like a command of nobody.
func (s *seen) record(id string) { s.add(s.hash(user.Ref{Command: id})) }

// note notes what ev is about.
func (s *seen) note(ev event.Event) {
	switch {
	case ev.Kind.Changes():
		s.command(ev.Ref)
		s.record(ev.Record)
	case ev.Kind == event.Refused:
		s.command(ev.Ref)
	case ev.Kind == event.Rejected:
		s.record(ev.Record)
	}
}

// mayCommand reports whether the command may be known.
func (s *seen) mayCommand(ref user.Ref) bool { return !s.whole.Load() || s.has(s.hash(ref)) }

// mayRecord reports whether the record may be known.
func (s *seen) mayRecord(id string) bool { return s.mayCommand(user.Ref{Command: id}) }

func (s *seen) hash(ref user.Ref) uint64 {
	client := maphash.String(s.seed, ref.Client)
	return bits.RotateLeft64(client, 1) ^ maphash.String(s.seed, ref.Command)
}

func (s *seen) add(hash uint64) {
	for i := range uint64(seenProbes) {
		word, bit := probeAt(hash, i)
		s.words[word].Or(bit)
	}
}

func (s *seen) has(hash uint64) bool {
	for i := range uint64(seenProbes) {
		if word, bit := probeAt(hash, i); s.words[word].Load()&bit == 0 {
			return false
		}
	}
	return true
}

// probeAt returns the word and the bit of a probe. The probes walk from one half
// of the hash in steps of the other (Kirsch and Mitzenmacher, 2006).
func probeAt(hash, probe uint64) (word int, bit uint64) {
	at := (hash>>32 + probe*(hash&(1<<32-1)|1)) % seenBits
	return int(at / 64), 1 << (at % 64)
}
