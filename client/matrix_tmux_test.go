//go:build e2e

package main

import "testing"

// The matrix fills in a real terminal; its film is played, simulated and from
// NATS and SQLite, and each time one comes back to its cell.
func TestMatrixInTmux(t *testing.T) {
	m := mustTmux(t, 80, 24)
	m.types("optimist matrix a --tui")
	m.keys("Enter")
	m.sees("V: people told", "dual-write", "reserve")
	m.keys("Down", "Down", "Down")
	m.sees("check-projection shows V1 spurious-rejection", "Shortest film: 4 steps, no fault, in scope a.")
	m.keys("Enter")
	m.sees("esc to the matrix", "0/9")
	m.keys("End")
	m.sees("already made the record")
	m.keys("i", "o")
	m.sees("what can happen next")
	m.keys("Escape")
	m.sees("sends alice.2") // The list was over it.
	m.keys("Escape")
	m.sees("esc to the matrix")
	m.keys("Escape")
	m.sees("check-projection shows V1")
	m.keys("v")
	m.sees("recorded live", "esc to the matrix")
	m.keys("q") // The film, not the matrix.
	m.sees("every schedule", "check-projection shows V1")
	m.keys("q")
	m.sees("shell>")
	m.types("echo left with $?")
	m.keys("Enter")
	m.sees("left with 0")
}

// A search that goes on can be left at any time.
func TestMatrixIsLeft(t *testing.T) {
	m := mustTmux(t, 120, 36)
	m.types("optimist explore c --strategy all --tui --states 10000000")
	m.keys("Enter")
	m.sees("states,", "frontier", "depth")
	m.keys("C-c")
	m.sees("shell>")
	m.types("echo left with $?")
	m.keys("Enter")
	m.sees("left with 0")
}
