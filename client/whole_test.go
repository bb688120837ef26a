package main

import (
	"bytes"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
)

// A file that the disk has no room for is an error, and no half of it is left;
// a file is written anew where there is one.
func TestWriteWhole(t *testing.T) {
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

// mustLimitFiles makes a file of more bytes an error, as a full disk does.
func mustLimitFiles(tb testing.TB, bytes uint64) {
	tb.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		tb.Fatal(err)
	}
	limit := before
	limit.Cur = bytes
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			tb.Error(err)
		}
		signal.Reset(syscall.SIGXFSZ)
	})
}
