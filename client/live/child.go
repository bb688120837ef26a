package live

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/nats-io/nats.go"
)

// childEnv makes a process of this program a part of a live world, and says
// which.
const childEnv = "OPTIMIST_LIVE_CHILD"

// The parts that run as processes of their own.
const (
	hostPart = "server"
	seatPart = "client"
)

// Child is the whole life of a process that a World started. It returns false at
// once in any other. A program that opens worlds with Crashes calls it first.
func Child() bool {
	part, ours := os.LookupEnv(childEnv)
	if !ours {
		return false
	}
	// Who started it ends it: by a kill, or by the end of its input.
	signal.Ignore(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	var err error
	switch part {
	case hostPart:
		err = serve(os.Stdin, os.Stdout, mortal(os.Stdout).do)
	case seatPart:
		err = serve(os.Stdin, os.Stdout, (&seat{connect: dial}).do)
	default:
		err = fmt.Errorf("unknown part %q", part)
	}
	if err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "optimist: error: a part of a live run: %v\n", err)
	}
	return true
}

// mortal returns a host that ends its process when a fault crashes it, as a power
// cut would but for the disk. Its last words tell which faults are left: they are
// the story's, not the server's.
func mortal(out io.Writer) *host {
	h := new(host)
	h.crash = func(string) {
		// Nobody else writes: the request that led here is not answered.
		_ = json.NewEncoder(out).Encode(hostAnswer{Crashed: true, Faults: h.app.Faults()})
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // It is over, even if this thread has not heard of it yet.
	}
	return h
}

// dial connects to a server elsewhere.
func dial(url string) func(...nats.Option) (*nats.Conn, error) {
	return func(opts ...nats.Option) (*nats.Conn, error) { return nats.Connect(url, opts...) }
}

// serve answers requests, each a line, until they end.
func serve[Request, Answer any](in io.Reader, out io.Writer, do func(context.Context, Request) Answer) error {
	requests, answers := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var req Request
		if err := requests.Decode(&req); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("read a request: %w", err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		answer := do(ctx, req)
		cancel()
		if err := answers.Encode(answer); err != nil {
			return fmt.Errorf("write an answer: %w", err)
		}
	}
}

// far carries to a process of its own.
type far[Request, Answer any] struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// launch starts a process of this program as that part. Kill it.
func launch[Request, Answer any](part string) (*far[Request, Answer], error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("start a %s: %w", part, err)
	}
	f := &far[Request, Answer]{cmd: exec.Command(self)}
	f.cmd.Env = append(os.Environ(), childEnv+"="+part)
	f.cmd.Stderr = os.Stderr
	if f.in, err = f.cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("start a %s: %w", part, err)
	}
	out, err := f.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start a %s: %w", part, err)
	}
	f.out = bufio.NewReader(out)
	if err := f.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start a %s: %w", part, err)
	}
	return f, nil
}

// ask sends a request and waits for its answer. When ctx ends before, the other
// end is killed: it promised to answer in time.
func (f *far[Request, Answer]) ask(ctx context.Context, req Request) (answer Answer, err error) {
	line, err := json.Marshal(req)
	if err != nil {
		return answer, fmt.Errorf("encode a request: %w", err)
	}
	stop := context.AfterFunc(ctx, func() { _ = f.cmd.Process.Kill() })
	defer stop()
	if _, err := f.in.Write(append(line, '\n')); err != nil {
		return answer, errGone
	}
	line, err = f.out.ReadBytes('\n')
	if ctx.Err() != nil {
		return answer, fmt.Errorf("no answer: %w", ctx.Err())
	}
	if err != nil {
		return answer, errGone
	}
	if err := json.Unmarshal(line, &answer); err != nil {
		return answer, fmt.Errorf("read an answer: %w", err)
	}
	return answer, nil
}

// kill ends the process at once and waits for its end.
func (f *far[Request, Answer]) kill() error {
	_ = f.in.Close()
	_ = f.cmd.Process.Kill() // It may be gone already.
	err := f.cmd.Wait()
	var died *exec.ExitError
	if errors.As(err, &died) {
		return nil
	}
	return err
}
