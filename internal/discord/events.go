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
)

// hear takes an event from discordgo. It is called in the loop that reads the gateway, maybe with discordgo's locks
// held, so it only hands on.
func (b *Bot) hear(ctx context.Context, registered chan<- string, e *discordgo.Event) {
	switch e.Type {
	case eventInteraction:
		if !b.handling.run(func() { b.interact(ctx, e.RawData) }) {
			b.flooded.Do(func() {
				b.log.Error("more interactions arrive than can be answered; some are dropped", "waiting", maxArrived)
			})
		}
	case eventReady:
		var ready struct {
			Application struct {
				ID string `json:"id"`
			} `json:"application"`
			Guilds []struct {
				ID string `json:"id"`
			} `json:"guilds"`
		}
		if err := json.Unmarshal(e.RawData, &ready); err != nil {
			b.log.Error("READY cannot be read", "error", err)
			return
		}
		ids := make([]string, len(ready.Guilds))
		for i, g := range ready.Guilds {
			ids[i] = g.ID
		}
		b.guilds.reset(ids)
		select {
		case registered <- ready.Application.ID:
		default: // not the first READY
		}
		b.log.Info("logged in to the gateway", "servers", len(ids))
	case eventGuildCreate, eventGuildDelete, eventChannelDelete, eventThreadDelete:
		b.place(e)
	}
}

// place hands on what became of a guild or a channel.
func (b *Bot) place(e *discordgo.Event) {
	var what struct {
		ID          string `json:"id"`
		GuildID     string `json:"guild_id"`
		Unavailable bool   `json:"unavailable"`
	}
	if err := json.Unmarshal(e.RawData, &what); err != nil || what.ID == "" {
		b.log.Error("an event cannot be read", "event", e.Type, "error", err)
		return
	}
	// Without the field, or with false, a GUILD_DELETE means that the bot was removed.
	removed := e.Type == eventGuildDelete && !what.Unavailable
	switch e.Type {
	case eventGuildCreate:
		b.guilds.add(what.ID)
	case eventGuildDelete:
		if removed {
			b.guilds.remove(what.ID)
		}
	}
	watcher := b.cfg.Watcher
	if watcher == nil {
		return
	}
	b.events.push(func() {
		switch {
		case e.Type == eventChannelDelete || e.Type == eventThreadDelete:
			watcher.ChannelGone(what.GuildID, what.ID)
		case removed:
			watcher.GuildGone(what.ID)
		default:
			watcher.GuildUnavailable(what.ID, what.Unavailable)
		}
	})
}

// watch tells the watcher what happens, until ctx ends.
func (b *Bot) watch(ctx context.Context) {
	for {
		tell, ok := b.events.pop(ctx)
		if !ok {
			return
		}
		b.guard("an event", tell)
	}
}

// guard keeps a panic from ending the process: discordgo does not, and one bad event must not stop every reading.
func (b *Bot) guard(what string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			b.panicked(what, r)
		}
	}()
	f()
}

// lifeline is a queue without an end, so that whoever fills it never waits. Its events are few.
type lifeline struct {
	mu   sync.Mutex
	list []func()
	more chan struct{} // holds a token while list may not be empty
}

func newLifeline() *lifeline { return &lifeline{more: make(chan struct{}, 1)} }

func (l *lifeline) push(f func()) {
	l.mu.Lock()
	l.list = append(l.list, f)
	l.mu.Unlock()
	signalTo(l.more)
}

// pop waits for the next; false when ctx has ended.
func (l *lifeline) pop(ctx context.Context) (func(), bool) {
	for {
		l.mu.Lock()
		if len(l.list) > 0 {
			f := l.list[0]
			l.list = l.list[1:]
			l.mu.Unlock()
			return f, true
		}
		l.mu.Unlock()
		select {
		case <-l.more:
		case <-ctx.Done():
			return nil, false
		}
	}
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
