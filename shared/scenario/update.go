package scenario

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/tools/txtar"
)

// Update returns a script's file with golden sections put in: those of a name
// that it has are replaced, others come at its end. Nothing else is touched,
// expectations least of all. It returns an error for a section that is not
// golden, or whose text would end it.
func Update(text []byte, want []txtar.File) ([]byte, error) {
	archive := txtar.Parse(plain(text))
	first := len(archive.Files) == 0
	for _, w := range want {
		if !strings.HasPrefix(w.Name, wantPrefix) || w.Name == wantPrefix {
			return nil, fmt.Errorf("section %q is not golden: its name does not begin with %s", w.Name, wantPrefix)
		}
		if len(txtar.Parse(w.Data).Files) > 0 {
			return nil, fmt.Errorf("section %q holds a line like the marker of a section", w.Name)
		}
		put(archive, w)
	}
	if first && len(want) > 0 && len(archive.Comment) > 0 {
		archive.Comment = append(bytes.TrimRight(archive.Comment, "\n"), '\n', '\n')
	}
	return txtar.Format(archive), nil
}

// put replaces the archive's file of that name, or adds it.
func put(a *txtar.Archive, file txtar.File) {
	for i := range a.Files {
		if a.Files[i].Name == file.Name {
			a.Files[i].Data = file.Data
			return
		}
	}
	a.Files = append(a.Files, file)
}
