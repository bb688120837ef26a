// Package crash gives the terminal back when the program dies in a way that no
// code of its own can catch: a panic in a goroutine of some library, or a fatal
// error of the runtime. A second process of the same program waits beside the
// first. It hears of the end through a pipe, puts the terminal back as it was,
// keeps the report in a file, and says where. (The idea is that of the crash
// monitor in the documentation of runtime/debug.SetCrashOutput.)
package crash

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/sys/unix"
)

// monitorEnv tells a process that it is the monitor, and holds the terminal's
// settings.
const monitorEnv = "OPTIMIST_CRASH_MONITOR"

// maxReport is how much of a report is kept, in bytes.
const maxReport = 1 << 20

// Watch starts a monitor over the terminal at stdout. From then on a crash of
// this process gives the terminal back. The returned function ends the monitor
// and waits for it; without a terminal there is none.
func Watch() (stop func(), err error) {
	settings, err := unix.IoctlGetTermios(int(os.Stdout.Fd()), getTermios)
	if err != nil {
		return func() {}, nil // Not a terminal: there is nothing to give back.
	}
	kept, err := json.Marshal(settings)
	if err != nil {
		return nil, fmt.Errorf("watch for a crash: %w", err)
	}
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("watch for a crash: %w", err)
	}
	reports, report, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("watch for a crash: %w", err)
	}
	monitor := exec.Command(self)
	monitor.Env = append(os.Environ(), monitorEnv+"="+string(kept))
	monitor.Stdin, monitor.Stdout, monitor.Stderr = reports, os.Stdout, os.Stderr
	if err = monitor.Start(); err == nil {
		err = debug.SetCrashOutput(report, debug.CrashOptions{})
	}
	// The monitor has its own end, and the runtime its own copy.
	_, _ = reports.Close(), report.Close()
	if err != nil {
		return nil, fmt.Errorf("watch for a crash: %w", err)
	}
	return func() {
		_ = debug.SetCrashOutput(nil, debug.CrashOptions{}) // Closes the last copy: the monitor reads the end.
		_ = monitor.Wait()
	}, nil
}

// Monitor is the monitor's whole life, in a process that Watch started. It
// returns false at once in any other.
func Monitor() bool {
	kept, ours := os.LookupEnv(monitorEnv)
	if !ours {
		return false
	}
	// What ends the program must not end who cleans up after it.
	signal.Ignore(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	report, err := io.ReadAll(io.LimitReader(os.Stdin, maxReport))
	if err != nil || len(report) == 0 {
		return true // The program ended by itself.
	}
	var settings unix.Termios
	if json.Unmarshal([]byte(kept), &settings) == nil {
		signal.Ignore(syscall.SIGTTOU) // The shell may be in front again.
		_ = unix.IoctlSetTermios(int(os.Stdout.Fd()), setTermios, &settings)
	}
	_, _ = io.WriteString(os.Stdout, restore)
	_, _ = fmt.Fprintf(os.Stderr, "optimist: error: the program broke; %s\n", keep(report))
	return true
}

// restore leaves whatever a screen may have switched on.
const restore = ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable +
	ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr +
	ansi.ResetModeBracketedPaste + ansi.ResetModeFocusEvent + ansi.ResetStyle

// keep writes the report into a file and says where it is.
func keep(report []byte) string {
	f, err := os.CreateTemp("", "optimist-crash-*.txt")
	if err == nil {
		_, err = f.Write(report)
		if closing := f.Close(); err == nil {
			err = closing
		}
	}
	if err != nil {
		return "no report could be written: " + err.Error()
	}
	return "the report is in " + f.Name()
}
