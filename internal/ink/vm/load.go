package vm

import (
	"fmt"
	"strings"

	"storyteller/internal/ink/ir"
)

// loader turns content into nodes.
type loader struct {
	*Program
	// Equal operands share a place.
	values    map[Value]int32
	texts     map[string]int32
	externals map[string]int32
}

// containers makes a container for each of the source's, so that nodes can
// point at them.
func (l *loader) containers() {
	src := l.src.Containers()
	all := make([]container, len(src))
	l.Program.containers = make([]*container, len(src))
	for i, c := range src {
		k := &all[i]
		*k = container{index: c.Index, id: int32(i), last: int32(i), slot: -1, flags: c.Flags}
		if parent := c.Parent(); parent != nil {
			k.parent = &all[parent.ID]
		}
		if c.Flags&(ir.CountVisits|ir.CountTurns) != 0 {
			k.slot = int32(len(l.slots))
			l.slots = append(l.slots, int32(i))
		}
		l.Program.containers[i] = k
	}
	for i := len(all) - 1; i > 0; i-- {
		if parent := all[i].parent; parent.last < all[i].last {
			parent.last = all[i].last
		}
	}
}

// findGlobals numbers the global variables: those that are declared anywhere.
func (l *loader) findGlobals() {
	for _, c := range l.src.Containers() {
		for _, o := range c.Content {
			if a, ok := o.(ir.VarAssign); ok && a.Global && a.New {
				if name := l.name(a.Name); l.global[name] < 0 {
					l.global[name] = int32(len(l.globals))
					l.globals = append(l.globals, name)
				}
			}
		}
	}
}

// name returns the number of a variable's name.
func (l *loader) name(s string) int32 {
	n, ok := l.byName[s]
	if !ok {
		n = int32(len(l.names))
		l.byName[s] = n
		l.names = append(l.names, s)
		l.global = append(l.global, -1)
	}
	return n
}

func (l *loader) text(s string) int32 {
	n, ok := l.texts[s]
	if !ok {
		n = int32(len(l.Program.texts))
		l.texts[s] = n
		l.Program.texts = append(l.Program.texts, s)
	}
	return n
}

func (l *loader) value(v Value) node {
	n, ok := l.values[v]
	if !ok {
		n = int32(len(l.Program.values))
		l.values[v] = n
		l.Program.values = append(l.Program.values, v)
	}
	return node{op: opValue, a: n}
}

func (l *loader) nodes(c *container, src *ir.Container) error {
	c.nodes = make([]node, len(src.Content))
	for i, o := range src.Content {
		n, err := l.node(c, o)
		if err != nil {
			return err
		}
		c.nodes[i] = n
	}
	return nil
}

func (l *loader) node(c *container, o ir.Object) (node, error) {
	switch o := o.(type) {
	case *ir.Container:
		return node{op: opContainer, c: l.Program.containers[o.ID]}, nil
	case ir.Text:
		return l.textNode(string(o)), nil
	case ir.Glue:
		return node{op: opGlue}, nil
	case ir.Tag:
		return node{op: opTag, a: l.text(string(o))}, nil
	case ir.Command:
		if o == ir.ShuffleIndex {
			c.hash = pathHash(ir.To(l.src.Containers()[c.id]).Path())
		}
		return node{op: opCommand, x: uint8(o)}, nil
	case ir.Native:
		if o.Args() == 1 {
			return node{op: opUnary, x: uint8(o)}, nil
		}
		return node{op: opBinary, x: uint8(o)}, nil
	case *ir.Divert:
		return l.divert(o)
	case *ir.ChoicePoint:
		if l.resolves(o.To) == nil && o.Flags&ir.OnceOnly != 0 {
			return node{}, fmt.Errorf("a choice leads to content that is no container")
		}
		return l.place(opChoice, o.To, uint8(o.Flags)), nil
	case *ir.ReadCount:
		if l.resolves(o.To) == nil {
			return node{}, fmt.Errorf("a read count of content that is no container")
		}
		return l.place(opReadCount, o.To, 0), nil
	case ir.VarAssign:
		return l.assign(o), nil
	}
	return l.valueNode(o)
}

// place makes a node with a place in the story as its operand.
func (l *loader) place(op op, r ir.Ref, x uint8) node {
	return node{op: op, x: x, c: l.Program.containers[r.C.ID], b: r.Index}
}

