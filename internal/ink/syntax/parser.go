package syntax

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	// maxNesting bounds braces within braces and parentheses within parentheses, because each costs a part of the call stack.
	maxNesting = 100
	// maxOperators bounds the operators in a row, as the tree of an expression is as deep as it has of them.
	maxOperators = 1000
	// maxDiagnostics bounds what is said of one file: nobody reads more, and a binary file fed by mistake would give one a line.
	maxDiagnostics = 200
	// maxQuote is how many characters of the author's text a message repeats.
	maxQuote = 40
)

// Parse reads one file of set. The tree is whole even if there are errors, as far as the text could be understood. Tainted names are
// those on lines with errors: they may be declared there, so that nobody should complain that they are not.
func Parse(src *Source) (file *File, diagnostics []Diagnostic, tainted []string) {
	p := &parser{src: src.text, base: src.base, errLine: -1}
	body := p.statements(levelTop)
	return &File{Source: src, Body: body}, p.diags, p.tainted
}

// parser reads by recursive descent straight from the bytes. Where the language needs a look ahead without bound (is {a b} text or an
// expression?), it tries the expression and goes back to a mark; see logic.go for why that stays linear.
type parser struct {
	src  string
	base Pos
	i    int // where we are

	inString bool // within "..."
	inChoice bool // within the text of a choice, where square brackets mean something and diverts wait for the end
	inTag    bool // a tag has begun and not ended

	depth   int  // of braces and parentheses
	trials  int  // of expressions that may turn out not to be one
	stepped bool // x++ was seen somewhere
	errors  int  // so far, told or not
	errLine int  // where the line of the latest error starts: one is enough for a line
	diags   []Diagnostic
	tainted []string
	tried   map[trialKey]trialResult
}

// mark is a state to go back to.
type mark struct {
	i, errors, errLine        int
	diags, tainted            int
	inString, inChoice, inTag bool
}

func (p *parser) mark() mark {
	return mark{p.i, p.errors, p.errLine, len(p.diags), len(p.tainted), p.inString, p.inChoice, p.inTag}
}

func (p *parser) reset(m mark) {
	p.i, p.errors, p.errLine = m.i, m.errors, m.errLine
	p.diags, p.tainted = p.diags[:m.diags], p.tainted[:m.tainted]
	p.inString, p.inChoice, p.inTag = m.inString, m.inChoice, m.inTag
}

func (p *parser) pos(i int) Pos   { return p.base + Pos(i) }
func (p *parser) here() Place     { return Place{p.pos(p.i)} }
func (p *parser) at(i int) Place  { return Place{p.pos(i)} }
func (p *parser) eof() bool       { return p.i >= len(p.src) }
func (p *parser) rest() string    { return p.src[p.i:] }
func (p *parser) expr() exprPlace { return exprPlace{p.here()} }

// peek is the byte we are at, 0 at the end. Source text may hold a zero byte, which is then plain text like any other.
func (p *parser) peek() byte {
	if p.i < len(p.src) {
		return p.src[p.i]
	}
	return 0
}

func (p *parser) has(s string) bool { return strings.HasPrefix(p.src[p.i:], s) }

// take goes over s if it is next.
func (p *parser) take(s string) bool {
	if !p.has(s) {
		return false
	}
	p.i += len(s)
	return true
}

func (p *parser) takeByte(c byte) bool {
	if p.i >= len(p.src) || p.src[p.i] != c {
		return false
	}
	p.i++
	return true
}

// space goes over blanks and tabs.
func (p *parser) space() bool {
	start := p.i
	for p.i < len(p.src) && (p.src[p.i] == ' ' || p.src[p.i] == '\t') {
		p.i++
	}
	return p.i > start
}

// newline goes over blanks and one line end; without a line end it stays where it is.
func (p *parser) newline() bool {
	start := p.i
	p.space()
	if p.takeByte('\n') {
		return true
	}
	p.i = start
	return false
}

// blankLines goes over any number of line ends and the blanks before them.
func (p *parser) blankLines() {
	for p.newline() {
	}
}

// anySpace goes over blanks and line ends.
func (p *parser) anySpace() {
	p.blankLines()
	p.space()
}

func (p *parser) name() (Ident, bool) {
	end := nameEnd(p.src, p.i)
	if end == p.i {
		return Ident{}, false
	}
	id := Ident{p.src[p.i:end], p.pos(p.i)}
	p.i = end
	return id, true
}

