package syntax

import "strings"

// textLine reads a line of text with whatever stands in it, and the line's end.
func (p *parser) textLine(out []Node) []Node {
	first, start := len(out), p.i
	out = p.mixed(out)
	if len(out) == first {
		return out
	}
	if t, ok := out[first].(*Text); ok && strings.HasPrefix(t.Text, "return") {
		p.warn(start, "text that begins with 'return'", "write '~ return' to leave a function; begin the line with '<>' if it is text")
	}
	if _, divert := out[len(out)-1].(*Divert); !divert {
		out = trimEnd(out, first)
	}
	out = p.endTag(out)
	if len(out) > first && !isTagStart(out[first]) {
		out = append(out, &Text{p.here(), "\n"})
	}
	p.endLine()
	return out
}

func isTagStart(n Node) bool {
	_, ok := n.(*TagStart)
	return ok
}

// trimEnd takes blanks from the end of the text that out ends with, but touches nothing before out[first].
func trimEnd(out []Node, first int) []Node {
	for len(out) > first {
		t, ok := out[len(out)-1].(*Text)
		if !ok {
			break
		}
		if t.Text = strings.TrimRight(t.Text, " \t"); t.Text != "" {
			break
		}
		out = out[:len(out)-1]
	}
	return out
}

// mixed reads text, logic in braces, glue and tags up to where none of them can go on, and diverts behind them.
func (p *parser) mixed(out []Node) []Node {
	first := len(out)
	if start := p.i; p.space() || p.peek() == '~' {
		if p.peek() == '~' {
			p.fail(p.i, "'~' within a line", "a '~' starts a line of its own; within text, write logic in {braces}")
			p.i++
		} else {
			p.i = start
		}
	}
	for !p.eof() {
		start := p.i
		if t, ok := p.text(); ok {
			out = append(out, t)
		}
		switch p.peek() {
		case '{':
			out = p.inlineLogic(out)
		case '<':
			if p.has("<>") {
				out = append(out, &Glue{p.here()})
				p.i += 2
			}
		case '#':
			out = p.startTag(out)
		}
		if p.i == start {
			break
		}
	}
	if p.inChoice {
		return out
	}
	return p.trailingDiverts(out, first)
}

func (p *parser) trailingDiverts(out []Node, first int) []Node {
	start := p.i
	p.space()
	if !p.has("->") && !p.has("<-") {
		p.i = start
		return out
	}
	if n := len(out); n > first {
		if t, ok := out[n-1].(*Text); ok {
			t.Text = strings.TrimRight(t.Text, " \t") + " "
		}
	}
	return p.diverts(p.endTag(out))
}

// text reads plain text and escapes.
func (p *parser) text() (*Text, bool) {
	place := p.here()
	s := p.plain()
	if p.peek() != '\\' {
		if s == "" {
			return nil, false
		}
		return &Text{place, s}, true
	}
	var b strings.Builder
	b.WriteString(s)
	for p.takeByte('\\') {
		if !p.eof() {
			b.WriteString(p.char())
		}
		b.WriteString(p.plain())
	}
	return &Text{place, b.String()}, true
}

// char goes over one whole character.
func (p *parser) char() string {
	start := p.i
	p.i++
	for p.i < len(p.src) && p.src[p.i]&0xC0 == 0x80 {
		p.i++
	}
	return p.src[start:p.i]
}

// plain reads text up to the next byte that may mean something else.
func (p *parser) plain() string {
	start, stop := p.i, uint8(classStop)
	switch {
	case p.inString:
		stop |= classQuote
	case p.inChoice:
		stop |= classBrack
	}
	i := start
	for i < len(p.src) {
		class := classes[p.src[i]]
		if class&stop != 0 {
			break
		}
		if class&classPause != 0 && i+1 < len(p.src) && pauses(p.src[i:i+2]) {
			break
		}
		i++
	}
	p.i = i
	return p.src[start:i]
}

func pauses(s string) bool { return s == "->" || s == "<-" || s == "<>" }

func (p *parser) startTag(out []Node) []Node {
	if p.inString {
		p.fail(p.i, "tags are not allowed within strings", "write '\\#' for the sign itself")
	}
	out = p.endTag(out)
	out = append(out, &TagStart{p.here()})
	p.i++
	p.inTag = true
	p.space()
	return out
}

// endTag ends the tag that is open, if one is.
func (p *parser) endTag(out []Node) []Node {
	if !p.inTag {
		return out
	}
	p.inTag = false
	return append(out, &TagEnd{p.here()})
}
