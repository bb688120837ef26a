package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
)

// limited is set in the environment of a process that may limit itself.
const limited = "OPTIMIST_TEST_LIMITED"

// A file that the disk has no room for is an error, and what was there before is
// there still: no half of it, nor an old one that was cut off.
func TestWriteWhole(t *testing.T) {
	if os.Getenv(limited) == "" {
		mustPassAlone(t)
		return
	}
	const room = 4096
	write := func(path string, n int) error {
		return writeWhole(path, func(w io.Writer) error {
			_, err := w.Write(make([]byte, n))
			return err
		})
	}
	dir := t.TempDir()
	small, big := filepath.Join(dir, "small"), filepath.Join(dir, "big")
	mustLimitFiles(t, room)
	for _, n := range []int{room, room / 2} {
		if err := write(small, n); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(small); err != nil || !bytes.Equal(got, make([]byte, n)) {
			t.Errorf("%d bytes of %d, %v", len(got), n, err)
		}
	}
	for _, path := range []string{small, big} {
		if err := write(path, room+1); err == nil {
			t.Errorf("there was room for %s", path)
		}
	}
	if left, err := os.ReadFile(small); err != nil || len(left) != room/2 {
		t.Errorf("%d bytes are left, %v", len(left), err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("%v are left, %v", left, err)
	}
}

// A file that is written anew stays what it was: a link leads to it, who may read it
// may still. A pipe is written to.
func TestOverwrite(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("file", link); err != nil {
		t.Fatal(err)
	}
	if err := overwrite(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "new" {
		t.Errorf("%q, %v", got, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("%v, %v", info, err)
	}
	read, written, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	if err := errors.Join(overwrite(fmt.Sprintf("/dev/fd/%d", written.Fd()), []byte("piped")), written.Close()); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(read); err != nil || string(got) != "piped" {
		t.Errorf("%q, %v", got, err)
	}
}

// mustPassAlone runs the test in a process of its own: what it limits, it limits for
// a whole process, and others write files, too.
func mustPassAlone(t *testing.T) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "-test.v", "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), limited+"=1")
	if out, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("--- PASS: "+t.Name())) {
		t.Fatalf("%v\n%s", err, out)
	}
}

// mustLimitFiles makes a file of more bytes an error, as a full disk does.
func mustLimitFiles(tb testing.TB, bytes uint64) {
	tb.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		tb.Fatal(err)
	}
	limit.Cur = bytes
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		tb.Fatal(err)
	}
}
