package syntax

// Expr is an expression.
type Expr interface {
	Node
	expr()
}

type exprPlace struct{ Place }

func (exprPlace) expr() {}

// Int is a whole number.
type Int struct {
	exprPlace
	Value int32
}

// Float is a number with a decimal point.
type Float struct {
	exprPlace
	Value float32
}

// Bool is true or false.
type Bool struct {
	exprPlace
	Value bool
}

// String is "text", possibly with logic inside.
type String struct {
	exprPlace
	Content []Node
}

// Ref is a name in an expression: a variable, constant, list item, or the count of visits to a knot, stitch or label.
type Ref struct {
	exprPlace
	Path []Ident
}

// Call is f(x, y).
type Call struct {
	exprPlace
	Name Ident
	Args []Expr
}

// Unary is -x or !x; Op is '-' or '!'.
type Unary struct {
	exprPlace
	Op byte
	X  Expr

	parens bool // stood in parentheses
}

// Binary is x Op y; word operators are given as their signs.
type Binary struct {
	exprPlace
	Op   string
	X, Y Expr
}

// Step is x++, x--, x += y and x -= y, only allowed as a ~ line of its own. Y is nil for ++ and --.
type Step struct {
	exprPlace
	Name Ident
	Down bool
	Y    Expr
}

// ListLit is (a, b.c); each item is one or two names.
type ListLit struct {
	exprPlace
	Items [][]Ident
}

// Target is -> knot as a value.
type Target struct {
	exprPlace
	Divert *Divert
}

// All joins the several conditions of a choice.
type All struct {
	exprPlace
	Conds []Expr
}
