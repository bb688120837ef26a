package protocol_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// What a client asks is what the server hears: only the fields that are set,
// and as whom the subject says.
func TestCommandOnTheWire(t *testing.T) {
	alice := user.Ref{Client: "alice", Command: "c-2"}
	for _, c := range []struct {
		name string
		cmd  user.Command
	}{
		{"create", user.Command{Ref: alice, Record: "ada", Op: user.Create, Patch: user.SetBoth("Ada", "a@b.c")}},
		{"edit of one field", user.Command{Ref: alice, Record: "ada", Op: user.Edit, Patch: user.SetName("Ada L."), Base: 7}},
		{"edit to nothing", user.Command{Ref: alice, Record: "ada", Op: user.Edit, Patch: user.SetName("")}},
		{"delete with a cause", user.Command{Ref: alice, Record: "ada", Op: user.Delete, Cause: user.Ref{Client: "alice", Command: "c-1"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, err := json.Marshal(protocol.CommandOf(c.cmd, "reconcile"))
			if err != nil {
				t.Fatal(err)
			}
			var heard protocol.Command
			if err := json.Unmarshal(data, &heard); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.cmd, heard.User("alice")); diff != "" {
				t.Error(diff)
			}
			if heard.Strategy != "reconcile" {
				t.Errorf("strategy %q", heard.Strategy)
			}
		})
	}
}
