package matrix

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"optimist/client/lab"
	"optimist/client/search"
	"optimist/shared/explore"
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

// What was searched when ctx ends is there, and the rest counts as cut.
func TestFillIsInterrupted(t *testing.T) {
	scripts, err := search.Defaults()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	work := &Work{
		Scripts: scripts[:1],
		Under:   func(*scenario.Script) []strategy.Strategy { return strategy.All()[3:] },
		Limits:  func(*scenario.Script) search.Limits { return search.Limits{} },
	}
	var ended []*search.Result
	m, err := work.Fill(ctx, Watch{Done: func(r *search.Result) {
		ended = append(ended, r)
		cancel()
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(ended) != len(Under(m)) || ended[0].Cut != "" || Under(m)[0] != "check-projection" {
		t.Errorf("%d searches ended, the first cut by %q; searched %v", len(ended), ended[0].Cut, Under(m))
	}
	all := Over(m, Under(m))
	if got := Unicode.Short(all.mustAt(t, "reserve", "V1")); got != "…" {
		t.Errorf("the last says %q", got)
	}
	if got := Unicode.Short(all.mustAt(t, ended[0].Scope.Strategy.Text(), "V3")); got != "✓" {
		t.Errorf("the first that ended says %q", got)
	}
}

// Progress is told of the first search that goes on, and of no later one.
func TestProgressOfTheFirst(t *testing.T) {
	var told []string
	f := &filling{
		watch:   Watch{Progress: func(p Progress) { told = append(told, fmt.Sprint(p.Done, " ", p.Strategy)) }},
		scopes:  mustScopes(t, "check-projection", "wait"),
		results: make([]*search.Result, 2),
	}
	f.telling(1)(explore.Counts{})
	f.telling(0)(explore.Counts{})
	f.end(0, &search.Result{}, nil)
	f.telling(1)(explore.Counts{})
	if diff := cmp.Diff([]string{"0 check-projection", "1 wait"}, told); diff != "" {
		t.Error(diff)
	}
}

func mustScopes(tb testing.TB, under ...string) []*search.Scope {
	tb.Helper()
	scripts, err := search.Defaults()
	if err != nil {
		tb.Fatal(err)
	}
	var all []*search.Scope
	for _, u := range under {
		s, err := search.NewScope(scripts[0], strategy.Of(u))
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}
