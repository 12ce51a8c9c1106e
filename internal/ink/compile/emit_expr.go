package compile

import (
	"storyteller/internal/ink/ir"
	"storyteller/internal/ink/syntax"
)

var natives = map[string]ir.Native{
	"+": ir.Add, "-": ir.Subtract, "*": ir.Multiply, "/": ir.Divide, "%": ir.Mod,
	"==": ir.Equal, "!=": ir.NotEqual, "<": ir.Less, ">": ir.Greater, "<=": ir.LessEq, ">=": ir.GreaterEq,
	"&&": ir.And, "||": ir.Or, "?": ir.Has, "!?": ir.HasNot, "^": ir.Intersect,
}

// emitExpr builds what leaves the value of x on the stack. in is what x directly stands in, if that matters for what x may be.
func (c *compiler) emitExpr(to *ir.Container, x syntax.Expr, in syntax.Node) {
	at := c.pos(x.Pos())
	switch x := x.(type) {
	case *syntax.Int:
		to.AddAt(at, ir.Int(x.Value))
	case *syntax.Float:
		to.AddAt(at, ir.Float(x.Value))
	case *syntax.Bool:
		to.AddAt(at, ir.Bool(x.Value))
	case *syntax.String:
		to.AddAt(at, ir.BeginString)
		c.emitAll(to, x.Content)
		to.AddAt(at, ir.EndString)
	case *syntax.Ref:
		c.emitRef(to, x, in)
	case *syntax.Call:
		c.emitCall(to, x)
	case *syntax.Unary:
		c.emitExpr(to, x.X, x)
		if x.Op == '-' {
			to.AddAt(at, ir.Negate)
		} else {
			to.AddAt(at, ir.Not)
		}
	case *syntax.Binary:
		c.emitExpr(to, x.X, x)
		c.emitExpr(to, x.Y, x)
		to.AddAt(at, natives[x.Op])
	case *syntax.ListLit:
		c.emitListLit(to, x)
	case *syntax.Target:
		c.emitTarget(to, x, in)
	case *syntax.All:
		for i, cond := range x.Conds {
			c.emitExpr(to, cond, x)
			if i > 0 {
				to.AddAt(at, ir.And)
			}
		}
	}
}

// emitRef builds the use of a name, which can mean a constant, a list item, the visits to a place or a variable.
func (c *compiler) emitRef(to *ir.Container, x *syntax.Ref, in syntax.Node) {
	name := dotted(x.Path)
	if d := c.constants[name]; d != nil {
		c.emitConstant(to, d)
		return
	}
	at := c.pos(x.At)
	if _, ok := c.listItem(x.Path); ok {
		to.AddAt(at, ir.VarRef{Name: name})
		return
	}
	if t := c.resolve(c.flow, x.Path); t.found() {
		t.count(ir.CountVisits)
		to.AddAt(at, &ir.ReadCount{To: ir.To(t.container())})
		if _, printed := in.(*syntax.Output); printed && t.flow != nil && t.flow.function {
			c.warn(x.At, "write {"+name+"()} to call it", "this prints how often the function '%s' was called, not what it returns", name)
		}
		return
	}
	to.AddAt(at, ir.VarRef{Name: name})
	if len(x.Path) == 1 {
		if c.lookUp(c.flow, name) == notFound {
			c.unknownVariable(x.Path[0])
		}
		return
	}
	c.unknownPath(x.Path)
}

// emitConstant builds the value of a constant, its names seen from where it is declared.
func (c *compiler) emitConstant(to *ir.Container, d *constant) {
	if d.X == nil {
		return
	}
	outer := c.flow
	c.flow = d.flow
	c.emitExpr(to, d.X, nil)
	c.flow = outer
}

func (c *compiler) emitStep(to *ir.Container, x *syntax.Step) {
	at := c.pos(x.At)
	to.AddAt(at, ir.VarRef{Name: x.Name.Name})
	if x.Y != nil {
		c.emitExpr(to, x.Y, nil)
	} else {
		to.AddAt(at, ir.Int(1))
	}
	op := ir.Add
	if x.Down {
		op = ir.Subtract
	}
	kind := c.lookUp(c.flow, x.Name.Name)
	if kind == notFound {
		c.cannotAssign(x.Name)
	}
	to.AddAt(at, op, ir.VarAssign{Name: x.Name.Name, Global: kind == global})
}

func (c *compiler) emitListLit(to *ir.Container, x *syntax.ListLit) {
	value := &ir.List{}
	for _, path := range x.Items {
		item, ok := c.listItem(path)
		if !ok {
			c.unknownItem(path)
			continue
		}
		double := false
		for _, other := range value.Items {
			double = double || other == item
		}
		if double {
			c.warn(path[0].At, "", "item '%s' is twice in this list", dotted(path))
			continue
		}
		value.Items = append(value.Items, item)
	}
	to.AddAt(c.pos(x.At), value)
}

// emitTarget builds -> knot as a value. As nobody knows what it will be used for, the runtime has to count visits and turns there.
func (c *compiler) emitTarget(to *ir.Container, x *syntax.Target, in syntax.Node) {
	t, ok := c.checkTarget(x, in)
	if !ok {
		return
	}
	if call, ok := in.(*syntax.Call); ok && call.Name.Name == "TURNS_SINCE" {
		t.count(ir.CountTurns)
	} else {
		t.count(ir.CountVisits | ir.CountTurns)
	}
	to.AddAt(c.pos(x.At), &ir.DivertTarget{To: ir.To(t.container())})
}

func (c *compiler) checkTarget(x *syntax.Target, in syntax.Node) (target, bool) {
	d := x.Divert
	name := dotted(d.Target)
	switch {
	case name == "DONE" || name == "END":
		c.fail(x.At, "make a knot that goes there, and use that", "'-> %s' cannot be used as a value", name)
		return target{}, false
	case c.misused(x, in):
		c.fail(x.At, "write "+name+" without the arrow for how often it was visited, or "+name+"() to call it as a function",
			"a divert target cannot be used like that")
		return target{}, false
	case len(d.Target) == 1 && c.lookUp(c.flow, name) != notFound:
		c.fail(x.At, "write "+name+" without the arrow", "'%s' is a variable, which needs no '->' to give its value", name)
		return target{}, false
	}
	t := c.resolve(c.flow, d.Target)
	if !t.found() {
		c.unknownTarget(d.Target)
		return t, false
	}
	if len(d.Args) > 0 {
		c.fail(d.Args[0].Pos(), "give the arguments where the divert is made", "a divert target cannot keep arguments")
		return t, false
	}
	if t.flow != nil {
		for _, p := range t.flow.params {
			if p.Ref {
				c.fail(x.At, "pass the value itself, without ref", "'%s' has the parameter 'ref %s', so it cannot be used as a value", name, p.Name.Name)
			}
		}
	}
	return t, true
}

// misused says whether a divert target stands where only other values make sense: it can be compared, but not counted with.
func (c *compiler) misused(x *syntax.Target, in syntax.Node) bool {
	switch in := in.(type) {
	case *syntax.Binary:
		return in.Op != "==" && in.Op != "!=" || !comparable(in.X) || !comparable(in.Y)
	case *syntax.Unary, *syntax.All, *syntax.Choice, *syntax.Conditional, *syntax.Branch:
		return true
	}
	return false
}

func comparable(x syntax.Expr) bool {
	switch x.(type) {
	case *syntax.Target, *syntax.Ref:
		return true
	}
	return false
}
