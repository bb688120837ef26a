package witness

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"optimist/shared/anomaly"
	"optimist/shared/protocol"
	"optimist/shared/trace"
)

// number writes a place of the log.
func number(seq uint64) string { return strconv.FormatUint(seq, 10) }

// saw takes one fact: into the timeline, and to the checker.
func (w *Witness) saw(at int64, e trace.Event) {
	if w.begun == 0 {
		w.begun = max(at, 1)
	}
	if e.Kind == trace.Published {
		w.published(at, e.Seq) // What it means to each record is all that matters here.
		return
	}
	at = max(at, w.last)
	w.last = at
	e.Step, e.At = w.step, max(at-w.begun, 0)
	w.remember(e)
	if w.checker != nil {
		w.judged++
		w.judge(w.checker.Step(e))
	}
}

// remember puts a fact into the timelines that it belongs to: one about the
// client's link into those of all records with something under way.
func (w *Witness) remember(e trace.Event) {
	if e.Kind != trace.Disconnected && e.Kind != trace.Reconnected {
		w.reels.add(e)
		return
	}
	for _, r := range w.inOrder() {
		if e.Record = r.id; len(r.mine) > 0 {
			w.reels.add(e)
		}
	}
}

// inOrder returns the watched records by id, so that equal sessions are told
// alike.
func (w *Witness) inOrder() []*watch {
	list := make([]*watch, 0, len(w.watched))
	for _, r := range w.watched {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b *watch) int { return cmp.Compare(a.id, b.id) })
	return list
}

// judge keeps the findings that are certain.
func (w *Witness) judge(found []anomaly.Finding) {
	for _, f := range found {
		if w.certain(&f) {
			f.Why = w.spoken(f.Why)
			w.reels.found(f)
			w.found = append(w.found, f)
		}
	}
}

// Left out are the kinds that a client cannot judge, and why.
var Left = map[string]string{
	"V7": "whether anything is left that could settle a change, only the server knows",
	"D3": "whether the database took an event twice, its rows do not tell",
	"D5": "in which order the database took events, its rows do not tell",
	"D9": "whether the projector will go on, only the server knows",
}

// certain reports whether this client can know of a finding. What rests on the
// log needs all of the record's log; what rests on the rows needs that each was
// told of.
func (w *Witness) certain(f *anomaly.Finding) bool {
	if Left[f.ID] != "" {
		return false
	}
	r := w.watched[f.Record]
	switch f.ID {
	case "V1", "V2", "V3", "V6", "D1", "D7":
		return r != nil && !r.partial && !r.foreign
	case "W2", "W3":
		return r != nil && !r.foreign
	case "D8": // On this screen; the database's own is not seen.
		return r != nil && !r.partial && !r.foreign && f.Client == w.me
	case "D6": // A row that the server says it wrote first.
		return f.Intent != ""
	}
	return true
}

// spoken puts a sentence to a client that is called you.
func (w *Witness) spoken(why string) string {
	if w.me != "you" {
		return why
	}
	return addressed.Replace(why)
}

var addressed = strings.NewReplacer("you's ", "your ", "you was ", "you were ", "you sees ", "you see ", "you had ", "you had ")

// calm knows whether anything moves.
type calm struct {
	news   int64 // When something happened last.
	told   bool  // The server has spoken since, and late enough.
	judged bool  // Nothing happened since the last quiet moment.
	status protocol.Status
}

// stir notes that something happened.
func (c *calm) stir(now int64) { c.news, c.told, c.judged = now, false, false }

// tell takes a status.
func (c *calm) tell(now int64, s protocol.Status) {
	if s.Log != c.status.Log || s.Projected != c.status.Projected || s.Projector != c.status.Projector {
		c.news = now
	}
	c.told, c.status = now-c.news >= QuietAfter, s
}

// rest has a quiet moment judged: nothing is pending, everybody is at one
// position, and the server has said so after a while without news.
func (w *Witness) rest() {
	c, p := &w.calm, w.session.Position()
	s := &c.status
	still := c.told && !c.judged && p.Online && !p.Syncing && w.session.Pending() == 0 && len(w.queue) == 0
	level := s.Projector == protocol.Running && s.Log == s.Projected && p.To == s.Log && w.log == s.Log
	if w.checker == nil || !still || !level || !w.lost() {
		return
	}
	c.judged = true
	w.judged++
	w.judge(w.checker.Step(trace.Event{Kind: trace.Quiet, Step: w.step, At: max(w.now-w.begun, 0)}))
	w.endStep()
}

// lost reports whether no event is still awaited of what was written to the rows
// first. An outbox sends its events for ever.
func (w *Witness) lost() bool {
	if w.direct == 0 {
		return true
	}
	for _, u := range w.own {
		if u.direct > 0 && (!u.once || w.now-u.direct < LostAfter) {
			return false
		}
	}
	return true
}
