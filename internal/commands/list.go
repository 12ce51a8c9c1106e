package commands

import (
	"context"
	"fmt"
	"strings"

	"storyteller/internal/library"
)

const (
	// MaxChoices is how many completions a chat shows.
	MaxChoices = 25
	// maxListed keeps the list within one message.
	maxListed = 20
	// maxChoiceName is what Discord shows of a completion.
	maxChoiceName = 100
	// maxBlurb keeps an entry of the list to about two lines.
	maxBlurb = 120
)

func (c *Commands) list(ctx context.Context, r Request) Reply {
	stories := c.library.All()
	if len(stories) == 0 {
		return say("There are no stories yet. Whoever runs this bot can add some; the log says why a story could not be read.")
	}
	var b strings.Builder
	b.WriteString("**Stories**\n")
	for i, story := range stories {
		if i == maxListed {
			fmt.Fprintf(&b, "…and %d more: type part of a title after `/story start`.\n", len(stories)-i)
			break
		}
		b.WriteString(c.entry(ctx, r, story))
	}
	if live := c.narrator.Guild(r.Place.Guild); len(live) > 0 {
		b.WriteString("**Being read now**\n")
		for i, s := range live {
			if i == maxListed {
				fmt.Fprintf(&b, "…and %d more.\n", len(live)-i)
				break
			}
			fmt.Fprintf(&b, "- **%s** in <#%s>, hosted by <@%s>\n", Plain(s.Story.Title), s.Place.Channel, s.Host)
		}
	}
	return say(strings.TrimSpace(b.String()))
}

// entry is a story in the list: title, what it is about, how long it takes, what the server knows of it.
func (c *Commands) entry(ctx context.Context, r Request, story *library.Story) string {
	m := story.Meta
	facts := []string{"`" + story.ID + "`"}
	if m.Minutes > 0 {
		facts = append(facts, fmt.Sprintf("about %s", count(m.Minutes, "minute", "minutes")))
	}
	if n := len(m.Endings); n > 0 {
		found, err := c.narrator.EndingsFound(ctx, r.Place.Guild, story.ID)
		if err != nil {
			c.log.Error("the endings found cannot be read", "guild", r.Place.Guild, "error", err)
		}
		facts = append(facts, fmt.Sprintf("%d of %s found here", min(len(found), n), count(n, "ending", "endings")))
	}
	text := "- **" + Plain(m.Title) + "**"
	if m.Blurb != "" {
		text += ": " + Plain(short(m.Blurb, maxBlurb))
	}
	return text + "\n  " + strings.Join(facts, " · ") + "\n"
}

// complete offers stories while their name is typed.
func (c *Commands) complete(r Request) Reply {
	if r.Focused != "story" {
		return Reply{}
	}
	var choices []Choice
	for _, story := range c.library.Match(r.Options["story"], MaxChoices) {
		name := story.Meta.Title
		if story.Meta.Author != "" {
			name += " · " + story.Meta.Author
		}
		choices = append(choices, Choice{Name: short(name, maxChoiceName), Value: story.ID})
	}
	return Reply{Choices: choices}
}
