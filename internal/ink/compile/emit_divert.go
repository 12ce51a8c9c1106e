package compile

import (
	"storyteller/internal/ink/ir"
	"storyteller/internal/ink/syntax"
)

// jump is a divert, tunnel, thread or function call.
type jump struct {
	kind   ir.DivertKind
	thread bool
	path   []syntax.Ident
	args   []syntax.Expr
	at     syntax.Pos
}

func (j *jump) isCall() bool { return j.kind == ir.Function }

func (c *compiler) emitDivert(to *ir.Container, n *syntax.Divert) {
	if n.Empty || len(n.Target) == 0 {
		return
	}
	switch dotted(n.Target) {
	case "END":
		to.AddAt(c.pos(n.At), ir.End)
		return
	case "DONE":
		to.AddAt(c.pos(n.At), ir.Done)
		return
	}
	j := jump{path: n.Target, args: n.Args, at: n.At, thread: n.Thread}
	if n.Tunnel {
		j.kind = ir.Tunnel
	}
	c.emitJump(to, j)
}

// emitJump builds the arguments and the divert itself.
func (c *compiler) emitJump(to *ir.Container, j jump) {
	at := c.pos(j.at)
	d := &ir.Divert{Kind: j.kind}
	t := c.aim(d, &j)
	eval := len(j.args) > 0 && !j.isCall()
	if eval {
		to.AddAt(at, ir.EvalStart)
	}
	c.emitArguments(to, &j, t)
	if eval {
		to.AddAt(at, ir.EvalEnd)
	}
	if j.thread {
		to.AddAt(at, ir.StartThread)
	}
	to.AddAt(at, d)
}

// aim finds out where a jump leads and whether it may, and sets d accordingly. The target is that of the parameters, if any.
func (c *compiler) aim(d *ir.Divert, j *jump) target {
	name := j.path[0].Name
	if len(j.path) == 1 {
		if kind := c.lookUp(c.flow, name); kind != notFound {
			c.checkDivertParam(j, kind)
			d.Var = name
			return target{}
		}
	}
	t := c.resolve(c.flow, j.path)
	if len(j.path) == 1 {
		if e := c.externals[name]; e != nil {
			c.aimExternal(d, j, e)
			return t
		}
		if _, ok := builtins[name]; ok {
			c.fail(j.at, "call it: ~ "+name+"()", "'%s' is a function and cannot be diverted to", name)
			return t
		}
	}
	if !t.found() {
		if j.isCall() {
			c.unknownFunction(j.path[0])
		} else {
			c.unknownTarget(j.path)
		}
		return t
	}
	d.To = ir.To(t.container())
	if c.checkKind(j, t) {
		c.checkArguments(j, t)
	}
	return t
}

func (c *compiler) aimExternal(d *ir.Divert, j *jump, e *syntax.External) {
	name := e.Name.Name
	if !j.isCall() {
		c.fail(j.at, "call it: ~ "+name+"()", "'%s' is a function of the game and cannot be diverted to", name)
		return
	}
	if len(j.args) != len(e.Params) {
		c.fail(j.at, "it is declared at "+c.place(e.At), "external function '%s' takes %s, but got %d", name, arguments(len(e.Params)), len(j.args))
	}
	d.Kind, d.External, d.Args = ir.External, name, len(j.args)
}

// checkDivertParam refuses to divert to a parameter that is not marked as a divert target.
func (c *compiler) checkDivertParam(j *jump, kind scope) {
	if kind != parameter {
		return
	}
	if p := c.flow.param(j.path[0].Name); !p.Divert {
		c.fail(p.Name.At, "write -> "+p.Name.Name+" in the parameters", "parameter '%s' is diverted to at %s, but not marked as a divert target", p.Name.Name, c.place(j.at))
	}
}

// checkKind refuses to call what is no function and to divert to what is one.
func (c *compiler) checkKind(j *jump, t target) bool {
	name := dotted(j.path)
	switch {
	case j.isCall() && t.flow != nil && !t.flow.function:
		c.fail(j.at, "declare it with === function "+name+", or divert to it: -> "+name, "%s '%s' is called, but it is not a function", t.typeName(), name)
	case j.isCall() && t.label != nil:
		c.fail(j.at, "write "+name+" without parentheses for how often it was visited", "%s '%s' is called, but it is not a function", t.typeName(), name)
	case !j.isCall() && t.flow != nil && t.flow.function:
		c.fail(j.at, "call it: ~ "+name+"()", "'%s' is a function and cannot be diverted to", name)
	default:
		return true
	}
	return false
}

