package ir

import "strings"

// braces reads an object of content after its opening brace. It returns nil,
// having read something, if the first key is none of content's: then it is the
// end of a container.
func (d *decoder) braces() Object {
	if d.Peek() == '}' {
		return nil
	}
	switch key := d.Key(); key {
	case "->", "f()", "->t->", "x()":
		return d.divert(key)
	case "*":
		return d.choicePoint()
	case "VAR=", "temp=":
		a := VarAssign{Name: d.Text(), Global: key == "VAR=", New: true}
		d.rest(func(key string) {
			if d.option(key, "re"); d.Bool() {
				a.New = false
			}
		})
		return a
	case "VAR?":
		v := VarRef{d.Text()}
		d.rest(nil)
		return v
	case "CNT?":
		r := &ReadCount{}
		d.later(d.Text(), &r.To)
		d.rest(nil)
		return r
	case "^->":
		t := &DivertTarget{}
		d.later(d.Text(), &t.To)
		d.rest(nil)
		return t
	case "^var":
		v := VarPointer{d.Text()}
		d.rest(func(key string) {
			if d.option(key, "ci"); d.Int() != -1 {
				d.Fail("a variable pointer in a program has no context")
			}
		})
		return v
	case "list":
		if d.Peek() == '[' {
			return nil // a container of that name
		}
		return d.list()
	case "#":
		t := Tag(d.Text())
		d.rest(nil)
		return t
	}
	return nil
}

// rest reads the remaining keys of an object; each is given to f.
func (d *decoder) rest(f func(key string)) {
	for d.More(false, '}') {
		key := d.Key()
		if f == nil {
			d.Fail("unknown key %q", key)
		}
		f(key)
	}
}

// option refuses a key that is not the only one allowed.
func (d *decoder) option(key, allowed string) {
	if key != allowed {
		d.Fail("unknown key %q", key)
	}
}

func (d *decoder) divert(key string) Object {
	v := &Divert{}
	switch key {
	case "f()":
		v.Kind = Function
	case "->t->":
		v.Kind = Tunnel
	case "x()":
		v.Kind = External
	}
	target, variable := d.Text(), false
	d.rest(func(key string) {
		switch {
		case key == "var":
			variable = d.Bool()
		case key == "c":
			v.Conditional = d.Bool()
		case key == "exArgs" && v.Kind == External:
			v.Args = int(d.Int())
		default:
			d.Fail("unknown key %q", key)
		}
	})
	switch {
	case v.Kind == External && variable:
		d.Fail("an external function is not called through a variable")
	case v.Kind == External:
		v.External = target
	case variable && target == "":
		d.Fail("a divert names no variable")
	case variable:
		v.Var = target
	default:
		d.later(target, &v.To)
	}
	return v
}

func (d *decoder) choicePoint() Object {
	c := &ChoicePoint{}
	d.later(d.Text(), &c.To)
	d.rest(func(key string) {
		d.option(key, "flg")
		n := d.Int()
		if n < 0 || n > int32(allChoiceFlags) {
			d.Fail("unknown choice flags %d", n)
		}
		c.Flags = ChoiceFlags(n)
	})
	return c
}

func (d *decoder) list() Object {
	l := &List{}
	d.Expect('{')
	for first := true; d.More(first, '}'); first = false {
		full := d.Key()
		list, name, ok := strings.Cut(full, ".")
		if !ok {
			d.Fail("list item %q names no list", full)
		}
		l.Items = append(l.Items, ListItem{list, name, d.Int()})
	}
	d.rest(func(key string) {
		d.option(key, "origins")
		d.Expect('[')
		for first := true; d.More(first, ']'); first = false {
			l.Origins = append(l.Origins, d.Text())
		}
	})
	return l
}
