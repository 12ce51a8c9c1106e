package vm

import (
	"math"
	"slices"
	"strconv"

	"storyteller/internal/ink/ir"
)

// A saved state is JSON with places written as paths, and without what the
// program already says: variables that have their default value and containers
// that were never visited are left out.
//
//	{"v":1,"story":ID,"turn":0,"seed":1,"last":2,
//	 "vars":{"name":VALUE},"visits":{"path":[visits,turn]},
//	 "threads":[THREAD],"stack":[VALUE],"choices":[CHOICE],
//	 "error":{"msg":"","path":"","file":"","line":1,"due":true}}
//	THREAD  {"prev":"path","frames":[{"at":"path","fn":START,"ev":true,"tmp":{"name":VALUE}}]}
//	CHOICE  {"text":"","tags":[""],"to":"path","inv":true,"thread":THREAD}
//	VALUE   1, 1.5, true, "text", null (void), {"to":"path"}, {"var":"name","ctx":1},
//	        {"list":["list.item"]}, {"list":[],"of":["list"]}, {"float":"NaN"},
//	        {"tag":"text"}, {} (never set)
//
// visits is [visits] if the turn is not counted. fn is there for a function, with
// where in the output it began.
//
// Whoever raises SaveVersion must ask: can readings that are going on still be
// loaded? restore.go must keep reading what older versions wrote.

// SaveVersion is the version of the format of saved states.
const SaveVersion = 1

// savePrefix begins every state of that version.
const savePrefix = `{"v":1,`

// AppendSave appends the story's state as JSON. id names the program; Restore
// asks for the same.
func (s *Story) AppendSave(b []byte, id string) []byte {
	w := writer{b: b, p: s.p}
	w.raw(savePrefix)
	w.raw(`"story":`)
	w.string(id)
	w.raw(`,"turn":`)
	w.int(s.turn)
	w.raw(`,"seed":`)
	w.int(s.seed)
	w.raw(`,"last":`)
	w.int(s.last)
	w.variables(s)
	w.visits(s)
	w.raw(`,"threads":[`)
	for i := range s.threads {
		w.comma(i)
		w.thread(&s.threads[i])
	}
	w.raw(`]`)
	if len(s.stack) > 0 {
		w.raw(`,"stack":[`)
		for i, v := range s.stack {
			w.comma(i)
			w.value(v)
		}
		w.raw(`]`)
	}
	if len(s.choices) > 0 {
		w.raw(`,"choices":[`)
		for i, c := range s.choices {
			w.comma(i)
			w.choice(c)
		}
		w.raw(`]`)
	}
	w.failure(s)
	w.raw(`}`)
	return w.b
}

type writer struct {
	b []byte
	p *Program
}

func (w *writer) raw(s string)    { w.b = append(w.b, s...) }
func (w *writer) int(n int32)     { w.b = strconv.AppendInt(w.b, int64(n), 10) }
func (w *writer) string(s string) { w.b = ir.AppendString(w.b, s) }

func (w *writer) comma(i int) {
	if i > 0 {
		w.raw(",")
	}
}

func (w *writer) key(i int, k string) {
	w.comma(i)
	w.string(k)
	w.raw(":")
}

func (w *writer) variables(s *Story) {
	n := 0
	for i, v := range s.globals {
		if v.Same(w.p.defaults[i]) {
			continue
		}
		if n == 0 {
			w.raw(`,"vars":{`)
		}
		w.key(n, w.p.names[w.p.globals[i]])
		w.value(v)
		n++
	}
	if n > 0 {
		w.raw(`}`)
	}
}

func (w *writer) visits(s *Story) {
	n := 0
	for i, page := range s.visits.pages {
		if page == nil {
			continue
		}
		for j, c := range page {
			if c.visits == 0 && c.turn == never {
				continue
			}
			if n == 0 {
				w.raw(`,"visits":{`)
			}
			w.key(n, w.p.path(pointer{w.p.containers[w.p.slots[i*pageSize+j]], -1}))
			w.raw(`[`)
			w.int(c.visits)
			if c.turn != never {
				w.raw(`,`)
				w.int(c.turn)
			}
			w.raw(`]`)
			n++
		}
	}
	if n > 0 {
		w.raw(`}`)
	}
}

