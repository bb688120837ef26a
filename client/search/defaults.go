package search

import (
	"embed"
	"fmt"
	"path"

	"optimist/scenarios"
	"optimist/shared/scenario"
)

// Of what people ask first: one who edits what is not there yet, the same with a
// second edit, and two with one record.
//
//go:embed scopes
var scopes embed.FS

// scopeNames are the default scopes, in their order.
var scopeNames = []string{"a", "b", "c"}

// Defaults returns the default scopes.
func Defaults() ([]*scenario.Script, error) {
	var all []*scenario.Script
	for _, name := range scopeNames {
		text, err := scopes.ReadFile(path.Join("scopes", name+scenarios.Ext))
		if err != nil {
			return nil, fmt.Errorf("read scope %s: %w", name, err)
		}
		s, err := scenario.Parse(name, text)
		if err != nil {
			return nil, fmt.Errorf("read scope %s: %w", name, err)
		}
		all = append(all, s)
	}
	return all, nil
}
