//go:build darwin || freebsd || netbsd || openbsd

package crash

import "golang.org/x/sys/unix"

// How macOS and the BSDs read and set a terminal.
const (
	getTermios = unix.TIOCGETA
	setTermios = unix.TIOCSETA
)
