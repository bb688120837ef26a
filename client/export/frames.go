package export

import (
	"slices"
	"strings"

	"optimist/shared/scenario"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// Frame is what everybody had after one step: the table of the interactive
// client, for every person at once.
type Frame struct {
	Step    int           `json:"step"`
	At      int64         `json:"at"`
	Line    int           `json:"line,omitempty"`
	Story   string        `json:"story,omitempty"`   // What was told last.
	Caption string        `json:"caption,omitempty"` // The script's line.
	Records []FrameRecord `json:"records"`
}

// FrameRecord is one record in a Frame.
type FrameRecord struct {
	Name string      `json:"name"` // What the script calls it.
	Seen []FrameSeen `json:"seen"` // One a client, in their order.
	Log  uint64      `json:"log"`  // Version; 0: none.
	DB   uint64      `json:"db"`
}

// FrameSeen is a record on one screen.
type FrameSeen struct {
	Mark    string `json:"mark,omitempty"` // Empty: it is not on the screen.
	Name    string `json:"name,omitempty"`
	Version uint64 `json:"version,omitempty"`
}

// Frames returns a frame for each step that has events.
func Frames(run Run) []Frame {
	r := reel{trace: run.Trace}
	var frames []Frame
	events := run.Trace.Events
	for i := range events {
		r.take(&events[i])
		if i+1 < len(events) && events[i+1].Step == events[i].Step {
			continue
		}
		f := Frame{Step: events[i].Step, At: events[i].At, Line: events[i].Line, Records: r.shot()}
		if f.Line > 0 && f.Line <= len(run.Script) {
			f.Story, f.Caption = told(run.Story, f.Line), run.Script[f.Line-1]
		}
		frames = append(frames, f)
	}
	return frames
}

// told is the last paragraph of narration up to a line of the script.
func told(story []scenario.Line, line int) string {
	var words []string
	goesOn := false
	for i := range story {
		l := &story[i]
		if l.Number > line {
			break
		}
		if l.Kind != scenario.Narration {
			goesOn = false
			continue
		}
		if !goesOn {
			words = words[:0]
		}
		words, goesOn = append(words, l.Text), true
	}
	return strings.Join(words, " ")
}

// reel follows a trace.
type reel struct {
	trace   *trace.Trace
	records []tracked
}

// tracked is one record as it stands.
type tracked struct {
	id     string
	seen   []FrameSeen
	events []trace.Event // Appended.
	void   []uint64
	db     uint64
}

// record returns the record with that id, which is made if need be.
func (r *reel) record(id string) *tracked {
	at := slices.IndexFunc(r.records, func(t tracked) bool { return t.id == id })
	if at < 0 {
		at = len(r.records)
		r.records = append(r.records, tracked{id: id, seen: make([]FrameSeen, len(r.trace.Clients))})
	}
	return &r.records[at]
}

// take notes what an event changes.
func (r *reel) take(ev *trace.Event) {
	switch ev.Kind {
	case trace.Rendered:
		if at := slices.Index(r.trace.Clients, ev.Client); at >= 0 {
			r.record(ev.Record).seen[at] = seenOf(ev)
		}
	case trace.Appended:
		t := r.record(ev.Record)
		t.events = append(t.events, *ev)
	case trace.Voided:
		for i := range r.records {
			r.records[i].void = append(r.records[i].void, ev.Target)
		}
	case trace.Committed, trace.Wrote:
		r.record(ev.Record).db = 0
		if ev.Value.Exists {
			r.record(ev.Record).db = ev.Value.Version
		}
	default:
	}
}

// seenOf is what a screen shows; nothing if the record is not there.
func seenOf(ev *trace.Event) FrameSeen {
	if !ev.Value.Exists && ev.Mark != trace.Failed {
		return FrameSeen{}
	}
	return FrameSeen{Mark: ev.Mark.String(), Name: ev.Value.Name, Version: ev.Value.Version}
}

// shot returns every record as it stands, in the order in which they appeared.
func (r *reel) shot() []FrameRecord {
	shot := make([]FrameRecord, len(r.records))
	for i, t := range r.records {
		shot[i] = FrameRecord{Name: r.trace.Called(t.id), Seen: slices.Clone(t.seen), Log: t.logged(), DB: t.db}
	}
	return shot
}

// logged is the record's version by the log.
func (t *tracked) logged() uint64 {
	var s user.State
	for _, ev := range t.events {
		if slices.Contains(t.void, ev.Seq) || user.Legal(s, ev.Op) != nil {
			continue
		}
		s = user.Evolve(s, user.Change{Seq: ev.Seq, Client: ev.Client, Op: ev.Op, Patch: ev.Patch})
	}
	if !s.Exists {
		return 0
	}
	return s.Version
}
