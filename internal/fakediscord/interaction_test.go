package fakediscord_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
)

const storyCommand = `[{"name":"story","description":"Stories","options":[
 {"type":1,"name":"status","description":"How it stands"},
 {"type":1,"name":"start","description":"Begin","options":[
  {"type":3,"name":"story","description":"Which","required":true,"autocomplete":true,"max_length":20},
  {"type":4,"name":"pace","description":"How fast","min_value":1,"max_value":5},
  {"type":3,"name":"mode","description":"How","choices":[{"name":"Slow","value":"slow"}]},
  {"type":11,"name":"file","description":"A file"},
  {"type":6,"name":"lead","description":"Who leads"}]}]}]`

func registerStory(c *client) {
	c.t.Helper()
	c.want(c.do("PUT", "/applications/"+c.s.Bot().ID+"/commands", storyCommand), 200, 0)
}

// bot is a gateway client that hands interactions to the test.
type bot struct {
	*client
	wire *wire
}

func newBot(t testing.TB, s *fakediscord.Server, c *client) *bot {
	registerStory(c)
	w, _ := login(t, s, nil)
	w.until("GUILD_CREATE")
	return &bot{c, w}
}

// event is the next interaction that came.
func (b *bot) event() (packet, string) {
	b.t.Helper()
	p := b.wire.until("INTERACTION_CREATE")
	return p, "/interactions/" + p.m["id"].(string) + "/" + p.m["token"].(string) + "/callback"
}

func (b *bot) webhook(p packet) string {
	return "/webhooks/" + b.s.Bot().ID + "/" + p.m["token"].(string)
}

func (b *bot) command(person string) (string, packet, string) {
	b.t.Helper()
	id, err := b.s.Command(fakediscord.CommandInput{User: person, Channel: general(b.s), Name: "story", Subcommand: "status"})
	if err != nil {
		b.t.Fatal(err)
	}
	p, callback := b.event()
	return id, p, callback
}

func withBot(t *testing.T, f func(t *testing.T, b *bot, person string)) {
	t.Helper()
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		f(t, newBot(t, s, c), anna(t, s))
	})
}

func TestAnInteractionHasDiscordsShape(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		_, p, _ := b.command(person)
		for _, key := range []string{"id", "application_id", "token", "guild_id", "channel_id", "channel", "member", "app_permissions",
			"locale", "guild_locale", "data", "entitlements", "authorizing_integration_owners", "attachment_size_limit"} {
			if p.m[key] == nil {
				t.Errorf("%s is missing", key)
			}
		}
		member := p.m["member"].(map[string]any)
		if member["user"].(map[string]any)["id"] != person || member["permissions"] != fakediscord.DefaultPermissions.String() {
			t.Errorf("member: %v", member)
		}
		if p.m["type"] != 2.0 || p.m["version"] != 1.0 || p.m["context"] != 0.0 || p.m["app_permissions"] != "309237763072" {
			t.Errorf("%v", p.m)
		}
		data, _ := json.Marshal(p.m["data"].(map[string]any)["options"])
		if string(data) != `[{"name":"status","type":1}]` {
			t.Errorf("options: %s", data)
		}
	})
}

func TestTheFirstAnswerComesOnceAndInTime(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		id, _, callback := b.command(person)
		hello := map[string]any{"type": 4, "data": map[string]any{"content": "hello"}}
		b.auth = "" // the route needs no token
		r := b.want(b.do("POST", callback+"?with_response=true", hello), 200, 0)
		message := r.m["resource"].(map[string]any)["message"].(map[string]any)
		if message["content"] != "hello" || message["type"] != 20.0 {
			t.Fatalf("%s", r.raw)
		}
		b.want(b.do("POST", callback, hello), 400, 40060)
		if o, _ := b.s.Outcome(id); o.State != fakediscord.StateAcknowledged || o.Message.Content != "hello" {
			t.Fatalf("%+v", o)
		}

		id, _, callback = b.command(person)
		time.Sleep(3 * time.Second)
		b.want(b.do("POST", callback, hello), 404, 10062)
		o, err := b.s.WaitOutcome(context.Background(), id)
		if err != nil || o.State != fakediscord.StateFailed || o.Error == "" {
			t.Fatalf("%+v, %v", o, err)
		}
		if len(b.s.Violations()) > 0 {
			t.Fatal("being late is no malformed request:", b.s.Violations())
		}
	})
}

