package vm

import (
	"math"
	"strings"

	"storyteller/internal/ink/ir"
)

// value reads a value; ok is false if an edited story cannot have it.
func (r *reader) value() (v Value, ok bool) {
	switch c := r.Peek(); c {
	case 'n':
		r.Word("null")
		return MakeVoid(), true
	case 't', 'f':
		return MakeBool(r.Bool()), true
	case '"':
		return MakeString(r.bounded()), true
	case '{':
		return r.braces()
	}
	switch n := r.Number().(type) {
	case ir.Int:
		return MakeInt(int32(n)), true
	case ir.Float:
		return MakeFloat(float32(n)), true
	}
	return Value{}, false
}

// bounded reads a string that a story may hold. It is a copy, so that it does not
// keep the whole state in memory.
func (r *reader) bounded() string {
	text := r.Text()
	if len(text) > MaxString {
		r.fail("a text of %d bytes is longer than %d", len(text), MaxString)
	}
	return strings.Clone(text)
}

// braces reads a value that JSON has no kind for; the first key says which.
func (r *reader) braces() (v Value, ok bool) {
	ok = true
	r.object(func(key string) {
		switch {
		case key == "to" && v.kind == None:
			at, _, found := r.place(r.Text())
			if ok = found; ok {
				v = Value{kind: Target, a: at.c.id, b: at.i}
			}
		case key == "var" && v.kind == None:
			name := r.Text()
			n, known := r.p.byName[name]
			if !known {
				r.gone("the story has no variable %q", name)
				ok = false
			}
			v = Value{kind: Pointer, a: n}
		case key == "ctx" && v.kind == Pointer:
			if v.b = r.Int(); v.b < inUnknown {
				r.Fail("no context of a variable")
			}
		case key == "list" && v.kind == None:
			v = makeList(&List{})
			r.array(func() { r.item(v.list) })
		case key == "of" && v.kind == ListVal:
			r.array(func() { r.origin(v.list) })
		case key == "float" && v.kind == None:
			v = r.odd()
		case key == "tag" && v.kind == None:
			v = Value{kind: tag, str: r.bounded()}
		default:
			r.unknown(key)
		}
	})
	return v, ok
}

// odd reads a number that JSON has no notation for.
func (r *reader) odd() Value {
	name := r.Text()
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if f := float32(x); formatFloat(f) == name {
			return MakeFloat(f)
		}
	}
	r.Fail("%.20q is no number", name)
	return Value{}
}

func (r *reader) item(l *List) {
	name := r.Text()
	item, ok := r.p.itemName[name]
	if !ok || r.p.fullName(item) != name {
		r.gone("list item %q is not known", name)
		return
	}
	if l.has(item) {
		r.Fail("list item %q is there twice", name)
	}
	l.items = append(l.items, item)
}

// origin reads a LIST that a list without items belongs to.
func (r *reader) origin(l *List) {
	name := r.Text()
	def, ok := r.p.listNamed(name)
	switch {
	case !ok:
		r.gone("the story has no LIST %q", name)
	case len(l.items) == 0:
		l.origins = append(l.origins, def)
	}
}
