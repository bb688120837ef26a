//go:build e2e

package matrix

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/client/golden"
	"optimist/client/search"
	"optimist/scenarios"
)

// Where it stands, and its films.
const (
	readme      = "../../README.md"
	readmeFilms = "scenarios/films"
	matrixFrom  = "<!-- What follows is written by make matrix. -->\n"
	matrixTo    = "<!-- The end of what make matrix writes. -->\n"
)

// TestReadme finds the matrix of the README, or a film of it, stale. It is
// written anew by make matrix.
func TestReadme(t *testing.T) {
	m := mustSearchReadme(t)
	var b strings.Builder
	if err := Markdown(&b, m, Options{Symbols: Unicode}, readmeFilms); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(page), matrixFrom)
	kept, after, ends := strings.Cut(rest, matrixTo)
	if !begins || !ends {
		t.Fatal("the README does not say where its matrix is")
	}
	films := Films([]Sheet{Over(m, Under(m))})
	if golden.Update() {
		mustRewrite(t, before+matrixFrom+b.String()+matrixTo+after, films)
		return
	}
	if diff := cmp.Diff(kept, b.String()); diff != "" {
		t.Errorf("the matrix of the README is stale: make matrix (-kept +now):\n%s", diff)
	}
	mustBeFilms(t, films)
}

// mustSearchReadme searches what the README shows: every schedule of the default
// scopes.
func mustSearchReadme(tb testing.TB) *search.Matrix {
	tb.Helper()
	m, err := mustBeAll(tb).Fill(tb.Context(), Watch{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Logf("%d states in %.0f s", m.States, m.Seconds)
	return m
}

// mustRewrite writes the README and its films, and no others.
func mustRewrite(tb testing.TB, page string, films []Film) {
	tb.Helper()
	if err := os.RemoveAll(keptFilms); err != nil {
		tb.Fatal(err)
	}
	if err := Write(keptFilms, films); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(readme, []byte(page), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// mustBeFilms fails unless the films of the README are those that were found.
func mustBeFilms(tb testing.TB, films []Film) {
	tb.Helper()
	names := mustFilmNames(tb)
	for _, f := range films {
		text, err := os.ReadFile(FilmPath(keptFilms, f.Name))
		if err != nil {
			tb.Errorf("a film is missing: make matrix: %v", err)
			continue
		}
		if diff := cmp.Diff(string(text), f.Cell.Film); diff != "" {
			tb.Errorf("%s is stale: make matrix (-kept +now):\n%s", f.Name, diff)
		}
		names = slices.DeleteFunc(names, func(n string) bool { return n == f.Name+scenarios.Ext })
	}
	if len(names) > 0 {
		tb.Errorf("films of nothing: make matrix: %s", strings.Join(names, " "))
	}
}
