// Package archtest holds the architecture to its word: who may import whom, what the pure packages may not touch, that
// every package says what it is, and that no file outgrows one idea. It has tests only.
package archtest

import (
	"bufio"
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "storyteller"
	root   = "../.."
)

// allowed says which of our packages each package may import; what is not listed imports none of them. Imports point one
// way, so the list reads from the leaves up.
var allowed = map[string][]string{
	"internal/ink/syntax":           {},
	"internal/ink/ir":               {},
	"internal/narrate/vote":         {},
	"internal/cue":                  {},
	"internal/fakediscord":          {},
	"internal/openapi":              {},
	"internal/testlog":              {},
	"stories":                       {},
	"internal/ink/compile":          {"internal/ink/syntax", "internal/ink/ir"},
	"internal/ink/vm":               {"internal/ink/ir"},
	"internal/ink":                  {"internal/ink/syntax", "internal/ink/ir", "internal/ink/compile", "internal/ink/vm"},
	"internal/library":              {"internal/cue", "internal/ink"},
	"internal/narrate/reading":      {"internal/cue", "internal/ink", "internal/narrate/vote"},
	"internal/store":                {"internal/narrate/reading", "internal/narrate/vote"},
	"internal/narrate":              {"internal/library", "internal/ink", "internal/narrate/reading", "internal/narrate/vote"},
	"internal/commands":             {"internal/cue", "internal/narrate", "internal/narrate/reading", "internal/library"},
	"internal/discord":              {"internal/cue", "internal/commands", "internal/narrate", "internal/narrate/reading"},
	"internal/rehearse":             {"internal/fakediscord"},
	"internal/rehearse/browsertest": {},
	"cmd/bot":                       {"*"},
	"internal/archtest":             {},
}

// owners says which package alone may import a third party's.
var owners = map[string][]string{
	"github.com/bwmarrin/discordgo": {"internal/discord"},
	"go.etcd.io/bbolt":              {"internal/store"},
	"github.com/gorilla/websocket":  {"internal/fakediscord", "internal/discord"},
	"golang.org/x/time":             {"internal/discord"},
	"golang.org/x/term":             {"cmd/bot"},
	"github.com/getkin/kin-openapi": {"internal/openapi"},
	"github.com/chromedp/chromedp":  {"internal/rehearse/browsertest"},
}

// pure lists the packages that neither read a clock nor touch the world.
var pure = []string{
	"internal/ink", "internal/ink/syntax", "internal/ink/ir", "internal/ink/compile", "internal/ink/vm",
	"internal/cue", "internal/narrate/reading", "internal/narrate/vote",
}

var (
	impureImports = []string{"os", "net", "net/http", "context", "log", "log/slog", "math/rand", "math/rand/v2", "os/exec", "syscall", "crypto/rand"}
	impureCalls   = []string{"Now", "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTicker", "NewTimer"}
)

// A file holds one idea. Longer ones have a reason here.
const mostLines = 800

var longer = map[string]string{}

// source is one Go file of the project.
type source struct {
	path string // from the root, with slashes
	pkg  string
	test bool
	ast  *ast.File
	text []byte
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "testdata" || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		all = append(all, source{path: rel, pkg: path.Dir(rel), test: strings.HasSuffix(rel, "_test.go"), ast: file, text: text})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("found only %d Go files under %s", len(all), root)
	}
	return all
}

func imports(s source) []string {
	var all []string
	for _, spec := range s.ast.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		all = append(all, name)
	}
	return all
}

func TestImportsPointOneWay(t *testing.T) {
	for _, s := range sources(t) {
		may, known := allowed[s.pkg]
		if !known {
			t.Errorf("%s: package %s has no line in the list of imports", s.path, s.pkg)
			continue
		}
		if s.test {
			continue // a test may look at anything: that is how the pieces are shown to fit
		}
		for _, name := range imports(s) {
			ours, isOurs := strings.CutPrefix(name, module+"/")
			if isOurs && !slices.Contains(may, ours) && !slices.Contains(may, "*") {
				t.Errorf("%s: %s may not import %s", s.path, s.pkg, ours)
			}
			for party, owner := range owners {
				if (name == party || strings.HasPrefix(name, party+"/")) && !slices.Contains(owner, s.pkg) {
					t.Errorf("%s: only %s may import %s", s.path, strings.Join(owner, " and "), party)
				}
			}
		}
	}
}

func TestPurePackagesTouchNothing(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || !slices.Contains(pure, s.pkg) {
			continue
		}
		for _, name := range imports(s) {
			if slices.Contains(impureImports, name) {
				t.Errorf("%s: a pure package may not import %s", s.path, name)
			}
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(impureCalls, sel.Sel.Name) {
					t.Errorf("%s: a pure package may not call time.%s", s.path, sel.Sel.Name)
				}
			}
			if _, ok := n.(*ast.GoStmt); ok {
				t.Errorf("%s: a pure package starts no goroutine", s.path)
			}
			return true
		})
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	says := map[string]int{}
	for _, s := range sources(t) {
		if _, seen := says[s.pkg]; !seen {
			says[s.pkg] = 0
		}
		if s.ast.Doc != nil && (!s.test || s.pkg == "internal/archtest") {
			says[s.pkg]++
		}
	}
	for pkg, n := range says {
		if n != 1 {
			t.Errorf("package %s has %d package comments, want 1", pkg, n)
		}
	}
}

func TestFilesHoldOneIdea(t *testing.T) {
	var lines []int
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		n := 0
		for scan := bufio.NewScanner(bytes.NewReader(s.text)); scan.Scan(); {
			n++
		}
		lines = append(lines, n)
		if n > mostLines && longer[s.path] == "" {
			t.Errorf("%s has %d lines; over %d needs a reason", s.path, n, mostLines)
		}
	}
	slices.Sort(lines)
	median, p90 := lines[len(lines)/2], lines[len(lines)*9/10]
	if median > 150 || p90 > 450 {
		t.Errorf("lines of a file: median %d (at most 150), nine of ten %d (at most 450)", median, p90)
	}
}

func TestExportedNamesAreDocumented(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, decl := range s.ast.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Name.IsExported() && f.Doc == nil && receiverExported(f) && !obvious(f) {
				t.Errorf("%s: %s has no comment", s.path, f.Name.Name)
			}
		}
	}
}

// receiverExported says whether the function, or the type that it is a method of, can be seen from outside.
func receiverExported(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	typ := f.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if index, ok := typ.(*ast.IndexExpr); ok {
		typ = index.X
	}
	name, ok := typ.(*ast.Ident)
	return ok && name.IsExported()
}

// obvious says whether the method means what it means on every type of the standard library.
func obvious(f *ast.FuncDecl) bool {
	return f.Recv != nil && slices.Contains([]string{
		"Error", "Unwrap", "String", "MarshalJSON", "UnmarshalJSON", "Len", "Less", "Swap", "Read", "Write", "Close", "ServeHTTP",
	}, f.Name.Name)
}