func TestADeferredAnswerIsFilledIn(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		id, p, callback := b.command(person)
		b.want(b.do("PATCH", b.webhook(p)+"/messages/@original", map[string]any{"content": "early"}), 404, 10015)
		r := b.do("POST", callback, map[string]any{"type": 5, "data": map[string]any{"flags": 64 | 32768}})
		b.complains(r, "data", "flags", "BASE_TYPE_CHOICES")
		b.want(b.do("POST", callback, map[string]any{"type": 5, "data": map[string]any{"flags": 64}}), 204, 0)
		if o, _ := b.s.Outcome(id); o.State != fakediscord.StateDeferred {
			t.Fatalf("%+v", o)
		}
		v2 := map[string]any{"flags": 32768, "components": []any{map[string]any{"type": 10, "content": "done"}}}
		r = b.want(b.do("PATCH", b.webhook(p)+"/messages/@original", v2), 200, 0)
		if r.m["flags"] != float64(32768|64) {
			t.Fatalf("flags %v", r.m["flags"])
		}
		b.want(b.do("GET", "/channels/"+general(b.s)+"/messages/"+r.str("id"), nil), 404, 10008) // ephemeral
		if list := b.do("GET", "/channels/"+general(b.s)+"/messages", nil); string(list.raw) != "[]" {
			t.Fatalf("an ephemeral message is in the history: %s", list.raw)
		}
		more := b.want(b.do("POST", b.webhook(p), map[string]any{"content": "more"}), 200, 0)
		b.want(b.do("DELETE", b.webhook(p)+"/messages/"+more.str("id"), nil), 204, 0)
		time.Sleep(15 * time.Minute)
		b.want(b.do("POST", b.webhook(p), map[string]any{"content": "too late"}), 200, 0)
		time.Sleep(time.Millisecond)
		b.want(b.do("POST", b.webhook(p), map[string]any{"content": "too late"}), 401, 50027)
	})
}

func TestTheFirstFollowUpFillsThePlaceholder(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		_, p, callback := b.command(person)
		b.want(b.do("POST", callback, map[string]any{"type": 5}), 204, 0)
		placeholder := b.do("GET", b.webhook(p)+"/messages/@original", nil)
		if placeholder.m["flags"] != 128.0 {
			t.Fatalf("%s", placeholder.raw)
		}
		r := b.want(b.do("POST", b.webhook(p), map[string]any{"content": "first"}), 200, 0)
		if r.str("id") != placeholder.str("id") || r.m["flags"] != 0.0 {
			t.Fatalf("%s", r.raw)
		}
	})
}

// post makes a message with one button.
func (b *bot) post(customID string) string {
	b.t.Helper()
	r := b.do("POST", "/channels/"+general(b.s)+"/messages", map[string]any{"content": "vote", "components": []any{
		map[string]any{"type": 1, "components": []any{map[string]any{"type": 2, "style": 1, "label": "A", "custom_id": customID}}},
	}})
	return b.want(r, 200, 0).str("id")
}

func TestAPressCanUpdateItsMessage(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		message := b.post("a")
		press := fakediscord.PressInput{User: person, Channel: general(b.s), Message: message, CustomID: "a"}
		if _, err := b.s.Press(press); err != nil {
			t.Fatal(err)
		}
		p, callback := b.event()
		if p.m["type"] != 3.0 || p.m["message"].(map[string]any)["id"] != message || p.m["data"].(map[string]any)["custom_id"] != "a" {
			t.Fatalf("%v", p.m)
		}
		b.want(b.do("POST", callback, map[string]any{"type": 7, "data": map[string]any{"content": "closed", "components": []any{}}}), 204, 0)
		if m := b.s.Messages(general(b.s))[0]; m.Content != "closed" || len(m.Buttons()) != 0 {
			t.Fatalf("%+v", m)
		}
		if _, err := b.s.Press(press); err == nil {
			t.Fatal("a button that is gone was pressed")
		}
		if _, err := b.s.Forge(press); err != nil {
			t.Fatal(err)
		}
		_, callback = b.event()
		b.want(b.do("POST", callback, map[string]any{"type": 6}), 204, 0)
		_, _, callback = b.command(person)
		b.complains(b.do("POST", callback, map[string]any{"type": 6}), "type", "INTERACTION_CALLBACK_TYPE_INVALID")
	})
}

