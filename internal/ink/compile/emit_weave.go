package compile

import (
	"storyteller/internal/ink/ir"
	"storyteller/internal/ink/syntax"
)

// weaveGen is a weave while it is being emitted. A loose end is a choice or gather whose content does not lead on by itself; the next
// gather of the same or a lesser depth takes it up.
type weaveGen struct {
	w      *weave
	outer  *weaveGen
	sealed bool // a branch of a Conditional or an element of a Sequence lies between this and outer

	root, cur  *ir.Container // where the weave starts, and where its latest gather put content
	loose      []*point
	prev       *point
	intoPrev   bool // content goes to prev, a choice
	seenChoice bool // since the latest gather
	run        int  // of gathers without choices between them
	gathers    int  // without a name, so far
	choices    int
}

// maxGatherRun bounds gathers that follow each other without a choice: each lies within the one before it, and trees have bounded depth.
const maxGatherRun = 500

// point is a choice or gather as a loose end.
type point struct {
	node  syntax.Node
	gen   *weaveGen
	index int // among the items of gen.w
	body  *ir.Container
}

func (p *point) gather() (*syntax.Gather, bool) {
	g, ok := p.node.(*syntax.Gather)
	return g, ok
}

// emitWeave builds w in to, or in a container of its own within to if it needs one.
func (c *compiler) emitWeave(w *weave, to *ir.Container, sealed bool) *weaveGen {
	root := to
	if !sealed && w.hasPoints() {
		root = ir.NewContainer("")
		to.AddAt(c.pos(w.At), root)
	}
	g := &weaveGen{w: w, outer: c.weave, sealed: sealed, root: root, cur: root}
	c.weave = g
	for i, n := range w.items {
		switch n := n.(type) {
		case *syntax.Gather:
			c.emitGather(g, n, i)
		case *syntax.Choice:
			c.emitChoicePoint(g, n, i)
		case *weave:
			c.emitWeave(n, g.target(), false)
			if g.prev != nil {
				// It goes on with what is deeper, so that it is no loose end.
				g.drop(g.prev)
				g.intoPrev = false
			}
		default:
			c.emitNode(g.target(), n)
		}
	}
	g.passOn()
	c.weave = g.outer
	if c.nested > 0 && len(g.loose) > 0 {
		c.checkNestedEnds(g)
	}
	return g
}

// target is where plain content goes.
func (g *weaveGen) target() *ir.Container {
	if g.intoPrev {
		return g.prev.body
	}
	return g.cur
}

func (g *weaveGen) drop(p *point) {
	for i, l := range g.loose {
		if l == p {
			g.loose = append(g.loose[:i], g.loose[i+1:]...)
			return
		}
	}
}

func (g *weaveGen) add(p *point) {
	g.loose = append(g.loose, p)
	g.prev = p
	_, gather := p.gather()
	g.intoPrev = !gather
}

func (c *compiler) emitGather(g *weaveGen, n *syntax.Gather, index int) {
	var body *ir.Container
	if l := c.labels[n]; l != nil {
		body = l.container
		body.Name = l.name.Name
	} else {
		body = ir.NewContainer(numbered("g-", g.gathers))
		g.gathers++
	}
	if g.seenChoice {
		g.root.AddNamed(body) // only choices and diverts lead here
		g.run = 0
	} else {
		if g.run++; g.run > maxGatherRun {
			c.fail(n.At, "take the dashes away where no choices are to be gathered, or begin a new stitch", "more than %d gathers in a row", maxGatherRun)
			return
		}
		g.cur.AddAt(c.pos(n.At), body)
	}
	g.seenChoice = false
	for _, p := range g.loose {
		if other, ok := p.gather(); ok && other.Depth == n.Depth {
			continue // it flows on by itself, as this one is in its content
		}
		p.body.AddAt(c.pos(p.node.Pos()), &ir.Divert{To: ir.To(body)})
	}
	g.loose = g.loose[:0]
	g.cur = body
	g.add(&point{n, g, index, body})
}

// passOn gives loose ends to the weave around. Out of a Conditional or Sequence only gathers are passed: where a choice in one should
// lead is not clear, so that its author has to say.
func (g *weaveGen) passOn() {
	if len(g.loose) == 0 {
		return
	}
	var inner, outer *weaveGen
	nested := false
	for w := g; w.outer != nil; w = w.outer {
		nested = nested || w.sealed
		if !nested && inner == nil {
			inner = w.outer
		}
		if nested && outer == nil {
			outer = w.outer
		}
	}
	var keep []*point
	for i := len(g.loose) - 1; i >= 0; i-- {
		p := g.loose[i]
		_, gather := p.gather()
		switch {
		case inner != nil:
			inner.loose = append(inner.loose, p)
		case outer != nil && gather:
			outer.loose = append(outer.loose, p)
		default:
			keep = append(keep, p)
		}
	}
	for i, j := 0, len(keep)-1; i < j; i, j = i+1, j-1 {
		keep[i], keep[j] = keep[j], keep[i]
	}
	g.loose = keep
}