func (c *compiler) checkArguments(j *jump, t target) {
	name := dotted(j.path)
	if t.flow == nil {
		if len(j.args) > 0 {
			c.fail(j.args[0].Pos(), "only knots and stitches have parameters", "%s '%s' takes no arguments", t.typeName(), name)
		}
		return
	}
	if len(j.args) != len(t.flow.params) {
		c.fail(j.at, "it is declared at "+c.place(t.place()), "%s '%s' takes %s, but got %d", t.typeName(), name, arguments(len(t.flow.params)), len(j.args))
	}
}

// emitArguments builds the values that a jump takes with it. For a parameter declared with ref that is the variable itself.
func (c *compiler) emitArguments(to *ir.Container, j *jump, t target) {
	var params []syntax.Param
	if t.flow != nil {
		params = t.flow.params
	}
	for i, arg := range j.args {
		switch {
		case i < len(params) && params[i].Ref:
			c.emitReference(to, arg, &params[i])
			continue
		case i < len(params) && params[i].Divert:
			c.checkDivertArgument(arg, &params[i])
		}
		c.emitExpr(to, arg, nil)
	}
}

func (c *compiler) emitReference(to *ir.Container, arg syntax.Expr, p *syntax.Param) {
	ref, ok := arg.(*syntax.Ref)
	if !ok {
		c.fail(arg.Pos(), "put the value into a variable first", "'ref %s' needs the name of a variable", p.Name.Name)
		return
	}
	name := dotted(ref.Path)
	switch t := c.resolve(c.flow, ref.Path); {
	case t.found():
		c.fail(ref.At, "put it into a variable first", "'ref %s' needs a variable, but '%s' is a %s", p.Name.Name, name, t.typeName())
	case c.constants[name] != nil:
		c.fail(ref.At, "put it into a variable first", "'ref %s' needs a variable, but '%s' is a constant", p.Name.Name, name)
	case len(ref.Path) > 1 || c.lookUp(c.flow, name) == notFound:
		c.unknownVariable(syntax.Ident{Name: name, At: ref.At})
	}
	to.AddAt(c.pos(ref.At), ir.VarPointer{Name: name})
}

// checkDivertArgument refuses values that are surely no divert target for a parameter that is marked as one.
func (c *compiler) checkDivertArgument(arg syntax.Expr, p *syntax.Param) {
	switch arg := arg.(type) {
	case *syntax.Target:
	case *syntax.Ref:
		if t := c.resolve(c.flow, arg.Path); t.found() {
			name := dotted(arg.Path)
			c.fail(arg.At, "write -> "+name, "parameter '-> %s' needs a divert target, but this is how often %s '%s' was visited", p.Name.Name, t.typeName(), name)
		}
	default:
		c.fail(arg.Pos(), "write -> knot, or the name of a variable that holds one", "parameter '-> %s' needs a divert target", p.Name.Name)
	}
}

// emitOnwards builds ->->, which leaves a tunnel, possibly to another place than where it was entered from.
func (c *compiler) emitOnwards(to *ir.Container, n *syntax.TunnelOnwards) {
	at := c.pos(n.At)
	to.AddAt(at, ir.EvalStart)
	if n.After == nil {
		to.AddAt(at, ir.Void{})
	} else {
		c.emitOnwardsTarget(to, n.After)
	}
	to.AddAt(at, ir.EvalEnd, ir.ReturnTunnel)
}

func (c *compiler) emitOnwardsTarget(to *ir.Container, n *syntax.Divert) {
	name := dotted(n.Target)
	if name == "DONE" || name == "END" {
		c.fail(n.At, "make a knot that goes there, and use that", "a tunnel cannot be left with '->-> %s'", name)
		return
	}
	j := jump{path: n.Target, args: n.Args, at: n.At}
	d := &ir.Divert{}
	t := c.aim(d, &j)
	c.emitArguments(to, &j, t)
	if d.Var != "" {
		to.AddAt(c.pos(n.At), ir.VarRef{Name: d.Var})
		return
	}
	to.AddAt(c.pos(n.At), &ir.DivertTarget{To: d.To})
}
