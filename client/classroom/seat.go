package classroom

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/ssh"
	uv "github.com/charmbracelet/ultraviolet"

	"optimist/client/lab"
	"optimist/shared/printable"
)

// Limits of a seat.
const (
	seatFPS   = 20              // Pictures a second, at most.
	keyRate   = 512             // Bytes that are typed, a second,
	keyBurst  = 4 << 10         // on top of so many at once.
	keyRead   = 256             // Bytes that are read at once.
	maxName   = 32              // Of a user, in characters.
	restTime  = time.Second     // To send the rest to a seat that leaves.
	stallTime = 2 * time.Minute // A seat that read nothing for so long is taken from it.
	closeTime = 2 * time.Second // For its client to hang up.
)

// Why a seat ends.
type farewell uint8

const (
	itLeft farewell = iota
	classOver
	itBroke
	itVanished
)

// words are what is told to a person who leaves.
var words = [...]string{
	itLeft:     "optimist: you have left the class; it goes on. The same command brings you back.\n",
	classOver:  "optimist: the class is over. Goodbye.\n",
	itBroke:    "optimist: your screen broke, the class goes on. The same command brings you back.\n",
	itVanished: "",
}

// seat is one terminal of the class.
type seat struct {
	session ssh.Session
	gate    *gate
	member  *member
	log     *slog.Logger
	leave   <-chan struct{} // Closed when the class is over.
	hangUp  func()          // Closes the connection.
	frames  *atomic.Int64

	broken chan struct{} // Holds one token once the screen broke.
	why    atomic.Uint32 // The farewell.
}

// run shows the class until the person leaves, the client goes, or the class is
// over, and restores the terminal. It returns why it ended.
func (s *seat) run(cfg lab.Config) farewell {
	s.broken = make(chan struct{}, 1)
	ctx, gone := context.WithCancel(s.session.Context())
	defer gone()
	out := newOutlet(&watched{to: s.session, late: gone})
	blind := make(chan struct{})
	program := s.program(ctx, cfg, nothing(blind), out)
	var ours sync.WaitGroup
	ended := make(chan struct{})
	events := make(chan uv.Event)
	ours.Go(out.pump)
	// One goroutine reads what is typed. It ends when the session does.
	ours.Go(func() { s.read(ctx, events, ended) })
	// One goroutine brings the program what happens outside of it, in order.
	ours.Go(func() { s.bring(program, events, out, ended) })
	_, err := program.Run()
	if err != nil {
		s.log.Debug("the screen ended", "err", err)
	}
	close(blind)
	close(ended)
	why := farewell(s.why.Load())
	s.bye(out, why)
	gone()
	_ = s.session.Close() // Whoever reads it still, stops.
	ours.Wait()
	return why
}

// program is the screen, on the terminal that the client has.
func (s *seat) program(ctx context.Context, cfg lab.Config, in io.Reader, out *outlet) *tea.Program {
	pty, _, _ := s.session.Pty()
	env := environment(s.session.Environ(), pty.Term)
	cfg.ASCII = cfg.ASCII || sevenBit(env)
	view := &screen{model: lab.New(cfg), out: out, log: s.log, broke: func() { poke(s.broken) }, frames: s.frames}
	return tea.NewProgram(view,
		tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(out), tea.WithEnvironment(env),
		tea.WithColorProfile(colorprofile.Env(env)), tea.WithFPS(seatFPS), tea.WithFilter(seatOnly), tea.WithoutSignalHandler(),
		tea.WithWindowSize(cells(uint32(max(pty.Window.Width, 0)), maxWidth), cells(uint32(max(pty.Window.Height, 0)), maxHeight)))
}

// read turns what is typed into events, until nobody types any more.
func (s *seat) read(ctx context.Context, events chan<- uv.Event, stop <-chan struct{}) {
	defer close(events)
	pty, _, _ := s.session.Pty()
	in := &inlet{from: s.session, stop: stop, pace: pace{rate: keyRate, burst: keyBurst}}
	if err := uv.NewTerminalReader(in, shorten(pty.Term)).StreamEvents(ctx, events); err != nil {
		s.log.Debug("reading ended", "err", err)
	}
}

