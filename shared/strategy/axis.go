package strategy

import "fmt"

// Axis is one question that every strategy answers, as data for lists and help.
type Axis struct {
	Name   string // One word, as it is typed.
	Help   string // A sentence.
	Values []Value
}

// Value is one answer. The first of an axis is that of reconcile.
type Value struct {
	Name  string // As it is typed.
	Help  string // A sentence.
	Price string // What it costs: a clause, or empty for nothing.
}

// Places of the axes in the list of them, which is their order in a text.
const (
	atWrite = iota
	atValidate
	atReply
	atRead
	atDependents
	atFeedback
	atCompensation
	atIdentity
	atUnique
)

// axes is every axis in the order of a strategy's fields; values stand in the
// order of their constants.
var axes = [...]Axis{
	atWrite: {"write", "Where a change goes first.", []Value{
		{"event-first", "Into the log, and from there into the database.", ""},
		{"row-then-event", "Into the database; then its event is appended to the log, once: a dual write.", "what fails between the row and the append loses the event"},
		{"row-and-outbox", "Into the database, with the event in an outbox of the same transaction; a relay appends it.", "the log is behind the rows"},
	}},
	atValidate: {"validate", "What a command is checked against.", []Value{
		{"log", "The record as the log tells it, with an expected version at the append.", ""},
		{"projection", "The row in the database, which may be behind the log.", "an edit of a record that is not in the rows yet is refused without need"},
		{"nothing", "Nothing: what arrives is appended, and the projector rejects what is illegal.", "what is illegal is accepted all the same"},
	}},
	atReply: {"reply", "When the server answers.", []Value{
		{"accepted", "Once the event is durable in the log.", ""},
		{"projected", "Once the read model has the event's fate; after two seconds the answer is “unknown”.", "every answer takes as long as the projection"},
	}},
	atRead: {"read", "Where the client's list comes from.", []Value{
		{"overlay", "The rows, with the client's own pending changes over them.", ""},
		{"projection", "The rows only: an own change is seen when its row is there.", "what was typed is not seen until the row is there"},
		{"log", "A fold of the log: an own change is seen when its event is there.", "what was typed is not seen until the log has it"},
	}},
	atDependents: {"dependents", "What becomes of a change to a record that is still pending.", []Value{
		{"send", "It is sent at once and names the change that it was typed on.", ""},
		{"hold", "The client keeps it back until that change is confirmed.", "a change waits in the client for the one before it"},
		{"refuse", "The client declines it: nothing can be typed on a pending record.", "nobody can go on typing on a pending record"},
	}},
	atFeedback: {"feedback", "How a client learns that an accepted change failed.", []Value{
		{"push", "The server tells it at once, with the rows.", ""},
		{"poll", "The client asks.", "failures are found late, by looking"},
		{"none", "It never does: accepted is taken for success.", "failures are never told"},
	}},
	atCompensation: {"compensation", "What the log learns of an event that the read model gave up.", []Value{
		{"logged", "A rejection follows it, and what was typed on a rejected create falls with it.", ""},
		{"none", "Nothing: log and rows disagree about it from then on.", "the log keeps events that no row has"},
	}},
	atIdentity: {"identity", "Who makes the record's id.", []Value{
		{"client", "The client, before it sends the create.", ""},
		{"server", "The server: the id shown is the create's place in the log, a temporary one until then.", "a record changes its id and may be seen twice"},
		{"email", "The email is the id: a natural key, which no edit can change.", "the email can never change"},
	}},
	atUnique: {"unique", "Where two users with one email are noticed.", []Value{
		{"projector", "At the projector, after both were accepted.", ""},
		{"log", "Before the append: the email is reserved in the log, in one batch with the create.", "two or three events for each change of an email"},
	}},
}

// Axes returns every axis in the order in which a text names them. The caller
// must not change the lists of values.
func Axes() []Axis { return append([]Axis(nil), axes[:]...) }

// Choice returns the word that s chose on the axis of that name, or "" if there
// is no such axis.
func (s Strategy) Choice(axis string) string {
	i := axisAt(axis)
	if i < 0 {
		return ""
	}
	return axes[i].Values[s.at(i)].Name
}

// axisAt returns the place of the axis of that name, or -1.
func axisAt(name string) int {
	for i := range axes {
		if axes[i].Name == name {
			return i
		}
	}
	return -1
}

// valueAt returns the place of the axis's value of that name, or -1.
func valueAt(axis int, name string) int {
	for i, v := range axes[axis].Values {
		if v.Name == name {
			return i
		}
	}
	return -1
}

// at returns the place of the value that s has on an axis.
func (s Strategy) at(axis int) uint8 {
	switch axis {
	case atWrite:
		return uint8(s.Write)
	case atValidate:
		return uint8(s.Validate)
	case atReply:
		return uint8(s.Reply)
	case atRead:
		return uint8(s.Read)
	case atDependents:
		return uint8(s.Dependents)
	case atFeedback:
		return uint8(s.Feedback)
	case atCompensation:
		return uint8(s.Compensation)
	case atIdentity:
		return uint8(s.Identity)
	case atUnique:
		return uint8(s.UniqueEmail)
	}
	panic(fmt.Sprintf("strategy: unknown axis %d", axis))
}

// set gives s the value at that place of an axis.
func (s *Strategy) set(axis int, value uint8) {
	switch axis {
	case atWrite:
		s.Write = Write(value)
	case atValidate:
		s.Validate = Validate(value)
	case atReply:
		s.Reply = Reply(value)
	case atRead:
		s.Read = Read(value)
	case atDependents:
		s.Dependents = Dependents(value)
	case atFeedback:
		s.Feedback = Feedback(value)
	case atCompensation:
		s.Compensation = Compensation(value)
	case atIdentity:
		s.Identity = Identity(value)
	case atUnique:
		s.UniqueEmail = UniqueEmail(value)
	default:
		panic(fmt.Sprintf("strategy: unknown axis %d", axis))
	}
}
