// Package vm runs compiled ink stories: it turns an ir.Program and a state into
// lines of text, tags and choices.
//
// Load makes an ir.Program ready to run once: names become numbers, content
// becomes nodes with their operands resolved. A Story then walks the nodes. What
// it computes, and when a line ends, follows inkle's reference runtime, which is
// written in C#. inkjs, its port to JavaScript, differs from it; here C# is right:
//
//   - Whole numbers have 32 bits and wrap around, and their division drops the
//     fraction: -7 / 2 is -3. inkjs rounds down, to -4.
//   - Floats have single precision and print with the shortest digits that read
//     back the same: 2.0 / 3 is 0.6666667. inkjs has double precision and prints
//     0.6666666666666666. A float without a fraction stays one: in ink JSON 2.0 is
//     "2.0", where inkjs writes "2", which plays as a whole number.
//   - Chance is .NET's: a generator is seeded as new System.Random(seed) for each
//     draw, so SEED_RANDOM gives the numbers that it gives there. inkjs has another
//     generator.
//   - Calls nest as deep as MaxFrames says. inkjs ends where JavaScript's stack does.
//
// Other than both, stories are bounded: see the constants in limits.go.
package vm

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"storyteller/internal/ink/ir"
)

// Program is a story ready to run. It is immutable: any number of stories may
// run it at the same time.
type Program struct {
	src        *ir.Program
	containers []*container // by ID, as in src

	values []Value  // operands of opValue
	texts  []string // operands of the text ops
	names  []string // variables, by name number

	// global is the global variable of a name, or -1; byName finds the number.
	global   []int32
	byName   map[string]int32
	globals  []int32 // the name of each global variable
	defaults []Value // of the global variables, after the story's declarations

	lists    []listDef
	items    []listItem
	itemName map[string]int32 // "item" and "list.item"

	externals []external
	slots     []int32 // the container whose visits each slot counts

	paths func() []string // of each container, made when first needed
}

// external is a function of the host that the story calls.
type external struct {
	name     string
	fallback *container // the ink function to call instead, or nil
}

// container is a sequence of nodes.
type container struct {
	nodes  []node
	parent *container
	index  int32 // in parent.nodes, or -1
	id     int32
	last   int32 // the highest ID within: c holds exactly id..last
	slot   int32 // where its visits are counted, or -1
	flags  ir.CountFlags
	hash   int32 // the seed that shuffles draw from its place
}

// within reports whether c is d or lies in d.
func (c *container) within(d *container) bool { return d.id <= c.id && c.id <= d.last }

// pointer is a place in the story: an element, or with i < 0 a whole container.
type pointer struct {
	c *container
	i int32
}

// node is one element of content with its operands.
type node struct {
	op op
	// x is the command, operator, kind of call or flags of the choice.
	x uint8
	// cond marks a divert that pops a condition.
	cond bool
	a    int32 // index of a value, text, name, global, item or external function
	b    int32 // element of c, or how many arguments
	c    *container
}

// op says what to do with a node.
type op uint8

const (
	opContainer op = iota // enter c
	opText                // write texts[a]
	opSpace               // the same: only blanks
	opNewline             // the same: a line break
	opLines               // the same, with line breaks at its ends
	opGlue                // join lines
	opTag                 // texts[a] is a tag of the old kind
	opValue               // push values[a]
	opPointer             // push a pointer to the variable named a
	opGlobal              // push global a
	opTemp                // push the temporary variable named a
	opReadCount           // push the visits of (c, b)
	opDeclare             // pop into a new temporary variable named a
	opAssign              // pop into the variable named a
	opSetGlobal           // pop into a new global a
	opGoto                // go on at (c, b)
	opGotoVar             // go on at what the variable named a holds
	opCall                // call (c, b); x is the frame's kind
	opCallVar             // call what the variable named a holds
	opExternal            // call externals[a] with b arguments
	opChoice              // offer a choice that leads to (c, b)
	opCommand             // do command x
	opUnary               // apply operator x to one operand
	opBinary              // apply operator x to two operands
)

// Load prepares a finished program to run. An error means that the program does
// not hold together, which a compiler would not do but a damaged file may.
func Load(src *ir.Program) (*Program, error) {
	p := &Program{src: src, byName: map[string]int32{}, itemName: map[string]int32{}}
	p.paths = sync.OnceValue(p.allPaths)
	if err := p.loadLists(); err != nil {
		return nil, err
	}
	l := loader{Program: p, values: map[Value]int32{}, texts: map[string]int32{}, externals: map[string]int32{}}
	l.containers()
	l.findGlobals()
	for i, c := range src.Containers() {
		if err := l.nodes(p.containers[i], c); err != nil {
			return nil, fmt.Errorf("%s: %w", ir.To(c).Path(), err)
		}
	}
	if err := p.declareGlobals(); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Program) loadLists() error {
	for _, def := range p.src.Lists {
		for _, other := range p.lists {
			if other.name == def.Name {
				return fmt.Errorf("two LISTs named %q", def.Name)
			}
		}
		d := listDef{name: def.Name, start: int32(len(p.items))}
		for _, item := range def.Items {
			n := int32(len(p.items))
			full := def.Name + "." + item.Name
			if _, double := p.itemName[full]; double {
				return fmt.Errorf("LIST %s has two items %q", def.Name, item.Name)
			}
			p.itemName[full] = n
			p.itemName[item.Name] = n // of the last list, if several have it
			p.items = append(p.items, listItem{int32(len(p.lists)), item.Name, item.Value})
		}
		d.end = int32(len(p.items))
		p.lists = append(p.lists, d)
	}
	return nil
}

// listNamed finds a LIST definition.
func (p *Program) listNamed(name string) (def int32, ok bool) {
	for i := range p.lists {
		if p.lists[i].name == name {
			return int32(i), true
		}
	}
	return 0, false
}

// makeTarget makes a value of a place.
func makeTarget(r ir.Ref) Value { return Value{kind: Target, a: r.C.ID, b: r.Index} }

// ref returns the place that a Target stands for.
func (p *Program) ref(v Value) ir.Ref { return ir.Ref{C: p.src.Containers()[v.a], Index: v.b} }

// path returns the path of a place.
func (p *Program) path(at pointer) string {
	if at.c == nil {
		return ""
	}
	path := p.paths()[at.c.id]
	switch {
	case at.i < 0:
		return path
	case path == "":
		return strconv.Itoa(int(at.i))
	}
	return path + "." + strconv.Itoa(int(at.i))
}

// allPaths returns the path of every container.
func (p *Program) allPaths() []string {
	paths := make([]string, len(p.containers))
	for i, c := range p.src.Containers() {
		part := c.Name
		if part == "" {
			part = strconv.Itoa(int(c.Index))
		}
		switch parent := c.Parent(); {
		case parent == nil:
		case parent.Parent() == nil:
			paths[i] = part
		default:
			paths[i] = paths[parent.ID] + "." + part
		}
	}
	return paths
}

// resolve returns the node at a place, or the container if that is what it is.
func (at pointer) resolve() (*node, *container) {
	switch {
	case at.i < 0 || len(at.c.nodes) == 0:
		return nil, at.c
	case int(at.i) >= len(at.c.nodes):
		return nil, nil
	}
	if n := &at.c.nodes[at.i]; n.op != opContainer {
		return n, nil
	} else {
		return nil, n.c
	}
}

// isBlank reports whether s consists of spaces and tabs.
func isBlank(s string) bool { return strings.Trim(s, " \t") == "" }
