package cue_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"optimist/client/cue"
	"optimist/client/lab"
)

// began is when the stories here begin.
var began = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

// patience is how long a test waits for what must come.
const patience = 10 * time.Second

func at(n int) lab.Cue {
	return lab.Cue{At: n, Of: 9, Now: "? Who knows?", Answer: "the log", Next: "server handle alice.1", Note: "Wait for hands."}
}

// mustSee waits until a cue shows the place.
func mustSee(tb testing.TB, dir string, place int) cue.Cue {
	tb.Helper()
	for limit := time.Now().Add(patience); time.Now().Before(limit); {
		c, ok, err := cue.Newest(dir)
		if err != nil {
			tb.Fatal(err)
		}
		if ok && c.At == place {
			return c
		}
		<-time.After(time.Millisecond)
	}
	tb.Fatalf("the cue never stands at %d", place)
	return cue.Cue{}
}

// A story is followed from its first place to its last, and is gone when its
// player ends.
func TestFollow(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state", "playing")
	if _, ok, err := cue.Newest(dir); ok || err != nil {
		t.Errorf("before anything: %v, %v", ok, err)
	}
	now := began
	w := cue.Begin(dir, "A story", func() time.Time { return now })
	w.Put(at(0))
	got := mustSee(t, dir, 0)
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	want := cue.Cue{
		Version: 1, PID: os.Getpid(), Host: host, Title: "A story", Began: began, Moved: began,
		Of: 9, Note: "Wait for hands.", Now: "? Who knows?", Answer: "the log", Next: "server handle alice.1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for i := range 100 {
		w.Put(at(i % 9))
	}
	w.Put(at(9))
	mustSee(t, dir, 9)
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	w.Put(at(3)) // From a screen that has not gone yet.
	if _, ok, err := cue.Newest(dir); ok || err != nil {
		t.Errorf("after the end: %v, %v", ok, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Of several, the one that moved last is followed; what a killed player left,
// another machine's player and what is no cue are not.
func TestNewest(t *testing.T) {
	dir := t.TempDir()
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	const dead = 1 << 30 // More than any process id.
	file := func(pid int, host, moved, title string) {
		text := `{"version":1,"pid":` + strconv.Itoa(pid) + `,"host":"` + host + `","moved":"` + moved + `","title":"` + title + `"}`
		mustWrite(t, filepath.Join(dir, strconv.Itoa(pid)+".json"), text)
	}
	file(os.Getpid(), host, "2026-05-01T12:00:00Z", "old")
	file(os.Getppid(), host, "2026-05-01T12:00:01Z", "new")
	file(1, "another", "2026-05-01T12:00:02Z", "elsewhere")
	file(dead, host, "2026-05-01T12:00:03Z", "dead")
	mustWrite(t, filepath.Join(dir, "2.json"), "{")
	mustWrite(t, filepath.Join(dir, "3.json"), `{"version":2,"pid":3}`)
	mustWrite(t, filepath.Join(dir, "x.json"), `{"version":1}`)
	mustWrite(t, filepath.Join(dir, "4.json.1.tmp"), `{"version":1,"pid":4}`)
	c, ok, err := cue.Newest(dir)
	if !ok || err != nil || c.Title != "new" {
		t.Errorf("%q, %v, %v", c.Title, ok, err)
	}
	if _, err := os.Stat(filepath.Join(dir, strconv.Itoa(dead)+".json")); !os.IsNotExist(err) {
		t.Errorf("what a dead player left is still there: %v", err)
	}
}

// A player plays although nobody can follow it, and says so at its end.
func TestNobodyCanFollow(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	mustWrite(t, file, "")
	w := cue.Begin(filepath.Join(file, "playing"), "A story", time.Now)
	w.Put(at(1))
	if err := w.Close(); err == nil || !strings.Contains(err.Error(), "second terminal") {
		t.Errorf("got %v", err)
	}
	if _, _, err := cue.Newest(file); err == nil {
		t.Error("a file is a directory")
	}
}

// Line by line, for a pipe; what a script says is made harmless.
func TestLines(t *testing.T) {
	c := cue.Cue{Title: "A story", Began: began, At: 3, Of: 9, Now: "? Who\x1b[31m?", Answer: "the log", Next: "server handle alice.1"}
	const want = "A story   3/9   1:05   paused\nNOTE: (no note here)\nNOW: ? Who?\nANSWER: the log\nNEXT: server handle alice.1\n\n"
	if diff := cmp.Diff(want, c.Lines(began.Add(65*time.Second))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	c = cue.Cue{Title: "A story", Began: began, At: 9, Of: 9, Now: "Over.", Note: "Thank them."}
	const end = "A story   9/9   0:00   the end\nNOTE: Thank them.\nNOW: Over.\nNEXT: this is the end\n\n"
	if diff := cmp.Diff(end, c.Lines(began)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A page fits every terminal, and has the note before anything else.
func TestPage(t *testing.T) {
	c := &cue.Cue{Title: "A story", Began: began, At: 3, Of: 9, Playing: true, Note: strings.Repeat("Wait for hands. ", 30), Now: "Now.", Next: "Then."}
	for _, size := range [][2]int{{80, 24}, {40, 10}, {20, 5}, {3, 2}, {1, 1}, {0, 0}} {
		for _, of := range []*cue.Cue{c, nil} {
			lines := strings.Split(of.Page(size[0], size[1], began), "\n")
			if len(lines) > max(size[1], 1) {
				t.Errorf("%v: %d lines", size, len(lines))
			}
			for _, line := range lines {
				if w := ansi.StringWidth(line); w > max(size[0], 1) {
					t.Errorf("%v: a line of %d cells: %q", size, w, line)
				}
			}
		}
	}
	page := ansi.Strip(c.Page(80, 24, began))
	if note, now := strings.Index(page, "Wait for hands."), strings.Index(page, "Now."); note < 0 || now < note || !strings.Contains(page, "3/9   0:00   playing") {
		t.Errorf("got:\n%s", page)
	}
}

// The screen waits, follows, and is left by q.
func TestScreen(t *testing.T) {
	dir := t.TempDir()
	s := cue.NewScreen(dir, func() time.Time { return began })
	s.Update(tea.WindowSizeMsg{Width: 60, Height: 20})
	s.Update(s.Init()())
	if !strings.Contains(s.View().Content, "Nothing is played") {
		t.Errorf("got:\n%s", s.View().Content)
	}
	w := cue.Begin(dir, "A story", func() time.Time { return began })
	w.Put(at(4))
	mustSee(t, dir, 4)
	_, again := s.Update(s.Init()())
	if text := ansi.Strip(s.View().Content); !strings.Contains(text, "Wait for hands.") || !strings.Contains(text, "the log") || again == nil {
		t.Errorf("got:\n%s", text)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	broken := cue.NewScreen(filepath.Join(dir, strings.Repeat("x", 300)), time.Now)
	broken.Update(tea.WindowSizeMsg{Width: 30, Height: 5})
	broken.Update(broken.Init()())
	if text := broken.View().Content; !strings.Contains(text, "look for what is") || ansi.StringWidth(strings.Split(text, "\n")[0]) > 30 {
		t.Errorf("got:\n%s", text)
	}
	if _, quit := s.Update(tea.KeyPressMsg{Code: 'q', Text: "q"}); quit == nil || quit() != (tea.QuitMsg{}) {
		t.Error("q does not leave")
	}
}

func mustWrite(tb testing.TB, path, text string) {
	tb.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
}
