package cue

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"optimist/client/lab"
	"optimist/client/state"
)

// Writer keeps the file of one player. Close it.
type Writer struct {
	path string
	ours sync.WaitGroup
	wake chan struct{} // A place waits to be written; closed by Close.

	mu     sync.Mutex
	latest lab.Cue
	closed bool
	err    error // The first.
}

// Begin begins to keep a file in dir for a story of that title.
func Begin(dir, title string, now func() time.Time) *Writer {
	w := &Writer{path: filepath.Join(dir, strconv.Itoa(os.Getpid())+ext), wake: make(chan struct{}, 1)}
	host, _ := os.Hostname() // Without a name, it is read without one.
	cue := Cue{Version: layout, PID: os.Getpid(), Host: host, Title: title, Began: now()}
	// One goroutine writes, so that a screen never waits for a disk. It writes the
	// newest place; those before it that it missed nobody could have read.
	w.ours.Go(func() {
		for range w.wake {
			w.mu.Lock()
			cue.at(w.latest, now())
			w.mu.Unlock()
			w.note(w.write(&cue))
		}
	})
	return w
}

// Put passes on where the story stands. It returns at once. After Close it does
// nothing: a screen may be the last to go.
func (w *Writer) Put(at lab.Cue) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	w.latest = at
	select {
	case w.wake <- struct{}{}:
	default: // The writer will find it.
	}
}

// Close removes the file. It returns why the story could not be followed, if so.
func (w *Writer) Close() error {
	w.mu.Lock()
	w.closed = true
	close(w.wake)
	w.mu.Unlock()
	w.ours.Wait()
	if err := os.Remove(w.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.note(err)
	}
	if w.err != nil {
		return fmt.Errorf("keep the notes for a second terminal: %w", w.err)
	}
	return nil
}

func (w *Writer) write(c *Cue) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return state.Write(w.path, append(text, '\n'))
}

// note remembers the first error.
func (w *Writer) note(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil {
		w.err = err
	}
}