// word is the name that comes next, without going over it.
func (p *parser) word() string { return p.src[p.i:nameEnd(p.src, p.i)] }

// atLineEnd says whether only blanks are left on this line.
func (p *parser) atLineEnd() bool {
	i := p.i
	for i < len(p.src) && (p.src[i] == ' ' || p.src[i] == '\t') {
		i++
	}
	return i >= len(p.src) || p.src[i] == '\n'
}

// endLine goes over the end of the line, or complains of what stands before it and skips that.
func (p *parser) endLine() {
	if p.newline() {
		return
	}
	p.space()
	if p.eof() {
		return
	}
	switch p.peek() {
	case '}':
		p.fail(p.i, "unexpected '}'", "no '{' is open here; write '\\}' to print the brace")
	case '|':
		hint := "alternatives stand within braces: {a|b}; write '\\|' to print the bar"
		if p.behindTag() {
			hint = "in a tag, write '\\|', as between the file of a picture and its description: # image: cat.png \\| A cat"
		}
		p.fail(p.i, "unexpected '|'", hint)
	case ']':
		p.failf(p.i, "the text that only the list of choices shows begins with '['; write '\\]' for the sign itself", "expected the end of the line, but saw %s", p.saw())
	default:
		p.failf(p.i, "", "expected the end of the line, but saw %s", p.saw())
	}
	p.skipLine()
}

// behindTag says whether a tag stands before us on the line.
func (p *parser) behindTag() bool {
	begin := 1 + strings.LastIndexByte(p.src[:p.i], '\n')
	for i := begin; i < p.i; i++ {
		switch p.src[i] {
		case '\\':
			i++
		case '#':
			return true
		}
	}
	return false
}

func (p *parser) skipLine() {
	if n := strings.IndexByte(p.rest(), '\n'); n >= 0 {
		p.i += n + 1
	} else {
		p.i = len(p.src)
	}
}

// saw quotes what is left of the line, for messages.
func (p *parser) saw() string {
	if p.eof() {
		return "the end of the file"
	}
	line := p.rest()
	if n := strings.IndexByte(line, '\n'); n >= 0 {
		line = line[:n]
	}
	line = strings.TrimRight(line, " \t\r")
	if line == "" {
		return "the end of the line"
	}
	return "'" + shorten(line) + "'"
}

func shorten(s string) string {
	if utf8.RuneCountInString(s) <= maxQuote {
		return s
	}
	n := 0
	for i := range s {
		if n == maxQuote {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// fail reports an error at offset i. Only the first one of a line is told: those after it mostly follow from it.
func (p *parser) fail(i int, msg, hint string) {
	p.errors++
	line := 1 + strings.LastIndexByte(p.src[:min(i, len(p.src))], '\n')
	if line == p.errLine {
		return
	}
	p.errLine = line
	p.report(i, Error, msg, hint)
	p.taint(line)
}

func (p *parser) failf(i int, hint, format string, args ...any) {
	p.fail(i, fmt.Sprintf(format, args...), hint)
}

func (p *parser) warn(i int, msg, hint string) { p.report(i, Warning, msg, hint) }

func (p *parser) report(i int, s Severity, msg, hint string) {
	if len(p.diags) < maxDiagnostics {
		p.diags = append(p.diags, Diagnostic{p.pos(i), s, msg, hint})
	}
}

// taint remembers the names of a line that has an error.
func (p *parser) taint(line int) {
	if len(p.diags) >= maxDiagnostics {
		return
	}
	for i := line; i < len(p.src) && p.src[i] != '\n'; {
		if end := nameEnd(p.src, i); end > i {
			p.tainted = append(p.tainted, p.src[i:end])
			i = end
			continue
		}
		i++
	}
}

// expect goes over s, or reports that it is missing.
func (p *parser) expect(s, what, hint string) bool {
	if p.take(s) {
		return true
	}
	p.failf(p.i, hint, "expected %s, but saw %s", what, p.saw())
	return false
}

// enter counts one more level of nesting; false if that is one too many. The caller must leave.
func (p *parser) enter() bool {
	p.depth++
	if p.depth > maxNesting {
		p.failf(p.i, "split it up with functions or knots", "nested more than %d levels deep", maxNesting)
		return false
	}
	return true
}

func (p *parser) leave() { p.depth-- }
