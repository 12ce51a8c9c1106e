// Package compile turns ink source into the container tree that the runtime plays.
//
// It works in four steps: load reads the story and what it includes; declare finds every name; the emit files build the tree, checking
// each use of a name on the way; and what cannot be right is told with its place and a hint. The tree has the shape that inkle's own
// compiler gives it, down to the order of the content, so that any ink player can load it and saved places mean the same.
package compile

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"storyteller/internal/ink/ir"
	"storyteller/internal/ink/syntax"
)

// Severity says how bad a Diagnostic is.
type Severity = syntax.Severity

// The severities: any Error means that there is no program.
const (
	Error   = syntax.Error
	Warning = syntax.Warning
	TODO    = syntax.TODO
)

// Diagnostic is one thing to tell the author. Line and Col start at 1, and are 0 if it is about the file as a whole. Hint may be empty.
type Diagnostic struct {
	File      string
	Line, Col int
	Severity  Severity
	Msg, Hint string
}

// String is how a compiler prints it: file:line:col: severity: message.
func (d Diagnostic) String() string {
	names := [...]string{Error: "error", Warning: "warning", TODO: "todo"}
	place := d.File
	if d.Line > 0 {
		place = fmt.Sprintf("%s:%d:%d", d.File, d.Line, d.Col)
	}
	return place + ": " + names[d.Severity] + ": " + d.Msg
}

// Compile reads the story called name from fsys, with the files it includes. The diagnostics are in order of place, the story's own
// file before those it includes. If one of them is an Error the program is nil.
func Compile(fsys fs.FS, name string) (*ir.Program, []Diagnostic) {
	c := &compiler{fsys: fsys, tainted: map[string]bool{}, told: map[syntax.Pos]bool{}}
	c.files = &loader{c: c, root: name}
	tree := c.files.load()
	if tree == nil {
		return nil, c.diagnostics()
	}
	c.declare(tree)
	program := c.emit()
	if c.errors == 0 {
		if err := program.Finish(); err != nil {
			c.problem(syntax.Diagnostic{Severity: Error, Msg: "the story cannot be put together: " + err.Error()})
		}
	}
	if c.errors > 0 {
		program = nil
	}
	return program, c.diagnostics()
}

// maxDiagnostics bounds what is said of one story; nobody reads more.
const maxDiagnostics = 500

// compiler holds what is known of one story while it is compiled.
type compiler struct {
	fsys  fs.FS
	set   syntax.Set
	files *loader

	story     *flow
	variables map[string]*variable
	globals   []*variable // in the order in which they get their values
	constants map[string]*constant
	lists     map[string]*list
	listOrder []*list
	items     map[string][]*list // the lists that have an item of that name
	externals map[string]*syntax.External
	labels    map[syntax.Node]*label // of choices and gathers that have one

	program *ir.Program
	flow    *flow     // the one being emitted
	weave   *weaveGen // the innermost one being emitted
	nested  int       // how many Conditionals and Sequences we are in

	diags       []syntax.Diagnostic
	errors      int
	parseErrors bool
	lost        bool            // a file is missing, and whatever it declares
	tainted     map[string]bool // names that may be declared on a line that could not be read
	told        map[syntax.Pos]bool
	suggested   int
}

func (c *compiler) problem(d syntax.Diagnostic) {
	if d.Severity == Error {
		c.errors++
	}
	if len(c.diags) < maxDiagnostics {
		c.diags = append(c.diags, d)
	}
}

// fail reports an error, unless one was told of the same place: the second mostly follows from the first.
func (c *compiler) fail(at syntax.Pos, hint, format string, args ...any) {
	if c.told[at] {
		return
	}
	c.told[at] = true
	c.problem(syntax.Diagnostic{Pos: at, Severity: Error, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

func (c *compiler) warn(at syntax.Pos, hint, format string, args ...any) {
	c.problem(syntax.Diagnostic{Pos: at, Severity: Warning, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// diagnostics puts what was found into order and gives it file, line and column.
func (c *compiler) diagnostics() []Diagnostic {
	slices.SortStableFunc(c.diags, func(a, b syntax.Diagnostic) int { return int(a.Pos) - int(b.Pos) })
	var out []Diagnostic
	for _, d := range c.diags {
		p := c.set.Position(d.Pos)
		if p.File == "" {
			p.File = c.files.root
		}
		out = append(out, Diagnostic{p.File, p.Line, p.Col, d.Severity, d.Msg, d.Hint})
	}
	return out
}

// place says where p is, for messages.
func (c *compiler) place(p syntax.Pos) string {
	at := c.set.Position(p)
	return fmt.Sprintf("%s:%d:%d", at.File, at.Line, at.Col)
}

func dotted(path []syntax.Ident) string {
	if len(path) == 1 {
		return path[0].Name
	}
	parts := make([]string, len(path))
	for i, id := range path {
		parts[i] = id.Name
	}
	return strings.Join(parts, ".")
}
