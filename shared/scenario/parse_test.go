package scenario_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"optimist/shared/scenario"
)

// stories are the real ones.
const stories = "../../scenarios/*.scenario"

func mustParse(tb testing.TB, name string, text []byte) *scenario.Script {
	tb.Helper()
	s, err := scenario.Parse(name, text)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// Each file of testdata/errors is an archive: a script named `in`, or several,
// and in `err` what reading and vetting them says.
func TestErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/errors/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			archive := mustReadArchive(t, file)
			changed := false
			for i := 0; i+1 < len(archive.Files); i += 2 {
				in, want := archive.Files[i], &archive.Files[i+1]
				got := said(in.Name, sections(in.Data))
				if *update {
					changed = changed || got != string(want.Data)
					want.Data = []byte(got)
					continue
				}
				if diff := cmp.Diff(string(want.Data), got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", in.Name, diff)
				}
			}
			if changed {
				mustWrite(t, file, txtar.Format(archive))
			}
		})
	}
}

// said is what reading and vetting a script says.
func said(name string, text []byte) string {
	s, err := scenario.Parse(name, text)
	if err == nil {
		err = s.Vet()
	}
	if err == nil {
		return "fine\n"
	}
	return err.Error() + "\n"
}

// sections returns a script that stands in an archive, where its own markers
// have one dash more.
func sections(text []byte) []byte {
	text = bytes.ReplaceAll(append([]byte("\n"), text...), []byte("\n--- "), []byte("\n-- "))
	return text[1:]
}

