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
