package strategy

import "fmt"

// choice is a value of an axis, by their places.
type choice struct {
	axis  int
	value uint8
}

// clash is two choices that mean nothing together, and why.
type clash struct {
	one, other choice
	why        string
}

// Reasons that several clashes share.
const (
	rowDecides   = "a row that is written first is final, so it is the row that a change is checked against"
	rowIsThere   = "the row is written before the answer, so the answer would wait for nothing"
	rowShows     = "the answer confirms the row, which the client would not show until the log has it, if ever"
	nothingLate  = "the row is final when the answer is given; nothing fails later that a client could be told of"
	noPlaceYet   = "the id is the create's place in the log, and the answer is given before there is one"
	indexDecides = "the row and its unique index have decided about the email before the log is asked"
)

// Choices of which clashes are made.
var (
	rowThenEvent   = choice{atWrite, uint8(RowThenEvent)}
	rowAndOutbox   = choice{atWrite, uint8(RowAndOutbox)}
	byLog          = choice{atValidate, uint8(ByLog)}
	byNothing      = choice{atValidate, uint8(ByNothing)}
	whenProjected  = choice{atReply, uint8(WhenProjected)}
	foldedLog      = choice{atRead, uint8(FoldedLog)}
	holdDependents = choice{atDependents, uint8(HoldDependents)}
	poll           = choice{atFeedback, uint8(Poll)}
	noFeedback     = choice{atFeedback, uint8(NoFeedback)}
	logged         = choice{atCompensation, uint8(RejectionLogged)}
	notLogged      = choice{atCompensation, uint8(NoCompensation)}
	byServer       = choice{atIdentity, uint8(ByServer)}
	byEmail        = choice{atIdentity, uint8(ByEmail)}
	reserved       = choice{atUnique, uint8(ReservedInLog)}
)

// clashes is every pair that is refused. All other combinations mean something,
// if not always something good.
var clashes = [...]clash{
	{rowThenEvent, byLog, rowDecides},
	{rowAndOutbox, byLog, rowDecides},
	{rowThenEvent, byNothing, rowDecides},
	{rowAndOutbox, byNothing, rowDecides},
	{rowThenEvent, whenProjected, rowIsThere},
	{rowAndOutbox, whenProjected, rowIsThere},
	{rowThenEvent, foldedLog, rowShows},
	{rowAndOutbox, foldedLog, rowShows},
	{rowThenEvent, poll, nothingLate},
	{rowAndOutbox, poll, nothingLate},
	{rowThenEvent, noFeedback, nothingLate},
	{rowAndOutbox, noFeedback, nothingLate},
	{rowThenEvent, byServer, noPlaceYet},
	{rowAndOutbox, byServer, noPlaceYet},
	{rowThenEvent, reserved, indexDecides},
	{rowAndOutbox, reserved, indexDecides},
	{rowThenEvent, logged, "the projector never gives up a row that is there, so there is nothing to compensate"},
	{rowAndOutbox, notLogged, "nothing in the outbox is ever given up, so there is nothing to leave unlogged"},

	{byNothing, reserved, "a reservation is a check, and nothing is checked"},
	{whenProjected, noFeedback, "the answer itself would tell of the failure"},
	{notLogged, holdDependents, "without a rejection nothing falls with a create, so what is held back for one would be held for ever"},
	{notLogged, reserved, "a claim ends with the rejection that releases it; without one the email is taken for ever"},
	{byEmail, reserved, "an email that is the id is unique already: two creates with it meet on one record"},
}

// Check says why choices of s make no sense together, or nil. It names the
// first two that clash.
func (s Strategy) Check() error {
	for i := range clashes {
		c := &clashes[i]
		if s.made(c.one) && s.made(c.other) {
			return fmt.Errorf("%s does not go with %s: %s", c.one, c.other, c.why)
		}
	}
	return nil
}

// made reports whether s chose c.
func (s Strategy) made(c choice) bool { return s.at(c.axis) == c.value }

// String is c as it is typed.
func (c choice) String() string { return axes[c.axis].Name + "=" + axes[c.axis].Values[c.value].Name }
