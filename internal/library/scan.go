package library

import (
	"strings"
	"unicode/utf8"
)

// place is a position in a source file. Lines and columns start at 1; columns count characters.
type place struct {
	file      string
	line, col int
}

// spot says where a tag stands.
type spot int

const (
	onTop    spot = iota // before anything is told: about the whole story, if ink sees it so
	onLine               // on a line of text, or on a line of its own
	onBoth               // on a choice, before its brackets or without any: on the choice and on the line it becomes
	onChoice             // within the brackets of a choice
)

// tag is a tag as it stands in the source.
type tag struct {
	place
	where       spot
	text        string // without "#", trimmed
	name, value string // as splitTag has it
	dynamic     bool   // part of it is computed when the story is told
	after       bool   // it stands behind the brackets of a choice
}

// choice is a choice as it stands in the source.
type choice struct {
	place
	text   string // as far as it can be told from the source
	insert int    // offset in bytes, in its line, of the first character of the text that is shown
	shown  bool   // it has text; one that has none is taken by itself when no other is left
}

// external is a function that the story expects the player to have.
type external struct {
	place
	name string
}

// source is what the bot has to know of an ink file beyond what the compiler tells: where things stand. The reading of
// ink itself is the compiler's; what is found here is held against what the compiler found.
type source struct {
	name      string
	bytes     []byte
	lines     []string // without comments, which are blanks instead
	tags      []tag
	choices   []choice
	includes  []string
	externals []external
	functions map[string]bool
	words     int
}

// scan reads a source file.
func scan(name string, text []byte) *source {
	s := &source{name: name, bytes: text, functions: make(map[string]bool)}
	s.lines = strings.Split(blankComments(strings.TrimPrefix(string(text), "\ufeff")), "\n")
	top, depth := true, 0
	for i, line := range s.lines {
		l := lineScanner{source: s, at: place{file: name, line: i + 1}, line: strings.TrimSuffix(line, "\r"), top: top}
		if l.statement() {
			top = top && !l.opensFlow
			continue
		}
		l.content(depth)
		top = l.top
		depth = max(0, depth+l.braces)
	}
	return s
}

// blankComments puts blanks for comments, so that everything else keeps its place.
func blankComments(text string) string {
	if !strings.Contains(text, "//") && !strings.Contains(text, "/*") {
		return text
	}
	out := []byte(text)
	const code, line, block = 0, 1, 2
	state := code
	for i := 0; i < len(out); i++ {
		pair := string(text[i:min(i+2, len(text))])
		switch {
		case state == code && pair == "//":
			state = line
		case state == code && pair == "/*":
			state = block
			out[i], out[i+1] = ' ', ' '
			i++
			continue
		case state == block && pair == "*/":
			state = code
			out[i], out[i+1] = ' ', ' '
			i++
			continue
		case state == line && out[i] == '\n':
			state = code
		}
		if state != code && out[i] != '\n' && out[i] != '\r' {
			out[i] = ' '
		}
	}
	return string(out)
}

// column turns an offset in bytes into a column.
func column(line string, offset int) int {
	return utf8.RuneCountInString(line[:offset]) + 1
}
