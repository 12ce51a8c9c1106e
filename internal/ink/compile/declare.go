package compile

import (
	"storyteller/internal/ink/ir"
	"storyteller/internal/ink/syntax"
)

// flow is the story itself, a knot, a function or a stitch.
type flow struct {
	node     *syntax.Flow // nil for the story
	name     string
	level    syntax.Level
	parent   *flow
	params   []syntax.Param
	function bool

	nodes     []syntax.Node // all but the stitches
	subs      []*flow
	subByName map[string]*flow
	labels    map[string]*label
	temps     map[string]*syntax.Assign
	returns   *syntax.Return // the first one, nil if there is none
	container *ir.Container
}

// label is a choice or gather that has a name.
type label struct {
	name      syntax.Ident
	what      string // "choice" or "gather"
	flow      *flow
	container *ir.Container
}

// variable is one that VAR or LIST declares; or a temporary one of the story's top level, which behaves like one in most ways.
type variable struct {
	name syntax.Ident
	decl *syntax.VarDecl
	flow *flow // where decl stands: names in its value are seen from there
	list *list
	temp bool
}

// constant is what CONST declares.
type constant struct {
	*syntax.ConstDecl
	flow *flow // where it stands: names in its value are seen from there
}

// list is what LIST declares.
type list struct {
	decl *syntax.ListDecl
	def  *ir.ListDef
}

func (l *list) item(name string) (ir.ListDefItem, bool) {
	for _, item := range l.def.Items {
		if item.Name == name {
			return item, true
		}
	}
	return ir.ListDefItem{}, false
}

// declare finds all names of the story.
func (c *compiler) declare(tree *content) {
	c.variables = map[string]*variable{}
	c.constants = map[string]*constant{}
	c.lists = map[string]*list{}
	c.items = map[string][]*list{}
	c.externals = map[string]*syntax.External{}
	c.labels = map[syntax.Node]*label{}
	c.story = c.newFlow(nil, nil, tree.nodes, tree.flows)
	c.checkNames()
}

func (c *compiler) newFlow(node *syntax.Flow, parent *flow, nodes []syntax.Node, subs []*syntax.Flow) *flow {
	f := &flow{node: node, parent: parent, nodes: nodes, container: ir.NewContainer("")}
	if node != nil {
		f.name, f.level, f.params, f.function = node.Name.Name, node.Level, node.Params, node.Function
		f.container.Name = f.name
	}
	c.declareAll(f, nodes)
	for _, sub := range subs {
		c.addSub(f, sub)
	}
	return f
}

func (c *compiler) addSub(f *flow, node *syntax.Flow) {
	var nodes []syntax.Node
	var stitches []*syntax.Flow
	for _, n := range node.Body {
		if stitch, ok := n.(*syntax.Flow); ok {
			stitches = append(stitches, stitch)
		} else {
			nodes = append(nodes, n)
		}
	}
	sub := c.newFlow(node, f, nodes, stitches)
	if sub.name == "" {
		return // already told of
	}
	if old := f.subByName[sub.name]; old != nil {
		c.fail(node.Name.At, "the other one is at "+c.place(old.node.Name.At), "there is another %s called '%s'", old.typeName(), sub.name)
		return
	}
	if f.subByName == nil {
		f.subByName = map[string]*flow{}
	}
	f.subByName[sub.name] = sub
	f.subs = append(f.subs, sub)
}

func (f *flow) typeName() string {
	switch {
	case f.function:
		return "function"
	case f.level == syntax.LevelStitch:
		return "stitch"
	case f.level == syntax.LevelKnot:
		return "knot"
	}
	return "story"
}

func (c *compiler) declareAll(f *flow, nodes []syntax.Node) {
	for _, n := range nodes {
		if in, ok := n.(*included); ok {
			c.declareAll(f, in.nodes)
			continue
		}
		syntax.Walk(n, func(n syntax.Node) bool {
			c.declareNode(f, n)
			return true
		})
	}
}

func (c *compiler) declareNode(f *flow, n syntax.Node) {
	switch n := n.(type) {
	case *syntax.Choice:
		c.declareLabel(f, n, n.Label, "choice")
	case *syntax.Gather:
		c.declareLabel(f, n, n.Label, "gather")
	case *syntax.VarDecl:
		c.declareVar(f, n)
	case *syntax.ConstDecl:
		c.declareConst(f, n)
	case *syntax.ListDecl:
		c.declareList(n)
	case *syntax.External:
		if old := c.externals[n.Name.Name]; old != nil {
			c.fail(n.Name.At, "the first one is at "+c.place(old.At), "EXTERNAL '%s' is declared twice", n.Name.Name)
			return
		}
		c.externals[n.Name.Name] = n
	case *syntax.Assign:
		if n.Temp {
			c.declareTemp(f, n)
		}
	case *syntax.Return:
		if f.returns == nil {
			f.returns = n
		}
		if !f.function {
			c.fail(n.At, returnHint(f), "return outside of a function")
		}
	case *syntax.Note:
		c.problem(syntax.Diagnostic{Pos: n.At, Severity: TODO, Msg: n.Text})
	}
}

