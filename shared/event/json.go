package event

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"optimist/shared/user"
)

// ContentType is the media type of an event in JSON.
const ContentType = "application/cloudevents+json"

// typePrefix, a kind and typeSuffix make a CloudEvents type.
const (
	typePrefix = "optimist.user."
	typeSuffix = ".v1"
)

// timeFormat is RFC 3339 with the milliseconds that an event has.
const timeFormat = "2006-01-02T15:04:05.000Z07:00"

// envelope is the CloudEvents 1.0 form. Extension names are lower case without
// separators, as the specification wants.
type envelope struct {
	SpecVersion string   `json:"specversion"`
	Type        string   `json:"type"`
	ID          string   `json:"id"`
	Source      string   `json:"source"`
	Subject     string   `json:"subject,omitempty"`
	Time        string   `json:"time"`
	ContentType string   `json:"datacontenttype"`
	Command     string   `json:"command,omitempty"`
	Client      string   `json:"client,omitempty"`
	Cause       string   `json:"cause,omitempty"`
	CauseClient string   `json:"causeclient,omitempty"`
	Base        uint64   `json:"base,omitempty"`
	Version     uint64   `json:"version,omitempty"`
	Strategy    string   `json:"strategy,omitempty"`
	Data        *payload `json:"data,omitempty"`
}

// payload is the data of every kind; a field that means nothing is left out.
type payload struct {
	Op     string    `json:"op,omitempty"`
	Name   *string   `json:"name,omitempty"`
	Email  *string   `json:"email,omitempty"`
	Code   user.Code `json:"code,omitempty"`
	Why    string    `json:"why,omitempty"`
	Root   *user.Ref `json:"root,omitempty"`
	Target uint64    `json:"target,omitempty"`
	Stream string    `json:"stream,omitempty"`
	Build  uint64    `json:"build,omitempty"`
}

// UnmarshalJSON reads the form written by MarshalJSON and leaves Seq alone.
func (e *Event) UnmarshalJSON(text []byte) error {
	var v envelope
	if err := json.Unmarshal(text, &v); err != nil {
		return err
	}
	word, ok := strings.CutPrefix(v.Type, typePrefix)
	word, ok2 := strings.CutSuffix(word, typeSuffix)
	kind, ok3 := ParseKind(word)
	if !ok || !ok2 || !ok3 {
		return fmt.Errorf("event %q: unknown type %q", v.ID, v.Type)
	}
	at, err := time.Parse(time.RFC3339, v.Time)
	if err != nil {
		return fmt.Errorf("event %q: time: %w", v.ID, err)
	}
	seq := e.Seq
	*e = Event{
		Kind: kind, Seq: seq, ID: v.ID, Time: at.UnixMilli(),
		Ref:    user.Ref{Client: v.Client, Command: v.Command},
		Record: v.Subject,
		Cause:  user.Ref{Client: v.CauseClient, Command: v.Cause},
		Base:   v.Base, Version: v.Version, Strategy: v.Strategy,
	}
	if v.Data == nil {
		return nil
	}
	return e.readPayload(*v.Data)
}

// readPayload takes over the data of an envelope.
func (e *Event) readPayload(p payload) error {
	if p.Op != "" {
		op, ok := user.ParseOp(p.Op)
		if !ok {
			return fmt.Errorf("event %q: unknown operation %q", e.ID, p.Op)
		}
		e.Op = op
	}
	if p.Name != nil {
		e.Patch = user.SetName(*p.Name).Over(e.Patch)
	}
	if p.Email != nil {
		e.Patch = user.SetEmail(*p.Email).Over(e.Patch)
	}
	if p.Root != nil {
		e.Root = *p.Root
	}
	e.Code, e.Why, e.Target, e.Stream, e.Build = p.Code, p.Why, p.Target, p.Stream, p.Build
	return nil
}
