package vm

import "storyteller/internal/ink/ir"

// step runs one element of content.
func (s *Story) step() {
	s.steps++
	f := s.frame
	n, c := f.at.resolve()
	for c != nil {
		s.visit(c, true)
		if len(c.nodes) == 0 {
			break
		}
		f.at = pointer{c, 0}
		n, c = f.at.resolve()
	}
	thread := false
	if n != nil {
		thread = n.op == opCommand && ir.Command(n.x) == ir.StartThread
		s.do(n)
		// The flow may have been stopped.
		if s.err != nil || s.frame.at.c == nil {
			return
		}
	}
	s.next()
	// A thread starts after the step, so that when it ends the flow goes on after
	// this element.
	if thread && s.err == nil {
		s.pushThread()
	}
}

// do runs one node.
func (s *Story) do(n *node) {
	switch n.op {
	case opCommand:
		s.command(n)
	case opText:
		s.text(n, pieceText)
	case opSpace:
		s.text(n, pieceSpace)
	case opNewline:
		s.text(n, pieceNewline)
	case opGoto, opGotoVar, opCall, opCallVar, opExternal:
		if !n.cond || s.condition() {
			s.divertTo(n)
		}
	case opValue:
		s.value(s.p.values[n.a])
	case opPointer:
		s.value(s.pointerTo(n.a))
	case opGlobal, opTemp, opReadCount:
		s.pushValue(s.variable(n))
	case opDeclare, opAssign, opSetGlobal:
		s.assign(n)
	case opUnary, opBinary:
		s.operate(n)
	case opChoice:
		s.offer(n)
	case opLines:
		if text := s.p.texts[n.a]; s.frame.eval {
			s.pushValue(MakeString(text))
		} else {
			s.writeString(text)
		}
	case opGlue:
		if !s.frame.eval {
			s.out.trimLines()
			s.put(pieceGlue, "")
		}
	case opTag:
		if !s.frame.eval {
			s.put(pieceTag, s.p.texts[n.a])
		}
	}
}

func (s *Story) text(n *node, kind pieceKind) {
	if s.frame.eval {
		s.pushValue(MakeString(s.p.texts[n.a]))
		return
	}
	s.write(kind, s.p.texts[n.a])
}

// value pushes v. Outside of expressions values are not content: ink drops them.
func (s *Story) value(v Value) {
	if s.frame.eval {
		s.pushValue(v)
	}
}

// operate applies an operator to the values on top of the stack.
func (s *Story) operate(n *node) {
	if s.operateInts(n) {
		return
	}
	op := ir.Native(n.x)
	var v Value
	var err error
	if n.op == opUnary {
		x := s.popValue()
		s.charge(x)
		v, err = s.p.unary(op, x)
	} else {
		y := s.popValue()
		x := s.popValue()
		s.charge(x)
		s.charge(y)
		v, err = s.p.binary(op, x, y)
	}
	if err != nil {
		s.fail("%v", err)
		return
	}
	s.charge(v)
	s.pushValue(v)
	s.grew(len(v.str))
}

// operateInts applies an operator where the operands lie, if they are whole
// numbers, which most are.
func (s *Story) operateInts(n *node) bool {
	top := len(s.stack) - 1
	if n.op == opUnary {
		if ir.Native(n.x) != ir.Not || top < 0 || s.stack[top].kind != Int && s.stack[top].kind != Bool {
			return false
		}
		x := &s.stack[top]
		not := MakeBool(x.a == 0)
		x.kind, x.a = not.kind, not.a
		return true
	}
	if top < 1 || s.stack[top].kind != Int || s.stack[top-1].kind != Int {
		return false
	}
	x := &s.stack[top-1]
	v, err := binaryInt(ir.Native(n.x), x.a, s.stack[top].a)
	s.stack = s.stack[:top]
	if err != nil {
		s.stack = s.stack[:top-1]
		s.fail("%v", err)
		return true
	}
	x.kind, x.a = v.kind, v.a
	return true
}

// charge counts work on large values as steps.
func (s *Story) charge(v Value) {
	switch v.kind {
	case ListVal:
		n := len(v.list.items)
		s.steps += n/8 + n*n/64
	case String:
		s.steps += len(v.str) / 64
	}
}

