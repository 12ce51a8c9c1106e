package syntax

import (
	"strconv"
	"strings"
)

// conditional reads what follows the ':' of a condition.
func (p *parser) conditional(place Place, x Expr) Node {
	if p.newline() {
		return p.conditionalBlock(place, x)
	}
	c := &Conditional{Place: place, X: x, Inline: true}
	at := p.here()
	yes := p.mixed(nil)
	if yes == nil && p.divertInChoice() {
		return nil
	}
	if yes == nil {
		p.failf(p.i, "write {not x: text} for text that is shown when x does not hold", "expected text after the condition, but saw %s", p.saw())
		return nil
	}
	c.Branches = append(c.Branches, &Branch{Place: at, True: true, HasBody: true, Body: yes})
	if p.takeByte('|') {
		at = p.here()
		if no := p.mixed(nil); no != nil {
			c.Branches = append(c.Branches, &Branch{Place: at, Else: true, HasBody: true, Body: no})
		}
		if p.peek() == '|' {
			p.fail(p.i, "a condition has one or two alternatives", "{x: shown if x holds|shown if not}; use a block with '- value:' lines for more")
			return nil
		}
	}
	return c
}

// conditionalBlock reads branches over several lines. Without x, each has a condition of its own.
func (p *parser) conditionalBlock(place Place, x Expr) Node {
	c := &Conditional{Place: place, X: x}
	p.blankLines()
	p.space()
	for p.atDash() {
		c.Branches = append(c.Branches, p.branch())
	}
	switch {
	case len(c.Branches) > 0:
		if x != nil && len(c.Branches) == 1 && c.Branches[0].Else {
			c.Branches = []*Branch{{Place: place, True: true}, c.Branches[0]}
		}
	case p.cutOff(place):
		return nil
	case x == nil:
		p.failf(p.i, "lines of a block begin with '- condition:'; a sequence begins with its kind, like {stopping:",
			"expected a '-' for the first line of the block, but saw %s", p.saw())
		return nil
	default:
		c.Branches = p.soleBranch(int(place.At - p.base))
		if c.Branches == nil {
			if p.gatherRead(int(place.At - p.base)) {
				return nil
			}
			p.failf(p.i, "", "expected lines to show when the condition holds, but saw %s", p.saw())
			return nil
		}
	}
	if x == nil {
		p.checkConditions(c.Branches)
	} else {
		p.checkCases(c.Branches)
	}
	return c
}

func (p *parser) atDash() bool { return p.peek() == '-' && !p.has("->") }

// soleBranch reads lines without dashes, and possibly - else: behind them. It stops before a dash that the block only seems to have,
// because the brace at open is never closed.
func (p *parser) soleBranch(open int) []*Branch {
	at := p.here()
	body := p.innerStatements()
	if body == nil || p.atGather(open) {
		return nil
	}
	branches := []*Branch{{Place: at, HasBody: true, Body: body}}
	if p.atDash() {
		b := p.branch()
		if !b.Else {
			p.fail(int(b.At-p.base), "expected '- else:' here, not another condition", "begin the lines before it with '-', too, to choose between several conditions")
			b.Else, b.Cond = true, nil
		}
		branches = append(branches, b)
	}
	return branches
}

// atGather says whether the dash we are at belongs to a gather behind the block opened at open, not to a branch of it.
func (p *parser) atGather(open int) bool {
	if !p.atDash() || p.closes(open) {
		return false
	}
	start := p.i
	p.i++
	p.space()
	isElse := p.elseAhead(&Branch{})
	p.i = start
	return !isElse
}

// gatherRead reports the brace at open as never closed if a gather behind the block was about to be read as a branch of it.
func (p *parser) gatherRead(open int) bool {
	if !p.atGather(open) {
		return false
	}
	line := 1 + strings.Count(p.src[:p.i], "\n")
	p.fail(open, "'{' is never closed", "end the block with a '}' on a line of its own; the '-' in line "+strconv.Itoa(line)+" is read as a branch of it")
	return true
}

func (p *parser) branch() *Branch {
	b := &Branch{Place: p.here()}
	p.i++
	p.space()
	if !p.elseAhead(b) {
		p.branchCondition(b)
	}
	b.Body = p.innerStatements()
	b.HasBody = b.Body != nil
	if b.Cond == nil && !b.HasBody {
		p.fail(int(b.At-p.base), "expected content for the branch after '-'", "leave the branch out if nothing is to happen")
	}
	return b
}

func (p *parser) elseAhead(b *Branch) bool {
	start := p.i
	if p.take("else") {
		p.space()
		if p.takeByte(':') {
			b.Else = true
			return true
		}
	}
	p.i = start
	return false
}

// branchCondition reads "x:". What is not that is left as content of the branch.
func (p *parser) branchCondition(b *Branch) {
	m := p.mark()
	p.trials++
	x := p.expression(0)
	p.trials--
	failed := p.errors > m.errors
	if x != nil && !failed && p.takeByte(':') {
		p.noStep(x)
		b.Cond = x
		return
	}
	p.reset(m)
	if failed && firstColon(p.rest()) >= 0 {
		p.expression(0) // once more, to report what is wrong
		p.skipLine()
	}
}

// innerStatements reads the lines of one branch, which dashes or the closing brace end.
func (p *parser) innerStatements() []Node {
	p.space()
	if p.atDash() {
		p.fail(p.i, "a gather within braces", "lines of a block begin with one dash only; end the block before the gather")
		p.dashes()
	}
	return p.statements(levelInner)
}

// checkCases marks the branches of {x: ...}: either cases to compare with x, or what happens when x holds and when not.
func (p *parser) checkCases(branches []*Branch) {
	cases := false
	for i, b := range branches {
		last := i == len(branches)-1
		switch {
		case b.Cond != nil:
			b.Equals, cases = true, true
		case cases && last:
			b.Equals, b.Else = true, true
		case b.Else && !last:
			p.elseNotLast(b, branches)
		case !last && len(branches) > 2:
			p.noCondition(b)
		case i == 0:
			b.True = true
		default:
			b.Else = true
		}
	}
}

// checkConditions marks the branches of a block in which each has its own condition.
func (p *parser) checkConditions(branches []*Branch) {
	for i, b := range branches {
		switch {
		case b.Cond != nil:
		case i == len(branches)-1:
			if i == 0 {
				p.fail(int(b.At-p.base), "a block of conditions without a condition", "write '- x:' before the first line, or {stopping: before the block for a sequence")
			}
			b.Else = true
		case b.Else:
			p.elseNotLast(b, branches)
		default:
			p.noCondition(b)
		}
	}
}

func (p *parser) elseNotLast(b *Branch, branches []*Branch) {
	if last := branches[len(branches)-1]; last.Else {
		p.fail(int(last.At-p.base), "more than one '- else:'", "only the last branch can be an else")
		return
	}
	p.fail(int(b.At-p.base), "'- else:' is not the last branch", "move it to the end of the block")
}

func (p *parser) noCondition(b *Branch) {
	p.fail(int(b.At-p.base), "a branch without a condition", "is a ':' missing? Only the last branch can do without")
}
