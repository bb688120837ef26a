package main

import (
	"bytes"
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

// A file that the disk has no room for is an error, and no half of it is left;
// a file is written anew where there is one.
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
	if err := write(big, room+1); err == nil {
		t.Error("there was room")
	}
	if left, err := os.ReadFile(big); !os.IsNotExist(err) {
		t.Errorf("%d bytes are left, %v", len(left), err)
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
