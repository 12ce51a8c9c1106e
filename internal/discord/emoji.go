package discord

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// customEmoji is one of a server's own, as Discord writes it in text.
var customEmoji = regexp.MustCompile(`^<(a?):(\w{2,32}):(\d{17,20})>$`)

// maxEmoji is the length of the longest Unicode emoji, families of several people with skin tones, with some to spare.
const maxEmoji = 16

// parseEmoji reads what an author wants on a button. What cannot be an emoji is left out: Discord would refuse the
// whole message for it. What passes here and Discord does not know makes it refuse, and then all are left out.
func parseEmoji(s string) *emoji {
	s = strings.TrimSpace(s)
	if m := customEmoji.FindStringSubmatch(s); m != nil {
		return &emoji{ID: m[3], Name: m[2], Animated: m[1] != ""}
	}
	if s == "" || utf8.RuneCountInString(s) > maxEmoji {
		return nil
	}
	symbol := false
	for _, r := range s {
		switch {
		case unicode.Is(unicode.So, r), unicode.Is(unicode.Sk, r), r == '\u20e3', r == '\u203c', r == '\u2049', unicode.Is(unicode.Sm, r):
			symbol = true
		case r == '\u200d', unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r >= '0' && r <= '9', r == '#', r == '*':
		default:
			return nil
		}
	}
	if !symbol {
		return nil
	}
	return &emoji{Name: s}
}
