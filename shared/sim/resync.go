package sim

import (
	"cmp"
	"fmt"
	"slices"

	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

// resync answers what a client asks at the moment it asks. A client that cannot
// be reached learns that nobody answered.
func (w *World) resync(c *client, e *reconcile.Effect) {
	if !w.online(c) {
		c.effects = c.replica.Step(reconcile.Input{Kind: reconcile.SyncFailed, At: w.now}, c.effects)
		return
	}
	w.reach.Server = true
	p := parcel{resync: true}
	if e.Log {
		p.sync = w.logSync()
	} else {
		p.sync = w.rowSync(e.Epoch, e.Since)
	}
	c.parcels = append(c.parcels, p)
}

// rowSync returns what changed in the read model since a change number.
func (w *World) rowSync(epoch string, since uint64) protocol.Sync {
	rows := &w.server.rows
	full := epoch != Epoch
	if full {
		since = 0
	}
	all := len(rows.Records()) + len(rows.Fates()) + 1
	return rows.Since(since, all).Sync(Epoch, full)
}

// logSync returns every record as the log makes it.
func (w *World) logSync() protocol.Sync {
	core := w.server.core
	at := core.LogPosition()
	s := protocol.Sync{Epoch: Epoch, Full: true, Log: true, To: at, Change: at, Next: at}
	add := func(rec projection.Record) {
		if rec.Version == 0 {
			return
		}
		row := projection.RowOf(rec)
		row.Change = max(at, rec.Last)
		s.Rows = append(s.Rows, row)
	}
	ahead := core.AheadRecords()
	for _, rec := range w.server.rows.Records() {
		if !slices.Contains(ahead, rec.ID) {
			add(rec)
		}
	}
	for _, id := range ahead {
		rec, _, found, err := core.Ahead(id)
		if err != nil {
			panic(fmt.Sprintf("sim: what the log makes of %s: %v", id, err))
		}
		if found {
			add(rec)
		}
	}
	slices.SortFunc(s.Rows, func(a, b protocol.Row) int { return cmp.Compare(a.ID, b.ID) })
	return s
}
