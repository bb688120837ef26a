package anomaly

import (
	"fmt"
	"strings"

	"optimist/shared/spelling"
)

// Kind says when an anomaly can be judged.
type Kind uint8

// The kinds of check.
const (
	State      Kind = iota + 1 // In one state of the world.
	Transition                 // At one step.
	History                    // With something remembered of earlier steps.
	AtQuiet                    // Only when nothing but the person can move.
)

// String returns the kind's word.
func (k Kind) String() string {
	switch k {
	case State:
		return "state"
	case Transition:
		return "transition"
	case History:
		return "history"
	case AtQuiet:
		return "quiet"
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// Definition is one anomaly as it is listed.
type Definition struct {
	ID         string // V1 …: verdicts, W1 …: screens, D1 …: stores.
	Name       string // For scripts, as in spurious-rejection.
	Title      string // What is wrong, in one line.
	Literature string // What it is called elsewhere; "" if it has no other name.
	Kind       Kind
	Applicable bool   // False: nothing here can show it.
	Reason     string // Not applicable: why.
}

// number is an anomaly's place in the list.
type number uint8

// The anomalies, in the order of their ids.
const (
	spuriousRejection number = iota
	orphanEvent
	uniquenessViolation
	brokenPromise
	phantomConfirm
	zombie
	stuckPending
	silentLoss
	cascade
	ownWriteMissing
	staleOverwrite
	flicker
	silentRollback
	effectWithoutCause
	vanishingObservation
	fracturedView
	identitySwap
	lostUpdate
	duplicateAppend
	doubleEffect
	reorderedIntents
	outOfOrderProjection
	unexplainedRow
	divergence
	resurrection
	stalledProjection
	constraintAcrossRecords
	numbers // How many there are.
)

// Why some cannot be shown.
const (
	oneRecord    = "one intent touches one record, so no half of it can be missing"
	onlyTheEmail = "the only rule across records is the unique email, and breaking it is uniqueness-violation (V3)"
)

// definitions is the catalogue. Of the literature it names only what the
// definitions were compared with.
var definitions = [numbers]Definition{
	spuriousRejection:       {"V1", "spurious-rejection", "a legal change was refused", "a false abort; read your writes, broken by the server's own read", Transition, true, ""},
	orphanEvent:             {"V2", "orphan-event", "an edit or delete of nothing is in the log", "broken association (Feral Concurrency Control)", Transition, true, ""},
	uniquenessViolation:     {"V3", "uniqueness-violation", "two living records share an email in the log", "feral uniqueness (Feral Concurrency Control)", AtQuiet, true, ""},
	brokenPromise:           {"V4", "broken-promise", "an accepted change was rolled back", "an aborted read, seen through the reply", Transition, true, ""},
	phantomConfirm:          {"V5", "phantom-confirm", "a change was shown as confirmed and is not there", "aborted read", AtQuiet, true, ""},
	zombie:                  {"V6", "zombie", "a change was shown as failed and counts all the same", "an indeterminate operation taken for a failed one (Jepsen)", AtQuiet, true, ""},
	stuckPending:            {"V7", "stuck-pending", "a change stays pending for ever", "a broken liveness property", AtQuiet, true, ""},
	silentLoss:              {"V8", "silent-loss", "a change is lost and nobody told its author", "lost write", AtQuiet, true, ""},
	cascade:                 {"V9", "cascade", "a rollback took other accepted changes with it", "cascading aborts", Transition, true, ""},
	ownWriteMissing:         {"W1", "own-write-missing", "a screen lacks its person's own change", "read your writes (Session Guarantees)", State, true, ""},
	staleOverwrite:          {"W2", "stale-overwrite", "a client took an older row over a newer one", "monotonic reads (Session Guarantees)", Transition, true, ""},
	flicker:                 {"W3", "flicker", "a screen went back to an old value", "monotonic reads (Session Guarantees)", History, true, ""},
	silentRollback:          {"W4", "silent-rollback", "a change left the screen without a word", "", Transition, true, ""},
	effectWithoutCause:      {"W5", "effect-without-cause", "an edit is shown of what was rolled back", "writes follow reads (Session Guarantees)", State, true, ""},
	vanishingObservation:    {"W6", "vanishing-observation", "what another person saw as confirmed is gone", "observed transaction vanishes", History, true, ""},
	fracturedView:           {"W7", "fractured-view", "half of a change is shown", "fractured reads", State, false, oneRecord},
	identitySwap:            {"W8", "identity-swap", "one record is shown under two ids", "a temporary id's duplicate", State, true, ""},
	lostUpdate:              {"D1", "lost-update", "a change overwrote one that its author had not seen", "lost update, P4 (Hermitage)", Transition, true, ""},
	duplicateAppend:         {"D2", "duplicate-append", "one change is in the log twice", "an at-least-once duplicate", Transition, true, ""},
	doubleEffect:            {"D3", "double-effect", "one change took effect twice", "a consumer that is not idempotent", AtQuiet, true, ""},
	reorderedIntents:        {"D4", "reordered-intents", "a person's changes are in the log in another order", "monotonic writes (Session Guarantees)", Transition, true, ""},
	outOfOrderProjection:    {"D5", "out-of-order-projection", "an older event was projected after a newer one", "a consistent prefix, broken by redelivery", Transition, true, ""},
	unexplainedRow:          {"D6", "unexplained-row", "no prefix of the log makes these rows", "prefix consistency; a dual write", State, true, ""},
	divergence:              {"D7", "divergence", "log and read model differ and nothing is left to do", "eventual consistency, broken", AtQuiet, true, ""},
	resurrection:            {"D8", "resurrection", "a deleted record is back", "tombstone loss", Transition, true, ""},
	stalledProjection:       {"D9", "stalled-projection", "the read model stays behind the log", "head-of-line blocking", AtQuiet, true, ""},
	constraintAcrossRecords: {"D10", "constraint-across-records", "records that are legal one by one break a rule together", "write skew", AtQuiet, false, onlyTheEmail},
}

// All returns every definition in the order of the ids, those that are not
// applicable included. The caller may keep the slice.
func All() []Definition { return append([]Definition(nil), definitions[:]...) }

// Lookup returns the definition with that name or id, in any case. The error
// suggests the nearest name.
func Lookup(nameOrID string) (Definition, error) {
	for _, d := range definitions {
		if strings.EqualFold(nameOrID, d.ID) || strings.EqualFold(nameOrID, d.Name) {
			return d, nil
		}
	}
	if near := spelling.Nearest(strings.ToLower(nameOrID), names()); near != "" {
		return Definition{}, fmt.Errorf("unknown anomaly %q; did you mean %s?", nameOrID, near)
	}
	return Definition{}, fmt.Errorf("unknown anomaly %q; choose a name like %s or an id like %s",
		nameOrID, definitions[0].Name, definitions[0].ID)
}

// names returns the name of every anomaly.
func names() []string {
	list := make([]string, len(definitions))
	for i, d := range definitions {
		list[i] = d.Name
	}
	return list
}
