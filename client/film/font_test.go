package film

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"optimist/scenarios"
)

// TestFontHasEverySign looks up every character that the programs' own texts
// and the stories of the library have. The few that are only ever removed, or
// written to be refused, are named here.
func TestFontHasEverySign(t *testing.T) {
	never := []rune{'\ufe0e', '\ufe0f', '\U0001f3fb', '\U0001f3ff'}
	regular, bold := newFace(regularFont), newFace(boldFont)
	signs := 0
	look := func(where, text string) {
		for _, r := range text {
			if r < ' ' || slices.Contains(never, r) {
				continue
			}
			signs++
			if !regular.has(r) && borders[string(r)] == (arms{}) {
				t.Errorf("%s: the font has no %q (%U)", where, r, r)
			}
			if !bold.has(r) && r < 0x2000 {
				t.Errorf("%s: the bold font has no %q (%U)", where, r, r)
			}
		}
	}
	for _, dir := range []string{"view", "tui", "lab", "export"} {
		mustWalk(t, filepath.Join("..", dir), look)
	}
	mustWalk(t, filepath.Join("..", "..", "shared"), look)
	for _, name := range scenarios.Names() {
		text, err := scenarios.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		look(name, string(text))
	}
	if signs < 10_000 {
		t.Errorf("only %d signs were looked at", signs)
	}
}

// mustWalk looks at every string in the Go files below dir that are no tests.
func mustWalk(tb testing.TB, dir string, look func(where, text string)) {
	tb.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if l, is := n.(*ast.BasicLit); is && l.Kind == token.STRING {
				if text, err := strconv.Unquote(l.Value); err == nil {
					look(path, text)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// TestGlyphs draws signs of each kind: none is empty, none is that of another,
// and what the font does not have is a box.
func TestGlyphs(t *testing.T) {
	c, err := newColours([]pair{{}})
	if err != nil {
		t.Fatal(err)
	}
	g := newGlyphs(c, 1)
	drawn := map[string]string{}
	for _, sign := range []string{"✎", "●", "✗", "▶", "…", "⚠", "─", "│", "╭", "╮", "╰", "╯", "├", "┼", "█", "A", "a", "é", "ж", "字"} {
		width := 1
		if sign == "字" {
			width = 2
		}
		levels := g.levels(glyph{text: sign, cells: width})
		if len(levels) != width*cellWidth*cellHeight || strings.Count(string(levels), "\x00") == len(levels) {
			t.Errorf("%q is empty or of the wrong size", sign)
		}
		if other, found := drawn[string(levels)]; found {
			t.Errorf("%q looks like %q", sign, other)
		}
		drawn[string(levels)] = sign
	}
	plain := g.levels(glyph{text: "a", cells: 1})
	for _, what := range []glyph{
		{text: "a", cells: 1, under: true}, {text: "a", cells: 1, attrs: 1}, {text: "a", cells: 1, attrs: shapes},
	} {
		if slices.Equal(plain, g.levels(what)) {
			t.Errorf("%+v looks like a plain letter", what)
		}
	}
	if empty := g.levels(glyph{text: " ", cells: 1}); slices.Max(empty) != 0 {
		t.Error("a blank is not blank")
	}
}
