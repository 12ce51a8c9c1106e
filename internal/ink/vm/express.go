package vm

import "storyteller/internal/ink/ir"

// express runs elements that only compute, as long as one follows the other in
// the same container: most of a story's steps are of this kind, and none of them
// can end a line, leave the frame or need more of step than this.
func (s *Story) express() {
	f := s.frame
	c, i := f.at.c, f.at.i
	if c == nil || i < 0 {
		return
	}
	from := i
	for int(i)+1 < len(c.nodes) && s.steps < MaxSteps && s.err == nil {
		f.at.i = i
		if !s.simple(f, &c.nodes[i]) {
			break
		}
		s.steps++
		i++
	}
	if i == from {
		return
	}
	s.thread().prev = pointer{c, i - 1}
	if s.err == nil {
		f.at.i = i
	} else {
		f.at.i = i - 1
	}
}

// simple runs a node if it is of the kind that express is for.
func (s *Story) simple(f *frame, n *node) bool {
	switch n.op {
	case opCommand:
		switch ir.Command(n.x) {
		case ir.EvalStart:
			f.eval = true
		case ir.EvalEnd:
			f.eval = false
		case ir.Nop:
		case ir.Duplicate:
			if len(s.stack) == 0 {
				return false
			}
			s.pushValue(s.stack[len(s.stack)-1])
		default:
			return false
		}
	case opValue:
		if f.eval {
			s.pushValue(s.p.values[n.a])
		}
	case opGlobal, opTemp, opReadCount:
		s.pushValue(s.variable(n))
	case opUnary, opBinary:
		return s.operateInts(n)
	case opGoto:
		// A condition that does not hold: on to the next one.
		top := len(s.stack) - 1
		if !n.cond || top < 0 || s.stack[top].a != 0 || s.stack[top].kind != Bool && s.stack[top].kind != Int {
			return false
		}
		s.stack = s.stack[:top]
	default:
		return false
	}
	return true
}
