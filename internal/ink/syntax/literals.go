package syntax

import "strconv"

func (p *parser) digits() string {
	start := p.i
	for p.i < len(p.src) && classes[p.src[p.i]]&classDigit != 0 {
		p.i++
	}
	return p.src[start:p.i]
}

// integer reads a whole number with an optional minus; false, and nothing read, if there is none.
func (p *parser) integer() (int32, bool) {
	start := p.i
	negative := p.takeByte('-')
	p.space()
	s := p.digits()
	if s == "" {
		p.i = start
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		p.failf(start, "whole numbers go from -2147483647 to 2147483647", "the number %s is too large", shorten(s))
	}
	if negative {
		n = -n
	}
	return int32(n), true
}

// number reads 5 or 5.5.
func (p *parser) number() Expr {
	start, place := p.i, p.expr()
	n, ok := p.integer()
	if !ok {
		return nil
	}
	if !p.takeByte('.') {
		return &Int{place, n}
	}
	whole := p.src[start : p.i-1]
	f, err := strconv.ParseFloat(strconv.Itoa(int(n))+"."+p.digits(), 32)
	if err != nil {
		p.failf(start, "", "the number %s is too large", shorten(whole))
	}
	return &Float{place, float32(f)}
}

// str reads "text". Logic in it may hold strings again.
func (p *parser) str() Expr {
	s := &String{exprPlace: p.expr()}
	start := p.i
	p.i++
	p.inString = true
	s.Content = p.mixed(nil)
	if !p.takeByte('"') {
		if p.inChoice && (p.has("->") || p.has("<-")) {
			p.fail(p.i, "a string cannot contain a divert", "write '\\->' to print the arrow")
		} else {
			p.failf(start, "write '\\' before a sign that is not to mean anything", "the string is never closed; expected '\"', but saw %s", p.saw())
		}
		p.inString = false
		return nil
	}
	p.inString = false
	if s.Content == nil {
		s.Content = []Node{&Text{p.here(), ""}}
	}
	for _, n := range s.Content {
		if d, ok := n.(*Divert); ok {
			p.fail(int(d.At-p.base), "a string cannot contain a divert", "write '\\->' to print the arrow")
		}
	}
	return s
}
