package commands

import (
	"context"
	"errors"
	"log/slog"

	"storyteller/internal/library"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
)

// Narrator is what commands need of the one who runs the readings.
type Narrator interface {
	Start(ctx context.Context, o narrate.Opening) (reading.State, error)
	Do(ctx context.Context, id string, e reading.Event) (reading.Answer, error)
	In(channel string) (reading.State, bool)
	Find(ctx context.Context, id string) (reading.State, bool, error)
	Guild(guild string) []reading.State
	Log(ctx context.Context, id string) ([]reading.Entry, error)
	EndingsFound(ctx context.Context, guild, story string) ([]string, error)
}

// Library is what commands need of the stories.
type Library interface {
	All() []*library.Story
	Story(id string) (*library.Story, bool)
	Match(typed string, n int) []*library.Story
}

// Commands answers what members want.
type Commands struct {
	narrator Narrator
	library  Library
	log      *slog.Logger
}

// New makes Commands. A nil log says nothing.
func New(n Narrator, l Library, log *slog.Logger) *Commands {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Commands{narrator: n, library: l, log: log}
}

// subcommand is one command of the group: what is registered, and what it does.
type subcommand struct {
	Definition
	run func(c *Commands, ctx context.Context, r Request) Reply
}

// subcommands lists the group, in the order in which members see it.
func subcommands() []subcommand {
	return []subcommand{
		{startDefinition, (*Commands).start},
		{Definition{Name: "status", Description: "Where the reading in this channel stands"}, (*Commands).status},
		{Definition{Name: "pause", Description: "Stop the clock; votes so far are kept"}, (*Commands).pause},
		{Definition{Name: "resume", Description: "Go on where the reading was paused"}, (*Commands).resume},
		{Definition{Name: "skip", Description: "Do not wait: next beat, or close the vote now"}, (*Commands).skip},
		{Definition{Name: "stop", Description: "End the reading in this channel"}, (*Commands).stop},
		{Definition{Name: "list", Description: "The stories that can be read here, and the readings going on"}, (*Commands).list},
	}
}

// Definitions is what is to be registered.
func Definitions() []Definition {
	var all []Definition
	for _, s := range subcommands() {
		all = append(all, s.Definition)
	}
	return all
}

// Handle answers a request. It waits for the disk at most, never for what is shown in the channel.
func (c *Commands) Handle(ctx context.Context, r Request) Reply {
	switch r.Kind {
	case Completion:
		return c.complete(r)
	case Press:
		return c.press(ctx, r)
	default:
		for _, s := range subcommands() {
			if s.Name == r.Command {
				return s.run(c, ctx, r)
			}
		}
		return say("I do not know that command. Type / to see what there is.")
	}
}

func say(text string) Reply {
	return Reply{Text: text}
}

// trouble is the answer when something of ours failed: the operator reads why, the member what to do.
func (c *Commands) trouble(r Request, what string, err error) Reply {
	c.log.Error("a request failed", "what", what, "guild", r.Place.Guild, "channel", r.Place.Channel, "interaction", r.ID, "error", err)
	var fault interface{ Lasting() bool }
	if errors.As(err, &fault) && fault.Lasting() {
		return say("That cannot be done: what I have saved is damaged, and trying again will not help. Whoever runs me finds in my log what does. " +
			"A reading that has not ended yet can be ended with `/story stop`; then its channel is free for another.")
	}
	return say("That did not work just now, and nothing was changed. Please try again in a moment.")
}
