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
