package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"optimist/scenarios"
	"optimist/shared/exit"
	"optimist/shared/scenario"
)

// source is a script and where it was read.
type source struct {
	script *scenario.Script
	path   string // "" if it is embedded or came from standard input.
	text   []byte
}

// gatherScripts reads every script that the arguments name, and reports all that
// is wrong with any of them.
func gatherScripts(cmd *cobra.Command, args []string) ([]source, error) {
	names, err := scriptNames(args)
	if err != nil {
		return nil, err
	}
	var sources []source
	var wrong []error
	for _, name := range names {
		shown, text, err := findScript(cmd, name)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		s, err := parseScript(shown, text)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		src := source{script: s, text: text}
		if _, err := os.Stat(name); err == nil {
			src.path = name
		}
		sources = append(sources, src)
	}
	return sources, exit.With(exit.Usage, errors.Join(wrong...), noHint(wrong))
}

// oneScript reads the scenario that an argument names.
func oneScript(cmd *cobra.Command, name string) (*scenario.Script, error) {
	sources, err := gatherScripts(cmd, []string{name})
	if err != nil {
		return nil, err
	}
	if len(sources) != 1 {
		return nil, exit.With(exit.Usage, fmt.Errorf("%s holds %d scenarios; name one of them", name, len(sources)), "")
	}
	return sources[0].script, nil
}

// scriptNames puts the files of each directory in its place, and the whole
// library in that of nothing.
func scriptNames(args []string) ([]string, error) {
	if len(args) == 0 {
		return scenarios.Names(), nil
	}
	var names []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil || !info.IsDir() {
			names = append(names, arg)
			continue
		}
		files, err := filepath.Glob(filepath.Join(arg, "*"+scenarios.Ext))
		if err == nil && len(files) == 0 {
			err = fmt.Errorf("the directory %s holds no *%s", arg, scenarios.Ext)
		}
		if err != nil {
			return nil, exit.With(exit.Usage, err, "name a file, or a story that optimist scenarios lists")
		}
		slices.Sort(files)
		names = append(names, files...)
	}
	return names, nil
}

// findScript returns a script by its file, or by its name if it is embedded. What
// looks like a file's name is no other.
func findScript(cmd *cobra.Command, name string) (shown string, text []byte, err error) {
	_, missing := os.Stat(name)
	isFile := strings.ContainsRune(name, filepath.Separator) || strings.HasSuffix(name, scenarios.Ext) || name == "-"
	if missing == nil || isFile {
		text, err = readScript(cmd, name)
		return shownName(name), text, err
	}
	text, err = scenarios.Read(name)
	return name + scenarios.Ext, text, exit.With(exit.Usage, err, "optimist scenarios lists those that are embedded")
}

// parseScript parses a script. One that says nothing is an error: an empty pipe
// would hold in every way, and nobody would notice.
func parseScript(shown string, text []byte) (*scenario.Script, error) {
	s, err := scenario.Parse(shown, text)
	if err != nil {
		return nil, err
	}
	for i := range s.Lines {
		if kind := s.Lines[i].Kind; kind != scenario.Blank && kind != scenario.Comment {
			return s, nil
		}
	}
	return nil, exit.With(exit.Usage, fmt.Errorf("%s: there is no step in it", shown), "optimist run --help tells the language")
}

// readScript reads a script, - from standard input. Not more is read than a
// script may have.
func readScript(cmd *cobra.Command, file string) ([]byte, error) {
	if file == "-" {
		text, err := readLimited(cmd.InOrStdin())
		return text, exit.With(exit.Unknown, err, "")
	}
	opened, err := os.Open(file)
	if err != nil {
		return nil, exit.With(exit.Usage, err, "")
	}
	text, err := readLimited(opened)
	return text, exit.With(exit.Usage, errors.Join(err, opened.Close()), "")
}

func readLimited(r io.Reader) ([]byte, error) {
	return io.ReadAll(io.LimitReader(r, scenario.MaxBytes+1))
}

// shownName is what errors call a file.
func shownName(file string) string {
	if file == "-" {
		return "standard input"
	}
	return file
}
