package syntax

import "strings"

// level says where we are reading statements, which decides what ends them.
type level uint8

const (
	levelInner level = iota // a branch of a block in braces
	levelStitch
	levelKnot
	levelTop
)

// statements reads as many as belong to the level.
func (p *parser) statements(lv level) []Node {
	var out []Node
	for {
		if p.errors >= maxDiagnostics && p.trials == 0 {
			p.i = len(p.src) // more of this would be no use to anyone
		}
		p.blankLines()
		p.space()
		if p.eof() || p.breaks(lv) {
			return out
		}
		start := p.i
		out = p.statement(lv, out)
		if p.i == start {
			p.stuck()
		}
	}
}

// breaks says whether what comes next ends the statements of the level.
func (p *parser) breaks(lv level) bool {
	switch p.peek() {
	case '=':
		if p.has("==") {
			return lv <= levelKnot
		}
		return lv <= levelStitch && p.stitchAhead()
	case '-':
		return lv == levelInner && !p.has("->")
	case '}':
		return lv == levelInner
	}
	return false
}

// stuck reports a line of which nothing could be read. One brace too many at the very end does no harm.
func (p *parser) stuck() {
	if strings.TrimSpace(p.rest()) == "}" {
		p.warn(p.i, "unexpected '}' at the end of the file", "no '{' is open here; take the brace out")
		p.i = len(p.src)
		return
	}
	before := p.errors
	p.endLine()
	if p.errors == before {
		p.skipLine()
	}
}

// statement reads one statement, mostly a line, and puts what it says behind out.
func (p *parser) statement(lv level, out []Node) []Node {
	switch p.peek() {
	case '-':
		if !p.has("->") {
			return append(out, p.gather())
		}
		return p.divertLine(out)
	case '<':
		if p.has("<-") {
			return p.divertLine(out)
		}
	case '=':
		if p.has("==") {
			return append(out, p.knot())
		}
		if lv >= levelKnot && p.stitchAhead() {
			return append(out, p.stitch())
		}
	case '*', '+':
		return p.choice(out)
	case '~':
		return p.logicLine(out)
	case 'T', 'L', 'V', 'C', 'E', 'I':
		if out, ok := p.declaration(lv, out); ok {
			return out
		}
	}
	return p.textLine(out)
}

func (p *parser) divertLine(out []Node) []Node {
	out = p.diverts(out)
	p.endLine()
	return out
}
