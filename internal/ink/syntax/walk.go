package syntax

// Walk calls f for n and, as long as f says true, for everything within it, in the order of the source.
func Walk(n Node, f func(Node) bool) {
	if n == nil || !f(n) {
		return
	}
	switch n := n.(type) {
	case *Flow:
		walkAll(n.Body, f)
	case *Divert:
		walkExprs(n.Args, f)
	case *TunnelOnwards:
		if n.After != nil {
			Walk(n.After, f)
		}
	case *Choice:
		walkExpr(n.Cond, f)
		walkAll(n.Start, f)
		walkAll(n.Only, f)
		walkAll(n.Inner, f)
	case *Output:
		walkExpr(n.X, f)
	case *Conditional:
		walkExpr(n.X, f)
		for _, b := range n.Branches {
			Walk(b, f)
		}
	case *Branch:
		walkExpr(n.Cond, f)
		walkAll(n.Body, f)
	case *Sequence:
		for _, el := range n.Elements {
			walkAll(el, f)
		}
	case *Assign:
		walkExpr(n.X, f)
	case *Eval:
		walkExpr(n.X, f)
	case *Return:
		walkExpr(n.X, f)
	case *VarDecl:
		walkExpr(n.X, f)
	case *ConstDecl:
		walkExpr(n.X, f)
	case Expr:
		walkInside(n, f)
	}
}

func walkInside(x Expr, f func(Node) bool) {
	switch x := x.(type) {
	case *String:
		walkAll(x.Content, f)
	case *Call:
		walkExprs(x.Args, f)
	case *Unary:
		walkExpr(x.X, f)
	case *Binary:
		walkExpr(x.X, f)
		walkExpr(x.Y, f)
	case *Step:
		walkExpr(x.Y, f)
	case *Target:
		Walk(x.Divert, f)
	case *All:
		walkExprs(x.Conds, f)
	}
}

func walkAll(nodes []Node, f func(Node) bool) {
	for _, n := range nodes {
		Walk(n, f)
	}
}

func walkExprs(xs []Expr, f func(Node) bool) {
	for _, x := range xs {
		walkExpr(x, f)
	}
}

func walkExpr(x Expr, f func(Node) bool) {
	if x != nil {
		Walk(x, f)
	}
}

func containsCall(n Node) bool {
	found := false
	Walk(n, func(n Node) bool {
		if _, ok := n.(*Call); ok {
			found = true
		}
		return !found
	})
	return found
}
