package compile

import (
	"strconv"

	"storyteller/internal/ink/ir"
	"storyteller/internal/ink/syntax"
)

func numbered(prefix string, n int) string { return prefix + strconv.Itoa(n) }

// returnVar is the variable that tells a choice's start text where to go on. It cannot collide with an author's.
const returnVar = "$r"

// emitChoicePoint builds a choice and the container that it leads to.
func (c *compiler) emitChoicePoint(g *weaveGen, n *syntax.Choice, index int) {
	if g.prev != nil {
		if _, ok := g.prev.gather(); ok {
			g.drop(g.prev) // it goes on with the choice
		}
	}
	body := ir.NewContainer("")
	if l := c.labels[n]; l != nil {
		body = l.container
	}
	body.Name = numbered("c-", g.choices)
	g.choices++
	c.emitChoice(g.cur, body, n)
	g.cur.AddNamed(body)
	g.seenChoice = true
	g.add(&point{n, g, index, body})
}

// emitChoice builds the choice in to. The start text is needed twice, in the list of choices and once chosen. It stands in a container
// "s", and $r tells it where to go on:
//
//	ev  {^->: $r1} {temp=: $r} str {->: s} [$r1] /str  str ONLY /str  CONDITION /ev  {*: body}  s: [START {->: $r, var}]
//	body: [ev {^->: $r2} /ev {temp=: $r} {->: s} [$r2] INNER]
func (c *compiler) emitChoice(to, body *ir.Container, n *syntax.Choice) {
	at := c.pos(n.At)
	var start *ir.Container
	if n.Start != nil {
		outer := ir.NewContainer("")
		to.AddAt(at, outer)
		to = outer
		start = ir.NewContainer("s")
	}
	point := &ir.ChoicePoint{To: ir.To(body)}
	eval := n.Start != nil || n.Only != nil || n.Cond != nil
	if eval {
		to.AddAt(at, ir.EvalStart)
	}
	if start != nil {
		point.Flags |= ir.HasStartContent
		back := ir.NewContainer("$r1")
		to.AddAt(at, &ir.DivertTarget{To: ir.To(back)}, ir.VarAssign{Name: returnVar, New: true}, ir.BeginString,
			&ir.Divert{To: ir.To(start)}, back, ir.EndString)
		c.emitAll(start, n.Start)
		start.AddAt(at, &ir.Divert{Var: returnVar})
		to.AddNamed(start)
	}
	if n.Only != nil {
		point.Flags |= ir.HasChoiceOnlyContent
		to.AddAt(at, ir.BeginString)
		c.emitAll(to, n.Only)
		to.AddAt(at, ir.EndString)
	}
	if n.Cond != nil {
		point.Flags |= ir.HasCondition
		c.emitExpr(to, n.Cond, n)
	}
	if eval {
		to.AddAt(at, ir.EvalEnd)
	}
	if n.Fallback {
		point.Flags |= ir.InvisibleDefault
	}
	if !n.Sticky {
		point.Flags |= ir.OnceOnly
		body.Flags |= ir.CountVisits | ir.CountStartOnly
	}
	to.AddAt(at, point)
	if start != nil {
		back := ir.NewContainer("$r2")
		body.AddAt(at, ir.EvalStart, &ir.DivertTarget{To: ir.To(back)}, ir.EvalEnd, ir.VarAssign{Name: returnVar, New: true},
			&ir.Divert{To: ir.To(start)}, back)
	}
	c.emitAll(body, n.Inner)
}