func TestLimits(t *testing.T) {
	const mib = scenario.MaxBytes
	line := strings.Repeat("x", mib)
	for name, c := range map[string]struct{ text, says string }{
		"a byte too much":     {line + "x", "test:1:1: the file has 1048577 bytes; at most 1048576 are read"},
		"a line too much":     {strings.Repeat("\n", scenario.MaxLines+1), "test:10001:1: the file has 10001 lines; at most 10000 are read"},
		"one word":            {line, "unknown word"},
		"one name":            {"client " + line[7:], "is no name of a client"},
		"many names":          {"client " + strings.Repeat("a b ", mib/4-2), "is a client already"},
		"many clients":        {"client " + clients(40), "more than 32 clients"},
		"open quotes":         {strings.Repeat(`"`, mib), "text right behind a quote"},
		"quotes in lines":     {strings.Repeat(strings.Repeat(`"`, 119)+"\n", mib/120), "text right behind a quote"},
		"escapes":             {`"` + strings.Repeat(`\`, mib-1), "the quote is not closed"},
		"brackets":            {strings.Repeat("[", mib), "the condition is not closed"},
		"conditions":          {strings.Repeat("[strategy=wait]", mib/15), "unknown word"},
		"names in conditions": {"[strategy=" + strings.Repeat("wait,", mib/5-4) + "] stabilize", "wait is named twice"},
		"equals":              {strings.Repeat("=", mib), "nothing before ="},
		"axes":                {"use strategy wait " + strings.Repeat("reply=accepted ", mib/15-2), "reply is chosen twice"},
		"one strategy":        {"use strategy " + line[13:], "unknown strategy"},
		"narration":           {strings.Repeat("> x\n", 10_000), ""},
		"questions":           {strings.Repeat("? x\n", 10_000), "the question has 0 of at least 2 answers"},
		"answers":             {"? x\n" + strings.Repeat("- x\n", 9_000) + "* x\n", "9001 answers; at most 9 can be chosen"},
		"asks":                {"-- check --\n" + strings.Repeat("? x\n", 9_999), "the question has 0 of at least 2 answers"},
		"reasons":             {"-- check --\n? x\n* y\n- x\n" + strings.Repeat("> x\n", 9_990), ""},
		"sections":            {strings.Repeat("-- want/x --\n", 10_000), "a second section"},
		"unlike sections":     {strings.Repeat("-- x --\n", 10_000), "unknown section"},
		"golden":              {"-- want/x --\n" + line[20:], ""},
		"blanks":              {strings.Repeat(" ", mib), ""},
		"tabs":                {strings.Repeat("\t", mib-1) + "x", "unknown word"},
		"no UTF-8":            {strings.Repeat("\n", 9_000) + strings.Repeat("ä", 400_000) + "\xff", "the byte 0xff is not UTF-8"},
		"zeros":               {strings.Repeat("\x00", mib), "a control character"},
		"marks":               {"> " + strings.Repeat("\u0301", mib/2-2), ""},
		"unknown words":       {strings.Repeat("stabilise\n", 10_000), "did you mean stabilize?"},
		"records":             {"client a\n" + strings.Repeat("a create x name=x email=x@y.z\n", 9_999), ""},
		"log":                 {"client a\na create x name=x email=x@y.z\nexpect log" + strings.Repeat(" a.1", mib/4-15), ""},
		"faults":              {"-- explore --\nfaults " + strings.Repeat("disconnect ", mib/11-2), "a second disconnect"},
		"deep numbers":        {"client a\nserver handle a." + strings.Repeat("9", mib-32), "is no intent"},
	} {
		t.Run(name, func(t *testing.T) {
			err := answered(t, []byte(c.text))
			switch {
			case err == nil && c.says != "":
				t.Errorf("no error; want one that says %q", c.says)
			case err != nil && c.says == "":
				t.Errorf("%.2000s", err.Error())
			case err != nil && !strings.Contains(err.Error(), c.says):
				t.Errorf("%.2000s\nwant %q", err.Error(), c.says)
			case err != nil && len(err.Error()) > 10_000:
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
		})
	}
}

// answered returns what is said of a text, which must not take long. It is the
// processor's time that counts: a machine may have other things to do.
func answered(tb testing.TB, text []byte) error {
	tb.Helper()
	begun := busy(tb)
	s, err := scenario.Parse("test", text)
	if err == nil {
		err = s.Vet()
		scenario.Format(s)
	}
	if took := busy(tb) - begun; took > allowed {
		tb.Errorf("took %v", took)
	}
	return err
}

// busy is how long this process has had a processor.
func busy(tb testing.TB) time.Duration {
	tb.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func clients(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = "c" + strings.Repeat("x", i)
	}
	return strings.Join(names, " ")
}

// What Parse reads of a script's beginning, for lists and lessons.
func TestHeaders(t *testing.T) {
	s := mustParse(t, "test", []byte("# title: A race\n# level: 2\n# note: one\n# Note: two\n#note:three\nuse strategy wait reply=accepted\nclient al bo\ngiven ada name=A email=a@b.c\nal edit ada name=B\n# lesson: 7\n#takeaway: So it is: slow.\n# compare: check-log\n-- check --\n? x\n- y\n* z\n"))
	got := []any{s.Title, s.Level, s.Notes, s.Strategy.Text(), s.Clients, s.Records, s.Lines[8].Step.Intent, s.Lesson, s.Takeaway, s.Compare.Text()}
	want := []any{"A race", 2, []string{"one", "three"}, "wait reply=accepted", []string{"al", "bo"}, []string{"ada"}, "al.1", 7, "So it is: slow.", "check-log"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The check is what is asked after the story: questions, their answers, and why
// each is right or not.
func TestAsks(t *testing.T) {
	s := mustParse(t, "test", []byte("client al\n-- check --\n# A comment.\n? Who\n- he\n> Not\n> he.\n* she\n\n? What\n* this\n> Yes.\n- that\n"))
	want := []scenario.Ask{
		{Line: 4, Text: "Who", Answers: []scenario.Answer{{Text: "he", Why: "Not he."}, {Text: "she", Right: true}}},
		{Line: 10, Text: "What", Answers: []scenario.Answer{{Text: "this", Right: true, Why: "Yes."}, {Text: "that"}}},
	}
	if diff := cmp.Diff(want, s.Asks); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A note is for the place where it stands and what comes behind it, up to the
// next one; notes right below each other are one.
func TestNoteAt(t *testing.T) {
	s := mustParse(t, "test", []byte("# title: x\n# note: top\nclient al\n> one\n# note: two\n# note: lines\n\n> two\n-- check --\n# note: ask\n? x\n* y\n- z\n"))
	for line, want := range []string{"top", "top", "top", "top", "top", "two", "two lines", "two lines", "two lines", "two lines", "ask", "ask"} {
		if got := s.NoteAt(line); got != want {
			t.Errorf("line %d: %q, want %q", line, got, want)
		}
	}
	if got := mustParse(t, "test", []byte("client al\n# note: late\n")).NoteAt(1); got != "" {
		t.Errorf("before the first note: %q", got)
	}
}

func mustReadArchive(tb testing.TB, file string) *txtar.Archive {
	tb.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return archive
}

func mustWrite(tb testing.TB, file string, data []byte) {
	tb.Helper()
	if err := os.WriteFile(file, data, 0o644); err != nil {
		tb.Fatal(err)
	}
}
