// Package cue passes on where a story stands, from the program that plays it to
// the presenter's second terminal. Each player keeps one small file in the state
// directory, written in one step; whoever follows reads the newest whose player
// is alive. A file needs no port and no permission, and works over SSH.
package cue

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"optimist/client/lab"
	"optimist/client/state"
)

// folder is where the files are, in the state directory.
const folder = "playing"

// layout is the version of a file's layout.
const layout = 1

// ext is what the name of a file ends with, behind the player's process id.
const ext = ".json"

// Cue is where a story stands, and whose it is.
type Cue struct {
	Version int       `json:"version"`
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Title   string    `json:"title"`
	Began   time.Time `json:"began"`
	Moved   time.Time `json:"moved"`
	At      int       `json:"at"` // Step At of Of.
	Of      int       `json:"of"`
	Playing bool      `json:"playing"`
	Note    string    `json:"note"`
	Now     string    `json:"now"`
	Answer  string    `json:"answer"` // The right one, if something is asked.
	Next    string    `json:"next"`   // "" at the end.
}

// Dir returns where the files are. Nothing is made.
func Dir() (string, error) {
	dir, err := state.Dir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, folder), nil
}

// Newest returns the cue that moved last, of players on this machine that are
// alive; ok is false if nothing is played. What dead ones left is removed.
func Newest(dir string) (newest Cue, ok bool, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return Cue{}, false, nil
	}
	if err != nil {
		return Cue{}, false, fmt.Errorf("look for what is played: %w", err)
	}
	host, _ := os.Hostname() // Without a name, all are on this machine.
	for _, e := range entries {
		c, err := read(filepath.Join(dir, e.Name()))
		switch {
		case err != nil || c.Host != host:
			continue // Half of a file, or somebody else's: not for us.
		case !alive(c.PID):
			_ = os.Remove(filepath.Join(dir, e.Name())) // Else the next one does.
			continue
		}
		if !ok || c.Moved.After(newest.Moved) {
			newest, ok = c, true
		}
	}
	return newest, ok, nil
}

// errNotCue says that a file is something else.
var errNotCue = errors.New("not a cue")

// read reads one file.
func read(path string) (Cue, error) {
	pid, err := strconv.Atoi(strings.TrimSuffix(filepath.Base(path), ext))
	if err != nil || !strings.HasSuffix(path, ext) {
		return Cue{}, errNotCue
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return Cue{}, err
	}
	var c Cue
	if err := json.Unmarshal(text, &c); err != nil {
		return Cue{}, err
	}
	if c.Version != layout || c.PID != pid {
		return Cue{}, errNotCue
	}
	return c, nil
}

// alive reports whether there is a process of that id.
func alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

// at takes where the story stands.
func (c *Cue) at(l lab.Cue, now time.Time) {
	c.At, c.Of, c.Playing, c.Note, c.Now, c.Answer, c.Next = l.At, l.Of, l.Playing, l.Note, l.Now, l.Answer, l.Next
	c.Moved = now
}
