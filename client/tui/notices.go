package tui

import "optimist/client/view"

// notice is one message to the person.
type notice struct {
	at      int64
	mark    view.Mark
	text    string
	record  string     // Which it is about, "" for none.
	command string     // The rolled-back mutation it is about, "" for none.
	passes  bool       // It goes by itself, soon.
	fades   bool       // It goes by itself, once there was time to act on it.
	keys    []view.Key // What can be done about it.
	read    bool
}

// notices is every message there was, oldest first, and which were read. They
// never take the focus.
type notices struct {
	list   []notice
	open   bool
	offset int
}

// add keeps a new message.
func (n *notices) add(x notice) {
	if len(n.list) >= MaxNotices {
		n.list = append(n.list[:0], n.list[1:]...)
	}
	n.list = append(n.list, x)
}

// expire marks as read what goes by itself, and reports whether there was any.
func (n *notices) expire(now int64) bool {
	any := false
	for i := range n.list {
		x := &n.list[i]
		if !x.read && (x.passes && now-x.at >= ToastFor || x.fades && now-x.at >= AnomalyFor) {
			x.read, any = true, true
		}
	}
	return any
}

// acknowledge marks as read what was said of a mutation that is retried or
// dropped.
func (n *notices) acknowledge(command string) {
	for i := range n.list {
		if n.list[i].command == command {
			n.list[i].read = true
		}
	}
}

// dismiss marks the newest unread message as read, or returns false.
func (n *notices) dismiss() bool {
	for i := len(n.list) - 1; i >= 0; i-- {
		if !n.list[i].read {
			n.list[i].read = true
			return true
		}
	}
	return false
}

// readAll marks everything as read.
func (n *notices) readAll() {
	for i := range n.list {
		n.list[i].read = true
	}
}

// readMarked marks as read what has that mark.
func (n *notices) readMarked(mark view.Mark) {
	for i := range n.list {
		n.list[i].read = n.list[i].read || n.list[i].mark == mark
	}
}

// newest returns the newest unread message, or nil.
func (n *notices) newest() *notice {
	for i := len(n.list) - 1; i >= 0; i-- {
		if !n.list[i].read {
			return &n.list[i]
		}
	}
	return nil
}

// toast returns the newest unread message as it is drawn. Its keys act on the
// selected record in a pane of records, so elsewhere it offers only the way there.
func (n *notices) toast(selected string, records bool) *view.Toast {
	x := n.newest()
	if x == nil {
		return nil
	}
	here := x.record == selected && records
	unread := 0
	for i := range n.list {
		if !n.list[i].read {
			unread++
		}
	}
	keys := x.keys
	if x.record != "" && !here {
		keys = []view.Key{{Key: "o", Does: "go there"}}
	}
	return &view.Toast{Mark: x.mark, Text: x.text, Keys: keys, Index: 1, Total: unread}
}

// view returns the list, the newest first.
func (n *notices) view() *view.Notices {
	if !n.open {
		return nil
	}
	out := &view.Notices{Offset: n.offset}
	for i := len(n.list) - 1; i >= 0; i-- {
		x := n.list[i]
		out.Lines = append(out.Lines, view.Toast{Mark: x.mark, Text: x.text, Index: i + 1, Total: len(n.list)})
	}
	return out
}