// resolves returns the container at a place, nil if other content is there.
func (l *loader) resolves(r ir.Ref) *ir.Container {
	if r.Index < 0 || len(r.C.Content) == 0 {
		return r.C
	}
	if int(r.Index) < len(r.C.Content) {
		c, _ := r.C.Content[r.Index].(*ir.Container)
		return c
	}
	return nil
}

func (l *loader) valueNode(o ir.Object) (node, error) {
	switch o := o.(type) {
	case ir.Int:
		return l.value(MakeInt(int32(o))), nil
	case ir.Float:
		return l.value(MakeFloat(float32(o))), nil
	case ir.Bool:
		return l.value(MakeBool(bool(o))), nil
	case ir.Void:
		return l.value(MakeVoid()), nil
	case *ir.DivertTarget:
		return l.value(makeTarget(o.To)), nil
	case *ir.List:
		return l.list(o)
	case ir.VarPointer:
		return node{op: opPointer, a: l.name(o.Name)}, nil
	case ir.VarRef:
		return l.varRef(o.Name), nil
	}
	return node{}, fmt.Errorf("unknown content %T", o)
}

func (l *loader) textNode(s string) node {
	n := node{op: opText, a: l.text(s)}
	switch {
	case s == "\n":
		n.op = opNewline
	case isBlank(s):
		n.op = opSpace
	case strings.Contains(s, "\n"):
		n.op = opLines
	}
	return n
}

// varRef decides what a name stands for: a global variable, else a list item,
// else a temporary variable.
func (l *loader) varRef(s string) node {
	if name, ok := l.byName[s]; ok && l.global[name] >= 0 {
		return node{op: opGlobal, a: l.global[name]}
	}
	if item, ok := l.itemName[s]; ok {
		return l.value(makeList(&List{items: []int32{item}}))
	}
	return node{op: opTemp, a: l.name(s)}
}

func (l *loader) assign(a ir.VarAssign) node {
	name := l.name(a.Name)
	switch {
	case a.New && a.Global:
		return node{op: opSetGlobal, a: l.global[name]}
	case a.New:
		return node{op: opDeclare, a: name}
	}
	return node{op: opAssign, a: name}
}

func (l *loader) list(o *ir.List) (node, error) {
	v := &List{}
	for _, item := range o.Items {
		n, ok := l.itemName[item.List+"."+item.Name]
		if !ok || l.items[n].value != item.Value {
			return node{}, fmt.Errorf("list item %s.%s with value %d is not defined", item.List, item.Name, item.Value)
		}
		if v.has(n) {
			return node{}, fmt.Errorf("list item %s.%s is in a list twice", item.List, item.Name)
		}
		v.items = append(v.items, n)
	}
	if len(v.items) == 0 {
		for _, name := range o.Origins {
			def, ok := l.listNamed(name)
			if !ok {
				return node{}, fmt.Errorf("LIST %s is not defined", name)
			}
			v.origins = append(v.origins, def)
		}
	}
	return l.value(makeList(v)), nil
}

func (l *loader) divert(d *ir.Divert) (node, error) {
	if d.Kind == ir.External {
		return node{op: opExternal, a: l.external(d.External), b: int32(d.Args), cond: d.Conditional}, nil
	}
	n := node{op: opGoto, cond: d.Conditional}
	if d.Var != "" {
		n.op, n.a = opGotoVar, l.name(d.Var)
		if d.Kind != ir.Goto {
			n.op = opCallVar
		}
	} else {
		n.c, n.b = l.Program.containers[d.To.C.ID], max(d.To.Index, 0)
		if d.Kind != ir.Goto {
			n.op = opCall
		}
	}
	if d.Kind == ir.Function {
		n.x = uint8(frameFunction)
	}
	return n, nil
}

func (l *loader) external(name string) int32 {
	n, ok := l.externals[name]
	if !ok {
		n = int32(len(l.Program.externals))
		l.externals[name] = n
		ext := external{name: name}
		if r, err := l.src.Resolve(name); err == nil && r.Index < 0 && r.C.Parent() == l.src.Root {
			ext.fallback = l.Program.containers[r.C.ID]
		}
		l.Program.externals = append(l.Program.externals, ext)
	}
	return n
}

// pathHash is what a shuffle's place adds to its seed.
func pathHash(path string) int32 {
	sum := int32(0)
	for _, r := range path {
		sum += r
	}
	return sum
}
