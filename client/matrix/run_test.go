package matrix

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"optimist/client/lab"
	"optimist/client/search"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// patience is how long something may take that takes no time.
const patience = 30 * time.Second

// seen is a terminal's output, which says when it has a text.
type seen struct {
	mu   sync.Mutex
	buf  bytes.Buffer
	want string
	has  chan struct{}
}

func (s *seen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := s.buf.Write(p)
	if s.has != nil && strings.Contains(s.buf.String(), s.want) {
		close(s.has)
		s.has = nil
	}
	return n, err
}

// until waits for a text that was not written before.
func (s *seen) until(t *testing.T, text string) {
	t.Helper()
	s.mu.Lock()
	has := make(chan struct{})
	s.want, s.has = text, has
	s.buf.Reset()
	s.mu.Unlock()
	select {
	case <-has:
	case <-time.After(patience):
		s.mu.Lock()
		defer s.mu.Unlock()
		t.Fatalf("the terminal never shows %q:\n%q", text, s.buf.String())
	}
}

// The search of a screen that is left ends, and so does the film that runs on
// the real thing.
func TestRunIsLeft(t *testing.T) {
	scripts, err := search.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	running, ended := make(chan struct{}), make(chan struct{})
	cfg := Config{
		Work: &Work{
			Scripts: scripts[2:],
			Under:   func(*scenario.Script) []strategy.Strategy { return strategy.All()[:1] },
			Limits:  func(*scenario.Script) search.Limits { return search.Limits{} }, // It would take minutes.
		},
		Live: func(ctx context.Context, _ *scenario.Script, _ strategy.Strategy, _ func(int)) (*lab.Tape, error) {
			close(running)
			<-ctx.Done()
			close(ended)
			return nil, ctx.Err()
		},
	}
	out, done := &seen{}, make(chan error, 1)
	in, keys := io.Pipe()
	t.Cleanup(func() { _ = keys.Close() })
	// One goroutine runs the screen, and the test presses its keys.
	go func() {
		done <- Run(t.Context(), cfg, tea.WithInput(in), tea.WithOutput(out), tea.WithWindowSize(120, 36),
			tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	}()
	press := func(key string) {
		t.Helper()
		if _, err := io.WriteString(keys, key); err != nil {
			t.Fatal(err)
		}
	}
	out.until(t, "frontier")
	press("!")
	out.until(t, "Shortest film")
	press("v")
	mustClose(t, running, "the film is not run")
	press("q")
	mustClose(t, ended, "the film runs on")
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Fatal("the search goes on")
	}
}

// mustClose waits until a channel is closed.
func mustClose(tb testing.TB, c <-chan struct{}, otherwise string) {
	tb.Helper()
	select {
	case <-c:
	case <-time.After(patience):
		tb.Fatal(otherwise)
	}
}

// What was searched when ctx ends is there, and the rest counts as cut; progress
// is told in the order of the work.
func TestFillIsInterrupted(t *testing.T) {
	scripts, err := search.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	work := &Work{
		Scripts: scripts[:1],
		Under:   func(*scenario.Script) []strategy.Strategy { return strategy.All()[3:5] },
		Limits:  func(*scenario.Script) search.Limits { return search.Limits{} },
	}
	var order []string
	m, err := work.Fill(ctx, Watch{Done: func(r *search.Result) {
		order = append(order, r.Scope.Strategy.Text())
		cancel()
	}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(order, " ") != "check-projection wait" {
		t.Errorf("searched %v", order)
	}
	all := Over(m, Under(m))
	if got := Unicode.Short(all.mustAt(t, "check-projection", "V1")); got != "✗4" {
		t.Errorf("the first says %q", got)
	}
	if got := Unicode.Short(all.mustAt(t, "wait", "V1")); got != "…" {
		t.Errorf("the second says %q", got)
	}
}
