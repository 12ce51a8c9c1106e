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

// inline is prose on one line.
func inline(text string) string {
	return prose(oneLine(text))
}

// blockMark finds at the start of a line what would make a heading, small print, a list or a quotation of it.
var blockMark = regexp.MustCompile(`(?m)^[ \t]*(?:#{1,3}|-#|[-*+]|>{1,3}|\d{1,9}[.)])(?:[ \t]|$)`)

// escapeMark puts a backslash before the character that does it.
func escapeMark(mark string) string {
	at := strings.IndexAny(mark, "#-*+>.)")
	return mark[:at] + `\` + mark[at:]
}

// disarming takes the meaning from mentions, timestamps, links and code blocks.
var disarming = strings.NewReplacer(
	"<@", `\<@`, "<#", `\<#`, "<t:", `\<t:`, "</", `\</`, "<:", `\<:`, "<a:", `\<a:`, "<id:", `\<id:`,
	"](", `]\(`, "```", "\\`\\`\\`",
)

// crowd parts with a zero-width space what a backslash does not. It goes first: the two can overlap.
var crowd = strings.NewReplacer("@everyone", "@\u200beveryone", "@here", "@\u200bhere")

func disarm(text string) string { return disarming.Replace(crowd.Replace(text)) }

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
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r == '\ufeff', r&0xfffe == 0xfffe:
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
