package syntax

// operator is what stands between two expressions.
type operator struct {
	sign  string // as written
	op    string // as the tree has it
	prec  int    // the higher, the tighter
	space bool   // a word: blanks must follow
}

// operators are tried in this order, so that "<=" comes before "<". Each arithmetic operator has a rank of its own: a - b + c is
// (a - b) + c, and a + b - c is a + (b - c).
var operators = []operator{
	{"&&", "&&", 1, false}, {"||", "||", 1, false}, {"and", "&&", 1, true}, {"or", "||", 1, true},
	{"==", "==", 2, false}, {">=", ">=", 2, false}, {"<=", "<=", 2, false}, {"<", "<", 2, false}, {">", ">", 2, false}, {"!=", "!=", 2, false},
	{"?", "?", 3, false}, {"has", "?", 3, true}, {"!?", "!?", 3, false}, {"hasnt", "!?", 3, true}, {"^", "^", 3, false},
	{"+", "+", 4, false}, {"-", "-", 5, false}, {"*", "*", 6, false}, {"/", "/", 7, false}, {"%", "%", 8, false}, {"mod", "%", 8, true},
}

// needExpr reads an expression or reports that there is none.
func (p *parser) needExpr(what string) Expr {
	before := p.errors
	x := p.expression(0)
	if x == nil && p.errors == before {
		p.failf(p.i, "", "expected %s, but saw %s", what, p.saw())
	}
	return x
}

// expression reads operands and operators that bind tighter than minimum; nil if there is no expression here.
func (p *parser) expression(minimum int) Expr {
	p.space()
	x := p.unary()
	if x == nil {
		return nil
	}
	p.space()
	for n := 0; ; n++ {
		start, place := p.i, p.expr()
		op := p.operator()
		if op == nil || op.prec <= minimum {
			p.i = start
			return x
		}
		if n >= maxOperators {
			p.failf(start, "work it out in several steps", "an expression of more than %d operators", maxOperators)
			return nil
		}
		before := p.errors
		y := p.expression(op.prec)
		if y == nil {
			if p.errors == before {
				p.failf(p.i, "", "expected the right side of '%s', but saw %s", op.sign, p.saw())
			}
			return nil
		}
		p.checkBinary(op, x)
		x = &Binary{place, op.op, x, y}
	}
}

func (p *parser) operator() *operator {
	for i := range operators {
		op := &operators[i]
		if !p.has(op.sign) {
			continue
		}
		if op.space {
			end := p.i + len(op.sign)
			if end >= len(p.src) || p.src[end] != ' ' && p.src[end] != '\t' {
				continue
			}
		}
		p.i += len(op.sign)
		return op
	}
	return nil
}

// checkBinary refuses "not a ? b", which reads as "not (a ? b)" but means "(not a) ? b".
func (p *parser) checkBinary(op *operator, x Expr) {
	if u, ok := x.(*Unary); ok && op.op == "?" && u.Op == '!' && !u.parens {
		p.failf(int(u.At-p.base), "write not (a ? b)", "'not' applies to what follows it at once, not to the result of '%s'", op.sign)
	}
}

// unary reads an operand with its prefix and postfix.
func (p *parser) unary() Expr {
	defer p.leave()
	if !p.enter() {
		return nil
	}
	place := p.expr()
	if p.has("->") {
		return p.target(place)
	}
	prefix := byte(0)
	switch {
	case p.takeByte('-'):
		prefix = '-'
	case p.takeByte('!'):
		prefix = '!'
	case p.word() == "not":
		p.name()
		prefix = '!'
	}
	p.space()
	x := p.operand()
	if x == nil && prefix != 0 {
		x = p.unary()
	}
	if x == nil {
		return nil
	}
	if prefix != 0 {
		if x = p.apply(place, prefix, x); x == nil {
			return nil
		}
	}
	end := p.i
	p.space()
	if p.has("++") || p.has("--") {
		return p.postfix(place, x)
	}
	p.i = end
	return x
}

