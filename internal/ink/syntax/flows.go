package syntax

// knot reads === name(params) === and everything up to the next one.
func (p *parser) knot() *Flow {
	f := &Flow{Place: p.here(), Level: LevelKnot}
	p.equalSigns()
	p.space()
	id, ok := p.name()
	what := "knot"
	if ok && id.Name == "function" {
		what, f.Function = "function", true
		p.space()
		id, ok = p.name()
	}
	if !ok {
		p.failf(p.i, "names are made of letters, digits and _, and are not all digits", "expected the name of the %s, but saw %s", what, p.saw())
	}
	f.Name = id
	p.space()
	p.oneWord(f, what)
	if p.peek() == '(' {
		f.Params = p.params()
		p.space()
	}
	if p.has("==") {
		p.equalSigns()
	}
	p.endLine()
	f.Body = p.statements(levelKnot)
	p.needBody(f, what)
	return f
}

// oneWord refuses a name of several words. The flow goes on under the name that the hint proposes, so that diverts to it are found.
func (p *parser) oneWord(f *Flow, what string) {
	start := p.i
	name := f.Name.Name
	for id, ok := p.name(); ok; id, ok = p.name() {
		name += "_" + id.Name
		p.space()
	}
	if p.i == start {
		return
	}
	f.Name.Name = name
	p.failf(start, "write "+name, "the name of a %s is one word", what)
	p.tainted = append(p.tainted, name)
}

func (p *parser) equalSigns() {
	for p.takeByte('=') {
	}
}

func (p *parser) needBody(f *Flow, what string) {
	if len(f.Body) == 0 {
		p.failf(int(f.At-p.base), "end it with '-> DONE' if nothing is to happen there", "the %s '%s' has no content", what, f.Name.Name)
	}
}

// stitchAhead says whether a line that begins with one = declares a stitch.
func (p *parser) stitchAhead() bool {
	start := p.i
	p.i++
	p.space()
	ok := p.peek() != '=' && nameEnd(p.src, p.i) > p.i
	p.i = start
	return ok
}

func (p *parser) stitch() *Flow {
	f := &Flow{Place: p.here(), Level: LevelStitch}
	p.i++
	p.space()
	f.Name, _ = p.name()
	if f.Name.Name == "function" {
		p.space()
		if id, ok := p.name(); ok {
			f.Name, f.Function = id, true
		}
	}
	p.space()
	p.oneWord(f, "stitch")
	if p.peek() == '(' {
		f.Params = p.params()
	}
	p.endLine()
	f.Body = p.statements(levelStitch)
	p.needBody(f, "stitch")
	return f
}

// params reads (x, ref y, -> z).
func (p *parser) params() []Param {
	p.i++
	var params []Param
	for {
		p.space()
		if p.peek() == ')' || p.atLineEnd() {
			break
		}
		param, ok := p.param()
		if !ok {
			break
		}
		params = append(params, param)
		p.space()
		if !p.takeByte(',') {
			break
		}
	}
	p.expect(")", "a closing ')' of the parameters", "parameters are names, 'ref name' or '-> name', with commas between")
	return params
}

// param reads x, ref x, -> x or ref -> x.
func (p *parser) param() (Param, bool) {
	var param Param
	first, named := p.name()
	p.space()
	if named && first.Name == "ref" {
		param.Ref = true
		named = false
	}
	if !named {
		param.Divert = p.take("->")
		p.space()
		first, named = p.name()
	}
	if !named {
		p.failf(p.i, "parameters are names, 'ref name' or '-> name', with commas between", "expected the name of a parameter, but saw %s", p.saw())
		return param, false
	}
	param.Name = first
	return param, true
}
