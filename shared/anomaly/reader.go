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

// reader reads what was appended.
type reader struct{ b string }

func (r *reader) byte() byte {
	b := r.b[0]
	r.b = r.b[1:]
	return b
}

func (r *reader) number() uint64 {
	if b := r.b[0]; b < 0x80 {
		r.b = r.b[1:]
		return uint64(b)
	}
	var n uint64
	for shift := 0; ; shift += 7 {
		b := r.byte()
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
}

func (r *reader) text() string {
	n := r.number()
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) place() int32 { return int32(r.number()) - 1 }

func (r *reader) patch() user.Patch {
	return user.Patch{Set: user.Fields(r.byte()), Name: r.text(), Email: r.text()}
}

// index reads an index into the space of one.
func (r *reader) index(into []int32) []int32 {
	into = into[:0]
	for range r.number() {
		into = append(into, int32(r.number()))
	}
	return into
}

// bits reads answers that were put into one byte.
func (r *reader) bits(yes ...*bool) {
	b := r.byte()
	for i, y := range yes {
		*y = b&(1<<i) != 0
	}
}
