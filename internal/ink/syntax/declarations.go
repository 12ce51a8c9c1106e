package syntax

import "strings"

// declaration reads a line that begins with one of the words in capitals; false if this is no such line.
func (p *parser) declaration(lv level, out []Node) ([]Node, bool) {
	var n Node
	place, word := p.here(), p.word()
	switch word {
	case "TODO":
		n = p.note(place)
	case "VAR":
		n = p.varDecl(place)
	case "CONST":
		n = p.constDecl(place)
	case "LIST":
		n = p.listDecl(place)
	case "EXTERNAL":
		n = p.external(place)
	default:
		if !p.has("INCLUDE") {
			return out, false
		}
		n = p.include(place, lv)
	}
	if n == nil {
		p.skipLine()
		return out, true
	}
	p.endLine()
	return append(out, n), true
}

func (p *parser) restOfLine() string {
	s := p.rest()
	if n := strings.IndexByte(s, '\n'); n >= 0 {
		s = s[:n]
	}
	p.i += len(s)
	return strings.TrimRight(s, " \t\r")
}

func (p *parser) note(place Place) Node {
	p.name()
	p.space()
	p.takeByte(':')
	p.space()
	return &Note{place, p.restOfLine()}
}

// declared goes over the word, the name and the sign = of a declaration.
func (p *parser) declared(what, example string) (Ident, bool) {
	p.name()
	p.space()
	id, ok := p.name()
	if !ok {
		p.failf(p.i, example, "expected the name of the %s, but saw %s", what, p.saw())
		return id, false
	}
	p.space()
	if !p.takeByte('=') {
		p.failf(p.i, example, "expected '=' and a value for the %s, but saw %s", what, p.saw())
		return id, true
	}
	p.space()
	return id, true
}

func (p *parser) varDecl(place Place) Node {
	before := p.errors
	id, ok := p.declared("variable", "a variable needs a first value: VAR x = 5")
	if !ok {
		return nil
	}
	d := &VarDecl{Place: place, Name: id}
	if p.errors > before {
		return p.broken(d)
	}
	start := p.i
	d.X = p.needExpr("the first value of the variable")
	switch x := d.X.(type) {
	case nil:
		return p.broken(d)
	case *Int, *Float, *Bool, *Target, *Ref, *ListLit:
	case *String:
		if !p.constantString(x) {
			d.X = nil
		}
	default:
		d.X = nil // its names may lead round in a circle
		p.fail(start, "the first value of a variable must be a number, a text, a list, a divert target or a constant",
			"give it a plain value here and work out the rest on a '~' line")
	}
	if p.peek() == ',' {
		p.fail(p.i, "unexpected ','", "to declare a list, write LIST instead of VAR")
		return p.broken(d)
	}
	return d
}

// broken skips what is left of a faulty declaration, but keeps it, so that its name is known.
func (p *parser) broken(n Node) Node {
	p.restOfLine()
	return n
}

func (p *parser) constDecl(place Place) Node {
	before := p.errors
	id, ok := p.declared("constant", "a constant needs a value: CONST x = 5")
	if !ok {
		return nil
	}
	d := &ConstDecl{Place: place, Name: id}
	if p.errors > before {
		return p.broken(d)
	}
	start := p.i
	d.X = p.needExpr("the value of the constant")
	switch x := d.X.(type) {
	case nil:
		return p.broken(d)
	case *Int, *Float, *Bool, *Target:
	case *String:
		if !p.constantString(x) {
			d.X = nil
		}
	default:
		d.X = nil // its names may lead round in a circle
		p.fail(start, "the value of a constant must be a number, a text or a divert target", "use VAR for anything else")
	}
	return d
}

func (p *parser) constantString(s *String) bool {
	for _, n := range s.Content {
		if _, ok := n.(*Text); !ok {
			p.fail(int(s.At-p.base), "the text of a declaration cannot contain logic", "declare a plain text and set the rest on a '~' line")
			return false
		}
	}
	return true
}

func (p *parser) listDecl(place Place) Node {
	before := p.errors
	id, ok := p.declared("list", "a list names its items: LIST moods = calm, (angry)")
	if !ok {
		return nil
	}
	d := &ListDecl{Place: place, Name: id}
	if p.errors > before {
		return p.broken(d)
	}
	p.anySpace()
	value := int32(1)
	for {
		item, ok := p.listItem(&value)
		if !ok {
			p.failf(p.i, "", "expected the name of a list item, but saw %s", p.saw())
			return p.broken(d)
		}
		d.Items = append(d.Items, item)
		end := p.i
		p.anySpace()
		if !p.takeByte(',') {
			p.i = end
			return d
		}
		p.anySpace()
	}
}

// listItem reads a, (a), a = 5, (a = 5) or (a) = 5. Items without a number count on from the one before.
func (p *parser) listItem(value *int32) (ListItem, bool) {
	item := ListItem{In: p.takeByte('(')}
	open := item.In
	p.space()
	id, ok := p.name()
	if !ok {
		return item, false
	}
	item.Name = id
	p.space()
	if open && p.takeByte(')') {
		open = false
		p.space()
	}
	if p.takeByte('=') {
		p.space()
		n, ok := p.integer()
		if !ok {
			p.failf(p.i, "list items have whole numbers", "expected the value of list item '%s', but saw %s", id.Name, p.saw())
			return item, true
		}
		*value = n
		p.space()
		if open && p.takeByte(')') {
			open = false
		}
	}
	if open {
		p.failf(p.i, "", "expected a closing ')' after list item '%s', but saw %s", id.Name, p.saw())
	}
	item.Value = *value
	*value++
	return item, true
}

func (p *parser) external(place Place) Node {
	p.name()
	p.space()
	id, ok := p.name()
	if !ok {
		p.failf(p.i, "write it like: EXTERNAL f(x)", "expected the name of the external function, but saw %s", p.saw())
		return nil
	}
	e := &External{Place: place, Name: id}
	p.space()
	if p.peek() != '(' {
		p.failf(p.i, "write EXTERNAL "+id.Name+"() if it has none", "expected the parameters of the external function, but saw %s", p.saw())
		return p.broken(e)
	}
	e.Params = p.params()
	return e
}

func (p *parser) include(place Place, lv level) Node {
	start := p.i
	p.take("INCLUDE")
	p.space()
	path := p.restOfLine()
	switch {
	case path == "":
		p.fail(start, "expected the name of the file to include", "write it like: INCLUDE folder/file.ink")
		return nil
	case lv != levelTop:
		p.fail(start, "INCLUDE within a knot or a block", "move it up, before the first knot of the file")
		return nil
	}
	return &Include{place, path}
}
