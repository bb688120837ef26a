// Package witness judges an interactive session as it happens. It turns what
// one client sees (its person's acts, what it sends and hears, what it believes,
// the rows it takes, what its screen shows, the log as it is followed) into the
// facts of a trace, keeps the latest of each record as its timeline, and has
// them read by the same checker that judges scripts and simulated worlds.
//
// It tells only of what is certain for this client, and of records that its
// person changed in this session. What the client sees waits until the log has
// been heard as far as it refers to, so that a fact never stands before its
// cause. What only the server's inside could tell is left out; see certain.
//
// It does no I/O and keeps no clock, and what it remembers is bounded: beyond
// the limits it does not judge until nothing is pending, and then begins anew.
package witness

import (
	"optimist/shared/anomaly"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/strategy"
	"optimist/shared/trace"
)

// Limits of what is remembered, and waits in milliseconds.
const (
	MaxWatched = 256    // Records that are judged at a time.
	MaxJudged  = 16_384 // Facts, until the checker begins anew.
	MaxQueued  = 4_096  // Facts that wait for the log.
	MaxReels   = 256    // Records whose timeline is kept.
	MaxReel    = 96     // Facts of one timeline.

	LogWait    = 2_000  // The log is waited for so long; then the witness goes on without it, and does not judge.
	QuietAfter = 1_500  // Without news for this long, and everybody at one position, nothing moves any more.
	LostAfter  = 10_000 // A dual write whose event is not in the log by then will never be: it is appended once, or not at all.
)

// Session is what the witness looks at: a replica.
type Session interface {
	Mutation(id string) (reconcile.Mutation, bool)
	ViewInto(record string, v *reconcile.View) bool
	Position() reconcile.Position
	Pending() int
}

// Witness watches one client. It has one owner and is not safe for concurrent
// use.
type Witness struct {
	me      string
	session Session
	reads   strategy.Strategy // How the client reads.
	text    string            // The same, as it is written.

	now     int64
	begun   int64 // When the first fact was.
	last    int64 // When the last one was.
	step    int
	group   int    // Of the queue: what belongs to one step.
	queue   []fact // What the client saw and the log was not heard for yet.
	heard   []event.Event
	log     uint64 // The newest event that was taken.
	known   uint64 // The newest event that was heard.
	touched []string

	checker *anomaly.Checker // nil: it does not judge now.
	judged  int              // Facts that the checker read.
	watched map[string]*watch
	own     map[string]*intent
	open    int // Events of watched records of which the read model has not told.
	direct  int // Own changes that were written before the log had them.

	epoch string
	to    uint64
	calm  calm
	reels reels
	found []anomaly.Finding
	view  reconcile.View // Scratch.
}

// fact waits until the log has been heard up to need.
type fact struct {
	need  uint64
	group int
	at    int64
	event trace.Event
}

// New returns a witness of the client with that id, who reads by that strategy.
func New(client, text string, session Session) *Witness {
	w := &Witness{me: client, session: session, reels: newReels(), step: 1}
	w.begin(text)
	return w
}

// begin forgets what was judged and judges anew.
func (w *Witness) begin(text string) {
	w.text, w.reads = text, strategy.Of(text)
	w.checker, w.judged = anomaly.New(text), 0
	w.watched, w.own = map[string]*watch{}, map[string]*intent{}
	w.open, w.direct = 0, 0
}

// Follow says that the client reads by another strategy from now on: its rows
// are loaded anew.
func (w *Witness) Follow(text string) {
	if strategy.Of(text).Read != w.reads.Read || len(w.own) == 0 {
		w.release()
		w.begin(text)
		return
	}
	w.text, w.reads = text, strategy.Of(text)
}

// Lost says that the log that was heard has a gap, or is another one.
func (w *Witness) Lost() {
	w.release()
	w.checker, w.heard, w.log, w.known = nil, nil, 0, 0
}

// Hear takes the next event of the log.
func (w *Witness) Hear(e event.Event) {
	w.heard = append(w.heard, e)
	w.known = max(w.known, e.Seq)
}

// add notes a fact that refers to the log up to need.
func (w *Witness) add(need uint64, e trace.Event) {
	if e.Actor == "" {
		e.Actor = w.me
	}
	w.calm.stir(w.now)
	w.queue = append(w.queue, fact{need: need, group: w.group, at: w.now, event: e})
}

// Settle ends a step of the session: what its screens show now follows what was
// seen. It returns what became certain; the slice is good until the next call.
func (w *Witness) Settle(now int64) []anomaly.Finding {
	w.now, w.found = max(w.now, now), w.found[:0]
	w.draw()
	w.group++
	w.merge()
	if len(w.queue) > MaxQueued || len(w.queue) > 0 && w.now-w.queue[0].at >= LogWait {
		w.release()
		w.checker = nil
	}
	if w.judged >= MaxJudged || len(w.watched) > MaxWatched {
		w.checker = nil
	}
	if (w.checker == nil || len(w.own) > MaxWatched) && w.session.Pending() == 0 && len(w.queue) == 0 && w.direct == 0 {
		w.begin(w.text)
	}
	w.rest()
	return w.found
}

// merge takes what the client saw and the log in the order of their causes.
func (w *Witness) merge() {
	next := 0
	for {
		next += w.ready(next)
		if len(w.heard) == 0 {
			break
		}
		e := w.heard[0]
		w.heard = w.heard[1:]
		at := w.now
		if next < len(w.queue) {
			at = min(at, w.queue[next].at) // What waits for it came later than it.
		}
		w.happened(at, &e)
		w.log = max(w.log, e.Seq)
		w.endStep()
	}
	w.queue = w.queue[:copy(w.queue, w.queue[next:])]
	if len(w.heard) == 0 {
		w.heard = nil
	}
}

// ready takes the steps from the queue's place next on that need no more of the
// log, and returns how many facts they were.
func (w *Witness) ready(next int) int {
	first := next
	for next < len(w.queue) {
		end, need := next, uint64(0)
		for end < len(w.queue) && w.queue[end].group == w.queue[next].group {
			need = max(need, w.queue[end].need)
			end++
		}
		if need > w.log {
			break
		}
		w.takeAll(w.queue[next:end])
		next = end
	}
	return next - first
}

// takeAll takes the facts of one step.
func (w *Witness) takeAll(facts []fact) {
	for i := range facts {
		if e := &facts[i].event; e.Kind == trace.Based && w.watched[e.Record] != nil {
			w.watched[e.Record].taken = e.Value
		}
	}
	for i := range facts {
		w.saw(facts[i].at, facts[i].event)
	}
	w.endStep()
}

// release gives up waiting for the log.
func (w *Witness) release() {
	w.checker = nil
	w.takeAll(w.queue)
	w.queue = w.queue[:0]
}

// endStep has the checker judge what a step leaves behind.
func (w *Witness) endStep() {
	w.step++
	if w.checker != nil {
		w.judge(w.checker.Flush())
	}
}

// Told takes a status of the server.
func (w *Witness) Told(now int64, s protocol.Status) {
	w.now = max(w.now, now)
	w.calm.tell(w.now, s)
}
