package discord

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/bwmarrin/discordgo"
)

// Events of the gateway that the bot hears. Interactions come without any intent, the rest with GUILDS.
// Source: https://discord.com/developers/docs/events/gateway-events
const (
	eventReady         = "READY"
	eventResumed       = "RESUMED"
	eventInteraction   = "INTERACTION_CREATE"
	eventGuildCreate   = "GUILD_CREATE"
	eventGuildDelete   = "GUILD_DELETE"
	eventChannelDelete = "CHANNEL_DELETE"
	eventThreadDelete  = "THREAD_DELETE"
	eventThreadUpdate  = "THREAD_UPDATE"
	// What may change what the bot may do. Of members it hears only of itself.
	eventChannelUpdate = "CHANNEL_UPDATE"
	eventRoleCreate    = "GUILD_ROLE_CREATE"
	eventRoleUpdate    = "GUILD_ROLE_UPDATE"
	eventRoleDelete    = "GUILD_ROLE_DELETE"
	eventMemberUpdate  = "GUILD_MEMBER_UPDATE"
)

// hear takes an event from discordgo. It is called in the loop that reads the gateway, maybe with discordgo's locks
// held, so it only hands on.
func (b *Bot) hear(ctx context.Context, registered chan<- string, e *discordgo.Event) {
	switch e.Type {
	case eventInteraction:
		before := b.events.last()
		if !b.handling.run(func() { b.interact(ctx, before, e.RawData) }) {
			b.flooded.Do(func() {
				b.log.Error("more interactions arrive than can be answered; some are dropped", "waiting", maxArrived)
			})
		}
	case eventReady:
		var ready struct {
			Application struct {
				ID string `json:"id"`
			} `json:"application"`
			Guilds *[]struct {
				ID string `json:"id"`
			} `json:"guilds"`
		}
		if err := json.Unmarshal(e.RawData, &ready); err != nil || ready.Guilds == nil {
			b.log.Error("READY cannot be read", "error", err)
			return
		}
		ids := make([]string, len(*ready.Guilds))
		for i, g := range *ready.Guilds {
			ids[i] = g.ID
		}
		b.guilds.reset(ids)
		b.tell(func(w Watcher) { w.GuildsAre(ids) })
		select {
		case registered <- ready.Application.ID:
		default: // not the first READY
		}
		b.log.Info("logged in to the gateway", "servers", len(ids))
	case eventGuildCreate, eventGuildDelete:
		b.guild(e)
	case eventChannelDelete, eventThreadDelete, eventThreadUpdate, eventChannelUpdate, eventRoleCreate, eventRoleUpdate, eventRoleDelete, eventMemberUpdate:
		b.place(e)
	}
}

// thread is what the bot reads of a thread.
type thread struct {
	ID   string `json:"id"`
	Meta *struct {
		Locked bool `json:"locked"`
	} `json:"thread_metadata"`
}

// guild hands on what became of a guild.
func (b *Bot) guild(e *discordgo.Event) {
	var what struct {
		ID          string   `json:"id"`
		Unavailable bool     `json:"unavailable"`
		Threads     []thread `json:"threads"`
	}
	if err := json.Unmarshal(e.RawData, &what); err != nil || what.ID == "" {
		b.log.Error("an event cannot be read", "event", e.Type, "error", err)
		return
	}
	// Without the field, or with false, a GUILD_DELETE means that the bot was removed.
	removed := e.Type == eventGuildDelete && !what.Unavailable
	if removed {
		b.guilds.remove(what.ID)
	} else {
		b.guilds.add(what.ID)
	}
	b.tell(func(w Watcher) {
		if removed {
			w.GuildGone(what.ID)
			return
		}
		w.GuildUnavailable(what.ID, what.Unavailable)
		for _, t := range what.Threads { // what became of them while the bot was not there
			if t.Meta != nil {
				w.ThreadChanged(what.ID, t.ID, t.Meta.Locked)
			}
		}
	})
}

// place hands on what became of a channel, or of the permissions in it.
func (b *Bot) place(e *discordgo.Event) {
	var what struct {
		thread
		Guild string `json:"guild_id"`
	}
	if err := json.Unmarshal(e.RawData, &what); err != nil || what.Guild == "" {
		b.log.Error("an event cannot be read", "event", e.Type, "error", err)
		return
	}
	b.tell(func(w Watcher) {
		switch e.Type {
		case eventChannelDelete, eventThreadDelete:
			w.ChannelGone(what.Guild, what.ID)
		case eventThreadUpdate:
			if what.Meta != nil {
				w.ThreadChanged(what.Guild, what.ID, what.Meta.Locked)
			}
		default:
			w.AccessChanged(what.Guild)
		}
	})
}

// guildSet is the guilds that the bot is a member of.
type guildSet struct {
	mu  sync.Mutex
	set map[string]bool
}

func (g *guildSet) reset(ids []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.set = make(map[string]bool, len(ids))
	for _, id := range ids {
		g.set[id] = true
	}
}

func (g *guildSet) add(id string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.set == nil {
		g.set = map[string]bool{}
	}
	g.set[id] = true
}

func (g *guildSet) remove(id string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.set, id)
}

func (g *guildSet) has(id string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.set[id]
}
