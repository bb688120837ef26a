package protocol

import (
	"encoding/json"

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
