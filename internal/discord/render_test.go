package discord

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"storyteller/internal/cue"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"

	"github.com/bwmarrin/discordgo"
)

var lamp = reading.Story{
	ID: "lamp", Title: "The Lamp in the Fog", Author: "A. Writer", Blurb: "A keeper, a storm, and a ship that should not be there.",
	Warning: "drowning", Color: 0x3366cc, Cover: cue.Picture{File: "cover.jpg", Alt: "A lighthouse in thick fog"},
	Minutes: 35, Votes: 12, Endings: 4,
}

var closing = time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC)

func options(texts ...string) []reading.Option {
	list := make([]reading.Option, len(texts))
	for i, text := range texts {
		list[i] = reading.Option{Text: text, Index: i}
	}
	return list
}

// scenes are what the golden files show, by name.
func scenes() map[string]reading.Message {
	three := options("Light the lamp", "Row out to the ship", "Wait for dawn")
	long := options("Wait", "Climb down the wet iron ladder to the landing, untie the boat, and row out towards the light that blinks")
	final := options("Stay", "Cut the rope")
	final[1].Danger, final[0].Default, final[1].Emoji = true, true, "🪢"
	poll := func(p reading.Poll) reading.Message {
		p.Number = 3
		if p.Options == nil {
			p.Options = three
		}
		return reading.Message{Poll: &p}
	}
	tally := []int{1, 3, 0}
	return map[string]reading.Message{
		"card-lobby":   {Card: &reading.Card{Host: "42", Readers: 1, Begins: closing, Vote: 60, Ties: reading.DrawLots}},
		"card-telling": {Card: &reading.Card{Host: "42", Readers: 3, Vote: 180, Live: true, Ties: reading.AskHost}},
		"card-over":    {Card: &reading.Card{Host: "42", Readers: 5, Vote: 60, Over: true}},
		"beat":         {Beat: &reading.Beat{Text: "The fog came in *fast*.\n\n- a bell rang, once.\n\n# 3. It stopped."}},
		"beat-speaker": {Beat: &reading.Beat{Text: "\"Who is there?\"", Speaker: "Mara_the *Keeper*"}},
		"beat-chapter": {Beat: &reading.Beat{Text: "It was night.", Chapter: "One", Speaker: "Mara", Image: &cue.Picture{File: "a.png", Alt: "The bay at night"}}},
		"beat-picture": {Beat: &reading.Beat{Image: &cue.Picture{File: "a.png", Alt: "The bay at night"}}},

		"poll-open":     poll(reading.Poll{Status: reading.StatusOpen, Closes: closing, Voted: 2, Chosen: -1}),
		"poll-long":     poll(reading.Poll{Options: long, Status: reading.StatusOpen, Closes: closing, Chosen: -1}),
		"poll-live":     poll(reading.Poll{Status: reading.StatusOpen, Closes: closing, Voted: 4, Tally: tally, Chosen: -1, Extends: true}),
		"poll-final":    poll(reading.Poll{Options: final, Status: reading.StatusOpen, Closes: closing, Voted: 1, Chosen: -1}),
		"poll-second":   poll(reading.Poll{Status: reading.StatusOpen, Closes: closing, Chosen: -1, Round: reading.SecondRound}),
		"poll-host":     poll(reading.Poll{Status: reading.StatusOpen, Closes: closing, Chosen: -1, Round: reading.HostRound, Host: "42"}),
		"poll-paused":   poll(reading.Poll{Status: reading.StatusPaused, Voted: 4, Tally: tally, Chosen: -1}),
		"poll-moved":    poll(reading.Poll{Status: reading.StatusMoved, Voted: 4, Tally: tally, Chosen: -1}),
		"poll-stopped":  poll(reading.Poll{Status: reading.StatusStopped, Voted: 4, Tally: tally, Chosen: -1}),
		"closed-chosen": poll(reading.Poll{Status: reading.StatusChosen, Voted: 4, Tally: tally, Chosen: 1}),
		"closed-drawn":  poll(reading.Poll{Status: reading.StatusDrawn, Voted: 2, Tally: []int{1, 0, 1}, Chosen: 2, Tied: []int{0, 2}}),
		"closed-nobody": poll(reading.Poll{Status: reading.StatusDrawn, Tally: []int{0, 0, 0}, Chosen: 2, Tied: []int{0, 1, 2}}),
		"closed-second": poll(reading.Poll{Status: reading.StatusSecond, Voted: 2, Tally: []int{1, 0, 1}, Chosen: -1, Tied: []int{0, 2}}),
		"closed-tohost": poll(reading.Poll{Status: reading.StatusToHost, Voted: 3, Tally: []int{1, 1, 1}, Chosen: -1, Tied: []int{0, 1, 2}}),
		"closed-default": poll(reading.Poll{
			Options: final, Status: reading.StatusDefault, Tally: []int{0, 0}, Chosen: 0}),
		"closed-lot": poll(reading.Poll{Status: reading.StatusLot, Tally: []int{0, 0, 0}, Chosen: 0}),

		"notice-paused":  {Notice: &reading.Notice{Kind: reading.NoticePaused, By: "42"}},
		"notice-silent":  {Notice: &reading.Notice{Kind: reading.NoticeSilent}},
		"notice-resumed": {Notice: &reading.Notice{Kind: reading.NoticeResumed, By: "42"}},
		"notice-stopped": {Notice: &reading.Notice{Kind: reading.NoticeStopped}},
		"notice-refused": {Notice: &reading.Notice{Kind: reading.NoticeRefused}},
		"notice-broke":   {Notice: &reading.Notice{Kind: reading.NoticeBroke, Text: "story.ink:12: *divert* to nowhere"}},
		"notice-result":  {Notice: &reading.Notice{Kind: reading.NoticeResult, Text: "Light the lamp"}},

		"ending": {Ending: &reading.Ending{Name: "Dry land", Votes: 3, Words: 2412, Untold: []reading.NotTaken{
			{Vote: 1, Options: []string{"Light the lamp"}}, {Vote: 3, Options: []string{"Row out to the ship", "Wait for dawn"}},
		}}},
		"ending-plain": {Ending: &reading.Ending{Votes: 0, Words: 180}},
	}
}

