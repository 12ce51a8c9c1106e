package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"storyteller/internal/narrate"

	"github.com/bwmarrin/discordgo"
)

const (
	// clockSlack is how far this machine's clock may be off Discord's when a time is turned into a place in the history.
	clockSlack = 5 * time.Minute
	// maxPages bounds how far the history is read on: 5,000 messages since the message was first tried.
	maxPages = 50
)

// findShown looks in the channel for a message that an earlier try may have shown, and returns its id, or "" if it is
// not there. It looks for the marker, in messages after the newest one of the reading that is known to be on screen.
func (b *Bot) findShown(ctx context.Context, p narrate.Posting) (string, error) {
	after := snowflakeAt(p.Tried.Add(-clockSlack))
	if known, err := strconv.ParseUint(p.After, 10, 64); err == nil {
		after = max(after, known)
	}
	want := markerOf(p)
	for range maxPages {
		page, err := b.page(ctx, p.Place.Channel, after)
		if err != nil {
			return "", err
		}
		for _, m := range page {
			if m.Author.Bot && len(m.Components) > 0 && m.Components[0].ID == int64(want) {
				return m.ID, nil
			}
			// Newest first; but nothing is lost by not relying on it.
			if id, err := strconv.ParseUint(m.ID, 10, 64); err == nil {
				after = max(after, id)
			}
		}
		if len(page) < maxPage {
			return "", nil
		}
	}
	b.log.Warn("a message was not found in a long history; it is shown again", "channel", p.Place.Channel, "reading", p.Reading)
	return "", nil
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

// page reads the messages that follow an id. Without the permission to read the history Discord gives none.
func (b *Bot) page(ctx context.Context, channel string, after uint64) ([]pastMessage, error) {
	address := fmt.Sprintf("%s?after=%d&limit=%d", discordgo.EndpointChannelMessages(channel), after, maxPage)
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
