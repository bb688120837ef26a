package matrix

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"optimist/client/search"
	"optimist/scenarios"
)

// Film is one film of a matrix.
type Film struct {
	Name string // Of its file, without extension.
	Cell *search.Cell
}

// Name is how a film is called: by its scope, its strategy and its anomaly.
func Name(scope, under, anomaly string) string {
	return strings.Join([]string{base(plainName(scope)), strings.NewReplacer(" ", "-", "=", "-").Replace(under), anomaly}, "-")
}

// Films returns the films of sheets in their order, each once.
func Films(sheets []Sheet) []Film {
	var films []Film
	seen := map[string]string{} // Texts by name.
	for i := range sheets {
		s := &sheets[i]
		for u := range s.Under {
			for c := range s.Columns {
				cell := s.At(u, c).Cell
				if cell == nil {
					continue
				}
				name := filmName(cell, seen)
				if _, known := seen[name]; !known {
					seen[name] = cell.Film
					films = append(films, Film{name, cell})
				}
			}
		}
	}
	return films
}

// filmName is the name of a cell's film: of one that is another with more faults,
// with their number.
func filmName(c *search.Cell, seen map[string]string) string {
	name := Name(c.Scope, c.Strategy, c.Anomaly)
	if text, known := seen[name]; known && text != c.Film {
		name = fmt.Sprintf("%s-%d", name, c.Faults)
	}
	return name
}

// names returns the name of each film by its text.
func names(films []Film) map[string]string {
	by := make(map[string]string, len(films))
	for _, f := range films {
		by[f.Cell.Film] = f.Name
	}
	return by
}

// Write writes films into a directory, which is made if need be.
func Write(dir string, films []Film) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write films: %w", err)
	}
	for _, f := range films {
		if err := WriteFilm(dir, f.Name, []byte(f.Cell.Film)); err != nil {
			return err
		}
	}
	return nil
}

// WriteFilm writes one film into a directory that is there.
func WriteFilm(dir, name string, text []byte) error {
	if err := os.WriteFile(FilmPath(dir, name), text, fs.FileMode(0o644)); err != nil {
		return fmt.Errorf("write films: %w", err)
	}
	return nil
}

// FilmPath is the file of a film.
func FilmPath(dir, name string) string { return filepath.Join(dir, name+scenarios.Ext) }
