// Package state says where this person's state is kept between two runs of the
// program: below $XDG_STATE_HOME, or ~/.local/state.
package state

import (
	"fmt"
	"os"
	"path/filepath"
)

// Dir returns the program's directory there. Nothing is made.
func Dir() (string, error) {
	// The XDG base directory specification has relative paths ignored.
	state := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(state) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("find the home directory: %w", err)
		}
		state = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(state, "optimist"), nil
}

// Write puts a file in the place of another in one step: whoever reads it sees
// the old text or the new one. Its directory is made if need be, and only this
// person may read either.
func Write(path string, text []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // It is not needed any more; the first error counts.
	}
	return err
}
