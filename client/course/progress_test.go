package course_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/go-cmp/cmp"

	"optimist/client/course"
)

// day is when lessons are passed here.
var day = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

// What was passed is passed for the next process, too; once is enough, and a
// reset forgets it.
func TestProgress(t *testing.T) {
	path := mustPath(t)
	p := mustOpen(t, path)
	if p.Done("a") || p.Count() != 0 {
		t.Error("something is passed")
	}
	mustPass(t, p, "a")
	if err := p.Pass(t.Context(), "a", day.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	again := mustOpen(t, path)
	if !p.Done("a") || !again.Done("a") || again.Done("b") || again.Count() != 1 {
		t.Errorf("passed: %d", again.Count())
	}
	want := map[string]any{"version": 1.0, "passed": map[string]any{"a": "2026-05-01T12:00:00Z"}}
	if diff := cmp.Diff(want, mustDecode(t, path)); diff != "" {
		t.Errorf("the file (-want +got):\n%s", diff)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := again.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if mustOpen(t, path).Count() != 0 {
		t.Error("a reset does not forget")
	}
}

// What cannot be understood is kept beside it under a name of its own, and the
// course begins anew.
func TestProgressBroken(t *testing.T) {
	path := mustPath(t)
	for i, text := range []string{"", "{", "[]", `{"version":0}`, `{"version":"1"}`, `{"version":1} {}`, "\x00\xff", strings.Repeat(" ", 1<<20) + "{}"} {
		mustWrite(t, path, text)
		p := mustOpen(t, path)
		want := path + ".bad"
		if i > 0 {
			want = fmt.Sprintf("%s.bad%d", path, i+1)
		}
		if p.Aside() != want || p.Count() != 0 {
			t.Fatalf("%q: aside %q, want %q; %d passed", text, p.Aside(), want, p.Count())
		}
		if kept, err := os.ReadFile(want); err != nil || string(kept) != text {
			t.Errorf("%q became %q, %v", text, kept, err)
		}
		mustPass(t, p, "a")
		if again := mustOpen(t, path); !again.Done("a") || again.Aside() != "" {
			t.Errorf("%q: the course does not begin anew", text)
		}
	}
}

// A newer program's file is left as it is.
func TestProgressNewer(t *testing.T) {
	path := mustPath(t)
	const text = `{"version":2,"passed":["a"]}`
	mustWrite(t, path, `{"version":2,"passed":{},"more":true}`)
	_, err := course.Open(path)
	var newer *course.NewerError
	if !errors.As(err, &newer) || newer.Version != 2 || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v", err)
	}
	mustWrite(t, path, text)
	if _, err := course.Open(path); !errors.As(err, &newer) {
		t.Errorf("another layout: %v", err)
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != text {
		t.Errorf("it is now %q, %v", kept, err)
	}
}

// A directory that may not be written to: what is there is read, and what
// cannot be kept is an error, not a silence.
func TestProgressReadOnly(t *testing.T) {
	path := mustPath(t)
	mustPass(t, mustOpen(t, path), "a")
	dir := filepath.Dir(path)
	if err := os.Remove(path + ".lock"); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) }) // So that it can be removed.
	p := mustOpen(t, path)
	if !p.Done("a") {
		t.Error("what is there is not read")
	}
	if err := p.Pass(t.Context(), "b", day); os.Geteuid() != 0 && !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v", err)
	}
}

// A file where the directory should be is told as it is.
func TestProgressNoDirectory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	mustWrite(t, file, "")
	if _, err := course.Open(filepath.Join(file, "progress.json")); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("got %v", err)
	}
}

// Two who pass lessons at once, as two terminals do, lose nothing of each other.
func TestProgressOfTwo(t *testing.T) {
	path := mustPath(t)
	const each = 20
	var both sync.WaitGroup
	for _, who := range []string{"a", "b"} {
		p := mustOpen(t, path)
		both.Go(func() {
			for i := range each {
				if err := p.Pass(t.Context(), fmt.Sprintf("%s%d", who, i), day); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	if n := mustOpen(t, path).Count(); n != 2*each {
		t.Errorf("%d are passed, want %d", n, 2*each)
	}
	left, err := filepath.Glob(path + "*")
	if err != nil || len(left) != 2 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Nobody waits for ever for somebody who holds the file.
func TestProgressHeld(t *testing.T) {
	path := mustPath(t)
	p := mustOpen(t, path)
	mustPass(t, p, "a")
	other := flock.New(path + ".lock")
	if err := other.Lock(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := p.Pass(ctx, "b", day); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	mustPass(t, p, "b")
}

func TestPath(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", "/somewhere")
	if path, err := course.Path(); path != "/somewhere/optimist/progress.json" || err != nil {
		t.Errorf("%s, %v", path, err)
	}
	t.Setenv("XDG_STATE_HOME", "relative")
	t.Setenv("HOME", "/home/ada")
	if path, err := course.Path(); path != "/home/ada/.local/state/optimist/progress.json" || err != nil {
		t.Errorf("%s, %v", path, err)
	}
}

// mustPath is a file that is not there, in a directory that is not there.
func mustPath(tb testing.TB) string {
	tb.Helper()
	return filepath.Join(tb.TempDir(), "state", "optimist", "progress.json")
}

func mustOpen(tb testing.TB, path string) *course.Progress {
	tb.Helper()
	p, err := course.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func mustPass(tb testing.TB, p *course.Progress, name string) {
	tb.Helper()
	if err := p.Pass(tb.Context(), name, day); err != nil {
		tb.Fatal(err)
	}
}

func mustWrite(tb testing.TB, path, text string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
}

func mustDecode(tb testing.TB, path string) (out map[string]any) {
	tb.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	if err := json.Unmarshal(text, &out); err != nil {
		tb.Fatal(err)
	}
	return out
}
