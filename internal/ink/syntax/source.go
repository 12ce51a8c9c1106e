// Package syntax reads ink source text into a tree that knows the place of everything in it.
//
// It knows the form of the language and nothing of its meaning: whether a divert has a target, how choices nest and what a name
// refers to is the business of package compile. A Parse never fails: what could not be read is reported as a Diagnostic, with the
// place and a hint, and reading goes on after it, so that an author sees all mistakes of a file at once.
package syntax

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Pos is a place in one of the files of a Set. Zero means no place.
type Pos int32

// Position is a Pos for people. Line and Col start at 1; Col counts characters, not bytes.
type Position struct {
	File      string
	Line, Col int
}

// Set numbers the places of all files of one story.
type Set struct {
	sources []*Source
	next    Pos
}

// Source is the text of one file without comments and with line ends made "\n".
type Source struct {
	Name string

	text  string
	base  Pos     // the Pos of text[0]
	lines []int32 // where each line of text starts; made on first use
	cuts  []cut   // what was taken out of text
	last  int     // index into lines of the latest answer: questions mostly come in order
}

// cut says that the given number of characters stood before text[at] on its line and was removed.
type cut struct {
	at    int32
	runes int32
}

// maxTotal bounds all source text of a story, because a Pos has 31 bits.
const maxTotal = 1 << 30

// Add takes a file into the set. It reports false when the story would be too large to be numbered.
func (s *Set) Add(name, text string) (*Source, bool) {
	if s.next == 0 {
		s.next = 1
	}
	if len(text) > maxTotal-int(s.next) {
		return nil, false
	}
	text = strings.TrimPrefix(text, "\ufeff")
	src := &Source{Name: name, base: s.next}
	src.text, src.cuts = withoutComments(text)
	s.next += Pos(len(src.text)) + 1
	s.sources = append(s.sources, src)
	return src, true
}

// Position says where p is; the zero Position if it is in no file of the set.
func (s *Set) Position(p Pos) Position {
	src := s.source(p)
	if src == nil {
		return Position{}
	}
	return src.position(int(p - src.base))
}

// Line says in which file and line p is, without the cost of counting columns.
func (s *Set) Line(p Pos) (file string, line int) {
	src := s.source(p)
	if src == nil {
		return "", 0
	}
	return src.Name, src.lineIndex(int32(p-src.base)) + 1
}

// Pos is the place of the byte at offset of the text without comments; good enough to point into a file that was not parsed.
func (s *Source) Pos(offset int) Pos { return s.base + Pos(min(offset, len(s.text))) }

func (s *Set) source(p Pos) *Source {
	if p <= 0 {
		return nil
	}
	i := sort.Search(len(s.sources), func(i int) bool { return s.sources[i].base > p })
	if i == 0 {
		return nil
	}
	return s.sources[i-1]
}

func (s *Source) position(offset int) Position {
	offset = min(offset, len(s.text))
	line := s.lineIndex(int32(offset))
	start := int(s.lines[line])
	col := 1 + utf8.RuneCountInString(s.text[start:offset])
	first := sort.Search(len(s.cuts), func(i int) bool { return int(s.cuts[i].at) >= start })
	for _, c := range s.cuts[first:] {
		if int(c.at) > offset {
			break
		}
		col += int(c.runes)
	}
	return Position{File: s.Name, Line: line + 1, Col: col}
}

func (s *Source) lineIndex(offset int32) int {
	if s.lines == nil {
		s.lines = append(make([]int32, 0, 1+strings.Count(s.text, "\n")), 0)
		for i := 0; i < len(s.text); i++ {
			if s.text[i] == '\n' {
				s.lines = append(s.lines, int32(i+1))
			}
		}
	}
	in := func(i int) bool {
		return s.lines[i] <= offset && (i+1 == len(s.lines) || offset < s.lines[i+1])
	}
	if in(s.last) {
		return s.last
	}
	if s.last+1 < len(s.lines) && in(s.last+1) {
		s.last++
		return s.last
	}
	s.last = sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > offset }) - 1
	return s.last
}
