package syntax

// diverts reads everything that can be made of arrows: -> a, -> a -> b, -> a ->, ->->, ->-> a, <- a and the lone -> of a fallback choice.
func (p *parser) diverts(out []Node) []Node {
	p.space()
	if p.has("<-") {
		return p.thread(out)
	}
	var latest *Divert
	for n := 0; p.has("->"); n++ {
		place := p.here()
		arrows := p.arrows()
		if latest != nil {
			latest.Tunnel = true
		}
		target, ok := p.divertTarget(place)
		if arrows == 2 {
			onwards := &TunnelOnwards{Place: place}
			if ok {
				onwards.After = target
			}
			if p.has("->") {
				p.fail(p.i, "nothing can follow '->->' and its target", "a tunnel ends with '->->'")
				p.skipArrows()
			}
			return append(out, onwards)
		}
		if !ok {
			if n == 0 {
				return append(out, p.emptyDivert(place))
			}
			return out
		}
		out = append(out, target)
		latest = target
	}
	return out
}

func (p *parser) emptyDivert(place Place) Node {
	if !p.inChoice {
		p.fail(int(place.At-p.base), "'->' without a target", "name where to go: '-> knot'; a lone '->' may only follow a choice's '*' or '+'")
	}
	return &Divert{Place: place, Empty: true}
}

func (p *parser) arrows() int {
	n, start := 0, p.i
	for p.take("->") {
		n++
	}
	if n > 2 {
		p.fail(start, "too many arrows", "'->' goes somewhere, '->->' leaves a tunnel")
		n = 2
	}
	return n
}

// skipArrows goes over what else there is of a faulty divert.
func (p *parser) skipArrows() {
	for p.take("->") {
		p.divertTarget(p.here())
	}
}

func (p *parser) thread(out []Node) []Node {
	place := p.here()
	p.i += len("<-")
	target, ok := p.divertTarget(place)
	if !ok {
		p.failf(p.i, "name the knot to run: '<- knot'", "expected a target for the thread, but saw %s", p.saw())
		return out
	}
	target.Thread = true
	return append(out, target)
}

// divertTarget reads a dotted name and, possibly, arguments.
func (p *parser) divertTarget(place Place) (*Divert, bool) {
	p.space()
	path := p.path()
	if path == nil {
		return nil, false
	}
	d := &Divert{Place: place, Target: path}
	p.space()
	if p.peek() == '(' {
		d.Args = p.arguments()
	}
	p.space()
	return d, true
}

// path reads names joined by dots, with blanks allowed around them.
func (p *parser) path() []Ident {
	var path []Ident
	for {
		start := p.i
		p.space()
		id, ok := p.name()
		if !ok {
			p.i = start
			return path
		}
		path = append(path, id)
		end := p.i
		p.space()
		if !p.takeByte('.') {
			p.i = end
			return path
		}
	}
}
