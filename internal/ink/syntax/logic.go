package syntax

import "strings"

// What stands in braces may be an expression {x}, a condition {x: a|b}, alternatives {a|b} or a block of lines, and only {!&~$ and a
// few words say at once which. So the expression is tried first: if it reaches to the ':' or the '}', that is what it was. If not, the
// braces hold alternatives if there is a '|' between them. A trial goes once over one line at most, but texts in it can hold braces
// with trials of their own, so results of those are remembered: each brace is read twice at most.

// trialKey is all that reading a brace depends on.
type trialKey struct {
	i                         int
	inString, inChoice, inTag bool
}

// trialResult is what reading a brace gave.
type trialResult struct {
	nodes  []Node
	after  mark
	failed bool
}

// inlineLogic reads {...} and puts what it says behind out.
func (p *parser) inlineLogic(out []Node) []Node {
	if p.trials == 0 && p.tried == nil {
		return append(out, p.braces()...)
	}
	key := trialKey{p.i, p.inString, p.inChoice, p.inTag}
	if r, ok := p.tried[key]; ok && (p.trials > 0 || !r.failed) {
		p.i, p.inString, p.inTag = r.after.i, r.after.inString, r.after.inTag
		if r.failed {
			p.errors++
		}
		return append(out, r.nodes...)
	}
	before := p.errors
	nodes := p.braces()
	if p.trials == 0 {
		return append(out, nodes...) // nobody will ask again
	}
	if p.tried == nil {
		p.tried = make(map[trialKey]trialResult)
	}
	p.tried[key] = trialResult{nodes, p.mark(), p.errors > before}
	return append(out, nodes...)
}

func (p *parser) braces() []Node {
	open := p.i
	defer p.leave()
	if !p.enter() {
		p.skipBraces(open)
		return nil
	}
	inString, inTag, before := p.inString, p.inTag, p.errors
	p.i++
	p.space()
	var nodes []Node
	if n := p.logic(p.at(open)); n != nil {
		nodes = append(nodes, n)
	}
	p.space()
	p.inString = inString
	if !p.takeByte('}') {
		p.unclosed(open, before)
	}
	if !inTag {
		nodes = p.endTag(nodes)
	}
	return nodes
}

// unclosed says why the brace opened at open does not close here, unless that follows from an error within, and goes behind it.
func (p *parser) unclosed(open, errorsBefore int) {
	if p.errors == errorsBefore {
		switch {
		case p.divertInChoice(), p.cutOff(p.at(open)):
		case p.peek() == '\n' || p.peek() == '=':
			p.neverClosed(open)
		default:
			p.failf(p.i, "write '\\{' to print a brace", "expected a closing '}', but saw %s", p.saw())
		}
	}
	p.skipBraces(open)
}

// cutOff reports the brace at place as never closed if the file or knot is at its end.
func (p *parser) cutOff(place Place) bool {
	if !p.eof() && !p.has("==") {
		return false
	}
	p.neverClosed(int(place.At - p.base))
	return true
}

func (p *parser) neverClosed(open int) {
	hint := "write '\\{' to print the brace"
	if line, _, more := strings.Cut(p.src[open+1:], "\n"); more && strings.TrimRight(line, " \t") == "" || strings.HasSuffix(strings.TrimRight(line, " \t"), ":") {
		hint = "end the block with a '}' on a line of its own"
	}
	p.fail(open, "'{' is never closed", hint)
}

// divertInChoice refuses a divert that belongs to a part of a choice's text only: the text is shown before there is anywhere to go.
func (p *parser) divertInChoice() bool {
	if !p.inChoice || !p.has("->") && !p.has("<-") {
		return false
	}
	p.fail(p.i, "a divert within the text of a choice", "put the logic with the divert on the next line, below the choice")
	return true
}

// skipBraces goes behind the brace that closes the one at open. If none does before the next knot it goes to the end of the line, or
// stays before a line that has not been begun.
func (p *parser) skipBraces(open int) {
	at := max(p.i, open)
	if end := p.closing(open, at); end >= 0 {
		p.i = end
		return
	}
	p.i = at
	if begin := strings.LastIndexByte(p.src[:at], '\n'); begin > open && strings.TrimLeft(p.src[begin:at], " \t\n") == "" {
		p.i = begin
	} else if n := strings.IndexByte(p.rest(), '\n'); n >= 0 {
		p.i += n
	} else {
		p.i = len(p.src)
	}
}

// closes says whether the brace at open is closed before the next knot.
func (p *parser) closes(open int) bool { return p.closing(open, open) >= 0 }

// closing is the offset behind the brace that closes the one at open, if that is not before from; -1 if none does before the next knot.
func (p *parser) closing(open, from int) int {
	depth, lineStart := 0, false
	for i := open; i < len(p.src); i++ {
		switch c := p.src[i]; c {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			depth--
			if depth == 0 && i >= from {
				return i + 1
			}
		case '\n':
			lineStart = true
			continue
		case '=':
			if lineStart && strings.HasPrefix(p.src[i:], "==") {
				return -1
			}
		case ' ', '\t':
			continue
		}
		lineStart = false
	}
	return -1
}

