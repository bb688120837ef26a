package main

import (
	"bytes"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// fold breaks lines between words, where a terminal would break them anywhere.
// It writes whole lines; what is no line yet waits for its end.
type fold struct {
	out   io.Writer
	width int // In cells.
	rest  []byte
}

// folded returns a writer of whole lines to out: fit for a terminal, and as they
// are for a pipe.
func folded(out io.Writer) io.Writer {
	if file, isFile := out.(*os.File); !isFile || !term.IsTerminal(file.Fd()) {
		return out
	}
	return &fold{out: out, width: widthOf(out)}
}

// Write implements io.Writer.
func (f *fold) Write(b []byte) (int, error) {
	f.rest = append(f.rest, b...)
	end := bytes.LastIndexByte(f.rest, '\n') + 1
	var text strings.Builder
	for line := range strings.Lines(string(f.rest[:end])) {
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		text.WriteString(indent)
		text.WriteString(strings.ReplaceAll(ansi.Wordwrap(strings.TrimSpace(line), max(f.width-len(indent), 1), ""), "\n", "\n"+indent))
		text.WriteByte('\n')
	}
	f.rest = append(f.rest[:0], f.rest[end:]...)
	if _, err := io.WriteString(f.out, text.String()); err != nil {
		return 0, err
	}
	return len(b), nil
}
