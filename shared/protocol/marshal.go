package protocol

import (
	"encoding/json"
	"strconv"

	"optimist/shared/event"
)

// Room for a message, in bytes, so that it seldom has to be moved to grow.
const (
	commandRoom = 256
	replyRoom   = 160
	feedRoom    = 128
	rowRoom     = 256
)

// Marshal returns the JSON of a message, byte for byte that of json.Marshal.
// What is sent for every change it writes itself, in a fraction of the time.
func Marshal(v any) ([]byte, error) {
	switch v := v.(type) {
	case Command:
		w := writer{make([]byte, 0, commandRoom)}
		w.command(&v)
		return w.out, nil
	case Commands:
		w := writer{make([]byte, 0, commandRoom*len(v))}
		list(&w, v, w.command)
		return w.out, nil
	case Replies:
		w := writer{make([]byte, 0, replyRoom*len(v))}
		list(&w, v, w.reply)
		return w.out, nil
	case Reply:
		w := writer{make([]byte, 0, replyRoom)}
		w.reply(&v)
		return w.out, nil
	case Feed:
		w := writer{make([]byte, 0, feedRoom+rowRoom*(len(v.Rows)+len(v.Rejected)))}
		w.feed(&v)
		return w.out, nil
	}
	return json.Marshal(v)
}

// writer appends JSON to out.
type writer struct{ out []byte }

func (w *writer) command(c *Command) {
	w.open()
	w.text("id", c.ID)
	w.text("record", c.Record)
	w.text("op", c.Op.String())
	if c.Name != nil {
		w.text("name", *c.Name)
	}
	if c.Email != nil {
		w.text("email", *c.Email)
	}
	w.textIfAny("cause", c.Cause)
	w.numberIfAny("base", c.Base)
	w.textIfAny("strategy", c.Strategy)
	w.close()
}

func (w *writer) reply(r *Reply) {
	w.open()
	w.text("command", r.Command)
	w.text("verdict", string(r.Verdict))
	w.numberIfAny("seq", r.Seq)
	w.numberIfAny("version", r.Version)
	w.textIfAny("epoch", r.Epoch)
	w.textIfAny("code", string(r.Code))
	w.textIfAny("why", r.Why)
	w.textIfAny("root", r.Root)
	if r.Row != nil {
		w.name("row")
		w.row(r.Row)
	}
	w.close()
}

func (w *writer) feed(f *Feed) {
	w.open()
	w.text("epoch", f.Epoch)
	w.number("from", f.From)
	w.number("to", f.To)
	w.number("change", f.Change)
	w.flagIfSet("log", f.Log)
	if len(f.Rows) > 0 {
		w.name("rows")
		list(w, f.Rows, w.row)
	}
	if len(f.Rejected) > 0 {
		w.name("rejected")
		list(w, f.Rejected, w.rejection)
	}
	w.close()
}

func (w *writer) row(r *Row) {
	w.open()
	w.text("id", r.ID)
	w.text("name", r.Name)
	w.text("email", r.Email)
	w.number("version", r.Version)
	w.number("seq", r.Seq)
	w.numberIfAny("born", r.Born)
	w.flagIfSet("deleted", r.Deleted)
	w.textIfAny("by", r.By)
	w.textIfAny("command", r.Command)
	w.numberIfAny("change", r.Change)
	w.close()
}

func (w *writer) rejection(r *Rejection) {
	w.open()
	w.text("client", r.Client)
	w.text("command", r.Command)
	w.text("record", r.Record)
	w.number("seq", r.Seq)
	w.text("code", string(r.Code))
	w.textIfAny("why", r.Why)
	w.textIfAny("root", r.Root)
	w.close()
}

// list writes items as an array; nil is null.
func list[T any](w *writer, items []T, write func(*T)) {
	if items == nil {
		w.out = append(w.out, "null"...)
		return
	}
	w.out = append(w.out, '[')
	for i := range items {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		write(&items[i])
	}
	w.out = append(w.out, ']')
}

func (w *writer) open() { w.out = append(w.out, '{') }

func (w *writer) close() { w.out = append(w.out, '}') }

// name begins a field.
func (w *writer) name(name string) {
	if w.out[len(w.out)-1] != '{' {
		w.out = append(w.out, ',')
	}
	w.out = append(w.out, '"')
	w.out = append(w.out, name...)
	w.out = append(w.out, '"', ':')
}

func (w *writer) text(name, text string) {
	w.name(name)
	w.out = event.AppendText(w.out, text)
}

func (w *writer) textIfAny(name, text string) {
	if text != "" {
		w.text(name, text)
	}
}

func (w *writer) number(name string, n uint64) {
	w.name(name)
	w.out = strconv.AppendUint(w.out, n, 10)
}

func (w *writer) numberIfAny(name string, n uint64) {
	if n != 0 {
		w.number(name, n)
	}
}

func (w *writer) flagIfSet(name string, set bool) {
	if set {
		w.name(name)
		w.out = append(w.out, "true"...)
	}
}
