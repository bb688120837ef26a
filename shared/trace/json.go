package trace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// wireTrace is a Trace in JSON: one object.
type wireTrace struct {
	Title    string            `json:"title,omitempty"`
	Strategy string            `json:"strategy,omitempty"`
	Mode     string            `json:"mode,omitempty"`
	Clients  []string          `json:"clients,omitempty"`
	Names    []Alias           `json:"names,omitempty"`
	Events   []json.RawMessage `json:"events"`
}

// wireEvent is an Event in JSON: words instead of numbers, nothing that is
// empty, always in this order.
type wireEvent struct {
	Step     int        `json:"step,omitempty"`
	At       int64      `json:"at,omitempty"`
	Line     int        `json:"line,omitempty"`
	Kind     string     `json:"kind"`
	Actor    string     `json:"actor,omitempty"`
	Client   string     `json:"client,omitempty"`
	Intent   string     `json:"intent,omitempty"`
	Op       string     `json:"op,omitempty"`
	Record   string     `json:"record,omitempty"`
	Patch    *wirePatch `json:"patch,omitempty"`
	Cause    string     `json:"cause,omitempty"`
	Base     uint64     `json:"base,omitempty"`
	Attempt  int        `json:"attempt,omitempty"`
	Strategy string     `json:"strategy,omitempty"`
	Verdict  string     `json:"verdict,omitempty"`
	Looked   string     `json:"looked,omitempty"`
	Fate     string     `json:"fate,omitempty"`
	Code     string     `json:"code,omitempty"`
	Why      string     `json:"why,omitempty"`
	Root     string     `json:"root,omitempty"`
	Seq      uint64     `json:"seq,omitempty"`
	Target   uint64     `json:"target,omitempty"`
	Value    *Value     `json:"value,omitempty"`
	Mark     string     `json:"mark,omitempty"`
	Shown    []string   `json:"shown,omitempty"`
	Twin     bool       `json:"twin,omitempty"`
	Fault    string     `json:"fault,omitempty"`
	Stalled  bool       `json:"stalled,omitempty"`
}

// wirePatch is a user.Patch: a field that it does not set is left out.
type wirePatch struct {
	Name  *string `json:"name,omitempty"`
	Email *string `json:"email,omitempty"`
}

// MarshalJSON writes the event as a small object. It refuses what is not one.
func (e Event) MarshalJSON() ([]byte, error) {
	if _, ok := Kinds.parse(e.Kind.String()); !ok {
		return nil, fmt.Errorf("an event of %v", e.Kind)
	}
	w := wireEvent{
		Step: e.Step, At: e.At, Line: e.Line, Kind: e.Kind.String(), Actor: e.Actor,
		Client: e.Client, Intent: e.Intent, Op: word(e.Op), Record: e.Record,
		Cause: e.Cause, Base: e.Base, Attempt: e.Attempt, Strategy: e.Strategy,
		Verdict: string(e.Verdict), Looked: word(e.Looked), Fate: word(e.Fate),
		Code: string(e.Code), Why: e.Why, Root: e.Root, Seq: e.Seq, Target: e.Target,
		Mark: word(e.Mark), Shown: e.Shown, Twin: e.Twin, Fault: e.Fault, Stalled: e.Stalled,
	}
	if e.Patch.Set.Has(user.FieldName) {
		w.patch().Name = &e.Patch.Name
	}
	if e.Patch.Set.Has(user.FieldEmail) {
		w.patch().Email = &e.Patch.Email
	}
	if e.Value != (Value{}) {
		w.Value = &e.Value
	}
	return json.Marshal(w)
}

// patch returns w's patch, made if need be.
func (w *wireEvent) patch() *wirePatch {
	if w.Patch == nil {
		w.Patch = &wirePatch{}
	}
	return w.Patch
}

