package discord

import (
	"strings"
	"time"

	"storyteller/internal/commands"
	"storyteller/internal/narrate/reading"

	"github.com/bwmarrin/discordgo"
)

// renderCard shows the title card: what the story is, how it is read here, and a way in.
func renderCard(id string, s reading.Story, c reading.Card, l look) []component {
	var inside []component
	if s.Cover.File != "" {
		inside = append(inside, showPicture(s.Cover, l))
	}
	inside = append(inside, text(cardStory(s)), text(cardReading(c)))
	inside = append(inside, rows(cardButtons(id, c))...)
	return []component{container(s.Color, inside...)}
}

// cardStory is what there is to know before one begins.
func cardStory(s reading.Story) string {
	title := escape(clip(oneLine(s.Title), maxTitle))
	if title == "" {
		title = "A story"
	}
	about := []string{"# " + title}
	if author := escape(clip(oneLine(s.Author), maxAuthor)); author != "" {
		about = append(about, "by "+author)
	}
	if blurb := escape(clip(oneLine(s.Blurb), maxBlurb)); blurb != "" {
		about = append(about, blurb)
	}
	if warning := escape(clip(oneLine(s.Warning), maxWarning)); warning != "" {
		about = append(about, "**Content warning:** "+warning)
	}
	return lines(append(about, storySize(s))...)
}

// storySize says how much of a story it is, as far as that is known.
func storySize(s reading.Story) string {
	var facts []string
	if s.Minutes > 0 {
		facts = append(facts, "About "+count(s.Minutes, "minute", "minutes"))
	}
	if s.Votes > 0 {
		facts = append(facts, count(s.Votes, "vote", "votes"))
	}
	if s.Endings > 0 {
		facts = append(facts, count(s.Endings, "ending", "endings"))
	}
	return strings.Join(facts, " · ")
}

// cardReading is how the story is read here.
func cardReading(c reading.Card) string {
	if c.Over {
		return lines("Hosted by "+member(c.Host)+". This reading is over.", small(readers(c.Readers, "was", "were")))
	}
	list := []string{"Hosted by " + member(c.Host) + ".", howVotesWork(c)}
	if !c.Begins.IsZero() {
		list = append(list, "Begins "+relative(c.Begins)+" or when the host says so.")
	}
	return lines(append(list, small(readers(c.Readers, "is", "are")))...)
}

func readers(n int, is, are string) string {
	switch {
	case n <= 0:
		return "No readers yet."
	case n == 1:
		return "1 reader " + is + " in."
	}
	return count(n, "", "readers "+are+" in.")
}

// howVotesWork explains it in two or three short sentences.
func howVotesWork(c reading.Card) string {
	say := []string{"Where the story forks, the room votes."}
	if c.Vote > 0 {
		say[0] = "Where the story forks, the room votes for " + span(time.Duration(c.Vote)*time.Second) + "."
	}
	if c.Live {
		say = append(say, "The count shows while a vote is open, and you can change yours until it closes.")
	} else {
		say = append(say, "You can change your vote until it closes; the count shows then.")
	}
	switch c.Ties {
	case reading.VoteAgain:
		say = append(say, "A tie is voted on once more.")
	case reading.AskHost:
		say = append(say, "The host decides a tie.")
	default:
		say = append(say, "A tie is drawn by lot.")
	}
	return strings.Join(say, " ")
}

func cardButtons(id string, c reading.Card) []component {
	if c.Over {
		return nil
	}
	buttons := []component{
		button(discordgo.PrimaryButton, "I'm in", commands.Button{Reading: id, Action: commands.ActionJoin}),
	}
	if !c.Begins.IsZero() {
		buttons = append(buttons, button(discordgo.SecondaryButton, "Begin", commands.Button{Reading: id, Action: commands.ActionBegin}))
	}
	return buttons
}