// apply works out a prefix of a plain number at once.
func (p *parser) apply(place exprPlace, prefix byte, x Expr) Expr {
	if prefix == '-' {
		switch x := x.(type) {
		case *Int:
			return &Int{place, -x.Value}
		case *Float:
			return &Float{place, -x.Value}
		case *Bool:
			p.fail(int(place.At-p.base), "'-' before true or false", "write 'not' to turn it around")
			return nil
		}
		return &Unary{exprPlace: place, Op: '-', X: x}
	}
	switch x := x.(type) {
	case *Int:
		return &Bool{place, x.Value == 0}
	case *Float:
		return &Bool{place, x.Value == 0}
	case *Bool:
		return &Bool{place, !x.Value}
	}
	return &Unary{exprPlace: place, Op: '!', X: x}
}

func (p *parser) postfix(place exprPlace, x Expr) Expr {
	start := p.i
	down := p.peek() == '-'
	p.i += 2
	ref, ok := x.(*Ref)
	if !ok {
		p.fail(start, "only a variable can be counted up or down", "")
		return x
	}
	p.stepped = true
	return &Step{place, joined(ref.Path), down, nil}
}

// joined is a dotted name as one.
func joined(path []Ident) Ident {
	id := path[0]
	for _, part := range path[1:] {
		id.Name += "." + part.Name
	}
	return id
}

// target reads -> knot as a value. More than one divert is none.
func (p *parser) target(place exprPlace) Expr {
	start := p.i
	p.i += len("->")
	if p.has("->") {
		p.i = start
		return nil
	}
	d, ok := p.divertTarget(place.Place)
	if !ok {
		p.failf(start, "name the knot: -> knot", "expected a divert target, but saw %s", p.saw())
		return nil
	}
	if p.has("->") {
		p.i = start
		return nil
	}
	p.space()
	return &Target{place, d}
}

// operand reads a list, an expression in parentheses, a call, a name, a number or a string.
func (p *parser) operand() Expr {
	switch c := p.peek(); {
	case c == '(':
		return p.parens()
	case c == '"':
		return p.str()
	case classes[c]&(className|classMulti) != 0:
		if id, ok := p.name(); ok {
			return p.named(id)
		}
	}
	return p.number()
}

// parens reads (), (a, b.c), which are lists even with one item in them, or an expression in parentheses.
func (p *parser) parens() Expr {
	start := p.i
	if list := p.listLit(); list != nil {
		return list
	}
	p.i = start + 1
	before := p.errors
	x := p.expression(0)
	if x == nil {
		if p.errors == before {
			p.failf(p.i, "", "expected an expression or a list within the parentheses, but saw %s", p.saw())
		}
		return nil
	}
	p.space()
	if !p.expect(")", "a closing ')'", "") {
		return nil
	}
	if u, ok := x.(*Unary); ok {
		u.parens = true
	}
	return x
}

func (p *parser) listLit() Expr {
	list := &ListLit{exprPlace: p.expr()}
	p.i++
	p.space()
	for {
		start := p.i
		p.space()
		id, ok := p.name()
		if !ok {
			p.i = start
			break
		}
		item := []Ident{id}
		if p.takeByte('.') {
			if id, ok = p.name(); !ok {
				return nil
			}
			item = append(item, id)
		}
		list.Items = append(list.Items, item)
		p.space()
		if !p.takeByte(',') {
			break
		}
	}
	p.space()
	if !p.takeByte(')') {
		return nil
	}
	return list
}

// named reads what a name begins: f(x), true, x or a.b.
func (p *parser) named(id Ident) Expr {
	place := exprPlace{Place{id.At}}
	end := p.i
	p.space()
	if p.peek() == '(' {
		return &Call{place, id, p.arguments()}
	}
	p.i = end
	switch id.Name {
	case "true", "false":
		return &Bool{place, id.Name == "true"}
	case "not", "return", "else", "VAR", "CONST", "temp", "LIST", "function":
		p.i = end - len(id.Name)
		return nil
	}
	path := []Ident{id}
	if p.space(); p.takeByte('.') {
		if more := p.path(); more != nil {
			return &Ref{place, append(path, more...)}
		}
	}
	p.i = end
	return &Ref{place, path}
}

// arguments reads (x, y).
func (p *parser) arguments() []Expr {
	p.i++
	var args []Expr
	before := p.errors
	for {
		x := p.expression(0)
		if x == nil {
			break
		}
		args = append(args, x)
		if !p.takeByte(',') {
			break
		}
	}
	p.space()
	if p.errors == before {
		p.expect(")", "a closing ')' of the arguments", "")
	}
	return args
}
