package ir

import (
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// scanner reads JSON in one pass without building a tree of it first, and keeps
// 1 and 1.0 apart, which ink does.
type scanner struct {
	src string
	pos int
}

// syntaxError is a panic value of this file, recovered in Decode.
type syntaxError struct{ msg string }

func (s *scanner) fail(format string, args ...any) {
	panic(syntaxError{fmt.Sprintf("byte %d: ", s.pos) + fmt.Sprintf(format, args...)})
}

func (s *scanner) space() {
	for s.pos < len(s.src) {
		switch s.src[s.pos] {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return
		}
	}
}

// peek returns the next byte that is not white space, 0 at the end.
func (s *scanner) peek() byte {
	s.space()
	if s.pos < len(s.src) {
		return s.src[s.pos]
	}
	return 0
}

func (s *scanner) expect(c byte) {
	if s.peek() != c {
		s.fail("expected %q", c)
	}
	s.pos++
}

// more is called after an opening bracket and after each element. It reports
// whether an element follows, having read the comma or the closing bracket.
func (s *scanner) more(first bool, closing byte) bool {
	switch c := s.peek(); {
	case c == closing:
		s.pos++
		return false
	case first:
		return true
	case c != ',':
		s.fail("expected ',' or %q", closing)
	}
	s.pos++
	return true
}

// key reads an object's next key and the colon.
func (s *scanner) key() string {
	k := s.string()
	s.expect(':')
	return k
}

// word reads one of the literals true, false and null.
func (s *scanner) word(w string) {
	s.space()
	if len(s.src)-s.pos < len(w) || s.src[s.pos:s.pos+len(w)] != w {
		s.fail("expected %s", w)
	}
	s.pos += len(w)
}

func (s *scanner) bool() bool {
	if s.peek() == 't' {
		s.word("true")
		return true
	}
	s.word("false")
	return false
}

// int reads a whole number of 32 bits.
func (s *scanner) int() int32 {
	n, ok := s.number().(Int)
	if !ok {
		s.fail("expected a whole number")
	}
	return int32(n)
}

// number reads an Int, or a Float if it has a point or an exponent.
func (s *scanner) number() Object {
	s.space()
	start, float := s.pos, false
scan:
	for ; s.pos < len(s.src); s.pos++ {
		switch c := s.src[s.pos]; c {
		case '.', 'e', 'E':
			float = true
		case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '+':
		default:
			break scan
		}
	}
	text := s.src[start:s.pos]
	if !float {
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			s.fail("%q is no whole number of 32 bits", text)
		}
		return Int(n)
	}
	f, err := strconv.ParseFloat(text, 32)
	if err != nil {
		s.fail("%q is no number", text)
	}
	return Float(f)
}

// string reads a string. Without escapes it is a part of the source.
func (s *scanner) string() string {
	s.expect('"')
	start := s.pos
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case c == '"':
			s.pos++
			return s.src[start : s.pos-1]
		case c == '\\':
			return s.escaped(start)
		case c < ' ':
			s.fail("a control character in a string")
		}
		s.pos++
	}
	s.fail("a string does not end")
	return ""
}

// escaped reads the rest of a string that began at start and has escapes.
func (s *scanner) escaped(start int) string {
	b := append([]byte(nil), s.src[start:s.pos]...)
	for s.pos < len(s.src) {
		c := s.src[s.pos]
		s.pos++
		switch {
		case c == '"':
			return string(b)
		case c == '\\':
			b = s.escape(b)
		case c < ' ':
			s.fail("a control character in a string")
		default:
			b = append(b, c)
		}
	}
	s.fail("a string does not end")
	return ""
}

func (s *scanner) escape(b []byte) []byte {
	if s.pos >= len(s.src) {
		s.fail("a string does not end")
	}
	c := s.src[s.pos]
	s.pos++
	switch c {
	case '"', '\\', '/':
		return append(b, c)
	case 'n':
		return append(b, '\n')
	case 't':
		return append(b, '\t')
	case 'r':
		return append(b, '\r')
	case 'b':
		return append(b, '\b')
	case 'f':
		return append(b, '\f')
	case 'u':
		r := s.hex4()
		if utf16.IsSurrogate(r) && s.pos+1 < len(s.src) && s.src[s.pos] == '\\' && s.src[s.pos+1] == 'u' {
			s.pos += 2
			r = utf16.DecodeRune(r, s.hex4())
		}
		return utf8.AppendRune(b, r)
	}
	s.fail("unknown escape \\%c", c)
	return nil
}

func (s *scanner) hex4() rune {
	if len(s.src)-s.pos < 4 {
		s.fail("a string does not end")
	}
	n, err := strconv.ParseUint(s.src[s.pos:s.pos+4], 16, 32)
	if err != nil {
		s.fail("%q is no code point", s.src[s.pos:s.pos+4])
	}
	s.pos += 4
	return rune(n)
}
