package commands

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"storyteller/internal/narrate/reading"
)

// The chat checks options before it sends them, but a request can say anything: each wish out of bounds is refused in a
// sentence that names it.
func TestWishesOutOfBoundsAreRefused(t *testing.T) {
	for _, c := range []struct {
		options map[string]string
		says    string // empty: it is granted
	}{
		{map[string]string{}, ""},
		{map[string]string{"vote": "30", "lobby": "10", "pace": "1.5", "ties": "again", "tallies": "live"}, ""},
		{map[string]string{"vote": "14"}, "“vote” has to be a number of seconds from 15 to 3600."},
		{map[string]string{"vote": "99999999999999999999"}, "“vote”"},
		{map[string]string{"vote": "soon"}, "“vote”"},
		{map[string]string{"lobby": "-5"}, "“lobby”"},
		{map[string]string{"pace": "NaN"}, "“pace” has to be a number from 0.25 to 4."},
		{map[string]string{"pace": "1e300"}, "“pace”"},
		{map[string]string{"ties": "fight"}, "draw lots"},
	} {
		_, refusal := wishes(c.options)
		if (refusal == "") != (c.says == "") || !strings.Contains(refusal, c.says) {
			t.Errorf("%v: %q, want %q", c.options, refusal, c.says)
		}
	}
	s, _ := wishes(map[string]string{"vote": "30", "lobby": "10", "pace": "1.5", "ties": "again", "tallies": "live"})
	if want := (reading.Settings{Vote: 30 * time.Second, Lobby: 10 * time.Second, Pace: 1.5, Ties: reading.VoteAgain, Live: true}); s != want {
		t.Errorf("granted %+v, want %+v", s, want)
	}
}

// Whatever somebody writes shows as they wrote it: every sign with a meaning has a backslash before it.
func TestPlainTextHasNoMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"The Ferry":            "The Ferry",
		"**loud** _x_":         `\*\*loud\*\* \_x\_`,
		"<@1> @everyone":       `\<\@1\> \@everyone`,
		"# head\nline":         `\# head line`,
		"[a](https://x.y)":     `\[a\](https\:\/\/x.y)`,
		"`code` ||hidden||":    "\\`code\\` \\|\\|hidden\\|\\|",
		"<t:3:R> <:e:1>":       `\<t\:3\:R\> \<\:e\:1\>`,
		"discord.gg/abc":       `discord.gg\/abc`,
		"a\u2028b\u202ec\x1bd": "a bc d",
	} {
		if got := Plain(text); got != want {
			t.Errorf("Plain(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	for _, seed := range []string{"a", "<@&1>", "\x00*\xff", "\\*", "> q"} {
		f.Add(seed)
	}
	bare := regexp.MustCompile("(^|[^\\\\])(\\\\\\\\)*[*_~|`<>\\[\\]#@]")
	f.Fuzz(func(t *testing.T, text string) {
		got := Plain(text)
		if bare.MatchString(got) || strings.ContainsAny(got, "\n\r\x00") || !utf8.ValidString(got) {
			t.Errorf("Plain(%q) = %q", text, got)
		}
	})
}

func TestShortKeepsWordsWhole(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"as it is", 20, "as it is"},
		{"a sentence that is too long", 16, "a sentence that…"},
		{strings.Repeat("x", 30), 10, "xxxxxxxxx…"},
		{"ééééé ééééé", 8, "ééééé…"},
	} {
		if got := short(c.text, c.most); got != c.want || utf8.RuneCountInString(got) > c.most {
			t.Errorf("short(%q, %d) = %q, want %q", c.text, c.most, got, c.want)
		}
	}
}

func TestATranscriptNamesNobody(t *testing.T) {
	s := reading.State{
		Host: "111", Story: reading.Story{Title: "The Ferry", Author: "A. Writer"},
		Started: time.Date(1963, 11, 22, 20, 0, 0, 0, time.UTC), Readers: []string{"111", "222"},
	}
	log := []reading.Entry{
		{Steered: "begun", By: "111"},
		{Beat: &reading.Beat{Text: "The ferry was late.", Chapter: "One", Speaker: "Vera"}},
		{Beat: &reading.Beat{Text: "\x1b[2JShe said \u202eon\u202c.\xff \u05d0\u200f!"}},
		{Vote: &reading.Poll{Number: 1, Options: []reading.Option{{Text: "Go"}, {Text: "Stay"}}, Tally: []int{1, 2}, Chosen: 1}},
		{Steered: "paused", By: "222"},
		{Ended: true, Ending: "Ashore"},
	}
	want := `The Ferry
by A. Writer
Read on 22 November 1963

ONE

Vera: The ferry was late.

[2JShe said on.� אRLM!

Vote 1
  Go (1 vote)
> Stay (2 votes)

Ending: Ashore
`
	want = strings.Replace(want, "RLM", "\u200f", 1)
	if got := Transcript(s, log); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
