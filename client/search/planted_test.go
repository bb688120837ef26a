package search_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// bug is one line of a core that is wrong.
type bug struct {
	file        string
	right, bad  string
	scope       string // The script that is searched under reconcile, with one fault.
	first, also string // What is found: the first, and one more.
}

// What was typed on a create stays on the screen when that is rolled back.
func TestFindsADroppedCascade(t *testing.T) {
	mustBeFound(t, &bug{
		file:  "shared/reconcile/verdict.go",
		right: "	if m.creates() || code == user.ErrCascade {\n",
		bad:   "	if false {\n",
		scope: "scopes/a.scenario", first: "W5 5/1", also: "W5 5/1",
	})
}

// The answer that the log has a change is taken for the row that shows it.
func TestFindsConfirmedAtAccepted(t *testing.T) {
	mustBeFound(t, &bug{
		file:  "shared/reconcile/verdict.go",
		right: "	case m.Seq <= r.link.to || a.Row != nil:\n",
		bad:   "	case true:\n",
		scope: "scopes/a.scenario", first: "W1 3/0", also: "V5 7/1",
	})
}

// A command that comes again is only told that it is known, whatever became of
// it.
func TestFindsAForgottenOutcome(t *testing.T) {
	mustBeFound(t, &bug{
		file:  "shared/decide/outcome.go",
		right: "		reply, err := c.replyTo(fate)\n		return reply, true, err\n",
		bad:   "		reply := c.verdict(fate.Ref, protocol.Accepted)\n		reply.Seq = fate.Seq\n		return reply, true, nil\n",
		scope: "testdata/two.scenario", first: "V5 11/1", also: "V8 11/1",
	})
}

// What the read model tells is heard for accepted changes only, not for one
// whose answer is still on its way.
func TestFindsAResyncOfAcceptedOnly(t *testing.T) {
	mustBeFound(t, &bug{
		file:  "shared/reconcile/feed.go",
		right: "m != nil && m.Phase.Pending() {\n",
		bad:   "m != nil && m.Phase == Accepted {\n",
		scope: "scopes/a.scenario", first: "W1 5/1", also: "V5 7/1",
	})
}

// Without a bug, the same program finds nothing in the same scopes.
func TestFindsNothingWithoutABug(t *testing.T) {
	for _, scope := range []string{"scopes/a.scenario", "testdata/two.scenario"} {
		if found := mustFind(t, scope); len(found) > 0 {
			t.Errorf("%s: found %q", scope, found)
		}
	}
}

// mustBeFound searches the product with a bug in it.
func mustBeFound(t *testing.T, b *bug) {
	t.Helper()
	found := mustFind(t, b.scope, "-overlay", mustPlant(t, b))
	if len(found) == 0 || found[0] != b.first {
		t.Errorf("found %q, want %s first", found, b.first)
	}
	if !strings.Contains(strings.Join(found, ", ")+",", b.also+",") {
		t.Errorf("found %q, want %s among them", found, b.also)
	}
}

// mustPlant writes an overlay in which the bug is in its file, and returns its
// path. The file in the tree is left alone.
func mustPlant(t *testing.T, b *bug) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", b.file))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), b.right) != 1 {
		t.Fatalf("%s has no longer, or more than once: %q", b.file, b.right)
	}
	dir := t.TempDir()
	planted, overlay := filepath.Join(dir, "planted.go"), filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(planted, []byte(strings.Replace(string(text), b.right, b.bad, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {path: planted}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(overlay, replace, 0o600); err != nil {
		t.Fatal(err)
	}
	return overlay
}

// mustFind builds and runs a program that searches a scope under reconcile, and
// returns what it finds besides printed prices.
func mustFind(t *testing.T, scope string, flags ...string) []string {
	t.Helper()
	args := append(append([]string{"run"}, flags...), "./testdata/find", scope, "reconcile")
	cmd := exec.CommandContext(t.Context(), "go", args...)
	var errors strings.Builder
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, errors.String())
	}
	if text := strings.TrimSpace(string(out)); text != "" {
		return strings.Split(text, "\n")
	}
	return nil
}
