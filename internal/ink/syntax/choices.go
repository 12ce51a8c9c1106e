package syntax

// choice reads a choice's line: bullets, (label), {conditions}, text [text] text, and diverts.
func (p *parser) choice(out []Node) []Node {
	c := &Choice{Place: p.here(), Sticky: p.peek() == '+'}
	start := p.i
	c.Depth = p.bullets(p.peek())
	if p.inChoice {
		p.fail(start, "a choice within the text of a choice", "end the outer choice's line before the inner one")
	}
	outer := p.inChoice
	c.Label = p.label()
	p.space()
	if c.Label != nil {
		p.newline() // what follows is a condition only if the brace is the line's first sign
	}
	c.Cond = p.choiceConditions()
	p.space()
	p.inChoice = true
	diverts := p.choiceText(c, start)
	p.inChoice = outer
	c.Inner = append(c.Inner, diverts...)
	c.Inner = append(c.Inner, &Text{p.here(), "\n"})
	p.endLine()
	return append(out, c)
}

func (p *parser) bullets(mark byte) int {
	n := 0
	for p.takeByte(mark) {
		n++
		p.space()
	}
	if n > maxNesting {
		p.failf(p.i, "", "more than %d levels of choices", maxNesting)
		n = maxNesting
	}
	return n
}

// choiceText fills in the contents and returns the diverts that end the line.
func (p *parser) choiceText(c *Choice, start int) []Node {
	c.Start = p.mixed(nil)
	brackets := p.takeByte('[')
	if brackets {
		c.Start = p.endTag(c.Start)
		c.Only = p.mixed(nil)
		p.expect("]", "a closing ']'", "square brackets hold the text that is shown only in the list of choices; write '\\[' for the sign itself")
		c.Only = p.endTag(c.Only)
		c.Inner = p.mixed(nil)
	}
	p.space()
	if c.Inner != nil {
		c.Inner = p.endTag(c.Inner)
	} else {
		c.Start = p.endTag(c.Start)
	}
	hasDivert := p.has("->") || p.has("<-")
	var diverts []Node
	if hasDivert {
		for _, n := range p.diverts(nil) {
			if d, ok := n.(*Divert); !ok || !d.Empty {
				diverts = append(diverts, n)
			}
		}
	}
	c.Fallback = c.Start == nil && c.Only == nil && c.Inner == nil
	switch {
	case c.Fallback && !hasDivert:
		p.warn(start, "the choice is empty, so it is taken as a fallback", "write '* ->' for a fallback choice, or give it a text")
	case c.Start == nil && brackets && c.Only == nil:
		p.warn(start, "the choice has no text to show", "put the text within or before the brackets, or write '* ->' for a fallback choice")
	}
	return diverts
}

// label reads (name); a parenthesis around anything else is left for text.
func (p *parser) label() *Ident {
	start := p.i
	if !p.takeByte('(') {
		return nil
	}
	p.space()
	id, ok := p.name()
	if !ok {
		p.i = start
		return nil
	}
	p.space()
	p.expect(")", "a closing ')' of the label", "a name in parentheses labels the choice or gather; write '\\(' to begin a text with a parenthesis")
	return &id
}

// choiceConditions reads {a} {b}, on one line or several.
func (p *parser) choiceConditions() Expr {
	var conds []Expr
	place := p.expr()
	for p.peek() == '{' {
		open := p.i
		p.i++
		if x := p.needExpr("a condition within the braces"); x != nil {
			conds = append(conds, x)
			p.noStep(x)
		}
		if !p.takeByte('}') {
			p.failf(open, "braces right after a choice's bullet are its condition; write '\\ {x}' to begin its text with logic",
				"expected a closing '}' of the condition, but saw %s", p.saw())
		}
		p.newline()
		p.space()
	}
	switch len(conds) {
	case 0:
		return nil
	case 1:
		return conds[0]
	}
	return &All{place, conds}
}

// gather reads leading dashes and a label. What else stands on the line is a statement of its own.
func (p *parser) gather() *Gather {
	g := &Gather{Place: p.here(), Depth: p.dashes()}
	g.Label = p.label()
	p.newline()
	return g
}

func (p *parser) dashes() int {
	n := 0
	for p.peek() == '-' && !p.has("->") {
		p.i++
		n++
		p.space()
	}
	if n > maxNesting {
		p.failf(p.i, "", "more than %d levels of gathers", maxNesting)
		n = maxNesting
	}
	return n
}
