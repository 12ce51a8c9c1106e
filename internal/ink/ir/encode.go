package ir

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// The ink JSON format, as encode.go writes it and decode.go reads it.
//
//	program    {"inkVersion":21,"root":CONTAINER,"listDefs":{"list":{"item":1}}}
//	container  [content..., null] or [content..., {"child":CONTAINER,"#f":1,"#n":"name"}]
//	text       "^text", and "\n" alone
//	words      "ev", "+", "<>", "void": see command.go
//	values     1, 1.5, true, {"^->":PATH}, {"^var":"name","ci":-1},
//	           {"list":{"list.item":1},"origins":["list"]}
//	diverts    {"->":PATH}, {"f()":PATH}, {"->t->":PATH}, with "var":true if PATH is
//	           a variable and "c":true if conditional; {"x()":"name","exArgs":1}
//	choices    {"*":PATH,"flg":20}
//	variables  {"VAR=":"name"}, {"temp=":"name"}, with "re":true unless new;
//	           {"VAR?":"name"}; {"CNT?":PATH}
//	tags       "#", "^text", "/#"; before version 21 {"#":"text"}
//
// Whoever raises Version must ask: can programs that are stored still be read?

// Version is the version of ink's JSON format that AppendJSON writes.
const Version = 21

// AppendJSON appends the program as ink JSON. The bytes depend on the program
// alone. The program must be finished.
func (p *Program) AppendJSON(b []byte) []byte {
	e := encoder{b: b, paths: make([]string, len(p.containers))}
	for i, c := range p.containers {
		if c.parent != nil {
			e.paths[i] = joinPath(e.paths[c.parent.ID], c)
		}
	}
	e.raw(`{"inkVersion":` + strconv.Itoa(Version) + `,"root":`)
	e.container(p.Root, true)
	e.raw(`,"listDefs":{`)
	for i, def := range p.Lists {
		e.key(def.Name, i == 0)
		e.raw(`{`)
		for j, item := range def.Items {
			e.key(item.Name, j == 0)
			e.int(item.Value)
		}
		e.raw(`}`)
	}
	e.raw(`}}`)
	return e.b
}

func joinPath(parent string, c *Container) string {
	part := c.Name
	if part == "" {
		part = strconv.Itoa(int(c.Index))
	}
	if parent == "" {
		return part
	}
	return parent + "." + part
}

type encoder struct {
	b     []byte
	paths []string // of each container, by ID
}

func (e *encoder) raw(s string) { e.b = append(e.b, s...) }

func (e *encoder) int(n int32) { e.b = strconv.AppendInt(e.b, int64(n), 10) }

func (e *encoder) string(s string) { e.b = AppendString(e.b, s) }

func (e *encoder) key(k string, first bool) {
	if !first {
		e.raw(",")
	}
	e.string(k)
	e.raw(":")
}

// container writes c; ownName says whether its name is not known from the key
// it stands under.
func (e *encoder) container(c *Container, ownName bool) {
	e.raw("[")
	for _, o := range c.Content {
		e.object(o)
		e.raw(",")
	}
	ownName = ownName && c.Name != ""
	if len(c.Named) == 0 && c.Flags == 0 && !ownName {
		e.raw("null]")
		return
	}
	e.raw("{")
	first := true
	for _, n := range c.Named {
		e.key(n.Name, first)
		e.container(n, false)
		first = false
	}
	if c.Flags != 0 {
		e.key("#f", first)
		e.int(int32(c.Flags))
		first = false
	}
	if ownName {
		e.key("#n", first)
		e.string(c.Name)
	}
	e.raw("}]")
}

func (e *encoder) object(o Object) {
	switch o := o.(type) {
	case *Container:
		e.container(o, true)
	case Text:
		if o == Newline {
			e.raw(`"\n"`)
			return
		}
		e.b = appendQuoted(append(e.b, `"^`...), string(o))
	case Command:
		e.string(commandNames[o])
	case Native:
		e.string(nativeNames[o])
	case Glue:
		e.raw(`"<>"`)
	case Void:
		e.raw(`"void"`)
	case Int:
		e.int(int32(o))
	case Float:
		e.b = appendFloat(e.b, float32(o))
	case Bool:
		e.b = strconv.AppendBool(e.b, bool(o))
	case *Divert:
		e.divert(o)
	case *ChoicePoint:
		e.raw(`{"*":`)
		e.ref(o.To)
		e.raw(`,"flg":`)
		e.int(int32(o.Flags))
		e.raw(`}`)
	case VarAssign:
		e.assign(o)
	default:
		e.value(o)
	}
}

