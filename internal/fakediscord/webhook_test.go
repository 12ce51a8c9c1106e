package fakediscord_test

import (
	"fmt"
	"strings"
	"testing"

	"storyteller/internal/fakediscord"
)

// letIn gives the bot all that it may ask for.
func letIn(t *testing.T, s *fakediscord.Server) {
	t.Helper()
	if err := s.Permit("", "", s.Bot().ID, fakediscord.AllPermissions&^fakediscord.Administrator); err != nil {
		t.Fatal(err)
	}
}

func TestAWebhookSpeaksUnderAName(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		hooks := "/channels/" + general(s) + "/webhooks"
		c.want(c.do("POST", hooks, map[string]any{"name": "Voices"}), 403, 50013)
		letIn(t, s)
		for _, name := range []string{"", "My Discord", "CLYDE", strings.Repeat("x", 81)} {
			if r := c.do("POST", hooks, map[string]any{"name": name}); r.code() != 50035 {
				t.Errorf("%q was taken: %s", name, r.raw)
			}
		}
		w := c.want(c.do("POST", hooks, map[string]any{"name": "Voices"}), 200, 0)
		path := "/webhooks/" + w.str("id") + "/" + w.str("token")
		if l := c.want(c.do("GET", "/guilds/"+s.Guild().ID+"/webhooks", nil), 200, 0).list; len(l) != 1 || l[0]["name"] != "Voices" {
			t.Errorf("%v", l)
		}
		c.auth = "" // the token in the path is enough
		c.want(c.do("POST", path, map[string]any{"content": "quietly"}), 204, 0)
		m := c.want(c.do("POST", path+"?wait=true", map[string]any{"content": "hello", "username": "The Lamp"}), 200, 0)
		if author, _ := m.m["author"].(map[string]any); author["username"] != "The Lamp" || m.str("webhook_id") != w.str("id") {
			t.Errorf("%s", m.raw)
		}
		// Twice the same nonce is twice a message: there is none for webhooks.
		c.complains(c.do("POST", path, map[string]any{"content": "x", "nonce": "1"}), "nonce", "UNKNOWN_FIELD")
		c.complains(c.do("POST", path, map[string]any{"content": "x", "username": "discord"}), "username", "USERNAME_INVALID_CONTAINS")
		c.want(c.do("PATCH", path+"/messages/"+m.str("id"), map[string]any{"content": "changed"}), 200, 0)
		if r := c.want(c.do("GET", path+"/messages/"+m.str("id"), nil), 200, 0); r.str("content") != "changed" {
			t.Errorf("%s", r.raw)
		}
		c.want(c.do("DELETE", path+"/messages/"+m.str("id"), nil), 204, 0)
		c.want(c.do("PATCH", path+"/messages/"+m.str("id"), map[string]any{"content": "x"}), 404, 10008)
		c.want(c.do("GET", path+"x", nil), 401, 50027)
		c.auth = "Bot " + fakediscord.DefaultToken
		first := s.Messages(general(s))[0]
		c.want(c.do("PATCH", "/channels/"+general(s)+"/messages/"+first.ID, map[string]any{"content": "x"}), 403, 50005)
		if r := c.want(c.do("PATCH", "/webhooks/"+w.str("id"), map[string]any{"name": "Others"}), 200, 0); r.str("name") != "Others" {
			t.Errorf("%s", r.raw)
		}
		c.want(c.do("DELETE", path, nil), 204, 0)
		c.want(c.do("POST", path, map[string]any{"content": "x"}), 404, 10015)
		c.want(c.do("GET", "/webhooks/"+w.str("id"), nil), 404, 10015)
	})
}

func TestAWebhookWritesInThreadsAndForums(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		letIn(t, s)
		hook := func(channel string) string {
			w := c.want(c.do("POST", "/channels/"+channel+"/webhooks", map[string]any{"name": "Voices"}), 200, 0)
			return "/webhooks/" + w.str("id") + "/" + w.str("token")
		}
		path := hook(general(s))
		thread := c.want(c.do("POST", "/channels/"+general(s)+"/threads", map[string]any{"name": "t", "type": 11}), 201, 0).str("id")
		c.want(c.do("POST", path+"?wait=true&thread_id="+thread, map[string]any{"content": "x"}), 200, 0)
		if l := s.Messages(thread); len(l) != 1 || l[0].Content != "x" {
			t.Errorf("%v", l)
		}
		c.want(c.do("POST", path+"?thread_id=5", map[string]any{"content": "x"}), 404, 10003)
		c.want(c.do("POST", path, map[string]any{"content": "x", "thread_name": "t"}), 400, 220003)
		if err := s.SetThread(thread, true, true); err != nil {
			t.Fatal(err)
		}
		c.want(c.do("POST", path+"?thread_id="+thread, map[string]any{"content": "x"}), 400, 160005)

		forum, err := s.AddChannel(fakediscord.Channel{Name: "posts", Type: fakediscord.ChannelForum})
		if err != nil {
			t.Fatal(err)
		}
		path = hook(forum.ID)
		c.want(c.do("POST", path, map[string]any{"content": "x"}), 400, 220001)
		m := c.want(c.do("POST", path+"?wait=true", map[string]any{"content": "x", "thread_name": "A post"}), 200, 0)
		if m.str("id") != m.str("channel_id") {
			t.Errorf("%s", m.raw)
		}
		c.want(c.do("POST", path+"?thread_id="+m.str("id"), map[string]any{"content": "x", "thread_name": "t"}), 400, 220002)
		if err := s.DeleteChannel(forum.ID); err != nil {
			t.Fatal(err)
		}
		c.want(c.do("GET", path, nil), 404, 10015)
	})
}

func TestWebhooksAreLimitedAndDeadOnesPunished(t *testing.T) {
	bubble(t, fakediscord.Options{InvalidLimit: 5, Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		letIn(t, s)
		for i := range 15 {
			c.want(c.do("POST", "/channels/"+general(s)+"/webhooks", map[string]any{"name": fmt.Sprint(i)}), 200, 0)
		}
		c.want(c.do("POST", "/channels/"+general(s)+"/webhooks", map[string]any{"name": "x"}), 400, 30007)
		for range 5 {
			c.want(c.do("POST", "/webhooks/5/dead", map[string]any{"content": "x"}), 404, 10015)
		}
		c.want(c.do("GET", "/gateway", nil), 429, 0)
	})
}
