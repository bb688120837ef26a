package state_test

import (
	"os"
	"path/filepath"
	"testing"

	"optimist/client/state"
)

// A file takes another's place whole, with nothing left beside it, in a
// directory that is made for it and that nobody else may read.
func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	path := filepath.Join(dir, "file")
	for _, text := range []string{"first, and longer", "second", ""} {
		if err := state.Write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("%q, %v", got, err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left: %v, %v", left, err)
	}
	for name, want := range map[string]os.FileMode{dir: 0o700, path: 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

// Where it cannot be written, what was there stays, and nothing is left.
func TestWriteFails(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := state.Write(path, []byte("text")); err == nil {
		t.Error("a directory was replaced")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left: %v, %v", left, err)
	}
	if err := state.Write(filepath.Join(path, "x", "\x00"), []byte("text")); err == nil {
		t.Error("a name with a zero was written")
	}
}

func TestDir(t *testing.T) {
	t.Setenv("HOME", "/home/ada")
	for set, want := range map[string]string{"/var/state": "/var/state/optimist", "": "/home/ada/.local/state/optimist", "here": "/home/ada/.local/state/optimist"} {
		t.Setenv("XDG_STATE_HOME", set)
		if dir, err := state.Dir(); dir != want || err != nil {
			t.Errorf("%q: %s, %v", set, dir, err)
		}
	}
	t.Setenv("HOME", "")
	if _, err := state.Dir(); err == nil {
		t.Error("somebody without a home has a state directory")
	}
}
