package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Limits of a server in a test.
const (
	readyWait = 30 * time.Second // Until it is ready; far more than it takes.
	stopLimit = 5 * time.Second  // From SIGTERM to its end, as it is promised.
	killWait  = 30 * time.Second // From SIGKILL to its end.
)

// raceOptions let a process that is watched by the race detector end at once: it
// would sleep for a second.
const raceOptions = "atexit_sleep_ms=10"

// readyLine begins the line by which a server says where it is.
const readyLine = "optimistd: ready at "

// program is the optimistd that the tests of this package run.
var program string

// builds is a test run that has an optimistd to run, first on the PATH.
type builds struct{ *testing.M }

// Run builds optimistd, with the race detector if the tests have it, and runs
// the tests.
func (b builds) Run() int {
	dir, err := os.MkdirTemp("", "optimistd-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }() // What is left is temporary anyway.
	program = filepath.Join(dir, "optimistd")
	args := append([]string{"build", "-o", program}, raceFlags...)
	build := exec.Command("go", append(args, "../server")...)
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "build optimistd:", err)
		return 1
	}
	path := dir + string(filepath.ListSeparator) + os.Getenv("PATH")
	if err := errors.Join(os.Setenv("PATH", path), os.Setenv("GORACE", raceOptions)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return b.M.Run()
}

// process is an optimistd that runs as a process of its own.
type process struct {
	urls []string // Where it listens, NATS first.

	cmd    *exec.Cmd
	stderr bytes.Buffer // Not to be read before exited is closed.
	exited chan struct{}
	err    error // Of its end; not to be read before exited is closed.
}

// launch starts optimistd in dir, with env, and returns once it is ready. It
// listens at a free port unless args say otherwise.
func launch(dir string, env []string, args ...string) (*process, error) {
	listeners := 0
	for _, a := range args {
		if a == "--listen" || a == "--listen-ws" {
			listeners++
		}
	}
	if listeners == 0 {
		listeners, args = 1, append(args, "--listen", "127.0.0.1:0")
	}
	p := &process{cmd: exec.Command(program, args...), exited: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env, p.cmd.Stderr = dir, env, &p.stderr
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	ready := make(chan string)
	// It reads to the end, after which the process may be waited for.
	go func() {
		defer close(p.exited)
		lines := bufio.NewScanner(stdout)
		for lines.Scan() {
			if url, ok := strings.CutPrefix(lines.Text(), readyLine); ok {
				ready <- url
			}
		}
		p.err = p.cmd.Wait()
	}()
	return p, p.becomeReady(ready, listeners)
}

// becomeReady waits until the server said so at each of its listeners.
func (p *process) becomeReady(ready <-chan string, listeners int) error {
	timeout := time.NewTimer(readyWait)
	defer timeout.Stop()
	for range listeners {
		select {
		case url := <-ready:
			p.urls = append(p.urls, url)
		case <-p.exited:
			return fmt.Errorf("optimistd ended before it was ready: %w\n%s", p.err, p.stderr.String())
		case <-timeout.C:
			return errors.Join(fmt.Errorf("optimistd was not ready after %v", readyWait), p.kill())
		}
	}
	return nil
}

// stop ends the server as a person would, and returns what is wrong with the
// way it went.
func (p *process) stop() error { return p.end(syscall.SIGTERM, stopLimit) }

// kill ends the server as a crash would.
func (p *process) kill() error {
	err := p.end(syscall.SIGKILL, killWait)
	var died *exec.ExitError
	if errors.As(err, &died) && !died.Exited() {
		return nil
	}
	return err
}

// ended waits until the server has ended by itself and returns its exit code.
func (p *process) ended() (int, error) {
	timeout := time.NewTimer(readyWait)
	defer timeout.Stop()
	select {
	case <-p.exited:
		return p.cmd.ProcessState.ExitCode(), nil
	case <-timeout.C:
		return 0, errors.Join(fmt.Errorf("optimistd still ran after %v", readyWait), p.kill())
	}
}

func (p *process) end(sig os.Signal, limit time.Duration) error {
	if err := p.cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("signal optimistd: %w", err)
	}
	timeout := time.NewTimer(limit)
	defer timeout.Stop()
	select {
	case <-p.exited:
	case <-timeout.C:
		_ = p.cmd.Process.Kill() // The error that matters is the next.
		<-p.exited
		return fmt.Errorf("optimistd still ran %v after %v", limit, sig)
	}
	if p.err != nil {
		return fmt.Errorf("optimistd ended with %w\n%s", p.err, p.stderr.String())
	}
	return nil
}
