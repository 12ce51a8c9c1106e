package discord

import (
	"regexp"
	"strings"
	"unicode"

	"storyteller/internal/commands"
)

// Text of others comes in two kinds. Names, titles and whatever a member typed are escaped whole: they show as written.
// Story text keeps the author's inline emphasis, and loses whatever else Discord would make of it.

// escape makes text show as it is written, on one line.
func escape(text string) string {
	return blockMark.ReplaceAllStringFunc(disarm(commands.Plain(oneLine(text))), escapeMark)
}

// prose makes story text show as its author wrote it: emphasis is kept, and nothing is taken for a heading, a list, a
// quotation, a link or a mention.
func prose(text string) string {
	return blockMark.ReplaceAllStringFunc(disarm(tidy(text)), escapeMark)
}

// inline is prose on one line that others share: emphasis that does not end in it would run on into what follows, so then
// all of it shows as it is written.
func inline(text string) string {
	if text = oneLine(text); !closed(text) {
		return escape(text)
	}
	return prose(text)
}

// inlineWithin is inline text of at most most of weight.
func inlineWithin(text string, most int) string {
	if short := clipWeight(inline(text), most); closed(short) {
		return short
	}
	return clipWeight(escape(text), most) // the cut was in the middle of emphasis
}

// closed says whether all emphasis in text also ends in it: every mark comes in pairs, single and double ones apart.
func closed(text string) bool {
	const marks = "*_~|`"
	const single, double = 1, 2
	var open [len(marks)]int
	run, last, escaped := 0, -1, false
	end := func() {
		if last >= 0 {
			open[last] ^= run & (single | double)
		}
		run, last = 0, -1
	}
	for _, r := range text {
		at := strings.IndexRune(marks, r)
		if escaped {
			at = -1
		}
		if at != last {
			end()
		}
		run, last = run+1, at
		escaped = r == '\\' && !escaped
	}
	end()
	return open == [len(marks)]int{}
}

// blockMark finds at the start of a line what would make a heading, small print, a list or a quotation of it.
var blockMark = regexp.MustCompile(`(?m)^[ \t]*(?:#{1,3}|-#|[-*+]|>{1,3}|\d{1,9}[.)])(?:[ \t]|$)`)

// escapeMark puts a backslash before the character that does it.
func escapeMark(mark string) string {
	at := strings.IndexAny(mark, "#-*+>.)")
	return mark[:at] + `\` + mark[at:]
}

// opening finds what begins a mention, a timestamp, an emoji or a code block, with the backslashes before it.
var opening = regexp.MustCompile("(\\\\*)(<(?:[@#:/]|[A-Za-z]+:)|```)")

// disarmOpening puts a backslash before what opening found, unless the author did: of two, the first would escape the
// second.
func disarmOpening(found string) string {
	mark := strings.TrimLeft(found, `\`)
	slashes := found[:len(found)-len(mark)]
	if len(slashes)%2 == 0 {
		slashes += `\`
	}
	if mark == "```" {
		mark = "`\\`\\`"
	}
	return slashes + mark
}

// crowd parts with a zero-width space what a backslash does not. It goes first: the two can overlap.
var crowd = strings.NewReplacer("@everyone", "@\u200beveryone", "@here", "@\u200bhere")

// invite finds an invitation to a server, which Discord shows as one even without being a link.
var invite = regexp.MustCompile(`(?i)(discord(?:app)?\.(?:gg|com/invite))/`)

// disarm takes the meaning from mentions, timestamps, links with a text, invitations and code blocks.
func disarm(text string) string {
	text = invite.ReplaceAllString(crowd.Replace(text), "$1\u200b/")
	return strings.ReplaceAll(opening.ReplaceAllStringFunc(text, disarmOpening), "](", `]\(`)
}

// tidy drops what Discord refuses or could be used to deceive: control characters but the line feed, marks that turn the
// direction of the text around, and bytes that are no text. Space at the ends goes too.
func tidy(text string) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "�")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff', r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, text))
}

// oneLine is tidy text with every run of white space made one space.
func oneLine(text string) string {
	return strings.Join(strings.Fields(tidy(text)), " ")
}

// blank says whether there is nothing to see.
func blank(text string) bool {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' }) == ""
}
