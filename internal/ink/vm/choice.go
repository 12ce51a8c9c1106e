package vm

import (
	"strings"

	"storyteller/internal/ink/ir"
)

// offer adds a choice to those on offer, if its conditions hold. The texts on
// the stack are taken off it either way.
func (s *Story) offer(n *node) {
	flags := ir.ChoiceFlags(n.x)
	show := true
	if flags&ir.HasCondition != 0 && !s.condition() {
		show = false
	}
	var start, only string
	var tags []string
	if flags&ir.HasChoiceOnlyContent != 0 {
		only, tags = s.popChoiceText(tags)
	}
	if flags&ir.HasStartContent != 0 {
		start, tags = s.popChoiceText(tags)
	}
	if flags&ir.OnceOnly != 0 {
		if _, c := (pointer{n.c, n.b}).resolve(); s.visitsOf(c) > 0 {
			show = false
		}
	}
	if !show || s.err != nil {
		return
	}
	t := s.thread()
	if len(s.choices) >= MaxChoices {
		s.fail("more than %d choices at once", MaxChoices)
	}
	if !s.forks(len(t.frames)) || s.err != nil {
		return
	}
	s.choices = append(s.choices, &choice{
		text:      strings.Trim(start+only, " \t"),
		tags:      tags,
		target:    pointer{n.c, n.b},
		thread:    t.clone(),
		invisible: flags&ir.InvisibleDefault != 0,
	})
}

// popChoiceText pops a text of a choice and puts the tags that were in it before
// those that are known.
func (s *Story) popChoiceText(tags []string) (string, []string) {
	v := s.popValue()
	if v.kind != String {
		s.fail("a choice lacks its text")
		return "", tags
	}
	from := len(s.stack)
	for from > 0 && s.stack[from-1].kind == tag {
		from--
	}
	if from == len(s.stack) {
		return v.str, tags
	}
	var own []string
	for _, t := range s.stack[from:] {
		own = append(own, t.str)
	}
	s.stack = s.stack[:from]
	return v.str, append(own, tags...)
}

// external calls a function of the host, or the ink function that stands in for
// it where the host has none.
func (s *Story) external(n *node) {
	ext := &s.p.externals[n.a]
	var f Func
	if s.bound != nil {
		f = s.bound[n.a]
	}
	switch {
	case f != nil && s.snap.active:
		s.hostWaits = true
		return
	case f != nil:
		s.callHost(f, ext.name, int(n.b))
		return
	case ext.fallback == nil:
		s.fail("the external function %s is not bound, and there is no ink function of that name to fall back on", ext.name)
		return
	}
	s.divert = pointer{ext.fallback, 0}
	s.push(frameFunction)
}

func (s *Story) callHost(f Func, name string, args int) {
	if len(s.stack) < args {
		s.fail("the external function %s lacks arguments", name)
		return
	}
	from := len(s.stack) - args
	v, err := f(append([]Value(nil), s.stack[from:]...))
	s.stack = s.stack[:from]
	if err != nil {
		s.fail("%s: %v", name, err)
		return
	}
	if v.kind == None {
		v = MakeVoid()
	}
	s.pushValue(v)
}

// Bind makes f the external function of a name. It does nothing if the story
// declares none of that name.
func (s *Story) Bind(name string, f Func) {
	for i := range s.p.externals {
		if s.p.externals[i].name == name {
			if s.bound == nil {
				s.bound = make([]Func, len(s.p.externals))
			}
			s.bound[i] = f
		}
	}
}
