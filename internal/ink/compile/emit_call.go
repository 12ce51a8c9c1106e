package compile

import (
	"storyteller/internal/ink/ir"
	"storyteller/internal/ink/syntax"
)

// builtin is a function of the language.
type builtin struct {
	args int
	op   ir.Object
	uses string // its arguments, for messages
}

var builtins = map[string]builtin{
	"CHOICE_COUNT": {0, ir.ChoiceCount, ""},
	"TURNS":        {0, ir.Turns, ""},
	"TURNS_SINCE":  {1, ir.TurnsSince, "-> knot"},
	"READ_COUNT":   {1, ir.ReadCountOf, "-> knot"},
	"RANDOM":       {2, ir.Random, "minimum, maximum"},
	"SEED_RANDOM":  {1, ir.SeedRandom, "seed"},
	"LIST_RANGE":   {3, ir.ListRange, "list, minimum, maximum"},
	"LIST_RANDOM":  {1, ir.ListRandom, "list"},
	"LIST_MIN":     {1, ir.ListMin, "list"},
	"LIST_MAX":     {1, ir.ListMax, "list"},
	"LIST_ALL":     {1, ir.ListAll, "list"},
	"LIST_COUNT":   {1, ir.ListCount, "list"},
	"LIST_VALUE":   {1, ir.ListValue, "list"},
	"LIST_INVERT":  {1, ir.ListInvert, "list"},
	"MIN":          {2, ir.Min, "a, b"},
	"MAX":          {2, ir.Max, "a, b"},
	"POW":          {2, ir.Pow, "base, exponent"},
	"FLOOR":        {1, ir.Floor, "number"},
	"CEILING":      {1, ir.Ceiling, "number"},
	"INT":          {1, ir.ToInt, "number"},
	"FLOAT":        {1, ir.ToFloat, "number"},
}

// emitCall builds a function call: of one of the language's own, of a list's name, of the host's or of the story's.
func (c *compiler) emitCall(to *ir.Container, x *syntax.Call) {
	if b, ok := builtins[x.Name.Name]; ok {
		c.emitBuiltin(to, x, b)
		return
	}
	if l := c.lists[x.Name.Name]; l != nil {
		c.emitListCall(to, x, l)
		return
	}
	c.emitJump(to, jump{kind: ir.Function, path: []syntax.Ident{x.Name}, args: x.Args, at: x.At})
}

func (c *compiler) emitBuiltin(to *ir.Container, x *syntax.Call, b builtin) {
	name := x.Name.Name
	if len(x.Args) != b.args {
		c.fail(x.At, "write "+name+"("+b.uses+")", "%s takes %s, but got %d", name, arguments(b.args), len(x.Args))
		return
	}
	switch name {
	case "TURNS_SINCE", "READ_COUNT":
		if !c.countable(x) {
			return
		}
	case "RANDOM", "SEED_RANDOM":
		for _, arg := range x.Args {
			switch arg.(type) {
			case *syntax.Float, *syntax.Bool:
				c.fail(arg.Pos(), "write "+name+"("+b.uses+")", "%s takes whole numbers", name)
			}
		}
	}
	for _, arg := range x.Args {
		c.emitExpr(to, arg, x)
	}
	to.AddAt(c.pos(x.At), b.op)
}

// countable checks the argument of a function that looks up a count: -> knot, or a variable that holds one.
func (c *compiler) countable(x *syntax.Call) bool {
	name := x.Name.Name
	switch arg := x.Args[0].(type) {
	case *syntax.Target:
		return true
	case *syntax.Ref:
		if t := c.resolve(c.flow, arg.Path); t.found() {
			c.fail(arg.At, "write "+name+"(-> "+dotted(arg.Path)+")", "%s needs an arrow before the name of a %s", name, t.typeName())
			return false
		}
		return true
	}
	c.fail(x.Args[0].Pos(), "write "+name+"(-> knot)", "%s takes a divert target", name)
	return false
}

func arguments(n int) string {
	switch n {
	case 0:
		return "no arguments"
	case 1:
		return "1 argument"
	}
	return numbered("", n) + " arguments"
}

// emitListCall builds list(3), the item with that number, and list(), the empty list.
func (c *compiler) emitListCall(to *ir.Container, x *syntax.Call, l *list) {
	at := c.pos(x.At)
	switch len(x.Args) {
	case 0:
		to.AddAt(at, &ir.List{Origins: []string{l.def.Name}})
	case 1:
		to.AddAt(at, ir.Text(l.def.Name))
		c.emitExpr(to, x.Args[0], x)
		to.AddAt(at, ir.ListFromInt)
	default:
		c.fail(x.At, "write "+l.def.Name+"(1) for the item with that number, or (a, b) for a list of several items", "list '%s' takes one number, but got %d values", l.def.Name, len(x.Args))
	}
}