func returnHint(f *flow) string {
	if f.level == syntax.LevelKnot {
		return "if '" + f.name + "' is meant as a function, declare it with === function " + f.name + "; to come back from a tunnel, write ->->"
	}
	return "only what is declared with === function name can return; to come back from a tunnel, write ->->"
}

func (c *compiler) declareLabel(f *flow, n syntax.Node, id *syntax.Ident, what string) {
	if id == nil {
		return
	}
	l := &label{name: *id, what: what, flow: f, container: ir.NewContainer("")}
	c.labels[n] = l
	if old := f.labels[id.Name]; old != nil {
		c.fail(id.At, "the other one is at "+c.place(old.name.At), "a %s with the label '%s' is already here", old.what, id.Name)
		return
	}
	if f.labels == nil {
		f.labels = map[string]*label{}
	}
	f.labels[id.Name] = l
}

// declareGlobal reports false if the name is taken by another variable.
func (c *compiler) declareGlobal(v *variable) bool {
	if old := c.variables[v.name.Name]; old != nil {
		c.fail(v.name.At, "the first one is at "+c.place(old.name.At), "variable '%s' is declared twice", v.name.Name)
		return false
	}
	c.variables[v.name.Name] = v
	return true
}

func (c *compiler) declareVar(f *flow, n *syntax.VarDecl) {
	v := &variable{name: n.Name, decl: n, flow: f}
	if c.declareGlobal(v) {
		c.globals = append(c.globals, v)
	}
}

func (c *compiler) declareTemp(f *flow, n *syntax.Assign) {
	if f == c.story || f.level == syntax.LevelStory {
		c.declareGlobal(&variable{name: n.Name, temp: true})
		return
	}
	if old := f.temps[n.Name.Name]; old != nil {
		c.fail(n.Name.At, "the first one is at "+c.place(old.Name.At)+"; leave out 'temp' to give it a new value", "temp '%s' is declared twice", n.Name.Name)
		return
	}
	if f.temps == nil {
		f.temps = map[string]*syntax.Assign{}
	}
	f.temps[n.Name.Name] = n
}

func (c *compiler) declareConst(f *flow, n *syntax.ConstDecl) {
	old := c.constants[n.Name.Name]
	if old != nil && !sameConstant(old.X, n.X) {
		c.fail(n.Name.At, "the first one is at "+c.place(old.At), "constant '%s' is declared again with another value", n.Name.Name)
		return
	}
	c.constants[n.Name.Name] = &constant{n, f}
}

func sameConstant(a, b syntax.Expr) bool {
	switch a := a.(type) {
	case *syntax.Int:
		b, ok := b.(*syntax.Int)
		return ok && a.Value == b.Value
	case *syntax.Float:
		b, ok := b.(*syntax.Float)
		return ok && a.Value == b.Value
	case *syntax.Bool:
		b, ok := b.(*syntax.Bool)
		return ok && a.Value == b.Value
	case *syntax.Target:
		b, ok := b.(*syntax.Target)
		return ok && dotted(a.Divert.Target) == dotted(b.Divert.Target)
	case *syntax.String:
		b, ok := b.(*syntax.String)
		if !ok || len(a.Content) != 1 || len(b.Content) != 1 {
			return false
		}
		x, okX := a.Content[0].(*syntax.Text)
		y, okY := b.Content[0].(*syntax.Text)
		return okX && okY && x.Text == y.Text
	}
	return false
}

func (c *compiler) declareList(n *syntax.ListDecl) {
	l := &list{decl: n, def: &ir.ListDef{Name: n.Name.Name}}
	v := &variable{name: n.Name, list: l}
	if !c.declareGlobal(v) {
		return
	}
	c.globals = append(c.globals, v)
	c.lists[n.Name.Name] = l
	c.listOrder = append(c.listOrder, l)
	seen := make(map[string]bool, len(n.Items))
	for _, item := range n.Items {
		if seen[item.Name.Name] {
			c.fail(item.Name.At, "", "list '%s' has the item '%s' twice", n.Name.Name, item.Name.Name)
			continue
		}
		seen[item.Name.Name] = true
		l.def.Items = append(l.def.Items, ir.ListDefItem{Name: item.Name.Name, Value: item.Value})
		c.items[item.Name.Name] = append(c.items[item.Name.Name], l)
	}
}
