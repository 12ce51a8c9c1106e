package compile

import (
	"strings"

	"storyteller/internal/ink/syntax"
)

// checkEnds warns where the content of a flow just stops: a reader would be left with neither text nor choice nor end.
func (c *compiler) checkEnds(f *flow, g *weaveGen) {
	if c.parseErrors {
		return // the divert may be on a line that could not be read
	}
	c.looseEnds(g, func(last syntax.Node) {
		hint := "end it with '-> DONE', '-> END', a divert or a choice"
		if len(f.subs) > 0 {
			hint = "to go on with '" + f.subs[0].name + "', divert to it: -> " + f.subs[0].name
		}
		if d, ok := last.(*syntax.Divert); ok && d.Tunnel {
			hint = "when the tunnel '-> " + dotted(d.Target) + " ->' comes back, there is nothing to go on with; " + hint
		}
		c.warn(last.Pos(), hint, "apparent loose end: the flow runs out here in %s '%s'", f.typeName(), f.path())
	})
}

// checkNestedEnds refuses choices within a Conditional or Sequence whose content just stops: no gather outside takes them up.
func (c *compiler) checkNestedEnds(g *weaveGen) {
	if c.parseErrors {
		return
	}
	c.looseEnds(g, func(last syntax.Node) {
		c.fail(last.Pos(), "divert explicitly, or write a condition for a choice as: * {condition} text",
			"a choice within a condition or sequence must end in a divert")
	})
}

// looseEnds calls found with the last node of each run of content that does not lead on.
func (c *compiler) looseEnds(g *weaveGen, found func(last syntax.Node)) {
	if _, ok := lastOf(g.w).(*syntax.Note); ok {
		return // the author has made a note to go on here
	}
	for _, p := range g.loose {
		if last := c.runsOut(p.following(), p.node); last != nil {
			found(last)
		}
	}
	if len(g.loose) > 0 || g.w.hasPoints() {
		return
	}
	if last := c.runsOut(g.w.items, g.w); last != nil {
		found(last)
	}
}

// lastOf is the last thing in a weave that is more than a line's end or a declaration; nil if there is none.
func lastOf(w *weave) syntax.Node {
	for i := len(w.items) - 1; i >= 0; i-- {
		n := w.items[i]
		if isBlank(n) || isDeclaration(n) {
			continue
		}
		if inner, ok := n.(*weave); ok {
			return lastOf(inner)
		}
		return n
	}
	return nil
}

// isBlank says whether n shows nothing: it is a line's end, or what stands between the text and a comment.
func isBlank(n syntax.Node) bool {
	t, ok := n.(*syntax.Text)
	return ok && strings.TrimLeft(t.Text, " \t\n") == ""
}

func isDeclaration(n syntax.Node) bool {
	switch n.(type) {
	case *syntax.VarDecl, *syntax.ListDecl, *syntax.ConstDecl:
		return true
	}
	return false
}

// following is the content of a choice or gather, up to the next one.
func (p *point) following() []syntax.Node {
	var out []syntax.Node
	if n, ok := p.node.(*syntax.Choice); ok {
		out = append(out, n.Start...)
		out = append(out, n.Only...)
		out = append(out, n.Inner...)
	}
	items := p.gen.w.items
	for _, n := range items[p.index+1:] {
		if _, inner := n.(*weave); inner || depthOf(n) > 0 {
			break
		}
		out = append(out, n)
	}
	return out
}

// runsOut returns the last node of content that leads nowhere, or nil if it leads on.
func (c *compiler) runsOut(nodes []syntax.Node, start syntax.Node) syntax.Node {
	last := start
	for _, n := range nodes {
		if isDeclaration(n) {
			continue
		}
		if c.leadsOn(n) {
			return nil
		}
		if !isBlank(n) {
			last = n
		}
	}
	if _, note := last.(*syntax.Note); note {
		return nil
	}
	return last
}

// leadsOn says whether there is any divert in n that does not come back.
func (c *compiler) leadsOn(n syntax.Node) bool {
	if w, ok := n.(*weave); ok {
		for _, item := range w.items {
			if c.leadsOn(item) {
				return true
			}
		}
		return false
	}
	found := false
	syntax.Walk(n, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Divert:
			found = found || !n.Thread && !n.Tunnel
		case *syntax.TunnelOnwards:
			found = true
		case syntax.Expr:
			return false
		}
		return !found
	})
	return found
}

// checkElse warns of "else:" as a text, which was surely meant as a branch.
func (c *compiler) checkElse(b *syntax.Branch) {
	for _, n := range b.Body {
		if t, ok := n.(*syntax.Text); ok && strings.HasPrefix(t.Text, "else:") {
			c.warn(t.At, "write '- else:' for a branch", "'else:' is taken as text here")
		}
	}
}

// checkFunction refuses what a function cannot contain: it has to come back to where it was called, at once.
func (c *compiler) checkFunction(f *flow) {
	if !f.function {
		return
	}
	if f.level == syntax.LevelStitch {
		c.fail(f.node.At, "make it a knot: === function "+f.name, "a stitch cannot be a function")
		return
	}
	for _, sub := range f.subs {
		c.fail(sub.node.At, "make it a function of its own", "function '%s' contains the stitch '%s'", f.name, sub.name)
	}
	for _, n := range f.nodes {
		syntax.Walk(n, func(n syntax.Node) bool {
			switch n := n.(type) {
			case *syntax.Divert:
				c.fail(n.At, "use a knot and a tunnel: -> knot ->", "function '%s' contains a divert", f.name)
			case *syntax.TunnelOnwards:
				c.warn(n.At, "leave a function with '~ return'", "function '%s' contains a '->->', which is for tunnels", f.name)
			case *syntax.Choice:
				c.fail(n.At, "use a knot and a tunnel: -> knot ->", "function '%s' contains a choice", f.name)
			case *syntax.Target:
				return false
			}
			return true
		})
	}
}
