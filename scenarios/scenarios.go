// Package scenarios holds the stories that this product tells: one file each,
// in the scenario language. A file is a txtar archive whose comment is the
// script: it says what to do, what must then hold, and why. The same file is a
// test, a lesson and the seed of a search.
package scenarios

import (
	"embed"
	"fmt"
	"path"
	"strings"

	"optimist/shared/spelling"
)

// Ext is the extension of a scenario's file.
const Ext = ".scenario"

//go:embed *.scenario
var files embed.FS

// Names returns the names of the stories, without extension, in their order.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(fmt.Sprintf("scenarios: read the embedded files: %v", err))
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), Ext)
	}
	return names
}

// Read returns the text of the story of that name, with or without extension.
// The error for an unknown name suggests the nearest one.
func Read(name string) ([]byte, error) {
	base := strings.TrimSuffix(name, Ext)
	if text, err := files.ReadFile(base + Ext); err == nil && path.Base(base) == base {
		return text, nil
	}
	if near := spelling.Nearest(base, Names()); near != "" {
		return nil, fmt.Errorf("no scenario %q; did you mean %q?", base, near)
	}
	return nil, fmt.Errorf("no scenario %q", base)
}
