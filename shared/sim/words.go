package sim

import (
	"fmt"
	"strings"
)

// verbs are the words of the scenario language, as far as it has one.
var verbs = [...]string{
	Create: "create", Edit: "edit", Delete: "delete", Retry: "retry", Dismiss: "dismiss", Undo: "undo",
	Join: "client", Disconnect: "disconnect", Reconnect: "reconnect", CrashClient: "crash", RestartClient: "restart",
	CrashServer: "server crash", RestartServer: "server restart", Arm: "fault", Disarm: "clear faults", Advance: "wait",
	Handle: "server handle", Append: "append", Project: "project", Commit: "commit",
	DeliverReply: "deliver reply", DeliverFeed: "deliver feed",
}

// String returns the verb's words.
func (v Verb) String() string {
	if int(v) < len(verbs) && verbs[v] != "" {
		return verbs[v]
	}
	return fmt.Sprintf("verb(%d)", uint8(v))
}

// String returns the action as a script has it, or nearly: a script's step
// through a gate names an intent, and an action a client.
func (a Action) String() string {
	switch a.Verb {
	case Create, Edit, Delete, Retry, Dismiss, Undo:
		return strings.TrimSpace(fmt.Sprintf("%s %v %s %v", a.Client, a.Verb, a.Record, a.Patch))
	case Disconnect, Reconnect, CrashClient, RestartClient:
		return fmt.Sprintf("%s %v", a.Client, a.Verb)
	case Join, Handle, DeliverReply, DeliverFeed:
		return fmt.Sprintf("%v %s", a.Verb, a.Client)
	case Arm:
		return fmt.Sprintf("%v %s", a.Verb, a.Fault.Script())
	case Advance:
		return fmt.Sprintf("%v %dms", a.Verb, a.For)
	case Append:
		return fmt.Sprintf("%v %s", a.Verb, a.Intent)
	case Project:
		return fmt.Sprintf("%v %d", a.Verb, a.N)
	case CrashServer, RestartServer, Disarm, Commit:
	}
	return a.Verb.String()
}
