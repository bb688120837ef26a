package archtest

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strconv"
	"testing"
)

// What shared does without.
const (
	noIO          = "shared does no I/O"
	noGoroutine   = "shared starts no goroutine and shares no memory between any"
	noClock       = "shared reads no clock and never waits; time comes in as a value"
	noRandomness  = "shared draws no random numbers; they come in as values"
	noEnvironment = "shared does not depend on the process or the machine it runs on"
)

// impure maps packages of the standard library, everything below them
// included, to what shared does without.
var impure = []struct{ path, rule string }{
	{"C", noEnvironment},
	{"context", noGoroutine},
	{"crypto/rand", noRandomness},
	{"database", noIO},
	{"embed", noIO},
	{"expvar", noIO},
	{"flag", noEnvironment},
	{"hash/maphash", noRandomness},
	{"io/ioutil", noIO},
	{"log", noIO},
	{"math/rand", noRandomness},
	{"net", noIO},
	{"os", noIO},
	{"path/filepath", noEnvironment},
	{"plugin", noIO},
	{"runtime", noEnvironment},
	{"sync", noGoroutine},
	{"syscall", noIO},
	{"testing", "shared's own code is no test"},
	{"unsafe", noEnvironment},
	{"weak", noEnvironment},
}

// pureAfterAll are packages below an impure one that only compute.
var pureAfterAll = []string{"net/mail", "net/url"}

// impureNames are what shared does without in packages that it may import.
var impureNames = map[string]map[string]string{
	"fmt": {
		"Print": noIO, "Printf": noIO, "Println": noIO,
		"Scan": noIO, "Scanf": noIO, "Scanln": noIO,
	},
	"time": {
		"Now": noClock, "Since": noClock, "Until": noClock,
		"After": noClock, "AfterFunc": noClock, "Sleep": noClock,
		"Tick": noClock, "NewTicker": noClock, "NewTimer": noClock,
		"Local": noEnvironment, "LoadLocation": noEnvironment,
	},
}

func TestPurity(t *testing.T) {
	for _, s := range mustParseTree(t) {
		if !s.in("shared") || s.test() {
			continue
		}
		for _, b := range append(impureImports(s), impureSyntax(s)...) {
			t.Error(b)
		}
	}
}

// impureImports returns the imports of s that could make it impure.
func impureImports(s source) []breach {
	var found []breach
	for _, spec := range s.ast.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			found = append(found, s.breach(spec, "import %s: %v", spec.Path.Value, err))
			continue
		}
		if spec.Name != nil && spec.Name.Name == "." {
			found = append(found, s.breach(spec, "import . %q: it hides where names come from", imported))
		}
		if slices.Contains(pureAfterAll, imported) {
			continue
		}
		for _, p := range impure {
			if within(imported, p.path) {
				found = append(found, s.breach(spec, "import %q: %s", imported, p.rule))
			}
		}
	}
	return found
}

// impureSyntax returns the places in s that concur, wait, draw or print.
func impureSyntax(s source) []breach {
	var found []breach
	imports := importNames(s)
	ast.Inspect(s.ast, func(n ast.Node) bool {
		if rule := impureNode(n, imports); rule != "" {
			found = append(found, s.breach(n, "%s", rule))
		}
		return true
	})
	return found
}

// impureNode returns the rule that n breaks by itself, or "".
func impureNode(n ast.Node, imports map[string]string) string {
	switch n := n.(type) {
	case *ast.GoStmt:
		return "go statement: " + noGoroutine
	case *ast.SelectStmt:
		return "select statement: " + noGoroutine
	case *ast.ChanType:
		return "chan type: " + noGoroutine
	case *ast.SendStmt:
		return "channel send: " + noGoroutine
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			return "channel receive: " + noGoroutine
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "print" || f.Name == "println") {
			return f.Name + ": " + noIO
		}
	case *ast.SelectorExpr:
		if x, ok := n.X.(*ast.Ident); ok {
			if rule := impureNames[imports[x.Name]][n.Sel.Name]; rule != "" {
				return x.Name + "." + n.Sel.Name + ": " + rule
			}
		}
	}
	return ""
}

// importNames maps the names by which s knows packages to their paths.
func importNames(s source) map[string]string {
	known := map[string]string{}
	for _, spec := range s.ast.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // impureImports says so.
		}
		name := path.Base(imported)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		known[name] = imported
	}
	return known
}
