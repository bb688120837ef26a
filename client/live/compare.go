package live

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/sim"
)

// remembered is how many steps an error tells of.
const remembered = 12

// compare looks at both worlds after a step. The error names the first
// difference.
func (w *World) compare(step string) error {
	w.state = w.look()
	w.steps = append(w.steps, step)
	if len(w.steps) > remembered {
		w.steps = w.steps[1:]
	}
	at, live, simulated := difference("", reflect.ValueOf(see(w.state, w)), reflect.ValueOf(see(w.sim.State(), w.sim)))
	if at == "" {
		return nil
	}
	return fmt.Errorf("%w: %s: live %s, simulated %s%s", ErrDiffers, at, live, simulated, w.before())
}

// seen is all that is compared.
type seen struct {
	sim.State
	Next   int64 // When the next timer strikes;
	Any    bool  // if one does.
	Faults []fault.Fault
	Mail   []sim.Mail
}

// watched is either world.
type watched interface {
	Next() (at int64, ok bool)
	Faults() []fault.Fault
	Mail() []sim.Mail
}

func see(s *sim.State, w watched) seen {
	at, any := w.Next()
	if any {
		at = max(at, s.Now) // What is overdue strikes as soon as time passes.
	}
	armed := slices.Clone(w.Faults())
	for i := range armed {
		armed[i].ID = 0 // A server that comes back counts anew.
	}
	return seen{*s, at, any, armed, opened(w.Mail())}
}

// opened returns mail without what says nothing: how a resync goes on after its
// last page, the order in which it tells of what the log makes of the records,
// which may be twice, and what nobody reads of a heartbeat.
func opened(mail []sim.Mail) []sim.Mail {
	for _, m := range mail {
		for i := range m.Messages {
			x := &m.Messages[i]
			x.Sync.Next = 0
			if x.Sync.Log {
				rows := slices.Clone(x.Sync.Rows)
				slices.SortFunc(rows, func(a, b protocol.Row) int { return strings.Compare(a.ID, b.ID) })
				x.Sync.Rows = slices.Compact(rows)
			}
			if x.Feed.From == x.Feed.To {
				x.Feed.Change = 0
			}
		}
	}
	return mail
}

// ErrDiffers says that a live world and its simulation do not agree.
var ErrDiffers = errors.New("live and simulated differ")

// before tells of the last steps.
func (w *World) before() string {
	if len(w.steps) == 0 {
		return ""
	}
	return "; the last steps: " + strings.Join(w.steps, ", ")
}

// difference returns where two values of one type first differ, and what is
// there in words; at "" for nowhere. A nil list equals an empty one.
func difference(at string, a, b reflect.Value) (where, left, right string) {
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			name := a.Type().Field(i).Name
			if a.Type().Field(i).Anonymous {
				name = ""
			}
			if where, left, right = difference(join(at, name), a.Field(i), b.Field(i)); where != "" {
				return where, left, right
			}
		}
		return "", "", ""
	case reflect.Slice:
		return differenceOfLists(at, a, b)
	case reflect.Pointer:
		if a.IsNil() != b.IsNil() {
			return at, words(a), words(b)
		}
		if a.IsNil() {
			return "", "", ""
		}
		return difference(at, a.Elem(), b.Elem())
	default:
		if a.Equal(b) {
			return "", "", ""
		}
		return at, words(a), words(b)
	}
}

// differenceOfLists is difference for slices.
func differenceOfLists(at string, a, b reflect.Value) (where, left, right string) {
	for i := range max(a.Len(), b.Len()) {
		switch {
		case i >= a.Len():
			return item(at, i, b), "nothing", words(b.Index(i))
		case i >= b.Len():
			return item(at, i, a), words(a.Index(i)), "nothing"
		}
		if where, left, right = difference(item(at, i, b), a.Index(i), b.Index(i)); where != "" {
			return where, left, right
		}
	}
	return "", "", ""
}

func join(at, name string) string {
	if at == "" || name == "" {
		return at + name
	}
	return at + "." + name
}

// item names the i-th of a list: by its id or name if it has one.
func item(at string, i int, list reflect.Value) string {
	v := list.Index(i)
	if v.Kind() == reflect.Struct {
		for _, field := range []string{"ID", "Command", "Name", "Client"} {
			if f := v.FieldByName(field); f.IsValid() && f.Kind() == reflect.String && f.String() != "" {
				return fmt.Sprintf("%s[%d %s]", at, i, f.String())
			}
		}
	}
	return fmt.Sprintf("%s[%d]", at, i)
}

// words returns a value as a person reads it.
func words(v reflect.Value) string {
	if v.Kind() == reflect.String {
		return fmt.Sprintf("%q", v.String())
	}
	if !v.CanInterface() {
		return fmt.Sprint(v)
	}
	return fmt.Sprintf("%+v", v.Interface())
}
