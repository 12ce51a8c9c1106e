package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strconv"

	"storyteller/internal/narrate"

	"github.com/bwmarrin/discordgo"
)

// maxPages bounds how far the history is read on: 5,000 messages since the newest one of the reading, and the newest 100
// whatever is between.
const maxPages = 50

// findShown looks in the channel for a message that an earlier try may have shown, and returns its id, or "" if it is
// not there. It looks for the marker, in messages after the newest one of the reading that is known to be on screen: ids
// are Discord's own, so no clock of this machine can lead it astray.
func (b *Bot) findShown(ctx context.Context, p narrate.Posting) (string, error) {
	after, want := newestKnown(p), markerOf(p)
	from := uint64(0) // the newest page first: it holds the message when the bot was away shortly and the room is loud
	for n := range 1 + maxPages {
		page, err := b.page(ctx, p.Place.Channel, from)
		if err != nil {
			return "", err
		}
		if n == 0 && len(page) == 0 && p.After != "" {
			b.log.Warn("the channel's history is empty or may not be read; a message that is on screen already is shown again",
				"channel", p.Place.Channel, "reading", p.Reading)
		}
		oldest := uint64(math.MaxUint64)
		for _, m := range page {
			if m.Author.Bot && len(m.Components) > 0 && m.Components[0].ID == int64(want) {
				return m.ID, nil
			}
			if id, err := strconv.ParseUint(m.ID, 10, 64); err == nil {
				oldest = min(oldest, id)
				if n > 0 {
					after = max(after, id)
				}
			}
		}
		if len(page) < maxPage || n == 0 && oldest <= after {
			return "", nil
		}
		from = after
	}
	b.log.Warn("a message was not found in a long history; it is shown again", "channel", p.Place.Channel, "reading", p.Reading)
	return "", nil
}

// newestKnown is the newest id of Discord's that is known to be older than the message: the one of the reading's newest
// message on screen, or of the interaction that the reading began with and is named after.
func newestKnown(p narrate.Posting) uint64 {
	var newest uint64
	for _, id := range []string{p.Reading, p.After} {
		if known, err := strconv.ParseUint(id, 10, 64); err == nil {
			newest = max(newest, known)
		}
	}
	return newest
}

// pastMessage is what findShown needs of a message. Everything else is left unread, whatever kinds of components
// members of the future may send.
type pastMessage struct {
	ID     string `json:"id"`
	Author struct {
		Bot bool `json:"bot"`
	} `json:"author"`
	Components []struct {
		ID int64 `json:"id"`
	} `json:"components"`
}

// page reads the messages that follow an id; after 0, the newest ones. Without the permission to read the history Discord gives none.
func (b *Bot) page(ctx context.Context, channel string, after uint64) ([]pastMessage, error) {
	address := fmt.Sprintf("%s?limit=%d", discordgo.EndpointChannelMessages(channel), maxPage)
	if after > 0 {
		address += fmt.Sprintf("&after=%d", after)
	}
	answer, err := b.call(ctx, "history", http.MethodGet, address, "", nil)
	if err != nil {
		return nil, err
	}
	var page []pastMessage
	if err := json.Unmarshal(answer, &page); err != nil {
		return nil, &failure{unsent: true, after: shortRest, words: "history: Discord's answer cannot be read"}
	}
	return page, nil
}
