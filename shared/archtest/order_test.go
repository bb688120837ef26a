package archtest

import (
	"go/ast"
	"go/build"
	"go/importer"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"testing"
)

// Iteration order is state: a package that walks a map gives the same inputs
// different effects, so neither the explorer nor a replay could trust it.
const noMapOrder = "what runs in every order never iterates over a map; keep a slice or a B-tree beside it"

// unordered are the functions of package maps that walk in the map's order.
var unordered = []string{"All", "Keys", "Values"}

func TestOrder(t *testing.T) {
	packages := map[string][]source{}
	for _, s := range mustParseTree(t) {
		if isAnyOf(s.dir(), ordered) && !s.test() {
			packages[s.dir()] = append(packages[s.dir()], s)
		}
	}
	build.Default.CgoEnabled = false // Types of pure Go are enough, and faster.
	known := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for _, core := range ordered {
		if len(packages[core]) == 0 {
			t.Errorf("%s: no Go files; the list of ordered packages in archtest is out of date", core)
			continue
		}
		found, err := mapWalks(packages[core], known)
		if err != nil {
			t.Fatalf("check the types of %s: %v", core, err)
		}
		for _, b := range found {
			t.Error(b)
		}
	}
}

// mapWalks type-checks the files of one package and returns the places that
// iterate over a map.
func mapWalks(files []source, known types.Importer) ([]breach, error) {
	dir, err := filepath.Abs(filepath.Join(root, files[0].dir()))
	if err != nil {
		return nil, err
	}
	syntax := make([]*ast.File, len(files))
	for i, s := range files {
		syntax[i] = s.ast
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: from{dir, known}}
	if _, err := config.Check(files[0].dir(), files[0].fset, syntax, info); err != nil {
		return nil, err
	}
	var found []breach
	for _, s := range files {
		ast.Inspect(s.ast, func(n ast.Node) bool {
			if walk := mapWalk(n, info); walk != "" {
				found = append(found, s.breach(n, "%s: %s", walk, noMapOrder))
			}
			return true
		})
	}
	return found, nil
}

// mapWalk says how n iterates over a map, or "".
func mapWalk(n ast.Node, info *types.Info) string {
	switch n := n.(type) {
	case *ast.RangeStmt:
		if t := info.TypeOf(n.X); holdsMap(t) {
			return "range over " + t.String()
		}
	case *ast.SelectorExpr:
		f, ok := info.Uses[n.Sel].(*types.Func)
		if ok && f.Pkg() != nil && f.Pkg().Path() == "maps" && slices.Contains(unordered, f.Name()) {
			return "maps." + f.Name()
		}
	}
	return ""
}

// holdsMap reports whether t is a map, or a type parameter that may be one.
func holdsMap(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Map:
		return true
	case *types.Interface:
		for i := range u.NumEmbeddeds() {
			if holdsMap(u.EmbeddedType(i)) {
				return true
			}
		}
	case *types.Union:
		for i := range u.Len() {
			if holdsMap(u.Term(i).Type()) {
				return true
			}
		}
	}
	return false
}

// from is a types.Importer that resolves paths as seen from a directory, which
// is how a path of this module is found.
type from struct {
	dir   string
	known types.Importer
}

// Import returns the package of that path, type-checked from its source.
func (f from) Import(path string) (*types.Package, error) {
	return f.known.(types.ImporterFrom).ImportFrom(path, f.dir, 0)
}
