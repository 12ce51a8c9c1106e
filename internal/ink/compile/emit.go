package compile

import (
	"storyteller/internal/ink/ir"
	"storyteller/internal/ink/syntax"
)

// The emit files build containers. Content goes straight to the container that it will be in at the end: where the language has a
// group without a name of its own, such as the parts of a line, its content joins the container around it.

// emit builds the tree of the whole story.
func (c *compiler) emit() *ir.Program {
	c.program = &ir.Program{Root: c.story.container}
	c.emitFlow(c.story)
	c.emitGlobals()
	for _, l := range c.listOrder {
		c.program.Lists = append(c.program.Lists, l.def)
	}
	return c.program
}

// pos is a place for the run-time messages. Files are numbered as they come.
func (c *compiler) pos(p syntax.Pos) ir.Pos {
	file, line := c.set.Line(p)
	if line == 0 {
		return ir.Pos{}
	}
	last := len(c.program.Files) - 1
	if last >= 0 && c.program.Files[last] == file {
		return ir.Pos{File: int32(last), Line: int32(line)}
	}
	for i, name := range c.program.Files {
		if name == file {
			return ir.Pos{File: int32(i), Line: int32(line)}
		}
	}
	c.program.Files = append(c.program.Files, file)
	return ir.Pos{File: int32(last + 1), Line: int32(line)}
}

func (c *compiler) emitFlow(f *flow) {
	outerFlow, outerWeave := c.flow, c.weave
	c.flow, c.weave = f, nil
	defer func() { c.flow, c.weave = outerFlow, outerWeave }()

	to := f.container
	for i := len(f.params) - 1; i >= 0; i-- {
		// The last argument lies on top of the stack.
		to.AddAt(c.pos(f.params[i].Name.At), ir.VarAssign{Name: f.params[i].Name.Name, New: true})
	}
	nodes := f.nodes
	if f == c.story {
		// The story's own text ends in a gather, so that it may run out without a divert.
		nodes = append(nodes[:len(nodes):len(nodes)], &syntax.Gather{Depth: 1}, &syntax.Divert{Target: []syntax.Ident{{Name: "DONE"}}})
	}
	if len(nodes) > 0 {
		g := c.emitWeave(newWeave(nodes, 1), to, false)
		if f != c.story && !f.function && !f.parent.function && f.returns == nil {
			c.checkEnds(f, g)
		}
	}
	if f == c.story {
		to.Add(ir.Done)
	}
	c.checkFunction(f)
	for i, sub := range f.subs {
		if i == 0 && len(nodes) == 0 && len(sub.params) == 0 && f.level == syntax.LevelKnot {
			to.AddAt(c.pos(sub.node.At), &ir.Divert{To: ir.To(sub.container)})
		}
		c.emitFlow(sub)
		to.AddNamed(sub.container)
	}
}

// emitGlobals builds the container that gives the global variables their first values.
func (c *compiler) emitGlobals() {
	if len(c.variables) == 0 {
		return
	}
	to := ir.NewContainer(ir.GlobalDecl)
	to.Add(ir.EvalStart)
	for _, v := range c.globals {
		at := c.pos(v.name.At)
		if v.list != nil {
			to.AddAt(at, v.list.initial())
		} else if v.decl.X != nil {
			c.checkInitial(v.decl)
			c.flow = v.flow
			c.emitExpr(to, v.decl.X, nil)
		}
		to.AddAt(at, ir.VarAssign{Name: v.name.Name, Global: true, New: true})
	}
	to.Add(ir.EvalEnd, ir.End)
	c.program.Root.AddNamed(to)
}

// initial is the value that a list's variable starts with.
func (l *list) initial() *ir.List {
	value := &ir.List{Origins: []string{l.def.Name}}
	for _, item := range l.decl.Items {
		if item.In {
			value.Items = append(value.Items, ir.ListItem{List: l.def.Name, Name: item.Name.Name, Value: item.Value})
		}
	}
	return value
}

