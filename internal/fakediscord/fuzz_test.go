package fakediscord_test

import (
	"testing"

	"storyteller/internal/fakediscord"
)

// FuzzBodies sends arbitrary bodies to the routes that check most. Whatever
// comes is answered, and what is refused leaves no trace.
func FuzzBodies(f *testing.F) {
	for _, seed := range []string{
		`{"content":"x"}`, `[]`, `null`, `{"flags":32768,"components":[{"type":17,"components":[{"type":10,"content":"x"}]}]}`,
		`{"type":4,"data":{"content":"x"}}`, `{"type":9,"data":{"components":[{"type":18,"component":{"type":4}}]}}`, storyCommand,
		`{"components":[{"type":9,"accessory":{"type":2},"components":[5]}],"embeds":[{"fields":[{}]}],"attachments":[{"id":"x"}]}`,
		`{"poll":{"question":{"text":"x"},"answers":[{"poll_media":{"text":"x"}}],"duration":1}}`, `{"content":"x","username":"y","thread_name":"z"}`,
		`{"name":"x","privacy_level":2,"entity_type":3,"entity_metadata":{"location":"x"},"scheduled_start_time":"2999-01-01T00:00:00Z","scheduled_end_time":"2999-01-02T00:00:00Z"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		s := fakediscord.New(fakediscord.Options{Limits: fakediscord.Limits{Off: true}, InvalidLimit: 1 << 30})
		defer s.Close()
		c := newClient(t, s)
		b := newBot(t, s, c)
		m, err := s.AddMember(fakediscord.Member{})
		if err != nil {
			t.Fatal(err)
		}
		letIn(t, s)
		hook := c.do("POST", "/channels/"+general(s)+"/webhooks", map[string]any{"name": "x"})
		messages := "/channels/" + general(s) + "/messages"
		message := c.do("POST", messages, map[string]any{"content": "x"}).str("id")
		if _, err := s.Command(fakediscord.CommandInput{User: m.ID, Channel: general(s), Name: "story", Subcommand: "status"}); err != nil {
			t.Fatal(err)
		}
		_, callback := b.event()
		for _, route := range [][2]string{
			{"POST", messages}, {"PATCH", messages + "/" + message}, {"PUT", "/applications/" + s.Bot().ID + "/guilds/" + s.Guild().ID + "/commands"},
			{"POST", "/channels/" + general(s) + "/threads"}, {"POST", callback},
			{"POST", "/webhooks/" + hook.str("id") + "/" + hook.str("token")}, {"POST", "/guilds/" + s.Guild().ID + "/scheduled-events"},
		} {
			before := len(s.Ledger())
			r := c.do(route[0], route[1], body)
			heavy := r.status == 500 && len(body) > 10_000 // Discord's answer to texts that weigh too much
			if !heavy && (r.status >= 500 || r.status >= 400 && r.code() == 0) {
				t.Fatalf("%v: %d %s", route, r.status, r.raw)
			}
			if r.status >= 400 && len(s.Ledger()) != before {
				t.Fatalf("%v: refused, yet done", route)
			}
		}
	})
}
