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
		case strings.ContainsRune("\\*_~|`<>[]#-+:@", r):
			b.WriteByte('\\')
		case unicode.IsControl(r):
			r = ' '
		case unicode.Is(unicode.Bidi_Control, r):
			continue // it would turn round what stands beside it
		}
		b.WriteRune(r)
	}
	return b.String()
}

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
