package course

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"optimist/client/state"
)

// fileName is the file of a person's progress, in the state directory.
const fileName = "progress.json"

// layout is the version of that file's layout.
const layout = 1

// maxBytes is more than a progress file can have.
const maxBytes = 1 << 20

// maxAside is how many broken files are kept.
const maxAside = 100

// Limits of waiting for somebody else who changes the file.
const (
	lockWait = 3 * time.Second
	lockPoll = 10 * time.Millisecond
)

// Path returns where this person's progress is kept. Nothing is made.
func Path() (string, error) {
	dir, err := state.Dir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, fileName), nil
}

// Progress is which lessons a person has passed. It has one owner; two of one
// file, also in two processes, lose nothing of each other.
type Progress struct {
	path   string
	passed map[string]time.Time // By name; when, for the first time.
	aside  string
}

// record is Progress as the file has it.
type record struct {
	Version int                  `json:"version"`
	Passed  map[string]time.Time `json:"passed"`
}

// NewerError says that the file was written by a newer program. It was left as
// it is.
type NewerError struct {
	Path    string
	Version int
}

// Error names the file.
func (e *NewerError) Error() string {
	return fmt.Sprintf("%s was written by a newer optimist (layout %d; this one knows %d)", e.Path, e.Version, layout)
}

// Open reads the progress that is kept in a file; a missing one is an empty one.
// What cannot be understood is moved aside, see Aside, and the course begins
// anew. The error may be a *NewerError.
func Open(path string) (*Progress, error) {
	p := &Progress{path: path}
	return p, p.read()
}

// Done reports whether the lesson of that name is passed.
func (p *Progress) Done(name string) bool {
	_, passed := p.passed[name]
	return passed
}

// Count returns how many lessons are passed.
func (p *Progress) Count() int { return len(p.passed) }

// Aside returns where a file that could not be understood was put, "" if there
// was none.
func (p *Progress) Aside() string { return p.aside }

// Pass keeps that a lesson is passed. What others kept meanwhile stays.
func (p *Progress) Pass(ctx context.Context, name string, now time.Time) error {
	return p.change(ctx, func() {
		if !p.Done(name) {
			p.passed[name] = now.UTC().Truncate(time.Second)
		}
	})
}

// Reset forgets every lesson.
func (p *Progress) Reset(ctx context.Context) error {
	return p.change(ctx, func() { clear(p.passed) })
}

// change reads the file anew, changes what it says and writes it, while nobody
// else does.
func (p *Progress) change(ctx context.Context, do func()) error {
	if err := os.MkdirAll(filepath.Dir(p.path), 0o700); err != nil {
		return fmt.Errorf("keep the progress: %w", err)
	}
	lock := flock.New(p.path+".lock", flock.SetPermissions(0o600))
	waiting, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	if _, err := lock.TryLockContext(waiting, lockPoll); err != nil {
		return fmt.Errorf("keep the progress: wait for the lock on %s: %w", p.path, errors.Join(err, lock.Close()))
	}
	err := p.read()
	if err == nil {
		do()
		err = p.write()
	}
	if closing := lock.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("keep the progress: %w", err)
	}
	return nil
}

// read takes what the file says.
func (p *Progress) read() error {
	p.passed = map[string]time.Time{}
	text, err := os.ReadFile(p.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("read the progress: %w", err)
	}
	r, err := decode(text)
	if r.Version > layout {
		return &NewerError{Path: p.path, Version: r.Version}
	}
	if err != nil {
		return p.putAside(err)
	}
	for name, when := range r.Passed {
		p.passed[name] = when
	}
	return nil
}

// decode reads what a file says; of a newer layout, its version at least.
func decode(text []byte) (record, error) {
	var r record
	if len(text) > maxBytes {
		return r, fmt.Errorf("it has %d bytes", len(text))
	}
	var first struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(text, &first); err != nil {
		return r, err
	}
	err := json.Unmarshal(text, &r)
	if r.Version = first.Version; r.Version < 1 {
		return r, errors.New("no version")
	}
	return r, err
}

// putAside moves a file away that cannot be understood, without writing over
// one that was moved before.
func (p *Progress) putAside(why error) error {
	aside := p.path + ".bad"
	for n := 2; ; n++ {
		_, err := os.Lstat(aside)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil || n > maxAside {
			return fmt.Errorf("%s cannot be read as progress (%w); move it away to begin the course anew", p.path, why)
		}
		aside = fmt.Sprintf("%s.bad%d", p.path, n)
	}
	if err := os.Rename(p.path, aside); err != nil {
		return fmt.Errorf("%s cannot be read as progress (%w), nor moved away: %w", p.path, why, err)
	}
	p.aside = aside
	return nil
}

func (p *Progress) write() error {
	text, err := json.MarshalIndent(record{Version: layout, Passed: p.passed}, "", "  ")
	if err != nil {
		return err
	}
	return state.Write(p.path, append(text, '\n'))
}
