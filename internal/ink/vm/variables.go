package vm

import "slices"

// Contexts of a variable pointer.
const (
	inGlobals = 0  // a global variable; n > 0 is the frame at depth n-1
	inUnknown = -1 // not looked for yet
)

// variable returns the value that a node refers to.
func (s *Story) variable(n *node) Value {
	if n.op == opReadCount {
		_, c := pointer{n.c, n.b}.resolve()
		return MakeInt(s.visitsOf(c))
	}
	var v Value
	name := n.a
	if n.op == opGlobal {
		v, name = s.globals[n.a], s.p.globals[n.a]
	} else if t := s.frame.temp(n.a); t != nil {
		v = *t
		s.steps += len(s.frame.temps) / 64
	}
	if v.kind == Pointer {
		v = s.dereference(v)
	}
	if v.kind != None {
		return v
	}
	s.warn("Variable not found: '%s'. Using default value of 0 (false). This can happen with temporary variables if the declaration hasn't yet been hit.", s.p.names[name])
	return MakeInt(0)
}

// pointerTo returns a pointer that is tied to the frame that has the variable,
// else to the global one.
func (s *Story) pointerTo(name int32) Value {
	context := int32(inGlobals)
	if s.frame.temp(name) != nil {
		context = int32(len(s.thread().frames))
	}
	return Value{kind: Pointer, a: name, b: context}
}

// lookup returns what a variable holds, None if it was never set.
func (s *Story) lookup(name int32) Value {
	v := s.raw(name, inUnknown)
	if v.kind == Pointer {
		return s.dereference(v)
	}
	return v
}

// dereference follows a pointer to the value it leads to.
func (s *Story) dereference(v Value) Value {
	for range MaxFrames {
		if v = s.raw(v.a, v.b); v.kind != Pointer {
			return v
		}
	}
	s.fail("references lead in a circle")
	return Value{}
}

// raw returns what a variable holds, be it a pointer.
func (s *Story) raw(name, context int32) Value {
	if context <= inGlobals {
		if g := s.p.global[name]; g >= 0 {
			return s.globals[g]
		}
		if item, ok := s.p.itemName[s.p.names[name]]; ok {
			return makeList(&List{items: []int32{item}})
		}
	}
	if f := s.frameAt(context); f != nil {
		if v := f.temp(name); v != nil {
			return *v
		}
	}
	return Value{}
}

// frameAt returns the frame that a pointer's context means, nil if it is gone.
func (s *Story) frameAt(context int32) *frame {
	frames := s.thread().frames
	switch {
	case context == inUnknown:
		return s.frame
	case context > 0 && int(context) <= len(frames):
		return &frames[context-1]
	}
	return nil
}

// assign pops a value into a variable.
func (s *Story) assign(n *node) {
	v := s.popValue()
	switch n.op {
	case opSetGlobal:
		s.storeGlobal(n.a, v)
		return
	case opDeclare:
		if v.kind == Pointer {
			if v.a == n.a && s.frameAt(v.b) == s.frame {
				return // a reference to itself, after a divert with (ref x)
			}
			v = s.resolvePointer(v)
		}
		s.storeTemp(n.a, inUnknown, v)
		return
	}
	name, context := n.a, int32(inUnknown)
	for range MaxFrames {
		p := s.raw(name, context)
		if p.kind != Pointer {
			break
		}
		name, context = p.a, p.b
	}
	if g := s.p.global[name]; g >= 0 && context <= inGlobals {
		s.storeGlobal(g, v)
		return
	}
	s.storeTemp(name, context, v)
}

// resolvePointer shortens a pointer to a pointer.
func (s *Story) resolvePointer(v Value) Value {
	if to := s.raw(v.a, v.b); to.kind == Pointer {
		return to
	}
	return v
}

func (s *Story) storeGlobal(slot int32, v Value) {
	s.setGlobal(slot, s.retainOrigins(s.globals[slot], v))
}

func (s *Story) storeTemp(name, context int32, v Value) {
	f := s.frameAt(context)
	if f == nil {
		s.fail("the variable %s is gone: the knot that had it was left", s.p.names[name])
		return
	}
	if old := f.temp(name); old != nil {
		*old = s.retainOrigins(*old, v)
		return
	}
	// In order of name, so that equal states are saved as equal bytes.
	i := len(f.temps)
	for i > 0 && f.temps[i-1].name > name {
		i--
	}
	f.temps = slices.Insert(f.temps, i, temp{name, v})
}

// retainOrigins lets an empty list belong to what the variable held before, so
// that LIST_ALL of it still has an answer.
func (s *Story) retainOrigins(old, v Value) Value {
	if v.kind != ListVal || old.kind != ListVal || len(v.list.items) > 0 {
		return v
	}
	return makeList(s.p.emptyOf(old.list))
}
