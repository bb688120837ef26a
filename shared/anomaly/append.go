package anomaly

import (
	"encoding/binary"

	"optimist/shared/user"
)

func appendNumber(b []byte, n uint64) []byte {
	if n < 0x80 {
		return append(b, byte(n))
	}
	return binary.AppendUvarint(b, n)
}

func appendText(b []byte, s string) []byte { return append(appendNumber(b, uint64(len(s))), s...) }

// appendPlace appends an index, or none.
func appendPlace(b []byte, at int32) []byte { return appendNumber(b, uint64(at+1)) }

func appendIndex(b []byte, index []int32) []byte {
	b = appendNumber(b, uint64(len(index)))
	for _, at := range index {
		b = appendNumber(b, uint64(at))
	}
	return b
}

func appendPatch(b []byte, p user.Patch) []byte {
	return appendText(appendText(append(b, byte(p.Set)), p.Name), p.Email)
}