func (w *writer) thread(t *thread) {
	w.raw(`{`)
	if t.prev.c != nil {
		w.raw(`"prev":`)
		w.place(t.prev)
		w.raw(`,`)
	}
	w.raw(`"frames":[`)
	for i := range t.frames {
		w.comma(i)
		w.frame(&t.frames[i])
	}
	w.raw(`]}`)
}

func (w *writer) frame(f *frame) {
	w.raw(`{"at":`)
	w.place(f.at)
	if f.kind == frameFunction {
		w.raw(`,"fn":`)
		w.int(f.start)
	}
	if f.eval {
		w.raw(`,"ev":true`)
	}
	for i, t := range f.temps {
		if i == 0 {
			w.raw(`,"tmp":{`)
		}
		w.key(i, w.p.names[t.name])
		w.value(t.v)
	}
	if len(f.temps) > 0 {
		w.raw(`}`)
	}
	w.raw(`}`)
}

func (w *writer) place(at pointer) {
	if at.c == nil {
		w.raw("null")
		return
	}
	w.string(w.p.path(at))
}

func (w *writer) choice(c *choice) {
	w.raw(`{"text":`)
	w.string(c.text)
	if len(c.tags) > 0 {
		w.raw(`,"tags":`)
		w.strings(c.tags)
	}
	w.raw(`,"to":`)
	w.place(c.target)
	if c.invisible {
		w.raw(`,"inv":true`)
	}
	w.raw(`,"thread":`)
	w.thread(&c.thread)
	w.raw(`}`)
}

func (w *writer) strings(list []string) {
	w.raw(`[`)
	for i, s := range list {
		w.comma(i)
		w.string(s)
	}
	w.raw(`]`)
}

func (w *writer) failure(s *Story) {
	if s.err == nil {
		return
	}
	w.raw(`,"error":{"msg":`)
	w.string(s.err.Msg)
	w.raw(`,"path":`)
	w.string(s.err.Path)
	w.raw(`,"file":`)
	w.string(s.err.File)
	w.raw(`,"line":`)
	w.int(int32(s.err.Line))
	w.raw(`,"due":`)
	w.b = strconv.AppendBool(w.b, s.errDue)
	w.raw(`}`)
}

func (w *writer) value(v Value) {
	switch v.kind {
	case None:
		w.raw(`{}`)
	case Void:
		w.raw(`null`)
	case Bool:
		w.b = strconv.AppendBool(w.b, v.Bool())
	case Int:
		w.int(v.a)
	case Float:
		w.float(v.Float())
	case String:
		w.string(v.str)
	case ListVal:
		w.list(v.list)
	case Target:
		w.raw(`{"to":`)
		w.string(w.p.ref(v).Path())
		w.raw(`}`)
	case Pointer:
		w.raw(`{"var":`)
		w.string(w.p.names[v.a])
		w.raw(`,"ctx":`)
		w.int(v.b)
		w.raw(`}`)
	case tag:
		w.raw(`{"tag":`)
		w.string(v.str)
		w.raw(`}`)
	}
}

func (w *writer) float(f float32) {
	if x := float64(f); math.IsNaN(x) || math.IsInf(x, 0) {
		w.raw(`{"float":"` + formatFloat(f) + `"}`)
		return
	}
	start := len(w.b)
	w.b = strconv.AppendFloat(w.b, float64(f), 'g', -1, 32)
	if !slices.ContainsFunc(w.b[start:], func(c byte) bool { return c == '.' || c == 'e' }) {
		w.raw(".0")
	}
}

func (w *writer) list(l *List) {
	w.raw(`{"list":[`)
	for i, item := range l.items {
		w.comma(i)
		w.string(w.p.fullName(item))
	}
	w.raw(`]`)
	if len(l.items) == 0 && len(l.origins) > 0 {
		w.raw(`,"of":[`)
		for i, def := range l.origins {
			w.comma(i)
			w.string(w.p.lists[def].name)
		}
		w.raw(`]`)
	}
	w.raw(`}`)
}

// Same reports whether two values cannot be told apart, also not by what an
// empty list belongs to.
func (v Value) Same(w Value) bool {
	if v.kind == ListVal && w.kind == ListVal {
		return v.list == w.list || slices.Equal(v.list.items, w.list.items) && slices.Equal(v.list.origins, w.list.origins)
	}
	return v == w
}
