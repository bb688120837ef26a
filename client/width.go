package main

import (
	"io"
	"os"

	"github.com/charmbracelet/x/term"
)

// Columns of a text for people.
const (
	usualWidth = 80  // Where there is no terminal.
	minWidth   = 40  // Less leaves no room beside the names.
	maxWidth   = 100 // Longer lines are hard to read.
)

// widthOf returns how wide a line to out may be.
func widthOf(out io.Writer) int {
	file, isFile := out.(*os.File)
	if !isFile || !term.IsTerminal(file.Fd()) {
		return usualWidth
	}
	width, _, err := term.GetSize(file.Fd())
	if err != nil {
		return usualWidth
	}
	return min(max(width, minWidth), maxWidth)
}
