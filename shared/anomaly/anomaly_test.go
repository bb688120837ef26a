package anomaly_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/anomaly"
	"optimist/shared/trace"
)

// lines is findings as the stories want them: id, what it is about, the step,
// and the sentence.
func lines(found []anomaly.Finding) []string {
	var out []string
	for _, f := range found {
		about := f.Intent
		if about == "" {
			about = strings.TrimPrefix(f.Client+"/"+f.Record, "/")
		}
		price := ""
		if f.Price {
			price = " (price)"
		}
		out = append(out, fmt.Sprintf("%s %s @%d%s: %s", f.ID, about, f.Step, price, f.Why))
	}
	return out
}

// TestStories reads every story and compares all that is found in it.
func TestStories(t *testing.T) {
	for _, s := range mustSections(t, "*.trace") {
		t.Run(s.file+"/"+s.name, func(t *testing.T) {
			if diff := cmp.Diff(s.want, lines(anomaly.Check(s.trace))); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}

// Every definition that applies has a story that shows it and a near miss that
// does not.
func TestEveryDefinitionHasBoth(t *testing.T) {
	shown, missed := map[string]bool{}, map[string]bool{}
	for _, s := range mustSections(t, "[VWD]*.trace") {
		id, _, _ := strings.Cut(s.file, "-")
		found := false
		for _, f := range anomaly.Check(s.trace) {
			found = found || f.ID == id
		}
		if found {
			shown[id] = true
		} else {
			missed[id] = true
		}
	}
	for _, d := range anomaly.All() {
		if shown[d.ID] != d.Applicable || missed[d.ID] != d.Applicable {
			t.Errorf("%s %s: shown by a story: %v; by a near miss not: %v", d.ID, d.Name, shown[d.ID], missed[d.ID])
		}
		if !d.Applicable && d.Reason == "" {
			t.Errorf("%s does not apply, for no reason", d.ID)
		}
	}
}

// A checker that is fed in two halves, with a copy taken between them, finds
// what one finds that reads everything, and the original goes on untouched.
func TestCopyFrom(t *testing.T) {
	scratch := anomaly.New("")
	for _, s := range mustSections(t, "*.trace") {
		want := lines(anomaly.Check(s.trace))
		for cut := range s.trace.Events {
			c := anomaly.New(s.trace.Strategy)
			head := lines(feed(c, s.trace.Events[:cut]))
			scratch.CopyFrom(c)
			first := append(head[:len(head):len(head)], lines(feed(scratch, s.trace.Events[cut:]))...)
			second := append(head[:len(head):len(head)], lines(feed(c, s.trace.Events[cut:]))...)
			first, second = append(first, lines(scratch.Flush())...), append(second, lines(c.Flush())...)
			if diff := cmp.Diff(want, first); diff != "" {
				t.Fatalf("%s/%s copied at %d:\n%s", s.file, s.name, cut, diff)
			}
			if diff := cmp.Diff(want, second); diff != "" {
				t.Fatalf("%s/%s after its copy at %d:\n%s", s.file, s.name, cut, diff)
			}
		}
	}
}

// feed gives events to c and returns all it finds.
func feed(c *anomaly.Checker, events []trace.Event) []anomaly.Finding {
	var all []anomaly.Finding
	for _, e := range events {
		all = append(all, c.Step(e)...)
	}
	return all
}

// What explorers do most costs no memory once there is room.
func TestCopyFromAllocatesNothing(t *testing.T) {
	full, scratch := anomaly.New("reconcile"), anomaly.New("")
	for _, s := range mustSections(t, "reconcile.trace") {
		feed(full, s.trace.Events)
	}
	scratch.CopyFrom(full)
	if n := testing.AllocsPerRun(10, func() { scratch.CopyFrom(full) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Nothing that can be read as a trace makes a checker panic or hang.
func FuzzCheck(f *testing.F) {
	for _, s := range mustSections(f, "*.trace") {
		text, err := json.Marshal(s.trace)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var tr trace.Trace
		if json.Unmarshal(text, &tr) != nil {
			return
		}
		for _, finding := range anomaly.Check(&tr) {
			if finding.ID == "" || finding.Why == "" {
				t.Errorf("%+v", finding)
			}
		}
	})
}

func TestLookup(t *testing.T) {
	for _, word := range []string{"V1", "v1", "spurious-rejection", "Spurious-Rejection"} {
		if d, err := anomaly.Lookup(word); err != nil || d.ID != "V1" {
			t.Errorf("%s: %+v, %v", word, d, err)
		}
	}
	for word, want := range map[string]string{
		"spurious-rejected": `unknown anomaly "spurious-rejected"; did you mean spurious-rejection?`,
		"zombi":             `unknown anomaly "zombi"; did you mean zombie?`,
		"qqqq":              `unknown anomaly "qqqq"; choose a name like spurious-rejection or an id like V1`,
	} {
		if _, err := anomaly.Lookup(word); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", word, err, want)
		}
	}
}

func TestCatalogue(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range anomaly.All() {
		if d.ID == "" || d.Name == "" || d.Title == "" || seen[d.ID] || seen[d.Name] || strings.Contains(d.Kind.String(), "(") {
			t.Errorf("%+v", d)
		}
		seen[d.ID], seen[d.Name] = true, true
	}
	if len(anomaly.All()) != 27 {
		t.Errorf("%d definitions", len(anomaly.All()))
	}
}
