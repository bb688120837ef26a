package projection

import "optimist/shared/protocol"

// Page is a part of what changed in a Store, in the order of change numbers,
// which rows and rejections share.
type Page struct {
	Rows     []protocol.Row // Tombstones too, marks not.
	Rejected []protocol.Rejection
	Next     uint64 // The change number to go on after.
	More     bool   // There is another page.
	To       uint64 // The checkpoint of the moment the page was read,
	Change   uint64 // and the last change number given by then.
}

// Merge fills the page with the first limit of both lists by change number. One
// more than that in a list shows that there is another page. It is called once,
// on a page with To and Change.
func (p *Page) Merge(records []Record, fates []Fate, limit int) {
	for range limit {
		switch {
		case len(records) > 0 && (len(fates) == 0 || records[0].Change < fates[0].Change):
			p.Rows, p.Next = append(p.Rows, RowOf(records[0])), records[0].Change
			records = records[1:]
		case len(fates) > 0:
			p.Rejected, p.Next = append(p.Rejected, RejectionOf(fates[0])), fates[0].Change
			fates = fates[1:]
		}
	}
	p.More = len(records)+len(fates) > 0
	if !p.More {
		p.Next = max(p.Next, p.Change)
	}
}

// Sync returns the page as it answers a client that is in the epoch.
func (p Page) Sync(epoch string, full bool) protocol.Sync {
	return protocol.Sync{
		Epoch: epoch, Full: full, To: p.To, Change: p.Change,
		Next: p.Next, More: p.More, Rows: p.Rows, Rejected: p.Rejected,
	}
}

// RowOf returns what clients are told of a record.
func RowOf(r Record) protocol.Row {
	return protocol.Row{
		ID: r.ID, Name: r.Name, Email: r.Email, Version: r.Version,
		Seq: r.Seq, Born: r.Born, Deleted: !r.Exists,
		By: r.Changed.Client, Command: r.Changed.Command, Change: r.Change,
	}
}

// RejectionOf returns what clients are told of a rejection.
func RejectionOf(f Fate) protocol.Rejection {
	r := protocol.Rejection{
		Client: f.Client, Command: f.Command, Record: f.Record,
		Seq: f.Seq, Code: f.Code, Why: f.Why,
	}
	if f.Root != f.Ref {
		r.Root = f.Root.Command
	}
	return r
}