func TestAnEphemeralReplyIsSeenByItsReaderOnly(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		message := b.post("a")
		if _, err := b.s.Press(fakediscord.PressInput{User: person, Channel: general(b.s), Message: message, CustomID: "a"}); err != nil {
			t.Fatal(err)
		}
		_, callback := b.event()
		row := []any{map[string]any{"type": 1, "components": []any{map[string]any{"type": 2, "style": 1, "label": "Undo", "custom_id": "undo"}}}}
		b.want(b.do("POST", callback, map[string]any{"type": 4, "data": map[string]any{"content": "counted", "flags": 64, "components": row}}), 204, 0)
		e, err := b.s.WaitEvent(context.Background(), 0, func(e fakediscord.Event) bool { return e.Type == "ephemeral" })
		if err != nil || e.For != person || e.Message.Content != "counted" {
			t.Fatalf("%+v, %v", e, err)
		}
		other := anna(t, b.s)
		undo := fakediscord.PressInput{User: other, Channel: general(b.s), Message: e.Message.ID, CustomID: "undo"}
		if _, err := b.s.Press(undo); err == nil {
			t.Fatal("someone else pressed an ephemeral message's button")
		}
		undo.User = person
		if _, err := b.s.Press(undo); err != nil {
			t.Fatal(err)
		}
	})
}

func TestAFormOpensAndIsSentOff(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		id, _, callback := b.command(person)
		field := map[string]any{"type": 4, "custom_id": "name", "style": 1, "max_length": 5}
		modal := map[string]any{"custom_id": "form", "title": "Your words", "components": []any{
			map[string]any{"type": 18, "label": "Name", "component": field},
		}}
		long := map[string]any{"custom_id": "form", "title": strings.Repeat("x", 46), "components": modal["components"]}
		b.complains(b.do("POST", callback, map[string]any{"type": 9, "data": long}), "data", "title", "BASE_TYPE_BAD_LENGTH")
		b.want(b.do("POST", callback, map[string]any{"type": 9, "data": modal}), 204, 0)
		in := fakediscord.ModalInput{User: person, InteractionID: id, Values: map[string]any{"name": "far too long"}}
		if _, err := b.s.SubmitModal(in); err == nil {
			t.Fatal("a text over max_length was sent")
		}
		in.Values["name"] = "Ada"
		if _, err := b.s.SubmitModal(in); err != nil {
			t.Fatal(err)
		}
		p, callback := b.event()
		data, _ := json.Marshal(p.m["data"])
		want := `{"components":[{"component":{"custom_id":"name","id":2,"type":4,"value":"Ada"},"id":1,"type":18}],"custom_id":"form"}`
		if p.m["type"] != 5.0 || string(data) != want {
			t.Fatalf("%s", data)
		}
		b.complains(b.do("POST", callback, map[string]any{"type": 9, "data": modal}), "type", "INTERACTION_CALLBACK_TYPE_INVALID")
		if _, err := b.s.SubmitModal(in); err == nil {
			t.Fatal("a form was sent twice")
		}
	})
}

func TestAutocompletionWaitsForTheBot(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		in := fakediscord.CommandInput{User: person, Channel: general(b.s), Name: "story", Subcommand: "start", Options: map[string]any{"story": "la"}, Focused: "story"}
		answered := make(chan []fakediscord.Choice)
		ask := func() {
			l, err := b.s.Autocomplete(context.Background(), in)
			if err != nil {
				t.Log(err)
			}
			answered <- l
		}
		go ask()
		p, callback := b.event()
		options, _ := json.Marshal(p.m["data"].(map[string]any)["options"])
		if p.m["type"] != 4.0 || !strings.Contains(string(options), `"focused":true`) {
			t.Fatalf("%s", options)
		}
		b.want(b.do("POST", callback, map[string]any{"type": 8, "data": map[string]any{"choices": []any{map[string]any{"name": "The Last Dance", "value": "last"}}}}), 204, 0)
		if l := <-answered; len(l) != 1 || l[0].Value != "last" {
			t.Fatalf("%v", l)
		}
		go ask()
		b.event()
		if l := <-answered; l != nil { // nobody answers
			t.Fatalf("%v", l)
		}
	})
}

