package query

import (
	"context"
	"slices"

	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// list returns a page of the records in log or rows, in the order of ids, or the
// one that q names.
func (s *Service) list(ctx context.Context, q protocol.Query) (protocol.List, error) {
	if q.Record != "" {
		return s.one(ctx, q.Record)
	}
	rows, err := s.rows.List(q.After, q.Limit+1)
	if err != nil {
		return protocol.List{}, err
	}
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	for _, id := range s.tail.AheadRecords() {
		if at, found := slices.BinarySearch(ids, id); !found && id > q.After {
			ids = slices.Insert(ids, at, id)
		}
	}
	more := len(ids) > q.Limit
	ids = ids[:min(len(ids), q.Limit)]
	list := protocol.List{More: more}
	for _, id := range ids {
		rec, err := s.record(id)
		if err != nil {
			return protocol.List{}, err
		}
		list.Records = append(list.Records, rec)
	}
	return list, s.progress.Logged(ctx)
}

// one returns the record of that id, or nothing.
func (s *Service) one(ctx context.Context, id string) (protocol.List, error) {
	rec, err := s.record(id)
	if err != nil || rec.Last.Command == "" {
		return protocol.List{}, err
	}
	return protocol.List{Records: []protocol.Record{rec}}, s.progress.Logged(ctx)
}

// record returns what log and rows know of one record. The tail is read first:
// what it drops meanwhile is in the rows by then.
func (s *Service) record(id string) (protocol.Record, error) {
	ahead, newest, isAhead := s.tail.Ahead(id)
	row, _, err := s.rows.Record(id)
	if err != nil {
		return protocol.Record{}, err
	}
	rec := protocol.Record{ID: id, Settled: !isAhead, DB: living(row), Name: row.Name, Email: row.Email, Born: row.Born}
	if !isAhead {
		if rec.Log, err = s.inLog(row); err != nil {
			return rec, err
		}
		fate, found, err := s.newest(row)
		if err != nil || !found {
			return rec, err
		}
		rec.Last, err = s.tail.Outcome(fate.Ref)
		// Rows are committed before anybody is told what became of the command.
		rec.Settled = rec.Last.Verdict != protocol.Accepted
		return rec, err
	}
	rec.Log, rec.Born = living(ahead), ahead.Born
	if ahead.Exists {
		rec.Name, rec.Email = ahead.Name, ahead.Email
	}
	rec.Last, err = s.tail.Outcome(newest)
	return rec, err
}

// inLog returns the version that the log has of a record that it is not ahead
// with. It is that of the row, unless the row was written first and its event is
// still to come, or lost: then it is that of the newest event that was met.
func (s *Service) inLog(row projection.Record) (uint64, error) {
	if !row.Direct {
		return living(row), nil
	}
	if row.Newest == 0 {
		return 0, nil
	}
	fate, _, err := s.rows.FateAt(row.Newest)
	if fate.Status != projection.Applied || fate.Op == user.Delete {
		return 0, err
	}
	return fate.Version, err
}

// newest returns what became of the newest command on a record: one that was
// written before its event is known by its name alone.
func (s *Service) newest(row projection.Record) (projection.Fate, bool, error) {
	if row.Direct {
		return s.rows.Fate(row.Changed)
	}
	return s.rows.FateAt(row.Newest)
}

// living returns the version of a record that exists, else 0.
func living(r projection.Record) uint64 {
	if r.Exists {
		return r.Version
	}
	return 0
}