// logic reads what is between the braces; nil if an error was reported.
func (p *parser) logic(place Place) Node {
	if kind, ok := p.sequenceKind(); ok {
		return p.sequence(place, kind)
	}
	if p.newline() {
		return p.conditionalBlock(place, nil)
	}
	m := p.mark()
	p.trials++
	x := p.expression(0)
	p.trials--
	failed := p.errors > m.errors
	if x != nil && !failed {
		if p.takeByte(':') {
			p.noStep(x)
			return p.conditional(place, x)
		}
		if p.peek() == '}' && firstBar(p.src[m.i:p.i]) < 0 {
			p.noStep(x)
			return &Output{place, x}
		}
	}
	cut := x != nil && !failed && p.atLineEnd()
	p.reset(m)
	bar, colon := firstBar(p.rest()), firstColon(p.rest())
	if bar >= 0 && (!failed || colon < 0 || colon > bar) {
		return p.sequence(place, Stopping)
	}
	if failed {
		p.expression(0) // once more, to report what is wrong
		return nil
	}
	if cut {
		p.neverClosed(int(place.At - p.base))
		return nil
	}
	p.failf(p.i, "braces hold an expression {x}, a condition {x: a|b} or alternatives {a|b}", "expected logic within the braces, but saw %s", p.saw())
	return nil
}

func firstBar(s string) int   { return firstOutside(s, '|') }
func firstColon(s string) int { return firstOutside(s, ':') }

// firstOutside is where c stands first in s, before the line's end and outside of inner braces; -1 if nowhere.
func firstOutside(s string, c byte) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b == '\\':
			i++
		case b == '{':
			depth++
		case b == '}':
			if depth--; depth < 0 {
				return -1
			}
		case depth == 0 && b == '\n':
			return -1
		case depth == 0 && b == c:
			return i
		}
	}
	return -1
}

// logicLine reads ~ return, ~ temp x = 5, ~ x = 5, ~ x++ or ~ f().
func (p *parser) logicLine(out []Node) []Node {
	p.i++
	p.space()
	n := p.logicStatement()
	if n == nil {
		p.skipLine()
		return out
	}
	out = append(out, n)
	if containsCall(n) {
		// The function may print something, and that should stand on a line of its own.
		out = append(out, &Text{p.here(), "\n"})
	}
	p.endLine()
	return out
}

func (p *parser) logicStatement() Node {
	start, place := p.i, p.here()
	switch p.word() {
	case "return":
		p.name()
		p.space()
		r := &Return{Place: place}
		if !p.atLineEnd() && p.peek() != '}' {
			r.X = p.needExpr("the value to return")
			p.noStep(r.X)
		}
		return r
	case "temp":
		p.name()
		p.space()
		id, ok := p.name()
		if !ok {
			p.failf(p.i, "", "expected the name of the variable, but saw %s", p.saw())
			return nil
		}
		p.space()
		return p.assignment(place, id, true)
	}
	if id, ok := p.name(); ok {
		p.space()
		if n := p.assignment(place, id, false); n != nil {
			return n
		}
		p.i = start
	}
	x := p.needExpr("something to do after '~'")
	switch x := x.(type) {
	case nil:
		return nil
	case *Step:
		return &Eval{place, x}
	case *Call:
		p.noStep(x)
		return &Eval{place, x}
	}
	p.fail(start, "a '~' line must do something", "it can set a variable (~ x = 5, ~ x++), declare one (~ temp x = 5), call a function (~ f()) or return; write {x} to print a value")
	return nil
}

// assignment reads = x, += x or -= x behind a name; nil, and nothing read, if this is no assignment.
func (p *parser) assignment(place Place, id Ident, temp bool) Node {
	start := p.i
	var step byte
	if c := p.peek(); c == '+' || c == '-' {
		step = c
		p.i++
	}
	if !p.takeByte('=') {
		p.i = start
		if temp {
			p.failf(p.i, "write it like: ~ temp "+id.Name+" = 0", "expected '=' and a value for '%s', but saw %s", id.Name, p.saw())
			return &Assign{Place: place, Name: id, Temp: true}
		}
		return nil
	}
	x := p.needExpr("the value to assign")
	p.noStep(x)
	switch {
	case step == 0:
		return &Assign{place, id, x, temp}
	case temp:
		p.failf(start, "write it like: ~ temp "+id.Name+" = 0", "'%s' is new here, so nothing can be added to it", id.Name)
	}
	return &Eval{place, &Step{exprPlace{place}, id, step == '-', x}}
}

// noStep refuses x++ and the like anywhere but on a '~' line of its own.
func (p *parser) noStep(x Expr) {
	if !p.stepped || x == nil {
		return
	}
	Walk(x, func(n Node) bool {
		if s, ok := n.(*Step); ok {
			p.fail(int(s.At-p.base), "a variable can be counted up or down only on a '~' line of its own", "write '~ "+s.Name.Name+"++' on the line before")
		}
		return true
	})
}
