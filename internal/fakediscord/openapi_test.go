package fakediscord_test

import (
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

// TestAnswersFitDiscordsDescription goes through what a bot may ask for. As
// with every test here, Discord's description decides whether it is right.
func TestAnswersFitDiscordsDescription(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		b := newBot(t, s, c)
		tourOfMessages(t, b)
		tourOfInteractions(t, b)
		tourOfTheWorld(b)
		if v := s.Violations(); len(v) > 0 {
			t.Error(v)
		}
	})
	traffic.Want(t, "POST /channels/{channel_id}/messages", "PATCH /channels/{channel_id}/messages/{message_id}",
		"POST /interactions/{interaction_id}/{interaction_token}/callback", "GET /gateway/bot")
}

func tourOfMessages(t *testing.T, b *bot) {
	path := "/channels/" + general(b.s) + "/messages"
	everything := []any{map[string]any{"type": 17, "accent_color": 0x336699, "components": []any{
		textDisplay("# The Last Dance"),
		map[string]any{"type": 9, "components": []any{textDisplay("A tale")}, "accessory": map[string]any{
			"type": 11, "media": map[string]any{"url": "https://example.org/a.png"}, "description": "A hall"}},
		map[string]any{"type": 14, "divider": true, "spacing": 2},
		map[string]any{"type": 12, "items": []any{map[string]any{"media": map[string]any{"url": "attachment://cover.png"}, "description": "A cover"}}},
		map[string]any{"type": 13, "file": map[string]any{"url": "attachment://cover.png"}},
		map[string]any{"type": 1, "components": []any{
			map[string]any{"type": 2, "style": 1, "label": "Dance", "custom_id": "a", "emoji": map[string]any{"name": "💃"}},
			map[string]any{"type": 2, "style": 5, "label": "More", "url": "https://example.org"},
		}},
		map[string]any{"type": 1, "components": []any{map[string]any{"type": 3, "custom_id": "pick", "options": []any{map[string]any{"label": "One", "value": "1"}}}}},
	}}}
	payload := map[string]any{"flags": 32768, "components": everything, "nonce": "n1", "enforce_nonce": true, "allowed_mentions": map[string]any{"parse": []any{}}}
	made := b.want(b.upload("POST", path, payload, map[string][]byte{"cover.png": picture(t)}), 200, 0)
	delete(payload, "nonce")
	delete(payload, "enforce_nonce")
	b.want(b.do("PATCH", path+"/"+made.str("id"), payload), 200, 0)
	legacy := map[string]any{"content": "<@" + b.s.Bot().ID + ">", "embeds": []any{map[string]any{
		"title": "T", "description": "D", "color": 5, "footer": map[string]any{"text": "F"}, "author": map[string]any{"name": "A"},
		"fields": []any{map[string]any{"name": "N", "value": "V", "inline": true}}, "timestamp": time.Now().Format(time.RFC3339),
	}}, "message_reference": map[string]any{"message_id": made.str("id")}, "nonce": 7}
	head := b.want(b.do("POST", path, legacy), 200, 0)
	b.want(b.do("POST", path+"/"+head.str("id")+"/threads", map[string]any{"name": "story"}), 201, 0)
	b.want(b.do("GET", path+"/"+head.str("id"), nil), 200, 0)
	b.want(b.do("GET", path+"?limit=10", nil), 200, 0)
	b.want(b.do("DELETE", path+"/"+made.str("id"), nil), 204, 0)
	b.want(b.do("POST", "/channels/"+general(b.s)+"/typing", nil), 204, 0)
	b.want(b.do("POST", "/channels/"+general(b.s)+"/threads", map[string]any{"name": "loose", "type": 11}), 201, 0)
	b.want(b.do("PATCH", "/channels/"+head.str("id"), map[string]any{"archived": true}), 200, 0)
}

func tourOfInteractions(t *testing.T, b *bot) {
	person := anna(t, b.s)
	answer := func(callback string, kind int, data any) {
		t.Helper()
		body := map[string]any{"type": kind}
		if data != nil {
			body["data"] = data
		}
		b.want(b.do("POST", callback+"?with_response=true", body), 200, 0)
	}
	_, p, callback := b.command(person)
	answer(callback, 4, map[string]any{"content": "hello", "flags": 64})
	b.want(b.do("GET", b.webhook(p)+"/messages/@original", nil), 200, 0)
	b.want(b.do("PATCH", b.webhook(p)+"/messages/@original", map[string]any{"content": "bye"}), 200, 0)
	more := b.want(b.do("POST", b.webhook(p), map[string]any{"content": "more"}), 200, 0)
	b.want(b.do("PATCH", b.webhook(p)+"/messages/"+more.str("id"), map[string]any{"content": "less"}), 200, 0)
	b.want(b.do("DELETE", b.webhook(p)+"/messages/"+more.str("id"), nil), 204, 0)

	press := fakediscord.PressInput{User: person, Channel: general(b.s), Message: b.post("a"), CustomID: "a"}
	for _, step := range []struct {
		kind int
		data any
	}{
		{7, map[string]any{"content": "updated"}}, {6, nil}, {5, nil},
		{4, map[string]any{"flags": 32768 | 64, "components": []any{textDisplay("counted")}}},
		{9, map[string]any{"custom_id": "f", "title": "Words", "components": []any{
			map[string]any{"type": 18, "label": "Name", "component": map[string]any{"type": 4, "custom_id": "n", "style": 2}}}}},
	} {
		id, err := b.s.Press(press)
		if err != nil {
			t.Fatal(err)
		}
		_, callback := b.event()
		answer(callback, step.kind, step.data)
		if step.kind == 9 {
			if _, err := b.s.SubmitModal(fakediscord.ModalInput{User: person, InteractionID: id, Values: map[string]any{"n": "x"}}); err != nil {
				t.Fatal(err)
			}
			_, callback = b.event()
			answer(callback, 4, map[string]any{"content": "thanks"})
		}
	}
}

func tourOfTheWorld(b *bot) {
	g := b.s.Guild().ID
	for _, path := range []string{
		"/gateway", "/gateway/bot", "/users/@me", "/users/" + b.s.Bot().ID, "/users/@me/guilds", "/applications/@me", "/oauth2/applications/@me",
		"/guilds/" + g, "/guilds/" + g + "/channels", "/guilds/" + g + "/roles", "/guilds/" + g + "/threads/active",
		"/guilds/" + g + "/members/" + b.s.Bot().ID, "/channels/" + general(b.s), "/applications/" + b.s.Bot().ID + "/commands",
	} {
		b.want(b.do("GET", path, nil), 200, 0)
	}
	commands := "/applications/" + b.s.Bot().ID + "/guilds/" + g + "/commands"
	made := b.want(b.do("POST", commands, map[string]any{"name": "help", "description": "Help", "default_member_permissions": 8}), 201, 0)
	b.want(b.do("PATCH", commands+"/"+made.str("id"), map[string]any{"description": "Helps"}), 200, 0)
	b.want(b.do("GET", commands+"/"+made.str("id"), nil), 200, 0)
	b.want(b.do("PUT", commands, []any{}), 200, 0)
}
