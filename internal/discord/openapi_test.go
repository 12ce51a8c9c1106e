package discord

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"storyteller/internal/commands"
	"storyteller/internal/fakediscord"
	"storyteller/internal/openapi"
)

// traffic is all that the bots of these tests send and are answered; Discord's own description decides at the end whether
// it is right.
var traffic openapi.Traffic

func TestMain(m *testing.M) { os.Exit(traffic.Main(m)) }

// TestEverythingIsSentOnce has the bot send all that it knows to send, for the description to judge.
func TestEverythingIsSentOnce(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		r.showEverything()
		r.doEverything()
	})
	traffic.Want(t, "GET /gateway/bot", "PUT /applications/{application_id}/commands",
		"POST /channels/{channel_id}/messages", "PATCH /channels/{channel_id}/messages/{message_id}",
		"POST /channels/{channel_id}/typing", "POST /interactions/{interaction_id}/{interaction_token}/callback",
		"PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original")
}

// showEverything posts and edits each scene of the golden files.
func (r *room) showEverything() {
	for name, m := range scenes() {
		p := posting(m)
		p.Place = r.beat("", "").Place
		p.Message.Key = name
		if _, shown := pictureOf(p); shown {
			p.Picture = dot(r)
		}
		id, err := r.bot.Post(r.Context(), p)
		if err != nil {
			r.Errorf("%s: %v", name, err)
			continue
		}
		p.Message.Edit, p.Message.ID, p.Message.Key = name, id, name+" edited"
		if err := r.bot.Edit(r.Context(), p); err != nil {
			r.Errorf("%s, edited: %v", name, err)
		}
	}
	if err := r.bot.Typing(r.Context(), r.beat("", "").Place); err != nil {
		r.Error(err)
	}
}

// doEverything answers interactions in every way there is.
func (r *room) doEverything() {
	anna := r.member("Anna")
	for _, reply := range []commands.Reply{
		{Text: "short"}, {Text: strings.Repeat("long ", 700)}, {}, {Text: "file", File: &commands.File{Name: "a.txt", Body: []byte("x")}},
	} {
		r.handle = func(context.Context, commands.Request) commands.Reply { return reply }
		id, err := r.slash(anna, map[string]any{"story": "x"})
		r.outcome(id, err)
		message, button := r.pollOf(fmt.Sprint("v", len(reply.Text)))
		id, err = r.fake.Press(fakediscord.PressInput{User: anna, Channel: r.channel(), Message: message, CustomID: button})
		r.outcome(id, err)
	}
	r.handle = func(context.Context, commands.Request) commands.Reply {
		return commands.Reply{Choices: []commands.Choice{{Name: "The Lamp", Value: "lamp"}}}
	}
	if _, err := r.fake.Autocomplete(r.Context(), fakediscord.CommandInput{
		User: anna, Channel: r.channel(), Name: commands.Group, Subcommand: "start", Options: map[string]any{"story": ""}, Focused: "story",
	}); err != nil {
		r.Error(err)
	}
}