// checkInitial refuses variables as first values of variables: which of them has its value first would be anyone's guess.
func (c *compiler) checkInitial(d *syntax.VarDecl) {
	ref, ok := d.X.(*syntax.Ref)
	if !ok || c.constants[dotted(ref.Path)] != nil {
		return
	}
	if len(ref.Path) == 1 && len(c.items[ref.Path[0].Name]) > 0 {
		return
	}
	if _, ok := c.listItem(ref.Path); ok || c.excused(ref.Path) {
		return
	}
	c.fail(ref.At, "give it a plain value, a constant or a list item here, and set the rest on a '~' line",
		"the first value of variable '%s' cannot be '%s', which is no constant", d.Name.Name, dotted(ref.Path))
}

func (c *compiler) emitAll(to *ir.Container, nodes []syntax.Node) {
	for _, n := range nodes {
		c.emitNode(to, n)
	}
}

// emitNode builds what is no choice, gather or weave.
func (c *compiler) emitNode(to *ir.Container, n syntax.Node) {
	switch n := n.(type) {
	case *syntax.Text:
		to.AddAt(c.pos(n.At), ir.Text(n.Text))
	case *syntax.Glue:
		to.AddAt(c.pos(n.At), ir.Glue{})
	case *syntax.TagStart:
		to.AddAt(c.pos(n.At), ir.BeginTag)
	case *syntax.TagEnd:
		to.AddAt(c.pos(n.At), ir.EndTag)
	case *syntax.Output:
		at := c.pos(n.At)
		to.AddAt(at, ir.EvalStart)
		c.emitExpr(to, n.X, n)
		to.AddAt(at, ir.EvalOutput, ir.EvalEnd)
	case *syntax.Divert:
		c.emitDivert(to, n)
	case *syntax.TunnelOnwards:
		c.emitOnwards(to, n)
	case *syntax.Conditional:
		c.emitConditional(to, n)
	case *syntax.Sequence:
		c.emitSequence(to, n)
	case *syntax.Assign:
		c.emitAssign(to, n)
	case *syntax.Eval:
		c.emitEval(to, n)
	case *syntax.Return:
		c.emitReturn(to, n)
	}
}

func (c *compiler) emitAssign(to *ir.Container, n *syntax.Assign) {
	at := c.pos(n.At)
	to.AddAt(at, ir.EvalStart)
	if n.X != nil {
		c.emitExpr(to, n.X, nil)
	}
	to.AddAt(at, ir.EvalEnd)
	kind := c.lookUp(c.flow, n.Name.Name)
	if kind == notFound {
		c.cannotAssign(n.Name)
	}
	to.AddAt(at, ir.VarAssign{Name: n.Name.Name, New: n.Temp, Global: !n.Temp && kind == global})
}

func (c *compiler) cannotAssign(id syntax.Ident) {
	if d := c.constants[id.Name]; d != nil {
		c.fail(id.At, "declare it with VAR instead, at "+c.place(d.At), "'%s' is a constant and cannot be changed", id.Name)
		return
	}
	c.unknownVariable(id)
}

func (c *compiler) emitEval(to *ir.Container, n *syntax.Eval) {
	at := c.pos(n.At)
	to.AddAt(at, ir.EvalStart)
	switch x := n.X.(type) {
	case *syntax.Step:
		c.emitStep(to, x)
	case *syntax.Call:
		c.emitCall(to, x)
		to.AddAt(at, ir.Pop)
	}
	to.AddAt(at, ir.EvalEnd)
}

func (c *compiler) emitReturn(to *ir.Container, n *syntax.Return) {
	at := c.pos(n.At)
	to.AddAt(at, ir.EvalStart)
	if n.X != nil {
		c.emitExpr(to, n.X, nil)
	} else {
		to.AddAt(at, ir.Void{})
	}
	to.AddAt(at, ir.EvalEnd, ir.ReturnFunction)
}