func (s *Story) pushValue(v Value) {
	if len(s.stack) >= MaxStack {
		s.fail("an expression holds more than %d values", MaxStack)
		return
	}
	s.stack = append(s.stack, v)
}

// popValue takes the top value off the stack. A compiled story has one there.
func (s *Story) popValue() Value {
	if len(s.stack) == 0 {
		s.fail("an expression lacks a value")
		return Value{}
	}
	v := s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
	return v
}

// condition pops a value and reports whether it is true.
func (s *Story) condition() bool {
	v := s.popValue()
	truth, ok := v.truthy()
	if !ok {
		s.fail("a %s cannot be a condition. Did you mean to call a function or to ask whether a place was visited? Leave out the arrow", v.kind)
	}
	return truth
}

// divertTo prepares to go on elsewhere after this step.
func (s *Story) divertTo(n *node) {
	switch n.op {
	case opExternal:
		s.external(n)
		return
	case opGoto:
		s.divert = pointer{n.c, n.b}
		return
	case opCall:
		s.divert = pointer{n.c, n.b}
	default:
		v := s.lookup(n.a)
		if v.kind != Target {
			s.fail("tried to divert to what the variable %s holds, but that is no divert target: it is %s", s.p.names[n.a], s.describe(v))
			return
		}
		s.divert = pointer{s.p.containers[v.a], v.b}
		if n.op == opGotoVar {
			return
		}
	}
	s.push(frameKind(n.x))
}

// describe names a value for a message.
func (s *Story) describe(v Value) string {
	if v.kind <= Void {
		return v.kind.String()
	}
	text := s.p.text(v)
	if len(text) > 40 {
		text = text[:40] + "..."
	}
	return "the " + v.kind.String() + " " + text
}

// next moves on to the element after the current one, or to where a divert leads.
func (s *Story) next() {
	for {
		t := s.thread()
		f := s.frame
		t.prev = f.at
		if s.divert.c != nil {
			f.at, s.divert = s.divert, pointer{}
			s.visitDiverted()
			return
		}
		if f.increment() {
			return
		}
		// Out of content: a function returns, a thread ends.
		switch {
		case s.canPopKind(frameFunction):
			s.pop()
			if s.frame.eval {
				s.pushValue(MakeVoid())
			}
		case len(s.threads) > 1:
			s.popThread()
		default:
			return
		}
		if s.frame.at.c == nil {
			return
		}
	}
}

// increment moves to the next element, out of containers that are finished. It
// reports false when there is none.
func (f *frame) increment() bool {
	at := f.at
	at.i++
	for int(at.i) >= len(at.c.nodes) {
		if at.c.index < 0 {
			f.at = pointer{}
			return false
		}
		at = pointer{at.c.parent, at.c.index + 1}
	}
	f.at = at
	return true
}

// visit records that the flow entered c.
func (s *Story) visit(c *container, atStart bool) {
	if c.slot < 0 || !atStart && c.flags&ir.CountStartOnly != 0 {
		return
	}
	n := s.counter(c.slot)
	if c.flags&ir.CountVisits != 0 {
		n.visits++
	}
	if c.flags&ir.CountTurns != 0 {
		n.turn = s.turn
	}
}

// visitDiverted records visits to the containers around the current place that
// the flow was not in before. A container that the place is itself is recorded
// by the next step.
func (s *Story) visitDiverted() {
	at := s.frame.at
	if at.c == nil || at.i < 0 {
		return
	}
	var before *container
	if prev := s.thread().prev; prev.c != nil {
		before = prev.c
		if _, c := prev.resolve(); c != nil {
			before = c
		}
	}
	node, child := at.resolve()
	ancestor, first := at.c, at.i == 0
	switch {
	case child == at.c: // empty
		ancestor, first = child.parent, child.index == 0
	case child == nil && node == nil:
		return
	}
	atStart := true
	for ancestor != nil && (before == nil || !before.within(ancestor) || ancestor.flags&ir.CountStartOnly != 0) {
		atStart = atStart && first
		s.visit(ancestor, atStart)
		first = ancestor.index == 0
		ancestor = ancestor.parent
	}
}
