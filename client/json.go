package main

import (
	"encoding/json"
	"io"
)

// printJSON prints one object in a line, with <, > and & as they are: no browser
// reads it.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
