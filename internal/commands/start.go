package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"storyteller/internal/cue"
	"storyteller/internal/library"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
)

// Bounds of what a host may ask for; the core bounds them again.
const (
	leastVoteSeconds  = int(cue.ShortestVote / time.Second)
	mostVoteSeconds   = 3600
	leastLobbySeconds = 10
	mostLobbySeconds  = 3600
)

var startDefinition = Definition{
	Name: "start", Description: "Start a story in this channel",
	Options: []Option{
		{Name: "story", Description: "Which story; type to search", Type: Text, Required: true, Complete: true},
		{Name: "vote", Description: "Seconds that a vote stays open", Type: Whole, Min: float64(leastVoteSeconds), Max: float64(mostVoteSeconds)},
		{Name: "pace", Description: "1 is an easy reading pace, 2 twice as fast", Type: Decimal, Min: cue.SlowestPace, Max: cue.FastestPace},
		{Name: "lobby", Description: "Seconds to gather before it begins", Type: Whole, Min: float64(leastLobbySeconds), Max: float64(mostLobbySeconds)},
		{Name: "ties", Description: "What decides a tie", Type: Text, Choices: []Choice{
			{Name: "Draw lots", Value: string(reading.DrawLots)},
			{Name: "A second round", Value: string(reading.VoteAgain)},
			{Name: "The host chooses", Value: string(reading.AskHost)},
		}},
		{Name: "tallies", Description: "When the votes for each option show", Type: Text, Choices: []Choice{
			{Name: "When the vote closes", Value: "hidden"},
			{Name: "All the time", Value: "live"},
		}},
	},
}

func (c *Commands) start(ctx context.Context, r Request) Reply {
	story, ok := c.named(r.Options["story"])
	if !ok {
		return say(fmt.Sprintf("There is no story called “%s”. `/story list` shows what there is.", Plain(short(r.Options["story"], 60))))
	}
	settings, refusal := wishes(r.Options)
	if refusal != "" {
		return say(refusal)
	}
	return c.begin(ctx, r, story, settings)
}

// begin starts a reading of the story where the request comes from.
func (c *Commands) begin(ctx context.Context, r Request, story *library.Story, settings reading.Settings) Reply {
	if lack := lacking(r, story); lack != "" {
		return say(lack)
	}
	_, err := c.narrator.Start(ctx, narrate.Opening{ID: r.ID, Place: r.Place, Host: r.Member, Story: story, Settings: settings})
	var busy *narrate.Busy
	switch {
	case errors.As(err, &busy) && busy.Current.Place != r.Place:
		return c.trouble(r, "start", errors.New("the channel is one of another guild"))
	case errors.As(err, &busy):
		return say(taken(busy.Current))
	case errors.Is(err, narrate.ErrStopping):
		return say("I am being restarted. Please try again in a minute.")
	case err != nil:
		return c.trouble(r, "start", err)
	}
	reply := fmt.Sprintf("**%s** is starting here. You are the host: `/story pause`, `resume`, `skip` and `stop` are yours.", Plain(story.Meta.Title))
	if !r.BotMay.Has(ReadMessageHistory) {
		reply += "\n-# I may not read this channel's history. If Discord fails me for some minutes, I cannot promise that nothing is shown twice; " +
			"allowing me “Read Message History” mends that."
	}
	return say(reply)
}

// named finds a story by its id, as completion sends it, or by its title, as people type it.
func (c *Commands) named(name string) (*library.Story, bool) {
	name = strings.TrimSpace(name)
	if story, ok := c.library.Story(name); ok {
		return story, true
	}
	for _, story := range c.library.All() {
		if strings.EqualFold(story.Meta.Title, name) || strings.EqualFold(story.ID, name) {
			return story, true
		}
	}
	return nil, false
}

// wishes reads the options. The chat checks them too, but a request can say anything; a wish that cannot be granted is
// refused in a sentence.
func wishes(options map[string]string) (s reading.Settings, refusal string) {
	if s.Vote, refusal = seconds(options, "vote", leastVoteSeconds, mostVoteSeconds); refusal != "" {
		return s, refusal
	}
	if s.Lobby, refusal = seconds(options, "lobby", leastLobbySeconds, mostLobbySeconds); refusal != "" {
		return s, refusal
	}
	if pace, given := options["pace"]; given {
		var err error
		s.Pace, err = strconv.ParseFloat(pace, 64)
		if err != nil || !(s.Pace >= cue.SlowestPace && s.Pace <= cue.FastestPace) {
			return s, fmt.Sprintf("“pace” has to be a number from %v to %v.", cue.SlowestPace, cue.FastestPace)
		}
	}
	switch ties := reading.Ties(options["ties"]); ties {
	case "", reading.DrawLots, reading.VoteAgain, reading.AskHost:
		s.Ties = ties
	default:
		return s, "When a vote is tied I can draw lots, hold a second round or ask the host. Please choose one of these."
	}
	s.Live = options["tallies"] == "live"
	return s, ""
}

func seconds(options map[string]string, name string, least, most int) (d time.Duration, refusal string) {
	value, given := options[name]
	if !given {
		return 0, ""
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		return 0, fmt.Sprintf("“%s” has to be a number of seconds from %d to %d.", name, least, most)
	}
	return time.Duration(n) * time.Second, ""
}

// taken says what is going on in the channel.
func taken(s reading.State) string {
	text := fmt.Sprintf("This channel is in the middle of **%s**", Plain(s.Story.Title))
	if s.Host != "" {
		text += ", hosted by <@" + s.Host + ">"
	}
	return text + ". One story at a time: start yours in another channel or a thread, or ask the host to `/story stop`."
}
