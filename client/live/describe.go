package live

import (
	"fmt"
	"strings"

	"optimist/shared/sim"
	"optimist/shared/user"
)

// describe returns an action as the scenario language has it, more or less.
func describe(a sim.Action) string {
	switch a.Verb {
	case sim.Create, sim.Edit, sim.Delete, sim.Retry, sim.Dismiss, sim.Undo:
		return strings.TrimSpace(fmt.Sprintf("%s %s %s %s", a.Client, personal[a.Verb], a.Record, fields(a.Patch)))
	case sim.Join:
		return "client " + a.Client
	case sim.Disconnect:
		return a.Client + " disconnect"
	case sim.Reconnect:
		return a.Client + " reconnect"
	case sim.CrashClient:
		return a.Client + " crash"
	case sim.RestartClient:
		return a.Client + " restart"
	case sim.CrashServer:
		return "server crash"
	case sim.RestartServer:
		return "server restart"
	case sim.Arm:
		return "fault " + a.Fault.String()
	case sim.Disarm:
		return "clear faults"
	case sim.Advance:
		return fmt.Sprintf("wait %dms", a.For)
	case sim.Handle:
		return "handle a command of " + a.Client
	case sim.Append:
		return "append " + a.Intent
	case sim.Project:
		return fmt.Sprintf("project %d", a.N)
	case sim.Commit:
		return "commit"
	case sim.DeliverReply:
		return "deliver a reply to " + a.Client
	case sim.DeliverFeed:
		return "deliver feed " + a.Client
	}
	return fmt.Sprintf("verb %d", a.Verb)
}

// personal is the words of what a person does.
var personal = map[sim.Verb]string{
	sim.Create: "create", sim.Edit: "edit", sim.Delete: "delete",
	sim.Retry: "retry", sim.Dismiss: "dismiss", sim.Undo: "undo",
}

func fields(p user.Patch) string {
	var out []string
	if p.Set.Has(user.FieldName) {
		out = append(out, fmt.Sprintf("name=%q", p.Name))
	}
	if p.Set.Has(user.FieldEmail) {
		out = append(out, "email="+p.Email)
	}
	return strings.Join(out, " ")
}
