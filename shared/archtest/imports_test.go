package archtest

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// vocabulary is the words that everything else is said in.
var vocabulary = []string{"shared/user", "shared/event", "shared/protocol", "shared/strategy", "shared/fault"}

// spelling is the one thing that is not of the domain and that everybody may
// import, the scenarios too.
const spelling = "shared/spelling"

// cores decide. The third, user, is vocabulary too.
var cores = []string{"shared/user", "shared/projection", "shared/reconcile"}

// ordered are the packages in which the order of everything is part of the
// state: the cores, what is made of them, and what reads a run.
var ordered = slices.Concat(cores, []string{"shared/decide", "shared/sim", "shared/anomaly", "shared/trace", "shared/scenario"})

// modulesOfShared are the modules that files of shared may import.
var modulesOfShared = []string{"github.com/tidwall/btree", "golang.org/x/tools/txtar"}

// modulesOfSharedTests are those that only its tests may import, besides.
var modulesOfSharedTests = []string{"github.com/google/go-cmp", "pgregory.net/rapid"}

// app is the one server package that a client may import: the whole server.
const app = "server/app"

func TestImports(t *testing.T) {
	for _, s := range mustParseTree(t) {
		for _, b := range importBreaches(s) {
			t.Error(b)
		}
	}
}

// importBreaches returns the imports of s that the import rule forbids.
func importBreaches(s source) []breach {
	var found []breach
	for _, spec := range s.ast.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			found = append(found, s.breach(spec, "import %s: %v", spec.Path.Value, err))
			continue
		}
		if rule := forbidden(s, imported); rule != "" {
			found = append(found, s.breach(spec, "import %q: %s", imported, rule))
		}
	}
	return found
}

// forbidden returns the rule that keeps s from importing a package, or "".
func forbidden(s source, imported string) string {
	ours, isOurs := strings.CutPrefix(imported, module+"/")
	switch {
	case isOurs && s.in("shared"):
		return forbiddenInShared(s, ours)
	case isOurs:
		return forbiddenAbove(s, ours)
	case s.in("shared"):
		return forbiddenModule(s, imported)
	}
	return ""
}

// forbiddenInShared is forbidden for files of shared and packages of ours.
func forbiddenInShared(s source, ours string) string {
	switch {
	case !within(ours, "shared"):
		return "shared imports nothing of ours but shared"
	case s.test() && ours == s.dir():
		return "" // A test from outside its package.
	case ours == spelling:
		return ""
	case s.in("shared/explore"):
		return "shared/explore imports nothing of ours"
	case isAnyOf(s.dir(), vocabulary) || isAnyOf(s.dir(), cores):
		if !isAnyOf(ours, vocabulary) {
			return "vocabulary and cores import vocabulary only: " + names(vocabulary)
		}
	}
	return ""
}

// forbiddenAbove is forbidden for files outside shared and packages of ours.
func forbiddenAbove(s source, ours string) string {
	inShared := within(ours, "shared")
	switch {
	case s.in("server"):
		if !inShared && !within(ours, "server") {
			return "server imports nothing of ours but shared and server"
		}
	case s.in("client"):
		if ours == app {
			return forbiddenApp(s)
		}
		if !inShared && !within(ours, "client") && !within(ours, "scenarios") {
			return "client imports nothing of ours but shared, scenarios, client and, in two places, " + app
		}
	case s.in("scenarios"):
		if ours == spelling {
			return ""
		}
		if !s.test() {
			return "scenarios imports nothing of ours but " + spelling
		}
		if !inShared && ours != "scenarios" && ours != "client/live" && ours != "client/story" {
			return "tests of scenarios import nothing of ours but shared, client/story and client/live"
		}
	default:
		return "Go files live in client, server, shared and scenarios"
	}
	return ""
}

// forbiddenApp says which files of client may hold a server.
func forbiddenApp(s source) string {
	if s.test() || s.dir() == "client" || s.dir() == "client/live" {
		return ""
	}
	return "only client's main package, client/live and tests of client import " + app
}

// forbiddenModule is forbidden for files of shared and packages of others.
func forbiddenModule(s source, imported string) string {
	first, _, _ := strings.Cut(imported, "/")
	allowed := modulesOfShared
	if s.test() {
		allowed = slices.Concat(modulesOfShared, modulesOfSharedTests)
	}
	standard := !strings.Contains(first, ".")
	if standard || slices.ContainsFunc(allowed, func(m string) bool { return within(imported, m) }) {
		return ""
	}
	return "shared imports the standard library and " + strings.Join(allowed, ", ") + " only"
}

// isAnyOf reports whether dir is one of packages.
func isAnyOf(dir string, packages []string) bool { return slices.Contains(packages, dir) }

// names is the last elements of paths, for people.
func names(paths []string) string {
	short := make([]string, len(paths))
	for i, p := range paths {
		short[i] = path.Base(p)
	}
	return strings.Join(short, ", ")
}
