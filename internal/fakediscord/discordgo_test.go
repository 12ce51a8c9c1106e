package fakediscord_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"storyteller/internal/fakediscord"
)

// session is a discordgo session on the server, with reconnecting off: its
// Close sleeps with a lock held, so the server ends the connection instead.
func session(t *testing.T, s *fakediscord.Server) *discordgo.Session {
	t.Helper()
	d, err := discordgo.New("Bot " + fakediscord.DefaultToken)
	if err != nil {
		t.Fatal(err)
	}
	d.Client.Transport = s.Transport()
	d.Dialer = &websocket.Dialer{NetDialContext: s.DialGateway}
	d.Identify.Intents = discordgo.IntentsGuilds
	d.ShouldReconnectOnError = false
	return d
}

// TestWhatDiscordgoSendsIsAccepted goes through the calls of discordgo that a
// bot would use: the server's strictness must not refuse what its own structs
// always carry along.
func TestWhatDiscordgoSendsIsAccepted(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		registerStory(c)
		d := session(t, s)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		came := make(chan *discordgo.Interaction)
		d.AddHandler(func(_ *discordgo.Session, i *discordgo.InteractionCreate) { came <- i.Interaction })
		must(d.Open())
		person := anna(t, s)
		typed := fakediscord.CommandInput{User: person, Channel: general(s), Name: "story", Subcommand: "status"}
		respond := func(i *discordgo.Interaction, kind discordgo.InteractionResponseType, data *discordgo.InteractionResponseData) {
			t.Helper()
			must(d.InteractionRespond(i, &discordgo.InteractionResponse{Type: kind, Data: data}))
		}
		command := func() *discordgo.Interaction {
			t.Helper()
			_, err := s.Command(typed)
			must(err)
			return <-came
		}

		i := command()
		respond(i, discordgo.InteractionResponseDeferredChannelMessageWithSource, &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral})
		text := "done"
		_, err := d.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &text})
		must(err)
		_, err = d.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "more"})
		must(err)
		respond(command(), discordgo.InteractionResponseModal, &discordgo.InteractionResponseData{CustomID: "f", Title: "Words", Components: []discordgo.MessageComponent{
			discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{CustomID: "n", Label: "Name", Style: discordgo.TextInputShort}}},
		}})

		sent, err := d.ChannelMessageSendComplex(general(s), &discordgo.MessageSend{Flags: discordgo.MessageFlagsIsComponentsV2, Components: []discordgo.MessageComponent{
			discordgo.Container{Components: []discordgo.MessageComponent{
				discordgo.TextDisplay{Content: "vote"}, discordgo.Separator{},
				discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "A", CustomID: "a", Style: discordgo.PrimaryButton}}},
			}},
		}})
		must(err)
		press := fakediscord.PressInput{User: person, Channel: general(s), Message: sent.ID, CustomID: "a"}
		_, err = s.Press(press)
		must(err)
		respond(<-came, discordgo.InteractionResponseDeferredMessageUpdate, nil)

		thread, err := d.MessageThreadStart(general(s), sent.ID, "story", 10080)
		must(err)
		archived := true
		_, err = d.ChannelEdit(thread.ID, &discordgo.ChannelEdit{Archived: &archived})
		must(err)
		must(d.ChannelTyping(general(s)))
		_, err = d.ChannelMessages(general(s), 10, "", sent.ID, "")
		must(err)
		_, err = d.ApplicationCommandCreate(d.State.User.ID, s.Guild().ID, &discordgo.ApplicationCommand{Name: "help", Description: "Help", Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: "topic", Description: "Which"},
		}})
		must(err)
		if v := s.Violations(); len(v) > 0 {
			t.Fatal(v)
		}
		s.Gateway().Cut()
		time.Sleep(2 * time.Second)
	})
}

func TestDiscordgoLogsInAndAnswersInEveryGuild(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, _ *client) {
		s.AddGuild("Second")
		d := session(t, s)
		guilds := make(chan string, 4)
		d.AddHandler(func(_ *discordgo.Session, g *discordgo.GuildCreate) { guilds <- g.Name })
		d.AddHandler(func(d *discordgo.Session, i *discordgo.InteractionCreate) {
			err := d.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
				Type: discordgo.InteractionResponseChannelMessageWithSource,
				Data: &discordgo.InteractionResponseData{Content: "hello from " + i.GuildID},
			})
			if err != nil {
				t.Error(err)
			}
		})
		if err := d.Open(); err != nil {
			t.Fatal(err)
		}
		_, err := d.ApplicationCommandBulkOverwrite(d.State.User.ID, "", []*discordgo.ApplicationCommand{{Name: "story", Description: "Tell a story"}})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		synctest.Wait()
		if len(guilds) != 2 {
			t.Fatalf("%d guilds came, want 2", len(guilds))
		}
		for _, name := range []string{<-guilds, <-guilds} {
			t.Log("joined", name)
		}
		person := anna(t, s)
		id, err := s.Command(fakediscord.CommandInput{User: person, Channel: general(s), Name: "story"})
		if err != nil {
			t.Fatal(err)
		}
		o, err := s.WaitOutcome(ctx, id)
		if err != nil || o.State != fakediscord.StateAcknowledged || o.Message.Content != "hello from "+s.Guild().ID {
			t.Fatalf("outcome %+v, %v", o, err)
		}
		time.Sleep(5 * time.Minute) // heartbeats go on
		if s.Gateway().Sessions() != 1 {
			t.Fatal("the session was lost")
		}
		if v := s.Violations(); len(v) > 0 {
			t.Fatal(v)
		}
		s.Gateway().Cut()
		time.Sleep(2 * time.Second) // discordgo's own close sleeps for one
	})
}
