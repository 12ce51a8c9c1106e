package vm

import (
	"math"
	"strings"

	"storyteller/internal/ink/ir"
)

// command does what a control command says.
func (s *Story) command(n *node) {
	switch cmd := ir.Command(n.x); cmd {
	case ir.EvalStart:
		s.frame.eval = true
	case ir.EvalEnd:
		s.frame.eval = false
	case ir.EvalOutput:
		s.evalOutput()
	case ir.Duplicate:
		if v := s.popValue(); s.err == nil {
			s.pushValue(v)
			s.pushValue(v)
		}
	case ir.Pop:
		s.popValue()
	case ir.ReturnFunction:
		s.leave(frameFunction)
	case ir.ReturnTunnel:
		s.leaveTunnel()
	case ir.BeginString:
		s.put(pieceString, "")
		s.frame.eval = false
	case ir.EndString:
		s.endString()
	case ir.BeginTag:
		s.put(pieceBeginTag, "")
	case ir.EndTag:
		s.endTag()
	case ir.ChoiceCount:
		s.pushValue(MakeInt(int32(len(s.choices))))
	case ir.Turns:
		s.pushValue(MakeInt(s.turn + 1))
	case ir.VisitIndex:
		s.pushValue(MakeInt(s.visitsOf(s.frame.at.c) - 1))
	case ir.TurnsSince, ir.ReadCountOf:
		s.countOf(cmd)
	case ir.Done:
		if len(s.threads) > 1 {
			s.popThread()
		} else {
			s.ended = true
			s.frame.at = pointer{}
		}
	case ir.End:
		s.end()
	default:
		s.chance(cmd)
	}
}

// chance does the commands on random numbers and those that make lists.
func (s *Story) chance(cmd ir.Command) {
	switch cmd {
	case ir.Random:
		s.random()
	case ir.SeedRandom:
		seed := s.popValue()
		if seed.kind != Int {
			s.fail("SEED_RANDOM needs a whole number, not %s", s.describe(seed))
			return
		}
		s.seed, s.last = seed.a, 0
		s.pushValue(MakeVoid())
	case ir.ShuffleIndex:
		s.shuffle()
	case ir.ListFromInt:
		s.listFromInt()
	case ir.ListRange:
		s.listRange()
	case ir.ListRandom:
		s.listRandom()
	}
}

// evalOutput writes a value. An expression may have none: then nothing is shown.
func (s *Story) evalOutput() {
	if len(s.stack) == 0 {
		return
	}
	v := s.popValue()
	s.charge(v)
	if v.kind > Void {
		s.writeString(s.p.text(v))
	}
}

// end ends the story.
func (s *Story) end() {
	s.dropChoices()
	s.resetStack(nil)
	s.ended = true
}

// leaveTunnel returns from a tunnel, by ->-> or, with a target, to that.
func (s *Story) leaveTunnel() {
	v := s.popValue()
	if v.kind != Void && v.kind != Target {
		s.fail("->-> can be followed by a divert target, not by %s", s.describe(v))
		return
	}
	if s.leave(frameTunnel) && v.kind == Target {
		s.divert = pointer{s.p.containers[v.a], v.b}
	}
}

// leave returns to the caller, if the story was called in the way it returns.
func (s *Story) leave(kind frameKind) bool {
	if s.canPopKind(kind) {
		s.pop()
		return true
	}
	names := [...]string{frameTunnel: "tunnel onwards statement (->->)", frameFunction: "function return statement (~ return)"}
	expected := names[s.frame.kind]
	if !s.canPop() {
		expected = "end of flow (-> END or choice)"
	}
	s.fail("found %s, when expected %s", names[kind], expected)
	return false
}

// endString takes the output since the string began and pushes it.
func (s *Story) endString() {
	from := -1
	for i := len(s.out.items) - 1; i >= 0; i-- {
		if s.out.items[i].kind == pieceString {
			from = i
			break
		}
	}
	if from < 0 {
		s.fail("a string ends that did not begin")
		return
	}
	text, err := joined(s.out.items[from:])
	var tags []string // of the old kind: they stay
	for _, it := range s.out.items[from:] {
		if it.kind == pieceTag {
			tags = append(tags, it.s)
		}
	}
	s.out.truncate(from)
	for _, t := range tags {
		s.put(pieceTag, t)
	}
	s.frame.eval = true
	if err {
		s.fail("a string is longer than %d bytes", MaxString)
		return
	}
	s.steps += len(text) / 64
	s.pushValue(MakeString(text))
	s.grew(len(text))
}

// joined returns the text in pieces and whether it is too long.
func joined(pieces []piece) (text string, tooLong bool) {
	n, only := 0, 0
	for i := range pieces {
		if pieces[i].isText() {
			n += len(pieces[i].s)
			if pieces[i].s != "" {
				only = i
			}
		}
	}
	switch {
	case n > MaxString:
		return "", true
	case n == 0:
		return "", false
	case n == len(pieces[only].s):
		return pieces[only].s, false
	}
	var b strings.Builder
	b.Grow(n)
	for i := range pieces {
		if pieces[i].isText() {
			b.WriteString(pieces[i].s)
		}
	}
	return b.String(), false
}

