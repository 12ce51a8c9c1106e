package compile

import (
	"storyteller/internal/ink/ir"
	"storyteller/internal/ink/syntax"
)

// emitConditional builds the branches one after another, each with a divert to its content that is taken if its condition holds, and a
// place behind them all where they meet again:
//
//	ev X /ev  [{->: b, c} b: [CONTENT {->: nop}]]  ...  nop
func (c *compiler) emitConditional(to *ir.Container, n *syntax.Conditional) {
	at := c.pos(n.At)
	if n.X != nil {
		to.AddAt(at, ir.EvalStart)
		c.emitExpr(to, n.X, n)
		to.AddAt(at, ir.EvalEnd)
	}
	c.nested++
	returns := make([]*ir.Divert, len(n.Branches))
	for i, b := range n.Branches {
		returns[i] = c.emitBranch(to, n, b)
	}
	c.nested--
	if n.X != nil && n.Branches[0].Cond != nil && !n.Branches[len(n.Branches)-1].Else {
		to.AddAt(at, ir.Pop) // no case matched, and X is still there
	}
	for _, d := range returns {
		d.To = ir.At(to, len(to.Content))
	}
	to.AddAt(at, ir.Nop)
}

func (c *compiler) emitBranch(to *ir.Container, n *syntax.Conditional, b *syntax.Branch) *ir.Divert {
	at := c.pos(b.At)
	outer, inner := ir.NewContainer(""), ir.NewContainer("b")
	to.AddAt(at, outer)
	if b.Equals && !b.Else {
		outer.AddAt(at, ir.Duplicate) // the other cases need X, too
	}
	if b.Cond != nil && !b.True && !b.Else {
		outer.AddAt(at, ir.EvalStart)
		c.emitExpr(outer, b.Cond, b)
		if b.Equals {
			outer.AddAt(at, ir.Equal)
		}
		outer.AddAt(at, ir.EvalEnd)
	}
	outer.AddAt(at, &ir.Divert{To: ir.To(inner), Conditional: !b.Else})
	if b.Equals {
		inner.AddAt(at, ir.Pop)
	}
	if !n.Inline {
		inner.AddAt(at, ir.Newline)
	}
	if b.HasBody {
		c.checkElse(b)
		c.emitWeave(newWeave(b.Body, ownDepth), inner, true)
	}
	back := &ir.Divert{}
	inner.AddAt(at, back)
	outer.AddNamed(inner)
	return back
}

// emitSequence builds the elements s0, s1 and so on, and in front of them what picks one by the number of visits so far:
//
//	[ev visit N MIN /ev  ev du 0 == /ev {->: s0, c}  ...  nop  s0: [pop CONTENT {->: nop}] ...]
func (c *compiler) emitSequence(to *ir.Container, n *syntax.Sequence) {
	at := c.pos(n.At)
	seq := ir.NewContainer("")
	seq.Flags = ir.CountVisits | ir.CountStartOnly
	to.AddAt(at, seq)
	count := len(n.Elements)
	branches := count
	if n.Kind&syntax.Once != 0 {
		branches++ // an empty one for when all are used up
	}
	seq.AddAt(at, ir.EvalStart, ir.VisitIndex)
	switch {
	case n.Kind&(syntax.Stopping|syntax.Once) != 0:
		seq.AddAt(at, ir.Int(branches-1), ir.Min)
	case n.Kind&syntax.Cycle != 0:
		seq.AddAt(at, ir.Int(count), ir.Mod)
	}
	if n.Kind&syntax.Shuffle != 0 {
		c.emitShuffle(seq, n, at)
	}
	seq.AddAt(at, ir.EvalEnd)
	c.nested++
	returns := make([]*ir.Divert, branches)
	for i := range returns {
		el := ir.NewContainer(numbered("s", i))
		seq.AddAt(at, ir.EvalStart, ir.Duplicate, ir.Int(i), ir.Equal, ir.EvalEnd, &ir.Divert{To: ir.To(el), Conditional: true})
		el.AddAt(at, ir.Pop)
		if i < count && len(n.Elements[i]) > 0 {
			c.emitWeave(newWeave(n.Elements[i], ownDepth), el, true)
		}
		returns[i] = &ir.Divert{}
		el.AddAt(at, returns[i])
		seq.AddNamed(el)
	}
	c.nested--
	for _, d := range returns {
		d.To = ir.At(seq, len(seq.Content))
	}
	seq.AddAt(at, ir.Nop)
}

// emitShuffle replaces the number of visits by a random one. The last element of shuffle stopping, and the empty end of shuffle once,
// are not shuffled.
func (c *compiler) emitShuffle(seq *ir.Container, n *syntax.Sequence, at ir.Pos) {
	count := len(n.Elements)
	last := count
	if n.Kind&syntax.Stopping != 0 {
		count--
		last = count
	}
	if n.Kind&(syntax.Once|syntax.Stopping) == 0 {
		seq.AddAt(at, ir.Int(count), ir.ShuffleIndex)
		return
	}
	skip := &ir.Divert{Conditional: true}
	seq.AddAt(at, ir.Duplicate, ir.Int(last), ir.Equal, skip, ir.Int(count), ir.ShuffleIndex)
	skip.To = ir.At(seq, len(seq.Content))
	seq.AddAt(at, ir.Nop)
}
