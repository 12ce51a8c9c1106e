package narrate

import (
	"context"
	"slices"
	"time"

	"storyteller/internal/narrate/reading"
)

// KeepAfterRemoval is how long the data of a guild are kept after the bot was removed from it: long enough to mend a
// mistake, and no longer.
const KeepAfterRemoval = 7 * 24 * time.Hour

// forgetEvery is how often it is looked for guilds whose time is over.
const forgetEvery = time.Hour

// GuildsAre takes note of all guilds that the bot is a member of, as the stage tells when it has logged in. None of them is
// there yet: each is told to be available when it is. The bot was removed from those that are missing.
func (n *Narrator) GuildsAre(guilds []string) {
	ctx, ok := n.alive()
	if !ok {
		return
	}
	known, err := n.store.Guilds(ctx)
	if err != nil {
		n.log.Error("it is not known which servers the bot was removed from", "error", err)
		return
	}
	for _, guild := range known {
		if slices.Contains(guilds, guild) {
			n.sleepIn(guild)
		} else {
			n.GuildGone(guild)
		}
	}
}

// GuildGone ends the readings of a guild that the bot was removed from. Its data are kept for KeepAfterRemoval.
func (n *Narrator) GuildGone(guild string) {
	ctx, ok := n.alive()
	if !ok {
		return
	}
	n.log.Info("the bot was removed from a server", "guild", guild, "kept for", KeepAfterRemoval)
	for _, p := range n.inGuild(guild) {
		p.tell(reading.Refused{Reason: reading.ChannelGone})
	}
	if err := n.store.LeftGuild(ctx, guild, n.now()); err != nil {
		n.log.Error("the removal from a server could not be noted", "guild", guild, "error", err)
	}
}

// GuildUnavailable takes note that a guild is away, by an outage at Discord, or there (again). While it is away its
// readings wait, with their clocks; then they go on from where they were.
func (n *Narrator) GuildUnavailable(guild string, away bool) {
	ctx, ok := n.alive()
	if !ok {
		return
	}
	if away {
		n.log.Warn("a server is not available; its readings wait", "guild", guild)
		n.sleepIn(guild)
		return
	}
	if err := n.store.BackInGuild(ctx, guild); err != nil {
		n.log.Error("the return to a server could not be noted", "guild", guild, "error", err)
	}
	for _, p := range n.inGuild(guild) {
		p.comeBack()
	}
	n.AccessChanged(guild)
}

func (n *Narrator) sleepIn(guild string) {
	for _, p := range n.inGuild(guild) {
		p.goAway()
	}
}

// forget drops, until ctx ends, what is known of guilds that were left for good.
func (n *Narrator) forget(ctx context.Context) {
	tick := time.NewTicker(forgetEvery)
	defer tick.Stop()
	for {
		forgotten, err := n.store.ForgetGuilds(ctx, n.now().Add(-KeepAfterRemoval))
		if err != nil && ctx.Err() == nil {
			n.log.Error("the data of a server that was left could not be removed", "error", err)
		}
		for _, guild := range forgotten {
			n.log.Info("the data of a server that was left are removed", "guild", guild)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// tell takes what became of the reading's place through the core.
func (p *performer) tell(e reading.Event) {
	if _, err := p.apply(e); err != nil {
		p.log().Error("an event of the channel could not be saved", "error", err)
	}
}

// inGuild lists the readings of a guild.
func (n *Narrator) inGuild(guild string) []*performer {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := make([]*performer, 0, len(n.byGuild[guild]))
	for _, p := range n.byGuild[guild] {
		all = append(all, p)
	}
	return all
}
