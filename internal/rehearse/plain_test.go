package rehearse

import (
	"strings"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

func testInliner() inliner {
	return inliner{
		now:     time.Unix(1_000_000, 0),
		user:    func(id string) string { return "user" + id },
		channel: func(id string) string { return "channel" + id },
	}
}

func TestMarkdownBecomesPlainWords(t *testing.T) {
	in := testInliner()
	for _, c := range []struct{ name, in, want string }{
		{"emphasis", "**bold** *it* _it_ __under__ ~~gone~~ ||hidden||", "bold it it under gone hidden"},
		{"both at once", "***loud*** **a *b***", "loud a b"},
		{"escapes stay what they escape", `\*not\* 1\. \<b\>`, "*not* 1. <b>"},
		{"words with underscores", "a snake_case_word and 2 * 3 * 4", "a snake_case_word and 2 * 3 * 4"},
		{"unclosed", "**open and *open", "**open and *open"},
		{"code is literal", "`**x**` and ``a`b``", "**x** and a`b"},
		{"mentions", "<@12> in <#3>, try </story start:9> <:wave:4>", "@user12 in #channel3, try /story start :wave:"},
		{"links", "[here](https://a.example/x) <https://b.example>", "here (https://a.example/x) https://b.example"},
		{"countdown", "closes <t:1000090:R>", "closes in 1 minute"},
		{"past", "closed <t:999990:R>", "closed 10 seconds ago"},
		{"no moment", "<t:x:R>", "<t:x:R>"},
		{"markup is text", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := in.text(c.in); got != c.want {
				t.Errorf("text(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func FuzzMarkdownNeverFails(f *testing.F) {
	for _, s := range []string{"**a *b***", "[x](http://y)", "`", "\\", "||", "<t:1:R>", "_a_b_", strings.Repeat("*", 99) + "a" + strings.Repeat("*", 99)} {
		f.Add(s)
	}
	in := testInliner()
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 300 {
			return
		}
		p := plain{in: in}
		p.markdown(s)
	})
}

func TestTextOfAMessageIsReadInOrder(t *testing.T) {
	alt := "a lit window"
	m := fakediscord.Message{Flags: fakediscord.FlagComponentsV2, Components: []fakediscord.Component{{
		Type: fakediscord.TypeContainer,
		Components: []fakediscord.Component{
			{Type: fakediscord.TypeMediaGallery, Items: []fakediscord.GalleryItem{{Description: &alt}}},
			{Type: fakediscord.TypeSection,
				Components: []fakediscord.Component{{Type: fakediscord.TypeTextDisplay, Content: "# The Lamp\n*by Ida*\n- one\n  -# no subtext\n-# small"}},
				Accessory:  &fakediscord.Component{Type: fakediscord.TypeButton, Label: "More"}},
			{Type: fakediscord.TypeActionRow, Components: []fakediscord.Component{{Type: fakediscord.TypeButton, Label: "I'm in", CustomID: "1:a:join"}}},
		},
	}}}
	p := plain{in: testInliner()}
	want := "[picture: a lit window]\nThe Lamp\n========\nby Ida\n- one\n-# no subtext\nsmall\n"
	if got := p.message(&m); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestLongLinesAreWrappedAtWords(t *testing.T) {
	p := plain{in: testInliner()}
	text := "- " + strings.Repeat("word ", 60)
	for i, line := range strings.Split(p.markdown(text), "\n") {
		if columns(line) > PrintWidth {
			t.Errorf("line %d is %d columns wide: %q", i, columns(line), line)
		}
		if i > 0 && !strings.HasPrefix(line, "  word") {
			t.Errorf("line %d of the item is not set in: %q", i, line)
		}
	}
	if got := wrap("漢字 漢字 漢字", 9, "", ""); got != "漢字 漢字\n漢字" {
		t.Errorf("wide characters: %q", got)
	}
}

func TestTerminalCommandsAreTakenOut(t *testing.T) {
	p := plain{in: testInliner()}
	if got := p.markdown("a\x1b[31mb\x07c\u009bd"); got != "a[31mbcd" {
		t.Errorf("got %q", got)
	}
}
