package discord

import (
	"strconv"
	"strings"

	"storyteller/internal/commands"
	"storyteller/internal/cue"
	"storyteller/internal/narrate/reading"

	"github.com/bwmarrin/discordgo"
)

// renderPoll shows the paper of a vote: open with its buttons, or closed with what came of it.
func renderPoll(id string, s reading.Story, p reading.Poll, l look) []component {
	if len(p.Options) > cue.MaxChoices {
		p.Options = p.Options[:cue.MaxChoices]
	}
	if p.Status == reading.StatusPaused {
		p.Tally = nil // the vote goes on: how it stands would sway it
	}
	heading := "### Vote " + strconv.Itoa(p.Number) + question(p)
	if p.Status == reading.StatusMoved {
		return []component{text(lines(heading, small("This vote goes on further down.")))}
	}
	words := []string{heading, pollRound(p)}
	if p.Status.Closed() || len(p.Tally) > 0 || anyLabelCut(p.Options) {
		words = append(words, optionList(p)...)
	}
	if p.Status.Closed() {
		words = append(words, small(pollOutcome(p)))
		return []component{container(s.Color, text(lines(words...)))}
	}
	words = append(words, pollNotes(p)...)
	inside := append([]component{text(lines(words...))}, rows(pollButtons(id, p, l))...)
	return []component{container(s.Color, inside...)}
}

// question is what the room is asked, where the story has not asked it in its own words.
func question(p reading.Poll) string {
	switch {
	case p.Round != reading.FirstRound:
		return ": which of these?"
	case p.Asked:
		return ""
	}
	return ": how does it go on?"
}

// pollRound says why this vote is held, where it is not simply the next.
func pollRound(p reading.Poll) string {
	switch p.Round {
	case reading.SecondRound:
		return "A second round, on the options that were tied."
	case reading.HostRound:
		return "It was a tie, so the host decides: " + member(p.Host) + "."
	}
	return ""
}

// pollNotes is the small print of an open vote.
func pollNotes(p reading.Poll) []string {
	note := voted(p)
	if !p.Closes.IsZero() {
		note = "Closes " + relative(p.Closes) + " · " + note
	}
	var notes []string
	if p.Extends {
		notes = append(notes, small("Nobody had voted, so there is more time."))
	}
	if p.Away {
		notes = append(notes, small("I was away for most of this vote, so there is a little more time."))
	}
	var final, byDefault []int
	for i, o := range p.Options {
		if o.Danger {
			final = append(final, i)
		}
		if o.Default {
			byDefault = append(byDefault, i)
		}
	}
	if len(final) > 0 {
		notes = append(notes, small(optionNames(final)+" cannot be taken back."))
	}
	if len(byDefault) > 0 {
		notes = append(notes, small("If nobody votes, the story goes on with "+strings.ToLower(optionNames(byDefault[:1]))+"."))
	}
	return append(notes, small(note))
}

// pollOutcome says in a sentence how the vote came out, or why it is not open.
func pollOutcome(p reading.Poll) string {
	chosen := strings.ToLower(optionNames([]int{p.Chosen}))
	switch p.Status {
	case reading.StatusPaused:
		return "The story is paused, and the clock of this vote with it. The votes so far are kept: " + voted(p) + "."
	case reading.StatusStopped:
		return "The reading was stopped before this vote closed."
	case reading.StatusSecond:
		return optionNames(p.Tied) + " were tied. The room votes once more on these."
	case reading.StatusToHost:
		return optionNames(p.Tied) + " were tied. The host decides."
	case reading.StatusDefault:
		return "Nobody voted, so the story goes on with " + chosen + "."
	case reading.StatusLot:
		return "The vote was closed before anybody had voted. The lot fell on " + chosen + "."
	case reading.StatusDrawn:
		if p.Voted == 0 {
			return "Nobody voted. The lot fell on " + chosen + "."
		}
		return optionNames(p.Tied) + " were tied. The lot fell on " + chosen + "."
	}
	if p.Round == reading.HostRound {
		return "The host chose " + chosen + "."
	}
	return "The room chose " + chosen + " with " + strconv.Itoa(votesFor(p, p.Chosen)) + " of " + count(p.Voted, "vote", "votes") + "."
}

// voted says how many have voted.
func voted(p reading.Poll) string {
	if p.Voted <= 0 {
		return "nobody has voted yet"
	}
	return count(p.Voted, "has voted", "have voted")
}

// optionNames names options by the numbers they have on the paper: "Option 2", "Options 1 and 3".
func optionNames(list []int) string {
	numbers := make([]string, len(list))
	for i, option := range list {
		numbers[i] = strconv.Itoa(option + 1)
	}
	switch len(list) {
	case 0:
		return "Some options"
	case 1:
		return "Option " + numbers[0]
	}
	return "Options " + and(numbers)
}

// optionList writes every option in full, or as much as there is room for, with its votes where they may be seen.
func optionList(p reading.Poll) []string {
	const around = 45 // what is written around an option's text
	room := pollRoom/max(len(p.Options), 1) - around
	list := make([]string, len(p.Options))
	for i, o := range p.Options {
		line := optionNumber(i) + " " + inlineWithin(clip(o.Text, pollRoom), room)
		if i < len(p.Tally) {
			line += " · " + count(p.Tally[i], "vote", "votes")
		}
		if p.Status.Closed() && i == p.Chosen {
			line = "➤ " + line + " · **chosen**"
		}
		list[i] = line
	}
	return list
}

// optionNumber is bold, which also keeps Discord from making a list of its own of it.
func optionNumber(i int) string { return "**" + strconv.Itoa(i+1) + ".**" }

func votesFor(p reading.Poll, option int) int {
	if option < 0 || option >= len(p.Tally) {
		return 0
	}
	return p.Tally[option]
}

// optionLabel is what the button of an option says.
func optionLabel(i int, o reading.Option) string {
	return strings.TrimSpace(strconv.Itoa(i+1) + ". " + oneLine(o.Text))
}

func anyLabelCut(options []reading.Option) bool {
	for i, o := range options {
		if label := optionLabel(i, o); clip(label, maxLabel) != label {
			return true
		}
	}
	return false
}

func pollButtons(id string, p reading.Poll, l look) []component {
	buttons := make([]component, len(p.Options))
	for i, o := range p.Options {
		style := discordgo.PrimaryButton
		if o.Danger {
			style = discordgo.DangerButton
		}
		buttons[i] = button(style, optionLabel(i, o), commands.Button{Reading: id, Action: commands.ActionVote, Vote: p.Number, Option: i})
		if l.emoji {
			buttons[i].Emoji = parseEmoji(o.Emoji)
		}
	}
	return buttons
}