// endTag ends a tag. In the text of a choice it goes to the stack, where the
// choice will find it; elsewhere it stays in the output.
func (s *Story) endTag() {
	if s.out.strings == 0 {
		s.put(pieceEndTag, "")
		return
	}
	for i := len(s.out.items) - 1; i >= 0; i-- {
		if !s.out.items[i].isCommand() {
			continue
		}
		if s.out.items[i].kind != pieceBeginTag {
			break
		}
		text, _ := joined(s.out.items[i:])
		s.out.truncate(i)
		s.pushValue(Value{kind: tag, str: clean(text)})
		return
	}
	s.fail("a tag ends that did not begin")
}

// visitsOf returns how often a container was visited.
func (s *Story) visitsOf(c *container) int32 {
	if c.slot < 0 || c.flags&ir.CountVisits == 0 {
		s.fail("the visits of %s are not counted", s.p.path(pointer{c, -1}))
		return 0
	}
	return s.visits.get(c.slot).visits
}

// countOf does TURNS_SINCE and READ_COUNT.
func (s *Story) countOf(cmd ir.Command) {
	v := s.popValue()
	if v.kind != Target {
		note := ""
		if v.kind == Int {
			note = ". Did you pass a read count (knot) instead of a target (-> knot)?"
		}
		s.fail("TURNS_SINCE and READ_COUNT need a divert target, not %s%s", s.describe(v), note)
		return
	}
	_, c := pointer{s.p.containers[v.a], v.b}.resolve()
	switch {
	case c == nil && cmd == ir.TurnsSince:
		s.warn("no container at %s to count turns since", s.p.ref(v).Path())
		s.pushValue(MakeInt(-1))
	case c == nil:
		s.warn("no container at %s to count visits of", s.p.ref(v).Path())
		s.pushValue(MakeInt(0))
	case cmd == ir.ReadCountOf:
		s.pushValue(MakeInt(s.visitsOf(c)))
	case c.slot < 0 || c.flags&ir.CountTurns == 0:
		s.fail("the turns since %s are not counted", s.p.path(pointer{c, -1}))
	default:
		turns := int32(-1)
		if n := s.visits.get(c.slot); n.turn != never {
			turns = s.turn - n.turn
		}
		s.pushValue(MakeInt(turns))
	}
}

// random does RANDOM(min, max).
func (s *Story) random() {
	high, low := s.popValue(), s.popValue()
	if high.kind != Int || low.kind != Int {
		s.fail("RANDOM needs two whole numbers, not %s and %s", s.describe(low), s.describe(high))
		return
	}
	size := int64(high.a) - int64(low.a) + 1
	if size <= 0 || size > math.MaxInt32 {
		s.fail("RANDOM was called with minimum %d and maximum %d: the maximum must be larger, and not by more than %d", low.a, high.a, math.MaxInt32-1)
		return
	}
	s.pushValue(MakeInt(s.draw()%int32(size) + low.a))
}

// draw returns the next random number. Only it and the seed are state, so each
// is drawn from a generator of its own.
func (s *Story) draw() int32 {
	r := newRandom(s.seed + s.last)
	s.last = r.next()
	return s.last
}

// shuffle picks the element of a shuffled sequence. The order of one round
// through the elements depends on the seed, the place and the round.
func (s *Story) shuffle() {
	elements, visits := s.popValue(), s.popValue()
	if elements.kind != Int || visits.kind != Int || elements.a <= 0 || visits.a < 0 {
		s.fail("a shuffle needs the number of its elements")
		return
	}
	if elements.a > MaxStack {
		s.fail("a shuffle has more than %d elements", MaxStack)
		return
	}
	round, turn := visits.a/elements.a, visits.a%elements.a
	r := newRandom(s.frame.at.c.hash + round + s.seed)
	left := make([]int32, elements.a)
	for i := range left {
		left[i] = int32(i)
	}
	s.steps += len(left)/4 + len(left)*int(turn)/64
	for ; ; turn-- {
		i := r.next() % int32(len(left))
		if turn == 0 {
			s.pushValue(MakeInt(left[i]))
			return
		}
		left = append(left[:i], left[i+1:]...)
	}
}

func (s *Story) listFromInt() {
	n, name := s.popValue(), s.popValue()
	if n.kind != Int || name.kind != String {
		s.fail("a list item is made from a whole number, not from %s", s.describe(n))
		return
	}
	def, ok := s.p.listNamed(name.str)
	if !ok {
		s.fail("there is no LIST called %s", name.str)
		return
	}
	s.steps += int(s.p.lists[def].end-s.p.lists[def].start) / 64
	l := emptyList
	if item, ok := s.p.itemOfValue(def, n.a); ok {
		l = &List{items: []int32{item}}
	}
	s.pushValue(makeList(l))
}

func (s *Story) listRange() {
	high, low, l := s.popValue(), s.popValue(), s.popValue()
	if l.kind != ListVal || low.kind <= Void || high.kind <= Void {
		s.fail("LIST_RANGE needs a list, a minimum and a maximum")
		return
	}
	s.charge(l)
	s.pushValue(makeList(s.p.subRange(l.list, low, high)))
}

func (s *Story) listRandom() {
	l := s.popValue()
	if l.kind != ListVal {
		s.fail("LIST_RANDOM needs a list, not %s", s.describe(l))
		return
	}
	picked := emptyList
	if n := len(l.list.items); n > 0 {
		picked = &List{items: []int32{l.list.items[s.draw()%int32(n)]}}
	}
	s.pushValue(makeList(picked))
}
