package commands

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain makes text show as it is written: nothing in it is taken for the chat's markdown, a mention or a time stamp.
func Plain(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case strings.ContainsRune("\\*_~|`<>[]#-+:@/", r): // with / an invitation to a server would be one without being a link
			b.WriteByte('\\')
		case unicode.IsControl(r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			r = ' '
		case unicode.Is(unicode.Bidi_Control, r):
			continue // it would turn round what stands beside it
		}
		b.WriteRune(r)
	}
	return b.String()
}

// legible is text for a plain file: without what would steer the screen that shows it, or turn its lines round.
func legible(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) && !unicode.In(r, mark) {
			return -1
		}
		return r
	}, text)
}

// mark are the characters that only say which way their neighbours run, as names in Arabic and Hebrew need it.
var mark = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x061c, Hi: 0x061c, Stride: 1}, {Lo: 0x200e, Hi: 0x200f, Stride: 1}}}

// short cuts text to at most most characters, after a word where there is one.
func short(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	runes := []rune(text)
	cut := string(runes[:most-1])
	if unicode.IsSpace(runes[most-1]) {
		return cut + "…" // a word ends just here
	}
	if at := strings.LastIndexFunc(cut, unicode.IsSpace); at > len(cut)/2 {
		cut = cut[:at]
	}
	return strings.TrimRightFunc(cut, unicode.IsSpace) + "…"
}

// count says how many there are of a thing.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func snowflake(id string) (uint64, error) {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no snowflake", short(id, 40))
	}
	return n, nil
}
