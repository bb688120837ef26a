package scenario_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"optimist/shared/scenario"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

// A file of testdata/format is an archive of pairs: a script as somebody typed
// it, and as it is written. Marker lines have one dash more.
func TestFormat(t *testing.T) {
	const file = "testdata/format.txt"
	archive := mustReadArchive(t, file)
	for i := 0; i+1 < len(archive.Files); i += 2 {
		in, want := archive.Files[i], &archive.Files[i+1]
		t.Run(in.Name, func(t *testing.T) {
			text := sections(in.Data)
			got := scenario.Format(mustParse(t, in.Name, text))
			if again := scenario.Format(mustParse(t, in.Name, got)); !bytes.Equal(got, again) {
				t.Errorf("formatted again (-once +twice):\n%s", cmp.Diff(string(got), string(again)))
			}
			got = bytes.ReplaceAll(got, []byte("\n-- "), []byte("\n--- "))
			if *update {
				want.Data = got
				return
			}
			if diff := cmp.Diff(string(want.Data), string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if *update {
		mustWrite(t, file, txtar.Format(archive))
	}
}

// The stories are in their form, and fit for every strategy.
func TestStories(t *testing.T) {
	for file, text := range mustReadStories(t) {
		s := mustParse(t, file, text)
		if err := s.Vet(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(string(scenario.Format(s)), string(text)); diff != "" {
			t.Errorf("%s: `optimist fmt -w` would change (-to +from):\n%s", file, diff)
		}
	}
}

func mustReadStories(tb testing.TB) map[string][]byte {
	tb.Helper()
	files, err := filepath.Glob(stories)
	if err != nil || len(files) == 0 {
		tb.Fatal(files, err)
	}
	texts := make(map[string][]byte)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		texts[file] = text
	}
	return texts
}

// Whatever is read is written in a form that reads the same, and nothing
// panics.
func FuzzParse(f *testing.F) {
	for _, text := range mustReadStories(f) {
		f.Add(string(text))
	}
	for _, file := range []string{"testdata/format.txt", "testdata/errors/lines.txt", "testdata/errors/words.txt"} {
		for _, in := range mustReadArchive(f, file).Files {
			f.Add(string(sections(in.Data)))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := scenario.Parse("fuzz", []byte(text))
		if err != nil {
			if err.Error() == "" {
				t.Error("an error says nothing")
			}
			return
		}
		_ = s.Vet() // It must not panic.
		once := scenario.Format(s)
		again, err := scenario.Parse("fuzz", once)
		if err != nil {
			t.Fatalf("what was formatted cannot be read: %v\n%s", err, once)
		}
		if diff := cmp.Diff(meaning(s), meaning(again)); diff != "" {
			t.Errorf("formatting changed the meaning (-before +after):\n%s", diff)
		}
		if twice := scenario.Format(again); !bytes.Equal(once, twice) {
			t.Errorf("not stable (-once +twice):\n%s", cmp.Diff(string(once), string(twice)))
		}
	})
}

// meaning is what a script says, less where it says it.
func meaning(s *scenario.Script) []any {
	var all []any
	for _, l := range s.Lines {
		if l.Kind == scenario.Blank {
			continue
		}
		if l.Step.Refused != nil { // An error; its words are enough.
			all = append(all, l.Step.Refused.Error())
			l.Step.Refused = nil
		}
		all = append(all, l.Kind, l.Text, l.Only, l.Right, l.Step, l.Note)
	}
	all = append(all, s.Title, s.Level, s.Notes, s.Strategy, s.Clients, s.Records, s.Lesson, s.Takeaway, s.Compare)
	for _, a := range s.Asks {
		all = append(all, a.Text, a.Answers)
	}
	if e := s.Explore; e != nil {
		all = append(all, e.Faults, e.Budget, e.Window, e.States, e.Time)
	}
	return all
}
