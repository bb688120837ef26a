package matrix

import (
	"os"
	"path/filepath"
	"testing"

	"optimist/scenarios"
)

// keptFilms is where the films of the README are.
const keptFilms = "../../scenarios/films"

// Every film of the README shows what it says.
func TestKeptFilmsHold(t *testing.T) {
	for _, name := range mustFilmNames(t) {
		text, err := os.ReadFile(filepath.Join(keptFilms, name))
		if err != nil {
			t.Fatal(err)
		}
		mustHold(t, name, text)
	}
}

// mustFilmNames returns the files of the films of the README.
func mustFilmNames(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(keptFilms, "*"+scenarios.Ext))
	if err != nil || len(files) == 0 {
		tb.Fatalf("%d films are kept, %v", len(files), err)
	}
	for i := range files {
		files[i] = filepath.Base(files[i])
	}
	return files
}
