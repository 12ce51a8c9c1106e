package compile

import (
	"strings"

	"storyteller/internal/ink/syntax"
)

// excused says whether nothing should be said of names that are not found, as they may be declared where the text could not be read.
func (c *compiler) excused(path []syntax.Ident) bool {
	for _, id := range path {
		if c.tainted[id.Name] {
			return true
		}
	}
	return c.lost
}

func (c *compiler) unknownVariable(id syntax.Ident) {
	path := []syntax.Ident{id}
	if c.excused(path) {
		c.errors++
		return
	}
	hint := "declare it with VAR " + id.Name + " = 0, or with ~ temp " + id.Name + " = 0 before this line"
	switch {
	case c.elsewhere(id.Name) != "":
		hint = c.elsewhere(id.Name)
	default:
		if s := c.didYouMean(id.Name, c.variableNames); s != "" {
			hint = s
		}
	}
	c.fail(id.At, hint, "unknown variable '%s'", id.Name)
}

// elsewhere tells of a temporary variable or parameter of that name in another flow, the usual reason for not finding one.
func (c *compiler) elsewhere(name string) string {
	var found *flow
	c.story.each(func(f *flow) {
		if found == nil && f != c.flow && (f.param(name) != nil || f.temps[name] != nil) {
			found = f
		}
	})
	if found == nil || found.node == nil {
		return ""
	}
	return "the one in " + found.typeName() + " '" + found.name + "' (" + c.place(found.node.At) + ") is not seen here; use VAR, or pass it on as an argument"
}

func (c *compiler) unknownPath(path []syntax.Ident) {
	if c.excused(path) {
		c.errors++
		return
	}
	name := dotted(path)
	c.fail(path[0].At, c.didYouMean(name, c.targetNames), "nothing is called '%s': no knot, stitch, label or list item", name)
}

func (c *compiler) unknownItem(path []syntax.Ident) {
	if c.excused(path) {
		c.errors++
		return
	}
	name := dotted(path)
	hint := c.didYouMean(name, c.itemNames)
	if hint == "" && len(path) == 1 && c.lookUp(c.flow, name) != notFound {
		hint = "a name alone in parentheses is a list; leave them out to use variable '" + name + "'"
	}
	c.fail(path[0].At, hint, "no list has an item '%s'", name)
}

func (c *compiler) unknownTarget(path []syntax.Ident) {
	if c.excused(path) {
		c.errors++
		return
	}
	name := dotted(path)
	hint := c.didYouMean(name, c.targetNames)
	if exact := c.fullName(path[len(path)-1].Name); exact != "" && exact != name {
		hint = "did you mean '" + exact + "'?"
	}
	if missing := c.missingPart(path); missing != "" {
		if hint != "" {
			missing += "; " + hint
		}
		hint = missing
	}
	c.fail(path[0].At, hint, "unknown divert target '%s'", name)
}

// missingPart says which part of a dotted name is not found in the one before it; "" if the name is not dotted or begins with nothing known.
func (c *compiler) missingPart(path []syntax.Ident) string {
	for n := len(path) - 1; n > 0; n-- {
		known := c.resolve(c.flow, path[:n])
		if !known.found() {
			continue
		}
		if known.label != nil {
			return "'" + dotted(path[:n]) + "' is a " + known.typeName() + ", which has nothing within"
		}
		return "'" + dotted(path[:n]) + "' has no stitch or label '" + path[n].Name + "'"
	}
	return ""
}

func (c *compiler) unknownFunction(id syntax.Ident) {
	if c.excused([]syntax.Ident{id}) {
		c.errors++
		return
	}
	hint := c.didYouMean(id.Name, c.functionNames)
	if hint == "" {
		hint = "declare it with === function " + id.Name + "(), or with EXTERNAL if the game has it"
	}
	c.fail(id.At, hint, "unknown function '%s'", id.Name)
}

// each calls f for the flow and all within it.
func (f *flow) each(visit func(*flow)) {
	visit(f)
	for _, sub := range f.subs {
		sub.each(visit)
	}
}

// fullName is how a stitch or label of that name can be reached from anywhere; "" if there is none.
func (c *compiler) fullName(name string) string {
	found := ""
	c.targetNames(func(full string) {
		if found == "" && strings.HasSuffix(full, "."+name) {
			found = full
		}
	})
	return found
}

func (c *compiler) targetNames(yield func(string)) {
	c.story.each(func(f *flow) {
		prefix := f.path()
		if prefix != "" {
			yield(prefix)
			prefix += "."
		}
		for _, n := range sortedKeys(f.labels) {
			yield(prefix + n)
		}
	})
}

// path is the dotted name of a flow, "" for the story.
func (f *flow) path() string {
	if f.parent == nil {
		return ""
	}
	if p := f.parent.path(); p != "" {
		return p + "." + f.name
	}
	return f.name
}

func (c *compiler) functionNames(yield func(string)) {
	for _, f := range c.story.subs {
		if f.function {
			yield(f.name)
		}
	}
	for _, n := range sortedKeys(c.externals) {
		yield(n)
	}
	for _, n := range sortedKeys(builtins) {
		yield(n)
	}
}

func (c *compiler) variableNames(yield func(string)) {
	for _, p := range c.flow.params {
		yield(p.Name.Name)
	}
	for _, n := range sortedKeys(c.flow.temps) {
		yield(n)
	}
	for _, n := range sortedKeys(c.variables) {
		yield(n)
	}
	for _, n := range sortedKeys(c.constants) {
		yield(n)
	}
	c.itemNames(yield)
	c.targetNames(yield)
}

func (c *compiler) itemNames(yield func(string)) {
	for _, l := range c.listOrder {
		for _, item := range l.def.Items {
			yield(item.Name)
			yield(l.def.Name + "." + item.Name)
		}
	}
}
