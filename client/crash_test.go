package main

import (
	"os"
	"os/signal"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// broken is optimist with a goroutine that panics when it is told to.
func broken() {
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGUSR1)
	go func() {
		<-told
		panic("planted")
	}()
	main()
}

// A panic where nobody can catch it gives the terminal back and says where the
// report is.
func TestCrashRestoresTheTerminal(t *testing.T) {
	term := mustStartProgram(t, "broken-optimist", 80, 24, "--demo")
	term.sees("Tony Hoare")
	if err := term.cmd.Process.Signal(syscall.SIGUSR1); err != nil {
		t.Fatal(err)
	}
	code, raw := term.ends()
	if code != 2 { // Of Go's runtime, for a panic.
		t.Errorf("exit code %d", code)
	}
	mustBeRestored(t, raw)
	found := regexp.MustCompile(`the report is in (\S+)`).FindStringSubmatch(raw)
	if found == nil {
		t.Fatalf("no word of a report:\n%q", raw)
	}
	defer func() { _ = os.Remove(found[1]) }()
	report, err := os.ReadFile(found[1])
	if err != nil || !strings.Contains(string(report), "panic: planted") {
		t.Errorf("the report is %q, %v", report, err)
	}
}

// A server inside the program is not crashed by a fault: the screen stays, and
// says where it can be done.
func TestNoFaultCrashesTheScreen(t *testing.T) {
	term := mustStart(t, 80, 24, "--demo")
	term.sees("Tony Hoare")
	term.typed("f")
	term.sees("stall the projector")
	for range 20 { // The crashes are the last of the list.
		term.typed(down)
	}
	term.sees("▸ [ ] crash after the rejection")
	term.typed(enter)
	term.sees("crash after the rejection needs a server of its own: optimistd", "[ ] crash after the rejection")
	term.typed("n")
	term.sees("new record")
	term.typed("Ada", tab, "ada@example.org", enter)
	term.sees("● Ada ")
	term.typed("q")
	code, raw := term.ends()
	if code != 0 {
		t.Errorf("exit code %d", code)
	}
	mustBeRestored(t, raw)
}
