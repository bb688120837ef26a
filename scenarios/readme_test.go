package scenarios_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/scenarios"
	"optimist/shared/scenario"
)

var update = flag.Bool("update", false, "write README.md anew")

// question is what was asked, row by row, and which stories answer.
var question = []struct {
	row     string
	stories []string
}{
	{"event first", []string{"create-then-edit", "three-truths"}},
	{"change first, then publish", []string{"dual-write-gap", "outbox-delivers"}},
	{"the event store as the single source of truth", []string{"three-truths", "crash-after-commit"}},
	{"subscription and asynchronous projection", []string{"three-truths", "stalled"}},
	{"the projection fails", []string{"for-good", "stalled", "try-again", "crash-before-commit"}},
	{"storing the event fails", []string{"store-says-later", "store-says-no", "ack-lost"}},
	{"an edit of a record that is not projected yet, or never will be", []string{"create-then-edit", "for-good"}},
	{"rely on the local database and return an error?", []string{"create-then-edit"}},
	{"push", []string{"feed-lost", "failures-found-by-looking"}},
	{"the UI reads from the event store or a cache", []string{"list-from-the-log"}},
	{"returning the id to the client", []string{"the-id-comes-later"}},
	{"natural keys, shown even though the write failed", []string{"email-is-the-key", "another-email", "reserved"}},
}

// TestReadme compares README.md with the library. Write it anew with
// `go test ./scenarios -run Readme -update`.
func TestReadme(t *testing.T) {
	want := readme(mustReadAll(t))
	if *update {
		if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("README.md is stale (-want +got):\n%s", diff)
	}
}

// TestQuestionIsAnswered: every row has a story, and every story that is named
// is there.
func TestQuestionIsAnswered(t *testing.T) {
	names := scenarios.Names()
	for _, q := range question {
		if len(q.stories) == 0 {
			t.Errorf("no story answers: %s", q.row)
		}
		for _, name := range q.stories {
			if !slices.Contains(names, name) {
				t.Errorf("%s: there is no story %s", q.row, name)
			}
		}
	}
}

// readme is the list of all stories.
func readme(scripts []*scenario.Script) string {
	var b strings.Builder
	b.WriteString("# The stories\n\n" +
		"Each is a test, a lesson and the seed of a search. `optimist run NAME` runs one, `--live` on real parts, `--strategy all` under\n" +
		"every strategy; `optimist export NAME` draws it; `optimist scenarios copy DIR NAME` gives you a copy to change. This page is\n" +
		"written by `go test ./scenarios -run Readme -update`.\n\n" +
		"| level | story | what it tells | strategy | faults | anomalies |\n| --- | --- | --- | --- | --- | --- |\n")
	slices.SortStableFunc(scripts, func(a, b *scenario.Script) int { return a.Level - b.Level })
	for _, s := range scripts {
		var c coverage
		c.add(s)
		name := strings.TrimSuffix(s.Name, scenarios.Ext)
		fmt.Fprintf(&b, "| %d | [%s](%s) | %s | `%s` | %s | %s |\n",
			s.Level, name, s.Name, title(s), s.Strategy.Text(), strings.Join(c.faults, ", "), strings.Join(c.anomalies, ", "))
	}
	b.WriteString("\n## The course\n\n`optimist learn` plays these in their order, each with a few questions after it.\n\n" +
		"| lesson | level | story | what to remember |\n| --- | --- | --- | --- |\n")
	for _, s := range course(scripts) {
		fmt.Fprintf(&b, "| %d | %d | [%s](%s) | %s |\n", s.Lesson, s.Level, title(s), s.Name, s.Takeaway)
	}
	b.WriteString("\n## The question, row by row\n\n| asked | told in |\n| --- | --- |\n")
	for _, q := range question {
		links := make([]string, len(q.stories))
		for i, name := range q.stories {
			links[i] = fmt.Sprintf("[%s](%s%s)", name, name, scenarios.Ext)
		}
		fmt.Fprintf(&b, "| %s | %s |\n", q.row, strings.Join(links, ", "))
	}
	return b.String()
}
