package fault

import "strings"

// Kind is one way to fail at one hop.
type Kind string

// The faults. The words are those of the scenario language.
const (
	AppendRefuse             Kind = "append refuse"               // The store refuses the append; retryable, for good with Forever.
	AppendLoseAck            Kind = "append lose-ack"             // The event is stored; its acknowledgement never arrives.
	AppendSlow               Kind = "append slow"                 // The append takes Delay longer.
	ReplyDrop                Kind = "reply drop"                  // The server's answer to a command is lost.
	ProjectFail              Kind = "project fail"                // Applying the event fails; Times times, for good with Forever.
	ProjectStall             Kind = "project stall"               // The projector waits at the event until the fault is cleared.
	ProjectCrashBeforeCommit Kind = "project crash-before-commit" // The server crashes with the event applied, before the transaction is committed.
	ProjectCrashAfterCommit  Kind = "project crash-after-commit"  // It crashes right after the commit: what was rejected is not in the log yet, nobody was told.
	ProjectCrashAfterReject  Kind = "project crash-after-reject"  // It crashes after the rejections are in the log, before anybody was told.
	FeedDrop                 Kind = "feed drop"                   // A feed message is lost.
	FeedRepeat               Kind = "feed repeat"                 // A feed message is delivered twice.
	FeedLate                 Kind = "feed late"                   // A feed message arrives Delay later, after those sent meanwhile.
)

// Kinds lists every fault, in the order of the hops.
var Kinds = []Kind{
	AppendRefuse, AppendLoseAck, AppendSlow, ReplyDrop,
	ProjectFail, ProjectStall, ProjectCrashBeforeCommit, ProjectCrashAfterCommit, ProjectCrashAfterReject,
	FeedDrop, FeedRepeat, FeedLate,
}

// Help says in a sentence what the fault does.
func (k Kind) Help() string {
	switch k {
	case AppendRefuse:
		return "The event store refuses the append; the client tries again, unless it is forever"
	case AppendLoseAck:
		return "The event is stored, but its acknowledgement never reaches the server"
	case AppendSlow:
		return "The append takes longer by the delay"
	case ReplyDrop:
		return "The server's answer to a command is lost"
	case ProjectFail:
		return "Applying the event to SQLite fails; it is tried again, unless it is forever"
	case ProjectStall:
		return "The projector waits at the event until the fault is cleared"
	case ProjectCrashBeforeCommit:
		return "The server crashes before the event's transaction is committed"
	case ProjectCrashAfterCommit:
		return "The server crashes after the commit, before it logs rejections or tells anybody"
	case ProjectCrashAfterReject:
		return "The server crashes after it logged the rejections, before it tells anybody"
	case FeedDrop:
		return "A feed message to the clients is lost"
	case FeedRepeat:
		return "A feed message to the clients is delivered twice"
	case FeedLate:
		return "A feed message arrives later by the delay, after those sent meanwhile"
	}
	return ""
}

// MayLast reports whether the fault can be for good, with a reason.
func (k Kind) MayLast() bool { return k == AppendRefuse || k == ProjectFail }

// Delays reports whether the fault needs a delay.
func (k Kind) Delays() bool { return k == AppendSlow || k == FeedLate }

// Crashes reports whether the fault crashes the server.
func (k Kind) Crashes() bool {
	return k == ProjectCrashBeforeCommit || k == ProjectCrashAfterCommit || k == ProjectCrashAfterReject
}

// place returns where k stands in Kinds, or -1.
func (k Kind) place() int {
	for i := range Kinds {
		if Kinds[i] == k {
			return i
		}
	}
	return -1
}

func kindList() string {
	words := make([]string, len(Kinds))
	for i, k := range Kinds {
		words[i] = string(k)
	}
	return strings.Join(words, ", ")
}
