package rehearse

import (
	"strings"
	"unicode"
)

// wrap breaks a text into lines of at most width columns, at spaces; a longer
// word is left whole. The first line begins with first, all others with rest;
// line ends in the text stay.
func wrap(text string, width int, first, rest string) string {
	var out strings.Builder
	indent := first
	for line := range strings.SplitSeq(text, "\n") {
		if out.Len() > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(indent)
		column := columns(indent)
		for j, word := range strings.Fields(line) {
			w := columns(word)
			switch {
			case j == 0:
			case column+1+w > width:
				out.WriteString("\n" + rest)
				column = columns(rest)
			default:
				out.WriteByte(' ')
				column++
			}
			out.WriteString(word)
			column += w
		}
		indent = rest
	}
	return out.String()
}

// columns is how wide a terminal shows a text.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0x1F300 && r <= 0x1FAFF || r >= 0xFF01 && r <= 0xFF60:
			n += 2
		default:
			n++
		}
	}
	return n
}

// printable takes out of a text what would command a terminal: stories and
// names come from anyone.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || !unicode.IsControl(r) {
			return r
		}
		return -1
	}, s)
}
