package sim

import (
	"slices"

	"optimist/shared/decide"
)

// next returns when the server wants to look at the clock again, or never.
func (s *server) next(beats bool, now int64) int64 {
	if s.down {
		return never
	}
	at := int64(never)
	if s.projector.retrying != 0 {
		at = s.projector.retryAt
	}
	for i := range s.late {
		at = min(at, s.late[i].due)
	}
	for i := range s.appends {
		if due := s.appends[i].due; due > now {
			at = min(at, due)
		}
	}
	if t, ok := s.core.Next(); ok {
		at = min(at, t)
	}
	if beats {
		at = min(at, s.beat)
	}
	return at
}

// serverTimers lets every timer of the server strike that is due.
func (w *World) serverTimers() {
	s := &w.server
	if s.down {
		return
	}
	if s.projector.retrying != 0 && s.projector.retryAt <= w.now {
		w.tryAgain()
	}
	for len(s.late) > 0 {
		at := slices.IndexFunc(s.late, func(l late) bool { return l.due <= w.now })
		if at < 0 {
			break
		}
		w.broadcast(parcel{feed: s.late[at].feed})
		s.late = slices.Delete(s.late, at, at+1)
	}
	if t, ok := s.core.Next(); ok && t <= w.now {
		w.decide(decide.Input{Kind: decide.Ticked})
	}
	if s.beat <= w.now {
		s.beat = w.now + Heartbeat
		w.heartbeat()
	}
}

// heartbeat tells the position to the clients that have not read to there and
// have nothing on its way to them that would say more. To the others it says
// nothing.
func (w *World) heartbeat() {
	for _, c := range w.clients {
		if w.isBehind(c) {
			c.post(parcel{feed: w.server.feed.Heartbeat(Epoch)})
		}
	}
}

// isBehind reports whether a heartbeat would tell c something.
func (w *World) isBehind(c *client) bool {
	return w.online(c) && len(c.parcels) == 0 && c.replica.Position().To < w.server.watermark
}
