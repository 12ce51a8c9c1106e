package fakediscord_test

import (
	"net/http"
	"testing"

	"storyteller/internal/fakediscord"
)

// direct opens the channel of direct messages with a user and returns its path.
func direct(c *client, user string) string {
	made := c.want(c.do("POST", "/users/@me/channels", map[string]any{"recipient_id": user}), 200, 0)
	return "/channels/" + made.str("id")
}

func TestDirectMessagesReachOnePerson(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		person := anna(t, s)
		events := s.Subscribe(t.Context())
		path := direct(c, person)
		if again := direct(c, person); again != path {
			t.Errorf("two channels with one person: %s and %s", path, again)
		}
		body := map[string]any{"content": "The story waits.", "nonce": "n1", "enforce_nonce": true, "allowed_mentions": map[string]any{"parse": []any{}}}
		sent := c.want(c.do("POST", path+"/messages", body), 200, 0)
		if e := <-events; e.Type != "direct" || e.For != person || e.Message.Content != "The story waits." {
			t.Errorf("people see %+v", e)
		}
		if again := c.want(c.do("POST", path+"/messages", body), 200, 0); again.str("id") != sent.str("id") {
			t.Error("the same nonce made two messages")
		}
		c.want(c.do("PATCH", path+"/messages/"+sent.str("id"), map[string]any{"content": "The story goes on."}), 200, 0)
		c.want(c.do("GET", path+"/messages/"+sent.str("id"), nil), 200, 0)
		if list := c.want(c.do("GET", path+"/messages", nil), 200, 0).list; len(list) != 1 {
			t.Errorf("the history has %d messages", len(list))
		}
		if got := c.want(c.do("GET", path, nil), 200, 0); got.m["type"] != 1.0 || got.str("last_message_id") != sent.str("id") {
			t.Errorf("%s", got.raw)
		}
		if l := s.DirectMessages(person); len(l) != 1 || l[0].Content != "The story goes on." {
			t.Errorf("%+v", l)
		}
		ledger := s.Ledger()
		if len(ledger) != 2 || ledger[0].Kind != fakediscord.KindCreate || "/channels/"+ledger[0].ChannelID != path {
			t.Errorf("the ledger has %+v", ledger)
		}
		if v := s.Violations(); len(v) > 0 {
			t.Error(v)
		}
	})
}

func TestDirectMessagesAreRefused(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		person, guild := anna(t, s), s.Guild().ID
		hello := map[string]any{"content": "hello"}
		path := direct(c, person)
		for _, takes := range []bool{false, true} {
			if err := s.TakeDirectMessages(person, takes); err != nil {
				t.Fatal(err)
			}
			if takes {
				c.want(c.do("POST", path+"/messages", hello), 200, 0)
			} else {
				c.want(c.do("POST", direct(c, person)+"/messages", hello), 403, 50007) // it is opened all the same
			}
		}
		if err := s.RemoveMember(guild, person); err != nil {
			t.Fatal(err)
		}
		c.want(c.do("POST", path+"/messages", hello), 403, 50278)
		c.want(c.do("POST", "/users/@me/channels", map[string]any{"recipient_id": "5"}), 400, 50033)
		c.want(c.do("POST", "/users/@me/channels", map[string]any{"recipient_id": s.Bot().ID}), 400, 50007)
		if len(s.DirectMessages(person)) != 1 || len(s.Ledger()) != 1 {
			t.Errorf("what was refused is there: %+v", s.Ledger())
		}
		if err := s.TakeDirectMessages(s.Bot().ID, false); err == nil {
			t.Error("a bot has settings for direct messages")
		}
		if v := s.Violations(); len(v) > 0 {
			t.Error(v) // a correct bot cannot know any of this before
		}
		c.complains(c.do("POST", "/users/@me/channels", map[string]any{}), "recipient_id", "BASE_TYPE_REQUIRED")
	})
}

// What is of guilds does not know channels of direct messages.
func TestDirectMessagesAreOutsideGuilds(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		person := anna(t, s)
		path := direct(c, person)
		id := path[len("/channels/"):]
		sent := c.want(c.do("POST", path+"/messages", map[string]any{"content": "hello"}), 200, 0).str("id")
		for _, call := range []struct{ method, path string }{
			{http.MethodDelete, path}, {http.MethodPost, path + "/typing"}, {http.MethodGet, path + "/webhooks"},
			{http.MethodPut, path + "/messages/pins/" + sent}, {http.MethodDelete, path + "/messages/" + sent},
		} {
			c.want(c.do(call.method, call.path, nil), 403, 50003)
		}
		c.want(c.do("POST", path+"/messages/"+sent+"/threads", map[string]any{"name": "story"}), 403, 50003)
		if _, err := s.Command(fakediscord.CommandInput{User: person, Channel: id, Name: "story"}); err == nil {
			t.Error("a command was typed there")
		}
		if s.Messages(id) != nil || len(s.Channels("")) != 1 {
			t.Error("it is among the channels of a guild")
		}
	})
}
