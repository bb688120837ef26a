package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// root is the module's directory, seen from this package.
const root = "../.."

// module is the path in go.mod.
const module = "optimist"

// source is one parsed Go file.
type source struct {
	name string // Slash-separated, from the module's root: shared/user/user.go.
	fset *token.FileSet
	ast  *ast.File
}

// dir is the package's place in the module, such as shared/user.
func (s source) dir() string { return path.Dir(s.name) }

// test reports whether only `go test` compiles the file.
func (s source) test() bool { return strings.HasSuffix(s.name, "_test.go") }

// in reports whether the file lies in dir or below.
func (s source) in(dir string) bool { return within(s.dir(), dir) }

// within reports whether the slash-separated path p is dir or below it.
func within(p, dir string) bool { return p == dir || strings.HasPrefix(p, dir+"/") }

// breach is one place that breaks a rule.
type breach struct {
	file string
	line int
	rule string
}

// String names the place as an editor understands it, then the rule.
func (b breach) String() string { return fmt.Sprintf("%s:%d: %s", b.file, b.line, b.rule) }

// breach returns a breach at node's place in s.
func (s source) breach(node ast.Node, format string, args ...any) breach {
	return breach{s.name, s.fset.Position(node.Pos()).Line, fmt.Sprintf(format, args...)}
}

// mustParseTree parses every Go file of the module, whatever its build tags.
func mustParseTree(t testing.TB) []source {
	t.Helper()
	var tree []source
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if file != root && skipped(d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(file) != ".go" {
			return nil
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		s, err := parse(fset, filepath.ToSlash(name), string(text))
		tree = append(tree, s)
		return err
	})
	if err != nil {
		t.Fatalf("read the module: %v", err)
	}
	return tree
}

// skipped reports whether the go command ignores directories of that name.
func skipped(name string) bool {
	return name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

// parse parses one file's text.
func parse(fset *token.FileSet, name, text string) (source, error) {
	f, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
	return source{name: name, fset: fset, ast: f}, err
}
