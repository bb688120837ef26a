// Package fault is what can be made to go wrong, at which hop and for whom: one
// plan as data, armed from a screen, a script or the wire.
package fault

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"optimist/shared/user"
)

// Limits of a plan.
const (
	MaxArmed  = 64      // Faults armed at once.
	MaxTimes  = 1000    // Times one fault strikes.
	MaxReason = 200     // Characters of a reason.
	MaxNth    = 1000000 // Steps that a fault lets pass, and one more.
	MaxDelay  = 600_000 // Milliseconds of a delay.
)

// Fault is one armed fault. The zero On aims at the next step, whatever it is.
// Of the steps that On aims at it lets the first Nth-1 pass; from there each one
// is struck, or, with P, each one that the seeded coin picks.
type Fault struct {
	ID      int     `json:"id"`
	Kind    Kind    `json:"kind"`
	On      string  `json:"on,omitempty"`      // created, edited, deleted, a record's id, or an intent's: CLIENT.NUMBER.
	Nth     int     `json:"nth,omitempty"`     // From which matching step on; 0 means 1.
	P       float64 `json:"p,omitempty"`       // The probability at each of them; 0 means 1.
	Seed    uint64  `json:"seed,omitempty"`    // Of the coin: the same seed picks the same steps.
	Times   int     `json:"times,omitempty"`   // How often it strikes; 0 means 1.
	Forever bool    `json:"forever,omitempty"` // A verdict instead of something that passes.
	Delay   int64   `json:"delay,omitempty"`   // Milliseconds, of those that are about time.
	Reason  string  `json:"reason,omitempty"`  // What the failure says.
	Struck  int     `json:"struck"`            // How often it has struck.

	Seen int    `json:"seen,omitempty"` // Matching steps it has counted, for Nth and P.
	Last uint64 `json:"last,omitempty"` // Target.Seq of the newest of them.
}

// String is the fault as a person would type it in a shell, behind optimist
// fault.
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(string(f.Kind))
	if f.On != "" {
		fmt.Fprintf(&b, " --on %s", f.On)
	}
	if f.Nth > 1 {
		fmt.Fprintf(&b, " --nth %d", f.Nth)
	}
	if f.P > 0 {
		fmt.Fprintf(&b, " --p %s --seed %d", strconv.FormatFloat(f.P, 'g', -1, 64), f.Seed)
	}
	if f.Delay > 0 {
		fmt.Fprintf(&b, " --delay %v", time.Duration(f.Delay)*time.Millisecond)
	}
	if f.Forever {
		b.WriteString(" --forever")
	}
	if f.Times > 1 {
		fmt.Fprintf(&b, " --times %d", f.Times)
	}
	if f.Reason != "" {
		fmt.Fprintf(&b, " --reason %q", f.Reason)
	}
	return b.String()
}

// Script is the fault as a scenario writes it, behind the word fault.
func (f Fault) Script() string {
	var b strings.Builder
	b.WriteString(string(f.Kind))
	if f.Delay > 0 {
		fmt.Fprintf(&b, "=%dms", f.Delay)
	}
	if f.Forever {
		b.WriteString(" forever")
	}
	if f.Times > 1 {
		fmt.Fprintf(&b, " times=%d", f.Times)
	}
	if f.On != "" {
		b.WriteString(" on=" + f.On)
	}
	if f.Nth > 1 {
		fmt.Fprintf(&b, " nth=%d", f.Nth)
	}
	if f.P > 0 {
		fmt.Fprintf(&b, " p=%s seed=%d", strconv.FormatFloat(f.P, 'g', -1, 64), f.Seed)
	}
	if f.Reason != "" {
		fmt.Fprintf(&b, " reason=%q", f.Reason)
	}
	return b.String()
}

// Validate says what is wrong with f, or nil.
func (f Fault) Validate() error {
	if f.Kind.place() < 0 {
		return fmt.Errorf("unknown fault %q; choose one of %s", string(f.Kind), kindList())
	}
	if f.Times < 0 || f.Times > MaxTimes {
		return fmt.Errorf("times is %d; use 1 to %d", f.Times, MaxTimes)
	}
	if len([]rune(f.Reason)) > MaxReason {
		return fmt.Errorf("the reason has over %d characters", MaxReason)
	}
	if f.On != "" && !isIntent(f.On) {
		if err := user.ValidateID(f.On); err != nil {
			return fmt.Errorf("on: %w", err)
		}
	}
	if f.Forever && !f.Kind.MayLast() {
		return fmt.Errorf("%s cannot be forever; only %s and %s can", f.Kind, AppendRefuse, ProjectFail)
	}
	if err := f.validateDelay(); err != nil {
		return err
	}
	return f.validateChoice()
}

// validateDelay says what is wrong with how long f takes.
func (f Fault) validateDelay() error {
	longest := MaxDelay * time.Millisecond
	switch {
	case f.Kind.Delays() && f.Delay == 0:
		return fmt.Errorf("%s needs a delay: 1ms to %v", f.Kind, longest)
	case f.Delay < 0 || f.Delay > MaxDelay:
		return fmt.Errorf("the delay is %d ms; use 1ms to %v", f.Delay, longest)
	case f.Delay > 0 && !f.Kind.Delays():
		return fmt.Errorf("%s has no delay; only %s and %s have", f.Kind, AppendSlow, FeedLate)
	}
	return nil
}

// validateChoice says what is wrong with which of the matching steps f strikes.
func (f Fault) validateChoice() error {
	switch {
	case f.Nth < 0 || f.Nth > MaxNth:
		return fmt.Errorf("nth is %d; use 1 to %d", f.Nth, MaxNth)
	case !(f.P >= 0 && f.P <= 1): // Not a number is neither.
		return fmt.Errorf("p is %v; use a probability above 0, up to 1", f.P)
	case f.Seed != 0 && f.P == 0:
		return errors.New("a seed chooses nothing without p")
	}
	return nil
}

// isIntent reports whether on has the form of an intent's id in a script:
// CLIENT.NUMBER.
func isIntent(on string) bool {
	client, number, both := strings.Cut(on, ".")
	n, err := strconv.Atoi(number)
	return both && err == nil && n > 0 && strconv.Itoa(n) == number && user.ValidateID(client) == nil
}
