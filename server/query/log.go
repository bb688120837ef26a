package query

import (
	"context"
	"errors"

	"optimist/shared/projection"
	"optimist/shared/protocol"
)

// logPages is added to the change numbers by which the pages of the log's rows
// go on, so that they differ from a position that a client asks from first.
const logPages = 1 << 62

// errFarAhead says that what the log is ahead with does not fit into a message.
var errFarAhead = errors.New("the log is too far ahead of the rows to be listed; ask again later")

// syncLog returns a page of every record as the log makes it. What a feed of the
// log says after the position of the last page fits on to it: the position is
// read first, then the log's tail, then the rows, which have whatever the tail
// drops meanwhile.
func (s *Service) syncLog(ctx context.Context, q protocol.Query) (protocol.Sync, error) {
	since := q.Since - logPages
	full := q.Since < logPages || q.Epoch != s.progress.Epoch()
	if full {
		since = 0
		s.greet()
	}
	at := s.tail.Follow()
	ahead := s.tail.AheadRecords()
	page, err := s.rows.Since(since, q.Limit)
	if err != nil {
		return protocol.Sync{}, err
	}
	answer := protocol.Sync{
		Epoch: s.progress.Epoch(), Full: full, Log: true, To: at, Change: at, Next: logPages + page.Next, More: page.More,
	}
	for _, row := range page.Rows {
		if err := s.addLogRow(&answer, row.ID); err != nil {
			return protocol.Sync{}, err
		}
	}
	if !page.More {
		if err := s.addAhead(&answer, ahead); err != nil {
			return protocol.Sync{}, err
		}
	}
	return answer, s.progress.Logged(ctx)
}

// addAhead adds the records that the log is ahead with. They go out together,
// because nothing else would tell of one that the rows get meanwhile; so they
// have a page of their own if this one has no room.
func (s *Service) addAhead(answer *protocol.Sync, ids []string) error {
	rows := len(answer.Rows)
	for _, id := range ids {
		if err := s.addLogRow(answer, id); err != nil {
			return err
		}
	}
	size := 0
	for _, row := range answer.Rows {
		size += projection.RowSize(row)
	}
	switch {
	case len(ids) == 0 || size <= projection.FeedCap:
	case rows == 0:
		return errFarAhead
	default:
		answer.Rows, answer.More = answer.Rows[:rows], true
	}
	return nil
}

// addLogRow adds the record as the log makes it, if it ever was.
func (s *Service) addLogRow(answer *protocol.Sync, id string) error {
	rec, err := s.logged(id)
	if err != nil || rec.Version == 0 {
		return err
	}
	row := projection.RowOf(rec)
	row.Change = max(answer.To, rec.Last)
	answer.Rows = append(answer.Rows, row)
	return nil
}

// logged returns the record as the log makes it.
func (s *Service) logged(id string) (projection.Record, error) {
	if rec, _, isAhead := s.tail.Ahead(id); isAhead {
		return rec, nil
	}
	rec, _, err := s.rows.Record(id)
	return rec, err
}
