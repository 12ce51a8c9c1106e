package commands

import (
	"context"
	"errors"
	"fmt"

	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
)

// press answers a button. Anyone can say that they press any button, so nothing of it is believed: the reading has to be
// one of this very channel.
func (c *Commands) press(ctx context.Context, r Request) Reply {
	s, known, err := c.narrator.Find(ctx, r.Button.Reading)
	if err != nil {
		return c.trouble(r, "press", err)
	}
	if !known || s.Place != r.Place {
		return say("This button belongs to a reading that I do not know. It may be from long ago; `/story start` begins a new one.")
	}
	switch r.Button.Action {
	case ActionVote:
		return c.vote(ctx, r)
	case ActionJoin:
		return c.tell(ctx, r, reading.Joined{Reader: r.Member}, "You are in. When a vote comes up, press a button; you can change your mind until it closes.")
	case ActionBegin:
		if gathering(s) && !maySteer(r, s) {
			return say(fmt.Sprintf("Only the host, <@%s>, and members with the permission “Manage Messages” can begin early. It begins by itself.", s.Host))
		}
		return c.tell(ctx, r, reading.Began{By: r.Member}, "It begins.")
	case ActionAgain:
		return c.again(ctx, r, s)
	case ActionTranscript:
		return c.transcript(ctx, r, s)
	default:
		return say("I do not know that button any more.")
	}
}

// gathering says whether the story has yet to begin, be the clock running or not.
func gathering(s reading.State) bool {
	return s.Phase == reading.Lobby || s.Phase == reading.OnHold && s.Held.Phase == reading.Lobby
}

func (c *Commands) vote(ctx context.Context, r Request) Reply {
	order, err := snowflake(r.ID)
	if err != nil {
		return c.trouble(r, "vote", err)
	}
	a, err := c.narrator.Do(ctx, r.Button.Reading, reading.Voted{
		Vote: r.Button.Vote, Option: r.Button.Option, Voter: r.Member, Order: order,
	})
	if err != nil {
		if !errors.Is(err, narrate.ErrStopping) {
			c.trouble(r, "vote", err)
		}
		return say("Your vote could not be saved, so it does not count yet. Please press again in a moment.")
	}
	return say(outcome(a))
}

// tell takes a wish to the reading that the button belongs to.
func (c *Commands) tell(ctx context.Context, r Request, e reading.Event, done string) Reply {
	a, err := c.narrator.Do(ctx, r.Button.Reading, e)
	switch {
	case errors.Is(err, narrate.ErrStopping):
		return say("I am being restarted. Please try again in a minute.")
	case err != nil:
		return c.trouble(r, "press", err)
	case a.Outcome == reading.Done:
		return say(done)
	default:
		return say(outcome(a))
	}
}

// again starts the same story anew, with the member as its host and the settings of the last time.
func (c *Commands) again(ctx context.Context, r Request, s reading.State) Reply {
	story, ok := c.library.Story(s.Story.ID)
	if !ok {
		return say("That story is not in the library any more. `/story list` shows what there is.")
	}
	return c.begin(ctx, r, story, s.Settings)
}
