package reconcile

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fewestPorted is how many cases there must be at least.
const fewestPorted = 30

// families are the engines that the ported cases were learnt from, by the
// repository of their tests.
var families = map[string]string{
	"rocicorp/mono":               "Replicache",
	"TanStack/db":                 "TanStack DB",
	"livestorejs/livestore":       "LiveStore",
	"firebase/firebase-js-sdk":    "Firestore",
	"apollographql/apollo-client": "Apollo Client",
	"meteor/meteor":               "Meteor",
	"powersync-ja/powersync-js":   "Electric and PowerSync",
	"electric-sql/electric":       "Electric and PowerSync",
}

// sourceLine is the first line of a ported case: repository, file and test.
var sourceLine = regexp.MustCompile(`^# Source: ([\w-]+/[\w-]+), ([\w@./-]+\.[jt]s), (".+")$`)

// TestPorted plays what other sync engines test of themselves, written anew for
// this replica. Where it does otherwise than they do, the story says so.
func TestPorted(t *testing.T) { playStories(t, "testdata/ported/*.story") }

// TestPortedNamesItsSources checks that every ported case says which test of
// which engine it was learnt from, that no two were learnt from the same one,
// and that no engine is missing.
func TestPortedNamesItsSources(t *testing.T) {
	paths, err := filepath.Glob("testdata/ported/*.story")
	if err != nil || len(paths) < fewestPorted {
		t.Fatalf("%d ported cases, want at least %d (%v)", len(paths), fewestPorted, err)
	}
	learnt, count := map[string]string{}, map[string]int{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		first, rest, _ := strings.Cut(string(text), "\n")
		from := sourceLine.FindStringSubmatch(first)
		if from == nil || families[from[1]] == "" {
			t.Errorf("%s: %q names no known source", path, first)
			continue
		}
		if other := learnt[first]; other != "" {
			t.Errorf("%s was learnt from the same test as %s", path, other)
		}
		if !strings.HasPrefix(rest, "# ") || !strings.Contains(rest, "\nshow ") {
			t.Errorf("%s says nothing of what it shows", path)
		}
		learnt[first] = path
		count[families[from[1]]]++
	}
	for _, family := range families {
		if count[family] < 2 {
			t.Errorf("%d cases of %s", count[family], family)
		}
	}
}
