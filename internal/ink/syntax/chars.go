package syntax

import (
	"unicode"
	"unicode/utf8"
)

// letters are the characters beyond ASCII that the language allows in names: whole blocks of scripts, less the code points that are
// unassigned or punctuation.
var letters = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0080, Hi: 0x00FF, Stride: 1}, // Latin-1 supplement
	{Lo: 0x0100, Hi: 0x024F, Stride: 1}, // Latin extended A and B
	{Lo: 0x0370, Hi: 0x0373, Stride: 1}, // Greek
	{Lo: 0x0376, Hi: 0x0377, Stride: 1},
	{Lo: 0x0386, Hi: 0x0386, Stride: 1},
	{Lo: 0x0388, Hi: 0x038A, Stride: 1},
	{Lo: 0x038C, Hi: 0x038C, Stride: 1},
	{Lo: 0x038E, Hi: 0x03A1, Stride: 1},
	{Lo: 0x03A3, Hi: 0x03FF, Stride: 1},
	{Lo: 0x0400, Hi: 0x0481, Stride: 1}, // Cyrillic
	{Lo: 0x048A, Hi: 0x04FF, Stride: 1},
	{Lo: 0x0531, Hi: 0x0556, Stride: 1}, // Armenian
	{Lo: 0x0561, Hi: 0x0587, Stride: 1},
	{Lo: 0x058F, Hi: 0x058F, Stride: 1},
	{Lo: 0x0590, Hi: 0x06FF, Stride: 1}, // Hebrew and Arabic
	{Lo: 0x3041, Hi: 0x3096, Stride: 1}, // Hiragana
	{Lo: 0x30A0, Hi: 0x30FC, Stride: 1}, // Katakana
	{Lo: 0x4E00, Hi: 0x9FFF, Stride: 1}, // CJK unified ideographs
	{Lo: 0xAC00, Hi: 0xD7AF, Stride: 1}, // Korean
}, LatinOffset: 1}

// Classes of bytes, so that scanning is one look-up a byte.
const (
	className  = 1 << iota // may be part of a name
	classDigit             // 0 to 9
	classStop              // ends plain text everywhere: { } | # \ and line ends
	classPause             // ends plain text if more follows: - and <
	classMulti             // start or part of a character beyond ASCII
	classQuote             // ends plain text within a string
	classBrack             // ends plain text within a choice
)

var classes = func() (t [256]uint8) {
	for c := '0'; c <= '9'; c++ {
		t[c] |= className | classDigit
	}
	for c := 'a'; c <= 'z'; c++ {
		t[c] |= className
		t[c-'a'+'A'] |= className
	}
	t['_'] |= className
	for _, c := range []byte("{}|#\\\n\r") {
		t[c] |= classStop
	}
	t['-'] |= classPause
	t['<'] |= classPause
	t['"'] |= classQuote
	t['['] |= classBrack
	t[']'] |= classBrack
	for c := 0x80; c < 0x100; c++ {
		t[c] |= classMulti
	}
	return t
}()

// nameEnd is where the name starting at i ends, or i if there is none: a name may begin with a digit, but is not all digits.
func nameEnd(s string, i int) int {
	start, all := i, true
	for i < len(s) {
		class := classes[s[i]]
		switch {
		case class&className != 0:
			all = all && class&classDigit != 0
			i++
			continue
		case class&classMulti != 0:
			r, n := utf8.DecodeRuneInString(s[i:])
			if (r != utf8.RuneError || n != 1) && unicode.Is(letters, r) {
				all = false
				i += n
				continue
			}
		}
		break
	}
	if all {
		return start
	}
	return i
}
