package ir

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Scanner reads JSON in one pass without building a tree of it first, and keeps
// 1 and 1.0 apart, which ink does. Programs and saved states are read with it.
//
// Its methods do not return errors: the first ends the reading, and Scan returns
// it. They must not be called but in the function that Scan calls.
type Scanner struct {
	src string
	pos int
}

// syntaxError is a panic value of this file, recovered in Scan.
type syntaxError struct{ msg string }

// Scan reads json with f, which must read all of it. The error says at which byte
// it is not what f expects.
func Scan(json []byte, f func(*Scanner)) (err error) {
	if !utf8.Valid(json) {
		return errors.New("it is not UTF-8")
	}
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(syntaxError)
			if !ok {
				panic(r)
			}
			err = errors.New(e.msg)
		}
	}()
	s := Scanner{src: strings.TrimPrefix(string(json), byteOrderMark)}
	f(&s)
	if s.Peek(); s.pos < len(s.src) {
		s.Fail("something follows the end")
	}
	return nil
}

// Fail ends the reading with an error.
func (s *Scanner) Fail(format string, args ...any) {
	panic(syntaxError{fmt.Sprintf("byte %d: ", s.pos) + fmt.Sprintf(format, args...)})
}

func (s *Scanner) space() {
	for s.pos < len(s.src) {
		switch s.src[s.pos] {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return
		}
	}
}

// Peek returns the next byte that is not white space, 0 at the end.
func (s *Scanner) Peek() byte {
	s.space()
	if s.pos < len(s.src) {
		return s.src[s.pos]
	}
	return 0
}

// Expect reads the byte c.
func (s *Scanner) Expect(c byte) {
	if s.Peek() != c {
		s.Fail("expected %q", c)
	}
	s.pos++
}

// More is called after an opening bracket and after each element. It reports
// whether an element follows, having read the comma or the closing bracket.
func (s *Scanner) More(first bool, closing byte) bool {
	switch c := s.Peek(); {
	case c == closing:
		s.pos++
		return false
	case first:
		return true
	case c != ',':
		s.Fail("expected ',' or %q", closing)
	}
	s.pos++
	return true
}

// Key reads an object's next key and the colon.
func (s *Scanner) Key() string {
	k := s.Text()
	s.Expect(':')
	return k
}

// Word reads one of the literals true, false and null.
func (s *Scanner) Word(w string) {
	s.space()
	if len(s.src)-s.pos < len(w) || s.src[s.pos:s.pos+len(w)] != w {
		s.Fail("expected %s", w)
	}
	s.pos += len(w)
}

// Bool reads true or false.
func (s *Scanner) Bool() bool {
	if s.Peek() == 't' {
		s.Word("true")
		return true
	}
	s.Word("false")
	return false
}

// Int reads a whole number of 32 bits.
func (s *Scanner) Int() int32 {
	s.space()
	const most = 9 // digits that cannot overflow
	start, n := s.pos, int32(0)
	for s.pos < len(s.src) && s.pos-start <= most && s.src[s.pos]-'0' <= 9 {
		n = n*10 + int32(s.src[s.pos]-'0')
		s.pos++
	}
	if digits := s.pos - start; digits > 0 && digits <= most && s.pos < len(s.src) {
		switch s.src[s.pos] {
		case ',', ']', '}':
			return n
		}
	}
	s.pos = start // negative, large or none
	i, ok := s.Number().(Int)
	if !ok {
		s.Fail("expected a whole number")
	}
	return int32(i)
}

// Number reads an Int, or a Float if it has a point or an exponent.
func (s *Scanner) Number() Object {
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
			s.Fail("%q is no whole number of 32 bits", text)
		}
		return Int(n)
	}
	f, err := strconv.ParseFloat(text, 32)
	if err != nil {
		s.Fail("%q is no number", text)
	}
	return Float(f)
}

// Text reads a string. Without escapes it is a part of the source.
func (s *Scanner) Text() string {
	s.Expect('"')
	start := s.pos
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case c == '"':
			s.pos++
			return s.src[start : s.pos-1]
		case c == '\\':
			return s.escaped(start)
		case c < ' ':
			s.Fail("a control character in a string")
		}
		s.pos++
	}
	s.Fail("a string does not end")
	return ""
}

// escaped reads the rest of a string that began at start and has escapes.
func (s *Scanner) escaped(start int) string {
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
			s.Fail("a control character in a string")
		default:
			b = append(b, c)
		}
	}
	s.Fail("a string does not end")
	return ""
}

func (s *Scanner) escape(b []byte) []byte {
	if s.pos >= len(s.src) {
		s.Fail("a string does not end")
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
	s.Fail("unknown escape \\%c", c)
	return nil
}

func (s *Scanner) hex4() rune {
	if len(s.src)-s.pos < 4 {
		s.Fail("a string does not end")
	}
	n, err := strconv.ParseUint(s.src[s.pos:s.pos+4], 16, 32)
	if err != nil {
		s.Fail("%q is no code point", s.src[s.pos:s.pos+4])
	}
	s.pos += 4
	return rune(n)
}
