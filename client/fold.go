package main

import (
	"bytes"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"optimist/client/view"
)

// fold breaks lines between words, where a terminal would break them anywhere.
// It writes whole lines; what is no line yet waits for its end.
type fold struct {
	out   io.Writer
	width int  // In cells, 0 for lines as they are.
	ascii bool // Signs are shown in ASCII.
	rest  []byte
}

// folded returns a writer of whole lines to out: fit for a terminal, and as long
// as they are for a pipe.
func folded(out io.Writer, ascii bool) io.Writer { return foldedTo(out, ascii, 0) }

// foldedTo is folded with lines of that width for a pipe: of what is laid out.
func foldedTo(out io.Writer, ascii bool, width int) io.Writer {
	f := &fold{out: out, ascii: ascii, width: width}
	if file, isFile := out.(*os.File); isFile && term.IsTerminal(file.Fd()) {
		f.width = widthOf(out)
	}
	return f
}

// Write implements io.Writer.
func (f *fold) Write(b []byte) (int, error) {
	f.rest = append(f.rest, b...)
	end := bytes.LastIndexByte(f.rest, '\n') + 1
	var text strings.Builder
	for line := range strings.Lines(string(f.rest[:end])) {
		text.WriteString(f.line(line))
	}
	f.rest = append(f.rest[:0], f.rest[end:]...)
	if _, err := io.WriteString(f.out, text.String()); err != nil {
		return 0, err
	}
	return len(b), nil
}

// line is one line as it is written.
func (f *fold) line(line string) string {
	if f.ascii {
		line = view.ASCII(line)
	}
	if f.width == 0 {
		return line
	}
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	parts := ansi.Wordwrap(strings.TrimSpace(line), max(f.width-len(indent), 1), "")
	return indent + strings.ReplaceAll(parts, "\n", "\n"+indent) + "\n"
}