// UnmarshalJSON reads what MarshalJSON wrote. A field or a word that it does
// not know is an error that names the field.
func (e *Event) UnmarshalJSON(text []byte) error {
	var w wireEvent
	if err := strict(text, &w); err != nil {
		return err
	}
	p := reader{}
	*e = Event{
		Step: w.Step, At: w.At, Line: w.Line, Kind: read(&p, "kind", w.Kind, Kinds), Actor: w.Actor,
		Client: w.Client, Intent: w.Intent, Op: read(&p, "op", w.Op, ops), Record: w.Record,
		Cause: w.Cause, Base: w.Base, Attempt: w.Attempt, Strategy: w.Strategy,
		Verdict: read(&p, "verdict", w.Verdict, verdicts), Looked: read(&p, "looked", w.Looked, lookeds),
		Fate: read(&p, "fate", w.Fate, Fates),
		Code: read(&p, "code", w.Code, codes), Why: w.Why, Root: w.Root, Seq: w.Seq, Target: w.Target,
		Mark: read(&p, "mark", w.Mark, Marks), Twin: w.Twin, Fault: w.Fault, Stalled: w.Stalled,
	}
	if len(w.Shown) > 0 {
		e.Shown = w.Shown
	}
	if w.Kind == "" {
		p.err = errors.New("field kind: is missing")
	}
	if w.Value != nil {
		e.Value = *w.Value
	}
	if w.Patch != nil && w.Patch.Name != nil {
		e.Patch = user.SetName(*w.Patch.Name).Over(e.Patch)
	}
	if w.Patch != nil && w.Patch.Email != nil {
		e.Patch = user.SetEmail(*w.Patch.Email).Over(e.Patch)
	}
	return p.err
}

// MarshalJSON writes the trace as one object.
func (t Trace) MarshalJSON() ([]byte, error) {
	w := wireTrace{
		Title: t.Title, Strategy: t.Strategy, Mode: t.Mode, Clients: t.Clients, Names: t.Names,
		Events: make([]json.RawMessage, len(t.Events)),
	}
	for i := range t.Events {
		text, err := t.Events[i].MarshalJSON()
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", i+1, err)
		}
		w.Events[i] = text
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads what MarshalJSON wrote. An error names the event by its
// number, from 1, and the field.
func (t *Trace) UnmarshalJSON(text []byte) error {
	var w wireTrace
	if err := strict(text, &w); err != nil {
		return fmt.Errorf("trace: %w", err)
	}
	*t = Trace{Title: w.Title, Strategy: w.Strategy, Mode: w.Mode}
	if len(w.Clients) > 0 {
		t.Clients = w.Clients
	}
	if len(w.Names) > 0 {
		t.Names = w.Names
	}
	if len(w.Events) > 0 {
		t.Events = make([]Event, len(w.Events))
	}
	for i, raw := range w.Events {
		if err := t.Events[i].UnmarshalJSON(raw); err != nil {
			return fmt.Errorf("trace: event %d: %w", i+1, err)
		}
	}
	return nil
}

// strict reads one object into v and nothing after it, and says which field is
// wrong.
func strict(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return fmt.Errorf("field %s: a %s cannot stand here", wrong.Field, wrong.Value)
	}
	if err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the object")
	}
	return nil
}

// word is the word of an enumeration's value; none for its zero.
func word[T interface {
	comparable
	String() string
}](v T) string {
	var zero T
	if v == zero {
		return ""
	}
	return v.String()
}

// words lists the values of an enumeration.
type words[T any] []T

// parse returns the value with that word.
func (list words[T]) parse(text string) (T, bool) {
	for _, v := range list {
		if fmt.Sprint(v) == text {
			return v, true
		}
	}
	var zero T
	return zero, false
}

// The enumerations of a trace in the order of their numbers.
var (
	Kinds = words[Kind]{
		Acted, Held, Sent, Answered, Believed, Based, Rendered, Disconnected, Reconnected,
		Decided, Wrote, Appended, Refused, Voided, Committed, Skipped, Published,
		Crashed, Restarted, Faulted, Waited, Quiet,
	}
	Fates = words[Fate]{FateHeld, FateSent, FateAccepted, FateConfirmed, FateRolledBack, FateWithdrawn}
	Marks = words[Mark]{Plain, Pending, Failed}

	lookeds  = words[Looked]{AtLog, AtProjection}
	ops      = words[user.Op]{user.Create, user.Edit, user.Delete}
	codes    = words[user.Code](user.Codes)
	verdicts = words[protocol.Verdict]{
		protocol.Accepted, protocol.Refused, protocol.Retry, protocol.Confirmed, protocol.RolledBack, protocol.Unknown,
	}
)

// reader keeps the first error of an event.
type reader struct{ err error }

// read returns the value that text is the word of; the zero value for "".
func read[T any](p *reader, field, text string, list words[T]) T {
	v, ok := list.parse(text)
	if !ok && text != "" && p.err == nil {
		p.err = fmt.Errorf("field %s: unknown word %q; choose one of %s", field, text, list)
	}
	return v
}

// String lists the words.
func (list words[T]) String() string {
	var b bytes.Buffer
	for i, v := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprint(&b, v)
	}
	return b.String()
}
