package commands

import (
	"context"
	"fmt"
	"strings"
	"time"

	"storyteller/internal/narrate/reading"
)

func (c *Commands) status(ctx context.Context, r Request) Reply {
	s, ok := c.here(r)
	if !ok {
		return say(noReading)
	}
	if _, err := c.narrator.Do(ctx, s.ID, reading.Asked{}); err != nil {
		c.log.Warn("the channel could not be brought up to date", "reading", s.ID, "error", err)
	}
	facts := []string{count(readers(s), "reader", "readers")}
	if s.Beats > 0 {
		facts = append(facts, count(s.Beats, "beat", "beats")+" told", count(decided(s), "vote", "votes")+" decided")
	}
	lines := []string{fmt.Sprintf("**%s**, hosted by <@%s>", Plain(s.Story.Title), s.Host), standing(s), strings.Join(facts, " · ")}
	return say(strings.Join(lines, "\n"))
}

// standing says in a sentence what the reading is doing.
func standing(s reading.State) string {
	switch s.Phase {
	case reading.Lobby:
		return "Readers are gathering. Begin: " + until(s.Due) + "."
	case reading.Voting:
		v := s.Vote
		if v.Message == "" {
			return fmt.Sprintf("Vote %d is about to be shown.", v.Number)
		}
		return fmt.Sprintf("Vote %d is open; %s voted. Close: %s.", v.Number, count(len(v.Ballots), "reader has", "readers have"), until(v.Closes))
	case reading.OnHold:
		return onHold(s)
	case reading.Over:
		return "It is over."
	default:
		if s.Due.IsZero() {
			return "The next beat is on its way."
		}
		return "The story is being told. Next message: " + until(s.Due) + "."
	}
}

// onHold says why the clock stands, and what sets it going.
func onHold(s reading.State) string {
	switch s.Held.Why {
	case reading.Silence:
		return "Paused, because nobody voted. `/story resume` opens the vote again."
	case reading.Forbidden:
		return "Paused, because I may not post here any more. It goes on when I have the permission back or the thread is unlocked, or with `/story resume`."
	case reading.Misfit:
		return "Paused, because Discord would not take the next message. `/story skip` leaves it out, `/story resume` tries once more."
	default:
		return "Paused. `/story resume` goes on."
	}
}

func readers(s reading.State) int {
	n := len(s.Readers)
	if s.Vote != nil {
		for voter := range s.Vote.Ballots {
			if !listedReader(s, voter) {
				n++
			}
		}
	}
	return n
}

func listedReader(s reading.State, member string) bool {
	for _, reader := range s.Readers {
		if reader == member {
			return true
		}
	}
	return false
}

// decided counts the votes that have been closed.
func decided(s reading.State) int {
	if s.Vote != nil {
		return s.Votes - 1
	}
	return s.Votes
}

func until(at time.Time) string {
	return fmt.Sprintf("<t:%d:R>", ceilSeconds(at))
}

// ceilSeconds is the Unix time in seconds, rounded up: a deadline must not seem to be over before it is.
func ceilSeconds(at time.Time) int64 {
	return at.Add(time.Second - 1).Unix()
}
