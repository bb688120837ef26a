package archtest

import (
	"go/importer"
	"go/token"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The tests below plant breaches, so that the rules are known to bite.

func TestForbiddenImports(t *testing.T) {
	const free = ""
	for _, c := range []struct {
		file, imported string
		rule           string
	}{
		{"shared/reconcile/a.go", "optimist/shared/user", free},
		{"shared/reconcile/a.go", "github.com/tidwall/btree", free},
		{"shared/reconcile/a.go", "optimist/shared/projection", "vocabulary and cores import vocabulary only: user, event, protocol, strategy, fault"},
		{"shared/reconcile/a_test.go", "optimist/shared/reconcile", free},
		{"shared/reconcile/a_test.go", "github.com/google/go-cmp/cmp", free},
		{"shared/reconcile/a_test.go", "pgregory.net/rapid", free},
		{"shared/reconcile/a_test.go", "optimist/shared/projection", "vocabulary and cores import vocabulary only: user, event, protocol, strategy, fault"},
		{"shared/reconcile/a_test.go", "github.com/nats-io/nats.go", "shared imports the standard library and github.com/tidwall/btree, golang.org/x/tools/txtar, github.com/google/go-cmp, pgregory.net/rapid only"},
		{"shared/user/a.go", "github.com/google/go-cmp/cmp", "shared imports the standard library and github.com/tidwall/btree, golang.org/x/tools/txtar only"},
		{"shared/user/a.go", "golang.org/x/tools/txtarball", "shared imports the standard library and github.com/tidwall/btree, golang.org/x/tools/txtar only"},
		{"shared/event/a.go", "optimist/shared/reconcile", "vocabulary and cores import vocabulary only: user, event, protocol, strategy, fault"},
		{"shared/sim/a.go", "optimist/shared/reconcile", free},
		{"shared/sim/a.go", "optimist/server/app", "shared imports nothing of ours but shared"},
		{"shared/sim/a_test.go", "optimist/scenarios", "shared imports nothing of ours but shared"},
		{"shared/explore/a.go", "slices", free},
		{"shared/explore/a.go", "optimist/shared/user", "shared/explore imports nothing of ours"},
		{"shared/explore/a_test.go", "optimist/shared/explore", free},
		{"server/sqlite/a.go", "optimist/shared/projection", free},
		{"server/app/a.go", "optimist/server/sqlite", free},
		{"server/app/a.go", "github.com/nats-io/nats.go", free},
		{"server/app/a_test.go", "optimist/client/remote", "server imports nothing of ours but shared and server"},
		{"client/tui/a.go", "optimist/shared/reconcile", free},
		{"client/lab/a.go", "optimist/scenarios", free},
		{"client/main.go", "optimist/client/tui", free},
		{"client/main.go", "optimist/server/app", free},
		{"client/live/a.go", "optimist/server/app", free},
		{"client/remote/a_test.go", "optimist/server/app", free},
		{"client/tui/a.go", "optimist/server/app", "only client's main package, client/live and tests of client import server/app"},
		{"client/main.go", "optimist/server/eventlog", "client imports nothing of ours but shared, scenarios, client and, in two places, server/app"},
		{"client/remote/a_test.go", "optimist/server/sqlite", "client imports nothing of ours but shared, scenarios, client and, in two places, server/app"},
		{"scenarios/scenarios.go", "optimist/shared/strategy", "scenarios imports nothing of ours but shared/spelling"},
		{"scenarios/a_test.go", "optimist/shared/strategy", free},
		{"scenarios/a_test.go", "optimist/client/live", free},
		{"scenarios/a_test.go", "optimist/server/app", "tests of scenarios import nothing of ours but shared, client/story and client/live"},
		{"tools/a.go", "optimist/shared/user", "Go files live in client, server, shared and scenarios"},
	} {
		t.Run(c.file+" "+c.imported, func(t *testing.T) {
			got := forbidden(source{name: c.file}, c.imported)
			if diff := cmp.Diff(c.rule, got); diff != "" {
				t.Errorf("rule (-want +got):\n%s", diff)
			}
		})
	}
}

func TestImportBreachNamesTheLine(t *testing.T) {
	s := mustParse(t, "package user\n\nimport (\n\t\"fmt\"\n\n\t\"optimist/server/app\"\n)\n\nvar _ = fmt.Sprint(app.X)\n")
	want := []string{`shared/user/a.go:6: import "optimist/server/app": shared imports nothing of ours but shared`}
	if diff := cmp.Diff(want, lines(importBreaches(s))); diff != "" {
		t.Errorf("breaches (-want +got):\n%s", diff)
	}
}

func TestImpureImports(t *testing.T) {
	for imported, rule := range map[string]string{
		`"errors"`:        "",
		`"io/fs"`:         "",
		`"net/mail"`:      "",
		`"time"`:          "",
		`"ostrich"`:       "",
		`"os"`:            `import "os": ` + noIO,
		`"os/exec"`:       `import "os/exec": ` + noIO,
		`"net/http"`:      `import "net/http": ` + noIO,
		`"log/slog"`:      `import "log/slog": ` + noIO,
		`"sync/atomic"`:   `import "sync/atomic": ` + noGoroutine,
		`"context"`:       `import "context": ` + noGoroutine,
		`"math/rand/v2"`:  `import "math/rand/v2": ` + noRandomness,
		`"crypto/rand"`:   `import "crypto/rand": ` + noRandomness,
		`"hash/maphash"`:  `import "hash/maphash": ` + noRandomness,
		`"unsafe"`:        `import "unsafe": ` + noEnvironment,
		`. "strings"`:     `import . "strings": it hides where names come from`,
		`quiet "runtime"`: `import "runtime": ` + noEnvironment,
	} {
		t.Run(imported, func(t *testing.T) {
			var want []string
			if rule != "" {
				want = []string{"shared/user/a.go:3: " + rule}
			}
			s := mustParse(t, "package user\n\nimport "+imported+"\n")
			if diff := cmp.Diff(want, lines(impureImports(s))); diff != "" {
				t.Errorf("breaches (-want +got):\n%s", diff)
			}
		})
	}
}

func TestImpureSyntax(t *testing.T) {
	for code, rules := range map[string][]string{
		`clock.UnixMilli(0)`:     nil,
		`fmt.Sprintln("x")`:      nil,
		`clock.Now()`:            {"clock.Now: " + noClock},
		`f := clock.Sleep; f(1)`: {"clock.Sleep: " + noClock},
		`<-clock.After(1)`:       {"channel receive: " + noGoroutine, "clock.After: " + noClock},
		`fmt.Println("x")`:       {"fmt.Println: " + noIO},
		`println("x")`:           {"println: " + noIO},
		`go f()`:                 {"go statement: " + noGoroutine},
		`c <- 1`:                 {"channel send: " + noGoroutine},
		`select {}`:              {"select statement: " + noGoroutine},
		`var c chan int; _ = c`:  {"chan type: " + noGoroutine},
	} {
		t.Run(code, func(t *testing.T) {
			var want []string
			for _, r := range rules {
				want = append(want, "shared/user/a.go:8: "+r)
			}
			s := mustParse(t, "package user\n\nimport (\n\t\"fmt\"\n\tclock \"time\"\n)\n\nfunc x() { "+code+" }\n")
			if diff := cmp.Diff(want, lines(impureSyntax(s))); diff != "" {
				t.Errorf("breaches (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMapWalks(t *testing.T) {
	const text = `package user

import "maps"

type set map[string]bool

func named(s set) {
	for range s {
	}
}

func generic[M ~map[K]V, K comparable, V any](m M) {
	for range m {
	}
}

func keys(s set) []string {
	var list []string
	for k := range maps.Keys(s) {
		list = append(list, k)
	}
	return list
}

func fine(s set, list []string, n int, next func(func(string) bool)) bool {
	for range list {
	}
	for range n {
	}
	for range next {
	}
	return s["x"] && maps.Equal(s, s)
}
`
	s := mustParse(t, text)
	found, err := mapWalks([]source{s}, importer.ForCompiler(token.NewFileSet(), "source", nil))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"shared/user/a.go:8: range over shared/user.set: " + noMapOrder,
		"shared/user/a.go:13: range over M: " + noMapOrder,
		"shared/user/a.go:19: maps.Keys: " + noMapOrder,
	}
	if diff := cmp.Diff(want, lines(found)); diff != "" {
		t.Errorf("breaches (-want +got):\n%s", diff)
	}
}

// mustParse parses text as a planted file, shared/user/a.go.
func mustParse(t testing.TB, text string) source {
	t.Helper()
	s, err := parse(token.NewFileSet(), "shared/user/a.go", text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// lines is found as a person reads it.
func lines(found []breach) []string {
	var text []string
	for _, b := range found {
		text = append(text, b.String())
	}
	return text
}
