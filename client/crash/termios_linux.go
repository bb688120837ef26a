package crash

import "golang.org/x/sys/unix"

// How Linux reads and sets a terminal.
const (
	getTermios = unix.TCGETS
	setTermios = unix.TCSETS
)
