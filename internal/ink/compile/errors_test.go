package compile

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// Each story in testdata/errors says on the line of every problem what the compiler must tell of it: // ERROR "regexp", and likewise
// WARNING and TODO. Nothing else may be told.

var expectation = regexp.MustCompile(`(ERROR|WARNING|TODO) ("(?:[^"\\]|\\.)*")`)

var severityWords = map[Severity]string{Error: "ERROR", Warning: "WARNING", TODO: "TODO"}

type expected struct {
	word string
	re   *regexp.Regexp
	met  bool
}

func expectations(t *testing.T, fsys fs.FS, name string) map[string][]*expected {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]*expected{}
	for i, line := range strings.Split(string(text), "\n") {
		_, comment, found := strings.Cut(line, "// ")
		if !found {
			continue
		}
		for _, m := range expectation.FindAllStringSubmatch(comment, -1) {
			pattern, err := strconv.Unquote(m[2])
			if err != nil {
				t.Fatalf("%s:%d: %v", name, i+1, err)
			}
			at := fmt.Sprintf("%s:%d", name, i+1)
			out[at] = append(out[at], &expected{word: m[1], re: regexp.MustCompile(pattern)})
		}
	}
	return out
}

// checkStory compiles a story and compares what is told with what its files expect.
func checkStory(t *testing.T, fsys fs.FS, name string) []Diagnostic {
	program, diags := Compile(fsys, name)
	want := expectations(t, fsys, name)
	seen := map[string]bool{name: true}
	failed := false
	for _, d := range diags {
		failed = failed || d.Severity == Error
		if !seen[d.File] {
			seen[d.File] = true
			for at, list := range expectations(t, fsys, d.File) {
				want[at] = list
			}
		}
		if d.Line < 1 || d.Col < 1 {
			t.Errorf("%v: no place", d)
		}
		at := fmt.Sprintf("%s:%d", d.File, d.Line)
		ok := false
		for _, w := range want[at] {
			if !w.met && w.word == severityWords[d.Severity] && w.re.MatchString(d.Msg) {
				w.met, ok = true, true
				break
			}
		}
		if !ok {
			t.Errorf("unexpected %v [%s]", d, d.Hint)
		}
	}
	for at, list := range want {
		for _, w := range list {
			if !w.met {
				t.Errorf("%s: %s %q was not told", at, w.word, w.re)
			}
		}
	}
	if failed == (program != nil) {
		t.Errorf("%s: a program must come with no error, and only then", name)
	}
	return diags
}

// oddStories are those whose problem cannot be written into a file of testdata.
func oddStories() map[string]fs.FS {
	story := func(text string) fs.FS { return fstest.MapFS{"story.ink": {Data: []byte(text)}} }
	chain := fstest.MapFS{"story.ink": {Data: []byte("INCLUDE 0.ink\n")}}
	for i := range maxIncludeDepth + 1 {
		chain[fmt.Sprintf("%d.ink", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "INCLUDE %d.ink\n", i+1)}
	}
	many := fstest.MapFS{"story.ink": {Data: []byte(strings.Repeat("INCLUDE a.ink\n", maxFiles+1))}, "a.ink": {Data: []byte("a\n")}}
	return map[string]fs.FS{
		"missing":    fstest.MapFS{},
		"folder":     fstest.MapFS{"story.ink": {Mode: fs.ModeDir}},
		"huge":       fstest.MapFS{"story.ink": {Data: make([]byte, maxFileSize+1)}},
		"encoding":   story("caf\xe9\n"),
		"braces":     story(strings.Repeat("{x:", 200) + "a" + strings.Repeat("}", 200) + "\nVAR x = 1\n"),
		"bullets":    story(strings.Repeat("* ", 200) + "a\n"),
		"dashes":     story(strings.Repeat("- ", 200) + "a\n"),
		"operators":  story("~ x = 1" + strings.Repeat(" + 1", 2000) + "\n"),
		"gathers":    story(strings.Repeat("- a\n", 2000)),
		"chain":      chain,
		"many":       many,
		"unreadable": unreadable{fstest.MapFS{"story.ink": {}}},
	}
}

// unreadable is a file system of which every file is listed but cannot be read.
type unreadable struct{ fstest.MapFS }

func (unreadable) Stat(name string) (fs.FileInfo, error) { return fstest.MapFS{name: {}}.Stat(name) }
func (unreadable) ReadFile(string) ([]byte, error)       { return nil, fs.ErrPermission }

func TestErrors(t *testing.T) {
	fsys := os.DirFS("testdata/errors")
	stories, err := fs.Glob(fsys, "*.ink")
	if err != nil || len(stories) == 0 {
		t.Fatal("no stories", err)
	}
	var told []string
	for _, name := range stories {
		t.Run(name, func(t *testing.T) {
			for _, d := range checkStory(t, fsys, name) {
				told = append(told, d.Msg)
			}
		})
	}
	for name, fsys := range oddStories() {
		t.Run(name, func(t *testing.T) {
			program, diags := Compile(fsys, "story.ink")
			if program != nil || len(diags) == 0 {
				t.Error("must be refused")
			}
			for _, d := range diags {
				told = append(told, d.Msg)
			}
		})
	}
	t.Run("every message", func(t *testing.T) {
		for _, m := range messages(t, ".", "../syntax") {
			if !anyMatches(m.re, told) {
				t.Errorf("%s: no test story makes the compiler say %q", m.at, m.re)
			}
		}
	})
}

func anyMatches(re *regexp.Regexp, texts []string) bool {
	for _, s := range texts {
		if re.MatchString(s) {
			return true
		}
	}
	return false
}

type message struct {
	at string
	re *regexp.Regexp
}

// neverSaid are messages that only a broken compiler could give.
var neverSaid = map[string]bool{"the story cannot be put together: ": true, "the story is too large": true}

// messages finds the text of every message in the source of the packages: the arguments of fail, failf and warn.
func messages(t *testing.T, folders ...string) (out []message) {
	set := token.NewFileSet()
	argument := map[string]int{"parser.fail": 1, "parser.failf": 2, "parser.warn": 1, "compiler.fail": 2, "compiler.warn": 2}
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(set, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			receiver := map[string]string{"p": "parser", "c": "compiler"}
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				sel, ok := call.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				who := "compiler" // also of l.c.fail
				if id, ok := sel.X.(*ast.Ident); ok {
					who = receiver[id.Name]
				}
				i, ok := argument[who+"."+sel.Sel.Name]
				if !ok || i >= len(call.Args) {
					return true
				}
				lit, ok := call.Args[i].(*ast.BasicLit)
				if !ok {
					return true
				}
				text, _ := strconv.Unquote(lit.Value)
				if text == "%s" || neverSaid[text] {
					return true
				}
				pattern := regexp.MustCompile(`%[sd]`).ReplaceAllString(regexp.QuoteMeta(text), ".*")
				out = append(out, message{set.Position(call.Pos()).String(), regexp.MustCompile("^" + pattern + "$")})
				return true
			})
		}
	}
	if len(out) < 80 {
		t.Fatalf("found only %d messages: has the way to report changed?", len(out))
	}
	return out
}
