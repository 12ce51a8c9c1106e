package discord

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestStoryTextShowsAsItIsWritten(t *testing.T) {
	for text, want := range map[string]string{
		"*He* sighed, **loudly**.": "*He* sighed, **loudly**.",
		"# Not a heading":          `\# Not a heading`,
		"-# not small":             `\-# not small`,
		"- not a list\n* nor this": "\\- not a list\n\\* nor this",
		"1. not a list":            `1\. not a list`,
		"12) nor this":             `12\) nor this`,
		"> not a quotation":        `\> not a quotation`,
		">>> nor this":             `\>>> nor this`,
		"-5 degrees, #1, >:(":      "-5 degrees, #1, >:(",
		"a\n  - b":                 "a\n  \\- b",
		"<@1> <#2> <t:3:R> </a:1>": `\<@1> \<#2> \<t:3:R> \</a:1>`,
		"<:e:1> <a:e:1> <id:home>": `\<:e:1> \<a:e:1> \<id:home>`,
		"[a](https://b.example)":   `[a]\(https://b.example)`,
		"```code```":               "\\`\\`\\`code\\`\\`\\`",
		"a < b and c > d":          "a < b and c > d",
		"a\x00b\u202ec\r\nd\te":    "abc\nd e",
		"-":                        `\-`,
		`\<@1> \\<@1> \\\<@1>`:     `\<@1> \\\<@1> \\\<@1>`,
		"\\```a":                   "\\`\\`\\`a",
		"<https://b.example>":      `\<https://b.example>`,
		"Discord.GG/abc":           "Discord.GG\u200b/abc",
		"discord.com/invite/abc":   "discord.com/invite\u200b/abc",
		"a\u2067b\u2069c":          "abc",
	} {
		if got := prose(text); got != want {
			t.Errorf("prose(%q) = %q, want %q", text, got, want)
		}
	}
}

// Text that shares its line or its message with words of ours keeps its emphasis only where that ends in it too.
func TestEmphasisDoesNotRunOn(t *testing.T) {
	for text, want := range map[string]string{
		"Let *him* go":     "Let *him* go",
		"**Let him go":     `\*\*Let him go`,
		"||Let him go|":    `\|\|Let him go\|`,
		"a `b":             "a \\`b",
		"`b`":              "`b`",
		"a_b":              `a\_b`,
		"***Let* him** go": "***Let* him** go",
		"***Let* him go":   `\*\*\*Let\* him go`,
		`\*not* emphasis`:  `\\\*not\* emphasis`,
		`\*not\* emphasis`: `\*not\* emphasis`,
	} {
		if got := inline(text); got != want {
			t.Errorf("inline(%q) = %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"**one two three**": `\*\*one…`,
		"**one** two three": "**one**…",
	} {
		if got := inlineWithin(text, 12); got != want || weight(got) > 12 {
			t.Errorf("inlineWithin(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTextOfOthersIsEscapedWhole(t *testing.T) {
	for text, want := range map[string]string{
		"The *Lamp*":    `The \*Lamp\*`,
		"a_b_c":         `a\_b\_c`,
		"two\nlines":    "two lines",
		"1. First":      `1\. First`,
		"- x":           `\- x`,
		"[a](b)":        `\[a\]\(b)`,
		"<@1>":          `\<\@1\>`,
		"@everyone":     "\\@\u200beveryone",
		"https://a.b/c": `https\:\/\/a.b\/c`,
	} {
		if got := escape(text); got != want {
			t.Errorf("escape(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzMarkup(f *testing.F) {
	f.Add("# a <@1>\n- b\x00")
	f.Add("\\<@1> @everyone ](")
	f.Add("0<@everyone0")
	f.Add("\\\\<@1> \\``` ***a** discord.gg/x")
	f.Fuzz(func(t *testing.T, text string) {
		for name, got := range map[string]string{"prose": prose(text), "escape": escape(text), "inline": inline(text)} {
			if !utf8.ValidString(got) {
				t.Errorf("%s(%q) is not UTF-8", name, text)
			}
			if armed := regexp.MustCompile("(^|[^\\\\])(\\\\\\\\)*(<[@#:/]|<t:|```)").FindString(got); armed != "" {
				t.Errorf("%s(%q) = %q holds %q", name, text, got, armed)
			}
			if name == "inline" && !closed(got) {
				t.Errorf("%s(%q) = %q runs on", name, text, got)
			}
			if strings.Contains(got, "@everyone") || strings.Contains(got, "@here") || strings.Contains(got, "](h") {
				t.Errorf("%s(%q) = %q", name, text, got)
			}
			for line := range strings.SplitSeq(got, "\n") {
				if blockMark.MatchString(line) {
					t.Errorf("%s(%q) has a line %q", name, text, line)
				}
			}
		}
	})
}

func TestCutsAreBetweenWords(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"short", 10, "short"},
		{"one two three four", 12, "one two…"},
		{"unbreakableword", 8, "unbreak…"},
		{"ünïcödé wörds hére", 10, "ünïcödé…"},
		{"x", 1, "x"},
		{"xy", 1, "…"},
	} {
		if got := clip(c.text, c.most); got != c.want || utf8.RuneCountInString(got) > c.most {
			t.Errorf("clip(%q, %d) = %q, want %q", c.text, c.most, got, c.want)
		}
	}
}

func FuzzClip(f *testing.F) {
	f.Add("one two three", 5)
	f.Add("字字字 字字", 3)
	f.Fuzz(func(t *testing.T, text string, most int) {
		if most < 2 || most > 5000 || !utf8.ValidString(text) {
			return
		}
		if got := clip(text, most); utf8.RuneCountInString(got) > most || !utf8.ValidString(got) {
			t.Errorf("clip(%q, %d) = %q", text, most, got)
		}
		if got := clipWeight(text, most); weight(got) > most || !utf8.ValidString(got) {
			t.Errorf("clipWeight(%q, %d) = %q of weight %d", text, most, got, weight(got))
		}
	})
}

func TestEmojiAreRecognised(t *testing.T) {
	for s, want := range map[string]bool{
		"🗡️": true, "👩‍👩‍👧‍👦": true, "🇩🇪": true, "1️⃣": true, "❤": true, "‼️": true, "👍🏽": true,
		"<:sword:123456789012345678>": true, "<a:wave:123456789012345678>": true,
		"": false, "sword": false, ":sword:": false, "1": false, "<:x:1>": false, "a🗡️": false, strings.Repeat("🗡️", 20): false,
	} {
		if got := parseEmoji(s) != nil; got != want {
			t.Errorf("parseEmoji(%q) takes it: %t, want %t", s, got, want)
		}
	}
}
