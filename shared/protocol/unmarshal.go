package protocol

import (
	"encoding/json"
	"slices"
	"unicode/utf8"

	"optimist/shared/user"
)

// Unmarshal reads a message into v, which points to an empty one, as
// json.Unmarshal does. What comes for every change and looks as Marshal writes
// it, it reads itself, in a fraction of the time; whatever is the least unusual
// is left to encoding/json.
func Unmarshal(data []byte, v any) error {
	switch v := v.(type) {
	case *Command:
		r := reader{data: data, whole: string(data)}
		if c := r.command(); r.finished() {
			*v = c
			return nil
		}
	case *Commands:
		r := reader{data: data, whole: string(data)}
		if list := items(&r, r.command); r.finished() {
			*v = list
			return nil
		}
	case *Replies:
		r := reader{data: data, whole: string(data)}
		if list := items(&r, r.reply); r.finished() {
			*v = list
			return nil
		}
	case *Reply:
		r := reader{data: data, whole: string(data)}
		if a := r.reply(); r.finished() {
			*v = a
			return nil
		}
	case *Feed:
		r := reader{data: data}
		if f := r.feed(); r.finished() {
			*v = f
			return nil
		}
	}
	return json.Unmarshal(data, v)
}

// maxDigits is how many digits every number may have that fits 64 bits.
const maxDigits = 19

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

// Fields in the order in which they are written.
var (
	commandFields   = []string{"id", "record", "op", "name", "email", "cause", "base", "strategy"}
	replyFields     = []string{"command", "verdict", "seq", "version", "epoch", "code", "why", "root", "row"}
	feedFields      = []string{"epoch", "from", "to", "change", "log", "rows", "rejected"}
	rowFields       = []string{"id", "name", "email", "version", "seq", "born", "deleted", "by", "command", "change"}
	rejectionFields = []string{"client", "command", "record", "seq", "code", "why", "root"}
)

func (r *reader) command() (c Command) {
	r.object(commandFields, func(field int) {
		switch field {
		case 0:
			c.ID = r.text()
		case 1:
			c.Record = r.text()
		case 2:
			op, known := user.ParseOp(r.text())
			c.Op, r.odd = op, r.odd || !known
		case 3:
			name := r.text()
			c.Name = &name
		case 4:
			email := r.text()
			c.Email = &email
		case 5:
			c.Cause = r.text()
		case 6:
			c.Base = r.number()
		case 7:
			c.Strategy = r.text()
		}
	})
	return c
}

func (r *reader) reply() (a Reply) {
	r.object(replyFields, func(field int) {
		switch field {
		case 0:
			a.Command = r.text()
		case 1:
			a.Verdict = Verdict(r.text())
		case 2:
			a.Seq = r.number()
		case 3:
			a.Version = r.number()
		case 4:
			a.Epoch = r.text()
		case 5:
			a.Code = user.Code(r.text())
		case 6:
			a.Why = r.text()
		case 7:
			a.Root = r.text()
		case 8:
			row := r.row()
			a.Row = &row
		}
	})
	return a
}

func (r *reader) feed() (f Feed) {
	r.object(feedFields, func(field int) {
		switch field {
		case 0:
			f.Epoch = r.text()
		case 1:
			f.From = r.number()
		case 2:
			f.To = r.number()
		case 3:
			f.Change = r.number()
		case 4:
			f.Log = r.flag()
		case 5:
			f.Rows = items(r, r.row)
		case 6:
			f.Rejected = items(r, r.rejection)
		}
	})
	return f
}

func (r *reader) row() (row Row) {
	r.object(rowFields, func(field int) {
		switch field {
		case 0:
			row.ID = r.text()
		case 1:
			row.Name = r.text()
		case 2:
			row.Email = r.text()
		case 3:
			row.Version = r.number()
		case 4:
			row.Seq = r.number()
		case 5:
			row.Born = r.number()
		case 6:
			row.Deleted = r.flag()
		case 7:
			row.By = r.text()
		case 8:
			row.Command = r.text()
		case 9:
			row.Change = r.number()
		}
	})
	return row
}

func (r *reader) rejection() (x Rejection) {
	r.object(rejectionFields, func(field int) {
		switch field {
		case 0:
			x.Client = r.text()
		case 1:
			x.Command = r.text()
		case 2:
			x.Record = r.text()
		case 3:
			x.Seq = r.number()
		case 4:
			x.Code = user.Code(r.text())
		case 5:
			x.Why = r.text()
		case 6:
			x.Root = r.text()
		}
	})
	return x
}

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

// items reads an array.
func items[T any](r *reader, read func() T) []T {
	list := []T{}
	r.expect('[')
	if r.skip(']') {
		return list
	}
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