// bring sends the program what happens outside of it until it ends, and then
// throws the rest of what was typed away.
func (s *seat) bring(program *tea.Program, events <-chan uv.Event, out *outlet, ended <-chan struct{}) {
	leave := s.leave
	end := func(why farewell) {
		s.why.CompareAndSwap(uint32(itLeft), uint32(why))
		program.Quit()
	}
	for open := true; open; {
		select {
		case e, more := <-events:
			if open = more; more {
				program.Send(e)
			} else {
				end(itVanished)
			}
		case <-s.gate.resized:
			w, h := s.gate.size()
			program.Send(tea.WindowSizeMsg{Width: w, Height: h})
		case <-out.drained:
			program.Send(frame{})
		case <-s.broken:
			end(itBroke)
		case <-leave:
			leave = nil
			end(classOver)
		case <-ended:
			open = false
		}
	}
	for range events {
	}
}

// bye sends what is left, and a last line.
func (s *seat) bye(out *outlet, why farewell) {
	// A seat that does not read misses it.
	_, _ = io.WriteString(out, words[why])
	out.end()
	t := time.NewTimer(restTime)
	defer t.Stop()
	select {
	case <-out.done:
		code := 0
		if why == itBroke {
			code = 1
		}
		// A client that is gone needs no code.
		_ = s.session.Exit(code)
	case <-t.C:
		s.hangUp() // To close a session is to write, which may wait for ever.
	case <-s.session.Context().Done():
	}
}

// seatOnly keeps from the program what would reach beyond its seat: to suspend
// is to suspend the server, and a size can be told by whatever is typed.
func seatOnly(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.SuspendMsg:
		return nil
	case tea.WindowSizeMsg:
		return tea.WindowSizeMsg{Width: min(msg.Width, maxWidth), Height: min(msg.Height, maxHeight)}
	}
	return msg
}

// environment is what the client told of its terminal, and nothing of the
// server's own.
func environment(told []string, term string) []string {
	env := []string{"TERM=" + shorten(term)}
	for _, v := range told {
		name, value, _ := strings.Cut(v, "=")
		if name == "NO_COLOR" && value != "" {
			value = "1" // Any value counts.
		}
		env = append(env, printable.Line(name)+"="+printable.Line(value))
	}
	return env
}

// sevenBit reports whether the client said that its terminal has no Unicode.
func sevenBit(env []string) bool {
	for _, name := range []string{"LC_ALL=", "LC_CTYPE=", "LANG="} {
		for _, v := range env {
			if locale, here := strings.CutPrefix(v, name); here && locale != "" {
				return locale == "C" || locale == "POSIX"
			}
		}
	}
	return false
}

// shorten makes a word of a client fit to be kept and shown.
func shorten(word string) string {
	runes := []rune(printable.Line(word[:min(len(word), 4*maxName)]))
	return string(runes[:min(len(runes), maxName)])
}

// inlet reads what is typed, no faster than a person does, so that a flood waits
// in the client.
type inlet struct {
	from io.Reader
	stop <-chan struct{}
	pace pace
}

// Read reads a little.
func (i *inlet) Read(p []byte) (int, error) {
	n, err := i.from.Read(p[:min(len(p), keyRead)])
	i.pace.wait(n, i.stop)
	return n, err
}

// nothing is an input on which nothing comes until it ends: what is typed is
// brought to the program by its seat, which does not wait for it for ever.
type nothing <-chan struct{}

// Read waits for the end.
func (n nothing) Read([]byte) (int, error) {
	<-n
	return 0, io.EOF
}

// watched is a writer that must not take for ever.
type watched struct {
	to   io.Writer
	late func()
}

// Write writes p, and says so when that takes too long.
func (w *watched) Write(p []byte) (int, error) {
	defer time.AfterFunc(stallTime, w.late).Stop()
	return w.to.Write(p)
}