func posting(m reading.Message) narrate.Posting {
	p := narrate.Posting{Reading: testReading, Story: lamp, Message: m}
	if m.Ending != nil && m.Ending.Name != "" {
		p.Ending = narrate.Endings{Found: 2, All: 4}
	}
	return p
}

// TestMessagesLookAsTheyShould compares each scene with its golden file, which -update rewrites.
func TestMessagesLookAsTheyShould(t *testing.T) {
	for name, m := range scenes() {
		t.Run(name, func(t *testing.T) {
			got := describe(render(posting(m), look{picture: true, emoji: true}))
			if p := posting(m); m.Card != nil || m.Beat != nil && m.Beat.Image != nil {
				got += "\nwithout the picture\n\n" + describe(render(p, look{}))
			}
			file := filepath.Join("testdata", "render", name+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// describe writes components as one might read them.
func describe(tree []component) string {
	var b strings.Builder
	var tell func(list []component, indent string)
	tell = func(list []component, indent string) {
		for _, c := range list {
			switch c.Type {
			case discordgo.ContainerComponent:
				fmt.Fprintf(&b, "%scontainer #%06x\n", indent, c.AccentColor)
			case discordgo.TextDisplayComponent:
				fmt.Fprintf(&b, "%s%s\n", indent, strings.ReplaceAll(c.Content, "\n", "\n"+indent))
			case discordgo.MediaGalleryComponent:
				for _, item := range c.Items {
					fmt.Fprintf(&b, "%spicture %s: %s\n", indent, item.Media.URL, item.Description)
				}
			case discordgo.ButtonComponent:
				mark := ""
				if c.Emoji != nil {
					mark = c.Emoji.Name + " "
				}
				fmt.Fprintf(&b, "%s[%s%s] %s, style %d\n", indent, mark, c.Label, c.CustomID, c.Style)
			}
			tell(c.Components, indent+"  ")
		}
	}
	tell(tree, "")
	return b.String()
}

// withinLimits lists what of Discord's limits a message breaks.
func withinLimits(tree []component) (broken []string) {
	total, runes, bytes := 0, 0, 0
	ids := map[string]bool{}
	walk(tree, func(c *component) {
		total++
		runes += utf8.RuneCountInString(c.Content)
		if c.Type == discordgo.TextDisplayComponent {
			bytes += len(c.Content) + 12
			if blank(c.Content) {
				broken = append(broken, "an empty Text Display")
			}
		}
		if !utf8.ValidString(c.Content + c.Label) {
			broken = append(broken, "text that is not UTF-8")
		}
		if n := utf8.RuneCountInString(c.Label); n > maxLabel || c.Type == discordgo.ButtonComponent && blank(c.Label) {
			broken = append(broken, fmt.Sprintf("a label of %d characters", n))
		}
		if c.CustomID != "" && ids[c.CustomID] || len(c.CustomID) > maxCustomID {
			broken = append(broken, "custom_id "+c.CustomID)
		}
		ids[c.CustomID] = true
		if c.Type == discordgo.ActionsRowComponent && (len(c.Components) == 0 || len(c.Components) > maxRowButtons) {
			broken = append(broken, "a row of the wrong size")
		}
		for _, item := range c.Items {
			if utf8.RuneCountInString(item.Description) > maxAlt {
				broken = append(broken, "a long alt text")
			}
		}
		if c.AccentColor < 0 || c.AccentColor > maxColor {
			broken = append(broken, "a colour")
		}
	})
	if total == 0 || total > maxComponents || runes > maxText || bytes > 10_170 {
		broken = append(broken, fmt.Sprintf("%d components, %d characters, %d bytes", total, runes, bytes))
	}
	return broken
}

// nasty makes text that is hard on limits and markup.
func nasty(r *rand.Rand) string {
	pieces := []string{
		"a", "word ", "*", "_", "\\", "`", "```", "\n", "\n\n", "# ", "\n- ", "\n1. ", ">", "<@1>", "@everyone", "](", "字", "語", "🪢", "👩‍👩‍👧‍👦",
		"\u202e", "\x00", "\xff", "\u200b", " ", "é", "||", "~~",
	}
	n := []int{0, 1, 30, 90, 700, 3000, 9000}[r.IntN(7)]
	only := r.IntN(3) == 0
	piece := pieces[r.IntN(len(pieces))]
	var b strings.Builder
	for range n {
		if !only {
			piece = pieces[r.IntN(len(pieces))]
		}
		b.WriteString(piece)
	}
	return b.String()
}

func nastyPoll(r *rand.Rand, text func() string) *reading.Poll {
	statuses := []reading.Status{
		reading.StatusOpen, reading.StatusPaused, reading.StatusMoved, reading.StatusChosen, reading.StatusDrawn, reading.StatusSecond,
		reading.StatusToHost, reading.StatusDefault, reading.StatusLot, reading.StatusStopped,
	}
	p := &reading.Poll{
		Number: r.IntN(1000), Status: statuses[r.IntN(len(statuses))], Voted: r.IntN(2000), Chosen: r.IntN(30) - 1, Extends: true,
		Host: text(), Round: []reading.Round{"", "second", "host"}[r.IntN(3)], Closes: closing,
	}
	for range 1 + r.IntN(30) {
		p.Options = append(p.Options, reading.Option{Text: text(), Emoji: text(), Danger: r.IntN(2) == 0, Default: r.IntN(2) == 0})
		p.Tied = append(p.Tied, len(p.Tied))
		if r.IntN(10) > 0 {
			p.Tally = append(p.Tally, r.IntN(5000))
		}
	}
	return p
}

func TestNoMessageBreaksDiscordsLimits(t *testing.T) {
	for seed := range uint64(800) {
		r := rand.New(rand.NewPCG(seed, 0))
		text := func() string { return nasty(r) }
		p := narrate.Posting{
			Reading: testReading, Ending: narrate.Endings{Found: r.IntN(100), All: r.IntN(100)},
			Story: reading.Story{
				Title: text(), Author: text(), Blurb: text(), Warning: text(), Color: r.IntN(1<<30) - 1<<29, Minutes: r.IntN(9999), Votes: r.IntN(9999),
				Endings: r.IntN(9999), Cover: cue.Picture{File: []string{"", "a.png"}[r.IntN(2)], Alt: text()},
			},
		}
		switch r.IntN(5) {
		case 0:
			p.Message.Card = &reading.Card{Host: text(), Readers: r.IntN(1000), Begins: closing, Vote: r.IntN(90000), Over: r.IntN(3) == 0}
		case 1:
			p.Message.Beat = &reading.Beat{Text: text(), Chapter: text(), Speaker: text()}
			if r.IntN(2) == 0 {
				p.Message.Beat.Image = &cue.Picture{File: "b.webp", Alt: text()}
			}
		case 2:
			p.Message.Poll = nastyPoll(r, text)
		case 3:
			kinds := []reading.NoticeKind{"paused", "silent", "resumed", "stopped", "broke", "result", "new"}
			p.Message.Notice = &reading.Notice{Kind: kinds[r.IntN(len(kinds))], By: text(), Text: text()}
		case 4:
			e := &reading.Ending{Name: text(), Votes: r.IntN(100), Words: r.IntN(100000)}
			for range r.IntN(13) {
				e.Untold = append(e.Untold, reading.NotTaken{Vote: r.IntN(100), Options: []string{text(), text(), text()}})
			}
			p.Message.Ending = e
		}
		tree := mark(render(p, look{picture: r.IntN(2) == 0, emoji: true}), 1<<30)
		if broken := withinLimits(tree); len(broken) > 0 {
			t.Fatalf("seed %d: %s\n%s", seed, strings.Join(broken, "; "), describe(tree))
		}
	}
}

func TestALongBeatKeepsAllItsWords(t *testing.T) {
	for _, word := range []string{"word ", "字字字字 ", "naïve "} {
		words := strings.TrimSpace(strings.Repeat(word, reading.MaxBeatRunes/utf8.RuneCountInString(word)))
		tree := render(posting(reading.Message{Beat: &reading.Beat{Text: words, Chapter: "A chapter", Speaker: "Mara"}}), look{})
		if got := tree[len(tree)-1].Content; !strings.HasSuffix(got, words) {
			t.Errorf("of %d characters of %q, %d are shown", utf8.RuneCountInString(words), word, utf8.RuneCountInString(got))
		}
	}
}
