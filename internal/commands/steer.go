package commands

import (
	"context"
	"errors"
	"fmt"

	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
)

const noReading = "No story is being read in this channel. `/story start` begins one."

func (c *Commands) pause(ctx context.Context, r Request) Reply {
	return c.steer(ctx, r, reading.Paused{By: r.Member}, "Paused. `/story resume` goes on from here, whenever you like.")
}

func (c *Commands) resume(ctx context.Context, r Request) Reply {
	return c.steer(ctx, r, reading.Resumed{By: r.Member}, "Resumed.")
}

func (c *Commands) skip(ctx context.Context, r Request) Reply {
	return c.steer(ctx, r, reading.Skipped{By: r.Member}, "Skipped.")
}

func (c *Commands) stop(ctx context.Context, r Request) Reply {
	return c.steer(ctx, r, reading.Stopped{By: r.Member}, "Stopped. What was read stays in the channel.")
}

// steer takes the wish of a host to the reading of the channel.
func (c *Commands) steer(ctx context.Context, r Request, e reading.Event, done string) Reply {
	s, ok := c.here(r)
	if !ok {
		return say(noReading)
	}
	if !maySteer(r, s) {
		return say(fmt.Sprintf("Only the host, <@%s>, and members with the permission “Manage Messages” can do this.", s.Host))
	}
	a, err := c.narrator.Do(ctx, s.ID, e)
	if errors.Is(err, narrate.ErrStopping) {
		return say("I am being restarted. Please try again in a minute.")
	}
	if err != nil {
		return c.trouble(r, "steer", err)
	}
	if a.Outcome == reading.Done {
		return say(done)
	}
	return say(outcome(a))
}

// outcome says what became of a wish.
func outcome(a reading.Answer) string {
	switch a.Outcome {
	case reading.Counted:
		return "Your vote: **" + option(a.Option) + "**." + changeable(a)
	case reading.Changed:
		return "Your vote is now **" + option(a.Option) + "** instead of “" + option(a.Before) + "”." + changeable(a)
	case reading.Same:
		return "Your vote stays **" + option(a.Option) + "**." + changeable(a)
	case reading.VoteOver:
		return "That vote is closed, so this press does not count. The story has gone on."
	case reading.VotePaused:
		return "The reading is paused, so this press does not count. Votes so far are kept; you can vote when it goes on."
	case reading.HostDecides:
		return "The vote was tied, and the host decides this one."
	case reading.NoSuchOption:
		return "That is not an option of this vote."
	case reading.AlreadyIn:
		return "You are in already. When a vote comes up, press a button."
	case reading.RoomFull:
		return fmt.Sprintf("%d readers have joined, which is as many as can be waited for. You can vote all the same.", reading.MaxReaders)
	case reading.AlreadyBegun:
		return "The story has begun already."
	case reading.NotPaused:
		return "The reading is not paused; it is going on."
	case reading.IsPaused:
		return "The reading is paused already. `/story resume` goes on."
	case reading.Underway:
		return "The next message is on its way already."
	case reading.IsOver:
		return "This reading is over. `/story start` begins a new one."
	default:
		return "Done."
	}
}

// maxOption keeps what was chosen, and the words after it, in one short message.
const maxOption = 200

func option(text string) string {
	return Plain(short(text, maxOption))
}

func changeable(a reading.Answer) string {
	if a.Closes.IsZero() {
		return " You can change it until the vote closes."
	}
	return fmt.Sprintf(" You can change it until the vote closes <t:%d:R>.", ceilSeconds(a.Closes))
}
