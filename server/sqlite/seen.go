package sqlite

import (
	"context"
	"hash/maphash"
	"math/bits"
	"sync/atomic"

	"optimist/shared/user"
)

// Sizes of seen: 4 MiB, which holds two million names with 16 bits each. A user
// has three. With more of them it is wrong more often, and what it saves grows
// less.
const (
	seenBits   = 1 << 25
	seenProbes = 4
)

// seen remembers which commands, records and emails the read model holds, or is
// about to, so that what is new need not be looked for: a Bloom filter
// (https://doi.org/10.1145/362686.362692). Without it every create would pay for
// three reads that find nothing, and for two more when it is decided, each after
// a commit that emptied the reader's page cache. It may take what is new for
// known, never the other way round, and takes everything for known until it is
// told that it is whole. It is safe for concurrent use.
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

// row notes a record and the key of its email, "" if it has none.
func (s *seen) row(id, email string) {
	s.record(id)
	if email != "" {
		s.email(email)
	}
}

// email notes the key of an email, which is hashed like a client that commands
// nothing.
func (s *seen) email(key string) { s.add(s.hash(user.Ref{Client: key})) }

// mayCommand reports whether the command may be known.
func (s *seen) mayCommand(ref user.Ref) bool { return !s.whole.Load() || s.has(s.hash(ref)) }

// mayRecord reports whether the record may be known.
func (s *seen) mayRecord(id string) bool { return s.mayCommand(user.Ref{Command: id}) }

// mayEmail reports whether somebody may have the email.
func (s *seen) mayEmail(key string) bool { return s.mayCommand(user.Ref{Client: key}) }

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

// probeAt returns the word and the bit of a probe. All probes of a name are in
// one line of the processor's cache, 512 bits, for it is the lines that cost
// (Putze, Sanders and Singler, 2007).
func probeAt(hash, probe uint64) (word int, bit uint64) {
	line, at := hash>>40%(seenBits/512), hash>>(9*probe)%512
	return int(line*8 + at/64), 1 << (at % 64)
}

// Learn reads which commands, records and emails the file holds, so that what is
// new is told from it without a look. Until it has, which takes a second for a
// million users, everything is looked for. Only whoever alone writes to the file
// may call it: what another process writes would be taken for new.
func (db *DB) Learn(ctx context.Context) error {
	if err := db.Names(ctx, db.seen.command, db.seen.row); err != nil {
		return err
	}
	db.seen.whole.Store(true)
	return nil
}
