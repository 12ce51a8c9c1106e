package compile

import (
	"storyteller/internal/ink/ir"
	"storyteller/internal/ink/syntax"
)

// target is a place of content that a name stands for: a flow or a label.
type target struct {
	flow  *flow
	label *label
}

func (t target) found() bool { return t.flow != nil || t.label != nil }

func (t target) container() *ir.Container {
	if t.flow != nil {
		return t.flow.container
	}
	return t.label.container
}

func (t target) place() syntax.Pos {
	if t.flow != nil {
		return t.flow.node.Name.At
	}
	return t.label.name.At
}

func (t target) typeName() string {
	if t.flow != nil {
		return t.flow.typeName()
	}
	return t.label.what
}

// count has the runtime record visits or turns of the target. Of labels, only coming from above counts, not going on within.
func (t target) count(flags ir.CountFlags) {
	c := t.container()
	c.Flags |= flags
	if t.label != nil {
		c.Flags |= ir.CountStartOnly
	}
}

// resolve finds the content that a dotted name means, seen from within f: labels and stitches around it first, then knots.
func (c *compiler) resolve(f *flow, path []syntax.Ident) target {
	t := resolveFirst(f, path[0].Name)
	for _, part := range path[1:] {
		if t.flow == nil {
			return target{}
		}
		t = t.flow.inside(part.Name)
	}
	return t
}

func resolveFirst(f *flow, name string) target {
	for ; f != nil; f = f.parent {
		if f.level != syntax.LevelStory && f.name == name {
			return target{flow: f}
		}
		if t := f.inside(name); t.found() {
			return t
		}
	}
	return target{}
}

// inside finds a label or stitch of f. The labels of its stitches can be had from a knot, too.
func (f *flow) inside(name string) target {
	if l := f.labels[name]; l != nil {
		return target{label: l}
	}
	if sub := f.subByName[name]; sub != nil {
		return target{flow: sub}
	}
	if f.level == syntax.LevelKnot {
		for _, sub := range f.subs {
			if l := sub.labels[name]; l != nil {
				return target{label: l}
			}
		}
	}
	return target{}
}

// scope says what kind of variable a name is.
type scope uint8

const (
	notFound scope = iota
	parameter
	temporary
	global
)

// lookUp finds the variable that name means within f. Parameters and temporary variables are seen by their own flow only: those of a
// knot not by its stitches.
func (c *compiler) lookUp(f *flow, name string) scope {
	if f.param(name) != nil {
		return parameter
	}
	if f.temps[name] != nil {
		return temporary
	}
	if c.variables[name] != nil {
		return global
	}
	return notFound
}

func (f *flow) param(name string) *syntax.Param {
	for i := range f.params {
		if f.params[i].Name.Name == name {
			return &f.params[i]
		}
	}
	return nil
}

// listItem finds the item that one name, or list.item, means.
func (c *compiler) listItem(path []syntax.Ident) (ir.ListItem, bool) {
	switch len(path) {
	case 1:
		name := path[0].Name
		in := c.items[name]
		if len(in) == 0 {
			return ir.ListItem{}, false
		}
		if len(in) > 1 {
			a, b := in[0].def.Name, in[1].def.Name
			c.fail(path[0].At, "write "+a+"."+name+" or "+b+"."+name, "'%s' is an item of more than one list: '%s' and '%s'", name, a, b)
		}
		item, _ := in[0].item(name)
		return ir.ListItem{List: in[0].def.Name, Name: name, Value: item.Value}, true
	case 2:
		l := c.lists[path[0].Name]
		if l == nil {
			return ir.ListItem{}, false
		}
		item, ok := l.item(path[1].Name)
		return ir.ListItem{List: l.def.Name, Name: item.Name, Value: item.Value}, ok
	}
	return ir.ListItem{}, false
}