// value writes the objects that are one key and one value, and lists.
func (e *encoder) value(o Object) {
	switch o := o.(type) {
	case *DivertTarget:
		e.raw(`{"^->":`)
		e.ref(o.To)
	case VarPointer:
		e.raw(`{"^var":`)
		e.string(o.Name)
		e.raw(`,"ci":-1`)
	case *List:
		e.list(o)
	case VarRef:
		e.raw(`{"VAR?":`)
		e.string(o.Name)
	case *ReadCount:
		e.raw(`{"CNT?":`)
		e.ref(o.To)
	case Tag:
		e.raw(`{"#":`)
		e.string(string(o))
	}
	e.raw(`}`)
}

func (e *encoder) list(l *List) {
	e.raw(`{"list":{`)
	for i, item := range l.Items {
		e.key(item.List+"."+item.Name, i == 0)
		e.int(item.Value)
	}
	e.raw(`}`)
	if len(l.Items) == 0 && len(l.Origins) > 0 {
		e.raw(`,"origins":[`)
		for i, name := range l.Origins {
			if i > 0 {
				e.raw(",")
			}
			e.string(name)
		}
		e.raw(`]`)
	}
}

var divertKeys = [...]string{Goto: `{"->":`, Function: `{"f()":`, Tunnel: `{"->t->":`, External: `{"x()":`}

func (e *encoder) divert(d *Divert) {
	e.raw(divertKeys[d.Kind])
	switch {
	case d.Kind == External:
		e.string(d.External)
		if d.Args > 0 {
			e.raw(`,"exArgs":`)
			e.int(int32(d.Args))
		}
	case d.Var != "":
		e.string(d.Var)
		e.raw(`,"var":true`)
	default:
		e.ref(d.To)
	}
	if d.Conditional {
		e.raw(`,"c":true`)
	}
	e.raw(`}`)
}

func (e *encoder) assign(a VarAssign) {
	if a.Global {
		e.raw(`{"VAR=":`)
	} else {
		e.raw(`{"temp=":`)
	}
	e.string(a.Name)
	if !a.New {
		e.raw(`,"re":true`)
	}
	e.raw(`}`)
}

func (e *encoder) ref(r Ref) {
	path := e.paths[r.C.ID]
	if r.Index < 0 {
		e.string(path)
		return
	}
	e.b = appendEscaped(append(e.b, '"'), path)
	if path != "" {
		e.b = append(e.b, '.')
	}
	e.int(r.Index)
	e.b = append(e.b, '"')
}

// appendFloat writes f so that it reads back as a float: with a point or an
// exponent. JSON has no infinities; they become the largest number of the type,
// and what is no number becomes 0.0, as ink's own writer has it.
func appendFloat(b []byte, f float32) []byte {
	switch {
	case math.IsNaN(float64(f)):
		return append(b, "0.0"...)
	case math.IsInf(float64(f), 0):
		f = float32(math.Copysign(math.MaxFloat32, float64(f)))
	}
	start := len(b)
	b = strconv.AppendFloat(b, float64(f), 'g', -1, 32)
	for _, c := range b[start:] {
		if c == '.' || c == 'e' {
			return b
		}
	}
	return append(b, ".0"...)
}

// AppendString appends s as a JSON string. Bytes that are not UTF-8 become the
// replacement character.
func AppendString(b []byte, s string) []byte { return appendQuoted(append(b, '"'), s) }

func appendQuoted(b []byte, s string) []byte { return append(appendEscaped(b, s), '"') }

func appendEscaped(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				b = append(append(b, s[start:i]...), "\ufffd"...)
				start = i + 1
			}
			i += n
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		start = i
	}
	return append(b, s[start:]...)
}
