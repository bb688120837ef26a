package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// A row that was written first, and whose event the store refused, has in the log
// what the log has: on the screen as in the shell's list, and whatever strategy
// the person there goes on with.
func TestColumnsAreThoseOfTheList(t *testing.T) {
	server, err := launch(t.TempDir(), os.Environ(), "--strategy", "dual-write", "--faults", "--durability", "page-cache")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.kill() }) // It has ended long ago if the test was good.
	run := func(args ...string) string {
		t.Helper()
		out, err := exec.Command("optimist", append(args, "--server", server.urls[0])...).CombinedOutput()
		if err != nil {
			t.Fatalf("optimist %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	run("create", "--id", "ada", "--name", "Ada", "--email", "ada@example.org")
	for !strings.Contains(run("list", "--json"), `"log":1`) { // The event comes after the answer.
	}
	run("fault", "append", "refuse")
	run("edit", "ada", "--name", "Ada Lovelace")
	run("fault", "append", "refuse")
	run("create", "--id", "zoe", "--name", "Zoe", "--email", "zoe@example.org")
	run("create", "--id", "bob", "--name", "Bob", "--email", "bob@example.org", "--strategy", "reconcile")

	list := run("list", "--json")
	for _, strategy := range []string{"dual-write", "reconcile"} {
		term := mustStart(t, 100, 30, "--server", server.urls[0], "--as", "ann", "--strategy", strategy)
		for line := range strings.Lines(list) {
			var l struct {
				Name          string
				Seen, Log, DB *uint64
			}
			if err := json.Unmarshal([]byte(line), &l); err != nil {
				t.Fatal(err)
			}
			row := regexp.MustCompile(fmt.Sprintf(`● %s .* %s . +%s . +%s `, l.Name, v(l.Seen), v(l.Log), v(l.DB)))
			term.until(row.MatchString, "%s under %s", row, strategy)
		}
		term.typed("q")
		if code, _ := term.ends(); code != 0 {
			t.Errorf("exit code %d", code)
		}
	}
}
