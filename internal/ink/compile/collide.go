package compile

import "storyteller/internal/ink/syntax"

// reserved are the words that cannot be names.
var reserved = map[string]bool{
	"true": true, "false": true, "not": true, "return": true, "else": true, "VAR": true, "CONST": true, "temp": true, "LIST": true, "function": true,
}

// named is a declaration whose name is compared with others.
type named struct {
	id   syntax.Ident
	what string
	self any   // the *flow, *label, *variable ... that it declares
	in   *flow // where it is declared
}

// checkNames refuses names that mean two things. Knots rank highest: whatever else has the name of one is refused, then lists and their
// items, variables, stitches and labels, parameters, and at last temporary variables.
func (c *compiler) checkNames() {
	for _, v := range c.globals {
		if v.list != nil {
			n := named{v.name, "list", v, c.story}
			if c.usable(n) {
				c.freeOfKnots(n)
			}
			continue // an item of its name is told of below
		}
		n := named{v.name, "variable", v, c.story}
		if c.usable(n) && c.freeOfKnots(n) {
			c.freeOfLists(n)
		}
	}
	for _, name := range sortedKeys(c.variables) {
		if v := c.variables[name]; v.temp {
			c.checkTempName(named{v.name, "temp", nil, c.story})
		}
	}
	for _, l := range c.listOrder {
		for _, item := range l.decl.Items {
			n := named{item.Name, "list item", l, c.story}
			if c.usable(n) && c.freeOfKnots(n) {
				c.freeOfOtherLists(n, l)
			}
		}
	}
	for _, name := range sortedKeys(c.constants) {
		d := c.constants[name]
		n := named{d.Name, "constant", d, c.story}
		if c.usable(n) && c.freeOfKnots(n) && c.freeOfLists(n) {
			c.freeOfVariables(n)
		}
	}
	for _, name := range sortedKeys(c.externals) {
		c.usable(named{c.externals[name].Name, "external function", c.externals[name], c.story})
	}
	c.story.each(c.checkFlowNames)
}

func (c *compiler) checkFlowNames(f *flow) {
	if f.node != nil {
		n := named{f.node.Name, f.typeName(), f, f.parent}
		ok := c.usable(n) && c.freeOfKnots(n)
		if ok && f.level == syntax.LevelStitch && c.freeOfLists(n) {
			c.freeOfVariables(n)
		}
	}
	for _, name := range sortedKeys(f.labels) {
		l := f.labels[name]
		n := named{l.name, "label", l, f}
		if c.usable(n) && c.freeOfKnots(n) && c.freeOfLists(n) && c.freeOfVariables(n) {
			c.freeOfContent(n, true)
		}
	}
	for i, p := range f.params {
		n := named{p.Name, "parameter", nil, f}
		if c.usable(n) && c.freeOfKnots(n) && c.freeOfLists(n) && c.freeOfVariables(n) && c.freeOfContent(n, false) {
			c.freeOfParams(n, f.params[:i])
		}
	}
	for _, name := range sortedKeys(f.temps) {
		c.checkTempName(named{f.temps[name].Name, "temp", nil, f})
	}
}

func (c *compiler) checkTempName(n named) {
	if c.usable(n) && c.freeOfKnots(n) && c.freeOfLists(n) && c.freeOfVariables(n) && c.freeOfContent(n, false) {
		c.freeOfParams(n, n.in.params)
	}
}

// taken reports that n's name is that of something else.
func (c *compiler) taken(n named, what string, at syntax.Pos) bool {
	c.fail(n.id.At, "the other one is at "+c.place(at)+"; rename one of them", "%s '%s' has the name of a %s", n.what, n.id.Name, what)
	return false
}

// usable refuses reserved words and the names of built-in functions.
func (c *compiler) usable(n named) bool {
	name := n.id.Name
	if reserved[name] {
		c.fail(n.id.At, "choose another name", "'%s' is a word of the language and cannot name a %s", name, n.what)
		return false
	}
	if _, ok := builtins[name]; ok {
		c.fail(n.id.At, "choose another name", "'%s' is a built-in function and cannot name a %s", name, n.what)
		return false
	}
	return true
}

func (c *compiler) freeOfKnots(n named) bool {
	k := c.story.subByName[n.id.Name]
	if k == nil || any(k) == n.self {
		return true
	}
	return c.taken(n, k.typeName(), k.node.Name.At)
}

func (c *compiler) freeOfLists(n named) bool {
	if l := c.lists[n.id.Name]; l != nil {
		return c.taken(n, "list", l.decl.Name.At)
	}
	if in := c.items[n.id.Name]; len(in) > 0 {
		for _, item := range in[0].decl.Items {
			if item.Name.Name == n.id.Name {
				return c.taken(n, "list item", item.Name.At)
			}
		}
	}
	return true
}

// freeOfOtherLists is for items: two lists may have items of one name, but an item cannot be called like another list.
func (c *compiler) freeOfOtherLists(n named, own *list) {
	if l := c.lists[n.id.Name]; l != nil && l != own {
		c.taken(n, "list", l.decl.Name.At)
	}
}

func (c *compiler) freeOfVariables(n named) bool {
	v := c.variables[n.id.Name]
	if v == nil || v.list != nil || v.temp {
		return true
	}
	return c.taken(n, "variable", v.name.At)
}

// freeOfContent refuses the name of a label or stitch that would be found from here. A label is itself found, so that for one the
// search goes up the flows and looks past it.
func (c *compiler) freeOfContent(n named, isLabel bool) bool {
	if !isLabel {
		if t := resolveFirst(n.in, n.id.Name); t.found() {
			return c.taken(n, t.typeName(), t.place())
		}
		return true
	}
	for f := n.in; f != nil; f = f.parent {
		if f.level != syntax.LevelStory && f.name == n.id.Name {
			return c.taken(n, f.typeName(), f.node.Name.At)
		}
		if sub := f.subByName[n.id.Name]; sub != nil {
			return c.taken(n, sub.typeName(), sub.node.Name.At)
		}
		if l := f.labels[n.id.Name]; l != nil && any(l) != n.self {
			return c.taken(n, l.what, l.name.At)
		}
	}
	return true
}

func (c *compiler) freeOfParams(n named, params []syntax.Param) {
	for _, p := range params {
		if p.Name.Name == n.id.Name {
			c.taken(n, "parameter", p.Name.At)
			return
		}
	}
}