func TestPeopleTypeCommandsAsTheClientLetsThem(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		for _, tc := range []struct {
			name    string
			in      fakediscord.CommandInput
			options map[string]any
			ok      bool
		}{
			{"all right", fakediscord.CommandInput{Name: "story", Subcommand: "start"}, map[string]any{"story": "x", "pace": "3", "mode": "slow", "lead": person}, true},
			{"required is missing", fakediscord.CommandInput{Name: "story", Subcommand: "start"}, nil, false},
			{"unknown option", fakediscord.CommandInput{Name: "story", Subcommand: "start"}, map[string]any{"story": "x", "colour": "red"}, false},
			{"too large", fakediscord.CommandInput{Name: "story", Subcommand: "start"}, map[string]any{"story": "x", "pace": 6}, false},
			{"not a number", fakediscord.CommandInput{Name: "story", Subcommand: "start"}, map[string]any{"story": "x", "pace": "fast"}, false},
			{"not a choice", fakediscord.CommandInput{Name: "story", Subcommand: "start"}, map[string]any{"story": "x", "mode": "fast"}, false},
			{"too long", fakediscord.CommandInput{Name: "story", Subcommand: "start"}, map[string]any{"story": strings.Repeat("x", 21)}, false},
			{"no such person", fakediscord.CommandInput{Name: "story", Subcommand: "start"}, map[string]any{"story": "x", "lead": "1"}, false},
			{"no subcommand", fakediscord.CommandInput{Name: "story"}, nil, false},
			{"unknown command", fakediscord.CommandInput{Name: "tale"}, nil, false},
		} {
			in := tc.in
			in.User, in.Channel, in.Options = person, general(b.s), tc.options
			if _, err := b.s.Command(in); (err == nil) != tc.ok {
				t.Errorf("%s: %v", tc.name, err)
			}
		}
		file := fakediscord.Upload{Filename: "tale.ink", ContentType: "text/plain", Data: []byte("Once.")}
		in := fakediscord.CommandInput{User: person, Channel: general(b.s), Name: "story", Subcommand: "start", Options: map[string]any{"story": "x", "file": file}}
		if _, err := b.s.Command(in); err != nil {
			t.Fatal(err)
		}
		b.event()
		p, _ := b.event()
		for _, a := range p.m["data"].(map[string]any)["resolved"].(map[string]any)["attachments"].(map[string]any) {
			resp, err := b.http.Get(a.(map[string]any)["url"].(string))
			if err != nil || resp.StatusCode != 200 {
				t.Fatalf("the file cannot be fetched: %v", err)
			}
			_ = resp.Body.Close()
		}
		if err := b.s.Permit("", general(b.s), person, fakediscord.SendMessages); err != nil {
			t.Fatal(err)
		}
		if _, err := b.s.Command(in); err == nil {
			t.Error("someone who cannot see the channel used a command there")
		}
		synctest.Wait()
	})
}

func TestCommandsStayWhereTheBotUserIsNot(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		if err := b.s.RemoveBotUser(""); err != nil {
			t.Fatal(err)
		}
		_, p, callback := b.command(person)
		if p.m["app_permissions"] != "0" {
			t.Errorf("app_permissions: %v", p.m["app_permissions"])
		}
		b.want(b.do("POST", callback, map[string]any{"type": 4, "data": map[string]any{"content": "hello", "flags": 64}}), 204, 0)
		b.want(b.do("POST", "/channels/"+general(b.s)+"/messages", map[string]any{"content": "x"}), 403, 50001)
		if l := b.want(b.do("GET", "/users/@me/guilds", nil), 200, 0); string(l.raw) != "[]" {
			t.Errorf("%s", l.raw)
		}
		if err := b.s.RestoreBot(""); err != nil {
			t.Fatal(err)
		}
		b.want(b.do("POST", "/channels/"+general(b.s)+"/messages", map[string]any{"content": "x"}), 200, 0)
		for n, remove := range []func(string) error{b.s.RemoveBot, b.s.RemoveBotUser, b.s.RemoveBot} {
			if err := remove(""); err != nil {
				t.Fatal(err)
			}
			_, err := b.s.Command(fakediscord.CommandInput{User: person, Channel: general(b.s), Name: "story", Subcommand: "status"})
			if stay, want := err == nil, n == 1; stay != want {
				t.Errorf("removal %d: the commands stay: %v, want %v", n+1, stay, want)
			}
		}
	})
}
