package discord

import (
	"fmt"
	"strings"

	"storyteller/internal/commands"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"

	"github.com/bwmarrin/discordgo"
)

// renderEnding shows where the room has come to, what it did not see, and the ways on from here.
func renderEnding(id string, s reading.Story, e reading.Ending, found narrate.Endings) []component {
	heading := "## The end"
	if name := escape(clip(oneLine(e.Name), maxEndingName)); name != "" {
		heading += ": " + name
	}
	words := lines(heading, endingsFound(found), untold(e.Untold), small(effort(e)))
	buttons := []component{
		button(discordgo.PrimaryButton, "Read again", commands.Button{Reading: id, Action: commands.ActionAgain}),
		button(discordgo.SecondaryButton, "Transcript", commands.Button{Reading: id, Action: commands.ActionTranscript}),
	}
	return []component{container(s.Color, append([]component{text(words)}, rows(buttons)...)...)}
}

// endingsFound says how much of the story this server knows by now.
func endingsFound(e narrate.Endings) string {
	switch {
	case e.All <= 0:
		return ""
	case e.All == 1:
		return "It is the only ending this story has."
	case e.Found >= e.All:
		return fmt.Sprintf("This server has now found all %d endings.", e.All)
	}
	return fmt.Sprintf("This server has found %d of %d endings.", max(e.Found, 0), e.All)
}

// effort is what it took to get here.
func effort(e reading.Ending) string {
	words := count(e.Words, "word", "words")
	if e.Votes == 0 {
		return "This reading: " + words + "."
	}
	return "This reading: " + count(e.Votes, "vote", "votes") + ", " + words + "."
}

// untold lists the ways that were not taken, the latest votes if there is no room for all.
func untold(list []reading.NotTaken) string {
	if len(list) == 0 {
		return ""
	}
	const heading = "**Paths not taken**"
	room := maxUntoldAll
	var told []string
	for i := len(list) - 1; i >= 0 && room > 0; i-- {
		line := clipWeight(notTaken(list[i], inline), room)
		if !closed(line) {
			line = clipWeight(notTaken(list[i], escape), room) // the cut was in the middle of emphasis
		}
		room -= weight(line) + 1
		told = append([]string{line}, told...)
	}
	return lines(append([]string{heading}, told...)...)
}

// notTaken names the other options of one vote.
func notTaken(n reading.NotTaken, show func(string) string) string {
	options := make([]string, len(n.Options))
	for i, option := range n.Options {
		options[i] = show(clip(oneLine(option), maxUntold))
	}
	return fmt.Sprintf("Vote %d: %s", n.Vote, strings.Join(options, " · "))
}
