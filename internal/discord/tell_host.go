package discord

import (
	"context"
	"encoding/json"
	"net/http"

	"storyteller/internal/narrate"

	"github.com/bwmarrin/discordgo"
)

// TellHost sends the host a direct message: that a reading waits, where, why, and what to do. Many members take none; that
// is the error then. It gives way to all that is told in channels.
func (b *Bot) TellHost(ctx context.Context, w narrate.Waiting) error {
	ctx = withGuild(withPriority(ctx, last), w.Place.Guild)
	body := payload{Content: waitNotice(w), Nonce: nonce(w.Reading, w.Key), EnforceNonce: true}
	return b.persist(ctx, func(ctx context.Context) error {
		channel, err := b.directChannel(ctx, w.Host)
		if err != nil {
			return err
		}
		_, err = b.send(ctx, "tell the host", http.MethodPost, discordgo.EndpointChannelMessages(channel), body)
		return err
	})
}

// directChannel is the id of the channel of direct messages with a user: the same each time.
func (b *Bot) directChannel(ctx context.Context, user string) (string, error) {
	const what = "open direct messages"
	body, err := json.Marshal(map[string]string{"recipient_id": user})
	if err != nil {
		return "", &failure{unsent: true, words: what + ": " + err.Error()}
	}
	answer, err := b.call(ctx, what, http.MethodPost, discordgo.EndpointUserChannels("@me"), "application/json", body)
	if err != nil {
		return "", err
	}
	return idOf(what, answer) // where it cannot be read, asking again does no harm
}

// waitNotice is what the host is told.
func waitNotice(w narrate.Waiting) string {
	return "**" + escape(clip(oneLine(w.Title), maxTitle)) + "** waits in <#" + w.Place.Channel + ">. " + because(w.Why) +
		" Nothing is lost: the story goes on by itself when that is mended, or with `/story resume` there."
}

// because says what keeps a reading from being shown, as far as Discord tells.
func because(why error) string {
	switch {
	case why == nil || isCode(why, codeThreadLocked):
		return "The thread is locked, so nobody can vote."
	case isCode(why, codeArchivedThread):
		return "The thread is archived, and I cannot open it."
	case isCode(why, codeMissingAccess):
		return "I cannot see that channel any more: I need the permission “View Channel”."
	case isCode(why, codeMissingPermissions):
		return "I may not post there any more: I need the permissions “View Channel”, “Send Messages” (in a thread “Send Messages in Threads”) and, for pictures, “Attach Files”."
	}
	return "Discord does not let me post there any more."
}
