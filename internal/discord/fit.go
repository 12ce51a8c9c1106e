package discord

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const ellipsis = "…"

// weight measures text against maxText and maxTextBytes at once: texts whose weights add up to maxText or less keep
// both limits.
func weight(text string) int {
	bytes := (len(text)*maxText + maxTextBytes - 1) / maxTextBytes
	return max(utf8.RuneCountInString(text), bytes)
}

// clip cuts text to at most most characters, between words where that does not cost much, and marks the cut.
func clip(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return cutBefore(text, most-1) + ellipsis
}

// clipWeight cuts text, which may hold markup, to at most most of weight.
func clipWeight(text string, most int) string {
	if weight(text) <= most {
		return text
	}
	// The weight of a prefix only rises with its length, so its longest length can be searched for. It is never less
	// than the number of characters.
	text = prefix(text, most+1)
	low, high := 0, utf8.RuneCountInString(text)
	for low < high {
		mid := (low + high + 1) / 2
		if weight(prefix(text, mid)+ellipsis) <= most {
			low = mid
		} else {
			high = mid - 1
		}
	}
	// A backslash at the end would escape what follows.
	return strings.TrimRight(cutBefore(text, low), `\`) + ellipsis
}

// prefix is the first n characters of text.
func prefix(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}

// cutBefore is the first n characters of text, or fewer: back to the end of a word if that is in its second half.
func cutBefore(text string, n int) string {
	head := prefix(text, max(n, 0))
	if at := strings.LastIndexFunc(head, unicode.IsSpace); at > len(head)/2 && len(head) < len(text) {
		head = head[:at]
	}
	return strings.TrimRightFunc(head, func(r rune) bool { return unicode.IsSpace(r) || r == '\u200d' })
}
