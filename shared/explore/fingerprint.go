package explore

import (
	"encoding/binary"
	"math/bits"
)

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

// Fingerprint returns 64 bits that stand for b, never 0. It is the same in every
// run, so that results are.
func Fingerprint(b []byte) uint64 {
	h, n := uint64(mix0), uint64(len(b))
	for len(b) >= 16 {
		h = fold(binary.LittleEndian.Uint64(b)^mix1, binary.LittleEndian.Uint64(b[8:])^h)
		b = b[16:]
	}
	var last [16]byte
	copy(last[:], b)
	h = fold(binary.LittleEndian.Uint64(last[:])^mix1, binary.LittleEndian.Uint64(last[8:])^h)
	h = fold(h^mix2, n^mix1)
	return max(h, 1)
}

// Fold returns 64 bits that stand for h and then x, never 0.
func Fold(h, x uint64) uint64 { return max(fold(h^mix1, x^mix2), 1) }
