package explore

import "math/bits"

// Odd constants with as many ones as zeros, as wyhash has them (Wang Yi, 2019).
const (
	mix0 = 0xa0761d6478bd642f
	mix1 = 0xe7037ed1a0b428db
	mix2 = 0x8ebc6af09c88c6e3
)

// fold multiplies to 128 bits and folds them.
func fold(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

// Fingerprint returns 64 bits that stand for the words of a state, never 0.
func Fingerprint(s State) uint64 {
	h, n := uint64(mix0), uint64(len(s))
	for len(s) >= 4 {
		h = fold(uint64(s[0])<<32|uint64(s[1])^mix1, uint64(s[2])<<32|uint64(s[3])^h)
		s = s[4:]
	}
	for _, word := range s {
		h = fold(uint64(word)^mix1, h^mix2)
	}
	return max(fold(h^mix2, n^mix1), 1)
}

// Fold returns 64 bits that stand for h and then x.
func Fold(h, x uint64) uint64 { return fold(h^mix1, x^mix2) }
