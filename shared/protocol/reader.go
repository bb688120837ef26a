package protocol

import (
	"slices"
	"unicode/utf8"
)

// reader reads JSON as writer writes it: without spaces, escapes and null, and
// with fields in their order. Anything else is odd.
type reader struct {
	data  []byte
	at    int
	odd   bool
	whole string // If not empty, data; texts are parts of it. It is kept as long as they are.
}

// finished reports whether everything was read and nothing was odd.
func (r *reader) finished() bool { return !r.odd && r.at == len(r.data) }

// object reads an object and calls value for each of its fields, which come in
// the order of names.
func (r *reader) object(names []string, value func(field int)) {
	r.expect('{')
	if r.skip('}') {
		return
	}
	for field := 0; !r.odd; field++ {
		name := r.quoted()
		r.expect(':')
		for field < len(names) && names[field] != string(name) {
			field++
		}
		if field == len(names) {
			r.odd = true
			return
		}
		value(field)
		if r.skip('}') {
			return
		}
		r.expect(',')
	}
}

// itemSize is about how many bytes the smallest item takes that is usual.
const itemSize = 112

// items reads an array.
func items[T any](r *reader, read func() T) []T {
	r.expect('[')
	if r.skip(']') {
		return []T{}
	}
	list := make([]T, 0, (len(r.data)-r.at)/itemSize+1)
	for !r.odd {
		list = append(list, read())
		if r.skip(']') {
			break
		}
		r.expect(',')
	}
	return list
}

// skip passes b by, if it is next.
func (r *reader) skip(b byte) bool {
	if r.at >= len(r.data) || r.data[r.at] != b {
		return false
	}
	r.at++
	return true
}

func (r *reader) expect(b byte) {
	if !r.skip(b) {
		r.odd = true
	}
}

func (r *reader) text() string {
	text := r.quoted()
	if r.whole != "" && !r.odd {
		return r.whole[r.at-1-len(text) : r.at-1]
	}
	return string(text)
}

// quoted reads a string and returns what is between its quotes.
func (r *reader) quoted() []byte {
	r.expect('"')
	start, ascii := r.at, true
	for ; r.at < len(r.data); r.at++ {
		switch b := r.data[r.at]; {
		case b == '"':
			text := r.data[start:r.at]
			r.at++
			r.odd = r.odd || !ascii && !utf8.Valid(text)
			return text
		case b == '\\', b < ' ':
			r.odd = true
			return nil
		case b >= utf8.RuneSelf:
			ascii = false
		}
	}
	r.odd = true
	return nil
}

// maxDigits is how many digits every number may have that fits 64 bits.
const maxDigits = 19

func (r *reader) number() (n uint64) {
	start := r.at
	for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		n = n*10 + uint64(r.data[r.at]-'0')
		r.at++
	}
	digits := r.at - start
	if digits == 0 || digits > maxDigits || digits > 1 && r.data[start] == '0' {
		r.odd = true
	}
	return n
}

// flag reads a flag that is set; others are not written.
func (r *reader) flag() bool {
	const set = "true"
	if !slices.Equal(r.data[r.at:min(r.at+len(set), len(r.data))], []byte(set)) {
		r.odd = true
		return false
	}
	r.at += len(set)
	return true
}
