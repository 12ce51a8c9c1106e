package library

import (
	"strings"

	"storyteller/internal/cue"
)

// lineScanner reads one line of a source.
type lineScanner struct {
	*source
	at        place
	line      string
	top       bool // nothing has been told before this line
	opensFlow bool // the line begins a knot, a stitch or a function
	braces    int  // how many more braces the line opens than it closes
}

// statement reads a line that tells nothing by itself; false if the line is another.
func (l *lineScanner) statement() bool {
	text := strings.TrimSpace(l.line)
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	switch {
	case text == "":
	case strings.HasPrefix(text, "~"), strings.HasPrefix(text, "TODO:"):
	case strings.HasPrefix(text, "="):
		l.opensFlow = true
		if fields := strings.Fields(strings.Trim(text, "= ")); len(fields) > 1 && fields[0] == "function" {
			name, _, _ := strings.Cut(fields[1], "(")
			l.functions[name] = true
		}
	case word == "INCLUDE":
		l.includes = append(l.includes, rest)
	case word == "EXTERNAL":
		name, _, _ := strings.Cut(rest, "(")
		at := l.at
		at.col = column(l.line, strings.Index(l.line, "EXTERNAL"))
		l.externals = append(l.externals, external{place: at, name: strings.TrimSpace(name)})
	case word == "VAR", word == "CONST", word == "LIST":
	default:
		return false
	}
	return true
}

// content reads a line of text, a choice or a gather; depth is how many braces are open before it.
func (l *lineScanner) content(depth int) {
	start := l.skip(0, " \t")
	for start < len(l.line) && l.line[start] == '-' && !strings.HasPrefix(l.line[start:], "->") {
		start = l.label(l.skip(start+1, " \t"))
	}
	if start < len(l.line) && (l.line[start] == '*' || l.line[start] == '+') {
		start = l.choice(start)
	} else {
		l.text(start, onLine)
	}
	if depth > 0 && strings.HasPrefix(strings.TrimSpace(l.line), "-") {
		if colon := strings.IndexByte(l.line, ':'); colon >= 0 {
			start = colon + 1
		}
	}
	l.words += countWords(l.line[start:])
}

// skip returns the first offset from i on that is none of set.
func (l *lineScanner) skip(i int, set string) int {
	for i < len(l.line) && strings.IndexByte(set, l.line[i]) >= 0 {
		i++
	}
	return i
}

// label returns where the line goes on behind a "(name)" at offset i, or i if there is none.
func (l *lineScanner) label(i int) int {
	if i < len(l.line) && l.line[i] == '(' {
		if end := strings.IndexByte(l.line[i:], ')'); end > 0 {
			return l.skip(i+end+1, " \t")
		}
	}
	return i
}

// choice reads a choice whose first mark is at start, and returns where its text begins.
func (l *lineScanner) choice(start int) int {
	at := l.at
	at.col = column(l.line, start)
	i := l.label(l.skip(start, "*+ \t"))
	for i < len(l.line) && l.line[i] == '{' {
		end := closing(l.line, i)
		if end < 0 { // the condition goes on in the next line: so much is not needed
			l.text(i, onBoth)
			return i
		}
		i = l.skip(end+1, " \t")
	}
	c := choice{place: at, insert: i}
	l.text(i, onBoth)
	open, end := brackets(l.line, i)
	rest := l.line[i:]
	if open >= 0 && end >= 0 {
		rest = l.line[i:open] + l.line[open+1:end]
	}
	c.text = plain(rest)
	rest = strings.TrimSpace(rest)
	c.shown = rest != "" && !strings.HasPrefix(rest, "->") && !strings.HasPrefix(rest, "#")
	if open == i {
		c.insert = open + 1
	}
	l.choices = append(l.choices, c)
	return i
}

// text reads the tags of what is told from start on.
func (l *lineScanner) text(start int, where spot) {
	depth, bracket, after := 0, false, false
	for i := start; i < len(l.line); i++ {
		switch c := l.line[i]; {
		case c == '\\':
			i++
		case c == '{':
			depth++
			l.braces++
			l.top = false
		case c == '}':
			depth--
			l.braces--
		case c == '[' && where == onBoth && depth <= 0:
			bracket = true
		case c == ']' && bracket:
			bracket, after = false, true
		case c == '#':
			here := where
			switch {
			case bracket:
				here = onChoice
			case after:
				here = onLine
			case l.top && where == onLine:
				here = onTop
			}
			i = l.tag(i, here, after, depth > 0) - 1
		case c == ' ' || c == '\t':
		default:
			l.top = false
		}
	}
	if where == onBoth {
		l.top = false
	}
}

// tag reads the tag whose "#" is at start and returns where it ends.
func (l *lineScanner) tag(start int, where spot, after, inLogic bool) int {
	depth, i := 0, start+1
	for ; i < len(l.line); i++ {
		c := l.line[i]
		if c == '\\' {
			i++
			continue
		}
		if c == '{' {
			depth++
		}
		if depth == 0 && (c == '#' || c == ']' || where == onBoth && c == '[' || inLogic && (c == '|' || c == '}') ||
			strings.HasPrefix(l.line[i:], "->")) {
			break
		}
		if c == '}' {
			depth--
		}
	}
	i = min(i, len(l.line))
	at := l.at
	at.col = column(l.line, start)
	text := strings.TrimSpace(strings.ReplaceAll(l.line[start+1:i], `\`, ""))
	t := tag{place: at, where: where, text: text, dynamic: strings.Contains(text, "{"), after: after}
	t.name, t.value = cue.Split(text)
	l.tags = append(l.tags, t)
	l.braces += depth
	return i
}

// closing returns the offset of the brace that closes the one at start, or -1.
func closing(line string, start int) int {
	depth := 0
	for i := start; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// brackets returns the offsets of the brackets of a choice, or -1 for those that are not there.
func brackets(line string, start int) (open, end int) {
	open, end = -1, -1
	depth := 0
	for i := start; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\':
			i++
		case c == '{':
			depth++
		case c == '}':
			depth--
		case c == '[' && depth == 0 && open < 0:
			open = i
		case c == ']' && depth == 0 && open >= 0:
			return open, i
		}
	}
	return open, end
}
