package fakediscord_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
)

func TestSelectMenusAreChosenFrom(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		row := func(kid map[string]any) any { return map[string]any{"type": 1, "components": []any{kid}} }
		options := []any{map[string]any{"label": "One", "value": "1"}, map[string]any{"label": "Two", "value": "2"}}
		message := b.want(b.do("POST", "/channels/"+general(b.s)+"/messages", map[string]any{"flags": 32768, "components": []any{
			row(map[string]any{"type": 3, "custom_id": "pick", "options": options, "max_values": 2}),
			row(map[string]any{"type": 5, "custom_id": "who"}),
			row(map[string]any{"type": 8, "custom_id": "where", "disabled": true}),
		}}), 200, 0).str("id")
		choose := func(id string, values ...string) error {
			_, err := b.s.Select(fakediscord.PressInput{User: person, Channel: general(b.s), Message: message, CustomID: id, Values: values})
			return err
		}
		for _, values := range [][]string{{}, {"3"}, {"1", "1"}, {"1", "2", "3"}} {
			if choose("pick", values...) == nil {
				t.Errorf("%v was accepted", values)
			}
		}
		if choose("where", general(b.s)) == nil || choose("who", "1") == nil {
			t.Error("a disabled menu, or nobody, was chosen")
		}
		if err := choose("pick", "2", "1"); err != nil {
			t.Fatal(err)
		}
		p, _ := b.event()
		if data, _ := json.Marshal(p.m["data"]); string(data) != `{"component_type":3,"custom_id":"pick","id":2,"values":["2","1"]}` {
			t.Fatalf("%s", data)
		}
		if err := choose("who", person); err != nil {
			t.Fatal(err)
		}
		p, _ = b.event()
		resolved := p.m["data"].(map[string]any)["resolved"].(map[string]any)
		if resolved["users"].(map[string]any)[person] == nil || resolved["members"].(map[string]any)[person] == nil {
			t.Fatalf("%v", resolved)
		}
		long := make([]any, 26)
		for i := range long {
			long[i] = options[i%2]
		}
		post := func(options []any) result {
			return b.do("POST", "/channels/"+general(b.s)+"/messages", map[string]any{"content": "x", "components": []any{row(map[string]any{"type": 3, "custom_id": "pick", "options": options})}})
		}
		b.complains(post(long), "components", "0", "components", "0", "options", "BASE_TYPE_BAD_LENGTH")
		b.complains(post(long[1:]), "components", "0", "components", "0", "options", "2", "value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED")
	})
}

func TestEveryFieldOfAFormIsFilledIn(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		id, _, callback := b.command(person)
		label := func(name string, field map[string]any) any {
			field["custom_id"] = name
			return map[string]any{"type": 18, "label": name, "component": field}
		}
		options := []any{map[string]any{"label": "One", "value": "1"}, map[string]any{"label": "Two", "value": "2"}}
		modal := map[string]any{"custom_id": "form", "title": "All", "components": []any{
			label("file", map[string]any{"type": 19}), label("radio", map[string]any{"type": 21, "options": options, "required": false}),
			label("boxes", map[string]any{"type": 22, "options": options, "max_values": 2}), label("box", map[string]any{"type": 23}),
			label("who", map[string]any{"type": 5}),
		}}
		b.want(b.do("POST", callback, map[string]any{"type": 9, "data": modal}), 204, 0)
		e, err := b.s.WaitEvent(context.Background(), 0, func(e fakediscord.Event) bool { return e.Type == "modal" })
		if err != nil || e.For != person || e.InteractionID != id || e.Modal.Title != "All" {
			t.Fatalf("%+v, %v", e, err)
		}
		file, err := b.s.Upload(general(b.s), fakediscord.Upload{Filename: "a b.ink", Data: []byte("x")})
		if err != nil {
			t.Fatal(err)
		}
		in := fakediscord.ModalInput{User: person, InteractionID: id, Values: map[string]any{
			"file": file, "boxes": []any{"1", "2"}, "box": true, "who": []string{person},
		}}
		for name, bad := range map[string]any{"boxes": []any{"3"}, "who": "1", "file": "1", "none": "x"} {
			wrong := in
			wrong.Values = map[string]any{}
			for key, v := range in.Values {
				wrong.Values[key] = v
			}
			wrong.Values[name] = bad
			if _, err := b.s.SubmitModal(wrong); err == nil {
				t.Errorf("%s as %v was accepted", name, bad)
			}
		}
		if _, err := b.s.SubmitModal(in); err != nil {
			t.Fatal(err)
		}
		p, _ := b.event()
		data := p.m["data"].(map[string]any)
		values, _ := json.Marshal(data["components"])
		for _, want := range []string{`"value":true`, `"values":["1","2"]`, `"value":null`, `"values":["` + file + `"]`} {
			if !strings.Contains(string(values), want) {
				t.Errorf("%s is missing in %s", want, values)
			}
		}
		upload := data["resolved"].(map[string]any)["attachments"].(map[string]any)[file].(map[string]any)
		if upload["filename"] != "a_b.ink" {
			t.Errorf("%v", upload)
		}
	})
}

func TestCommandsCanAskForPermissions(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		commands := "/applications/" + s.Bot().ID + "/guilds/" + s.Guild().ID + "/commands"
		c.want(c.do("PUT", commands, []any{
			map[string]any{"name": "stop", "description": "x", "default_member_permissions": fakediscord.ManageMessages.String()},
			map[string]any{"name": "admin", "description": "x", "default_member_permissions": "0"},
		}), 200, 0)
		person := anna(t, s)
		use := func(name string) error {
			_, err := s.Command(fakediscord.CommandInput{User: person, Channel: general(s), Name: name})
			return err
		}
		permit := func(p fakediscord.Permissions) {
			t.Helper()
			if err := s.Permit("", "", person, p); err != nil {
				t.Fatal(err)
			}
		}
		if use("stop") == nil || use("admin") == nil {
			t.Error("an ordinary member may do everything")
		}
		permit(fakediscord.DefaultPermissions | fakediscord.ManageMessages)
		if use("stop") != nil || use("admin") == nil {
			t.Error("Manage Messages is not what /stop asks for, or is enough for /admin")
		}
		permit(fakediscord.Administrator)
		if use("admin") != nil {
			t.Error("an administrator may not use /admin")
		}
		permit(fakediscord.DefaultPermissions &^ fakediscord.UseAppCommands)
		if use("stop") == nil {
			t.Error("commands are used without the permission to")
		}
		if err := s.RemoveMember("", person); err != nil {
			t.Fatal(err)
		}
		if use("stop") == nil {
			t.Error("someone who left used a command")
		}
	})
}

func TestRepliesAndDeletionsByTheBot(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		path := "/channels/" + general(s) + "/messages"
		theirs, err := s.Say(anna(t, s), general(s), "hello")
		if err != nil {
			t.Fatal(err)
		}
		answer := map[string]any{"content": "hi", "message_reference": map[string]any{"message_id": theirs.ID}}
		r := c.want(c.do("POST", path, answer), 200, 0)
		if r.m["type"] != 19.0 {
			t.Fatalf("%s", r.raw)
		}
		c.want(c.do("DELETE", path+"/"+theirs.ID, nil), 403, 50013)
		c.want(c.do("PATCH", path+"/"+theirs.ID, map[string]any{"content": "mine"}), 403, 50005)
		c.want(c.do("DELETE", path+"/"+r.str("id"), nil), 204, 0)
		c.want(c.do("DELETE", path+"/"+r.str("id"), nil), 404, 10008)
		if err := s.DeleteMessage(general(s), theirs.ID); err != nil {
			t.Fatal(err)
		}
		c.complains(c.do("POST", path, answer), "message_reference", "REPLIES_UNKNOWN_MESSAGE")
		c.want(c.do("DELETE", "/channels/"+general(s), nil), 403, 50013)
		if err := s.Permit("", "", s.Bot().ID, fakediscord.DefaultBotPermissions|fakediscord.ManageChannels); err != nil {
			t.Fatal(err)
		}
		c.want(c.do("DELETE", "/channels/"+general(s), nil), 200, 0)
	})
}

func TestATestCanWaitForAMessage(t *testing.T) {
	bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
		found := make(chan fakediscord.Message)
		go func() {
			m, err := s.WaitMessage(context.Background(), general(s), func(m fakediscord.Message) bool { return strings.Contains(m.Text(), "two") })
			if err != nil {
				t.Error(err)
			}
			found <- m
		}()
		path := "/channels/" + general(s) + "/messages"
		c.want(c.do("POST", path, map[string]any{"content": "one"}), 200, 0)
		synctest.Wait()
		select {
		case m := <-found:
			t.Fatalf("%q was taken for two", m.Text())
		default:
		}
		c.want(c.do("POST", path, map[string]any{"embeds": []any{map[string]any{"title": "number", "description": "two"}}}), 200, 0)
		if m := <-found; m.Text() != "number\ntwo" {
			t.Fatalf("%q", m.Text())
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if _, err := s.WaitMessage(ctx, general(s), func(fakediscord.Message) bool { return false }); err == nil {
			t.Fatal("nothing was found, and no error")
		}
	})
}

func TestFilesComeOverTheControlAPI(t *testing.T) {
	withBot(t, func(t *testing.T, b *bot, person string) {
		in := map[string]any{"user": person, "channel": general(b.s), "name": "story", "subcommand": "start", "options": map[string]any{
			"story": "x", "file": map[string]any{"filename": "t.ink", "data": base64.StdEncoding.EncodeToString([]byte("Once."))},
		}}
		if status, text := control(t, &b.http, "http://fake", "command", in, nil); status != 200 {
			t.Fatal(text)
		}
		p, _ := b.event()
		if data, _ := json.Marshal(p.m["data"]); !strings.Contains(string(data), `"size":5`) {
			t.Fatalf("%s", data)
		}
	})
}

func TestTheGatewayIsSteeredOverTheControlAPI(t *testing.T) {
	bubble(t, fakediscord.Options{IdentifyInterval: -1}, func(t *testing.T, s *fakediscord.Server, c *client) {
		act := func(in map[string]any) {
			t.Helper()
			if status, text := control(t, &c.http, "http://fake", "gateway", in, nil); status != 200 {
				t.Fatal(text)
			}
		}
		w, _ := login(t, s, nil)
		w.until("GUILD_CREATE")
		for action, op := range map[string]int{"reconnect": 7, "heartbeat": 1} {
			act(map[string]any{"action": action})
			if p := w.next(); p.Op != op {
				t.Errorf("%s: %+v", action, p)
			}
		}
		if err := s.Gateway().Dispatch("", "GUILD_STICKERS_UPDATE", json.RawMessage(`{"a":1}`)); err != nil {
			t.Fatal(err)
		}
		if p := w.until("GUILD_STICKERS_UPDATE"); p.m["a"] != 1.0 {
			t.Errorf("%+v", p)
		}
		act(map[string]any{"action": "silence"})
		w.send(1, nil)
		synctest.Wait()
		act(map[string]any{"action": "speak"})
		act(map[string]any{"action": "invalid-session", "resumable": true})
		if p := w.next(); p.Op != 9 || p.D != true {
			t.Errorf("%+v", p)
		}
		act(map[string]any{"action": "close", "code": 4000})
		if code := w.closed(); code != 4000 {
			t.Errorf("closed with %d", code)
		}
		if err := s.Gateway().WaitGone(context.Background()); err != nil {
			t.Fatal(err)
		}
		guild := func(in map[string]any) {
			t.Helper()
			if status, text := control(t, &c.http, "http://fake", "guild", in, nil); status != 200 {
				t.Fatal(text)
			}
		}
		w, _ = login(t, s, nil)
		w.until("GUILD_CREATE")
		guild(map[string]any{"action": "add", "name": "Second"})
		w.until("GUILD_CREATE")
		for _, step := range [][2]string{{"unavailable", "GUILD_DELETE"}, {"available", "GUILD_CREATE"}, {"remove", "GUILD_DELETE"}, {"restore", "GUILD_CREATE"}} {
			guild(map[string]any{"action": step[0]})
			w.until(step[1])
		}
		s.Gateway().ExpireSessions()
		if n := s.Gateway().Sessions(); n != 0 {
			t.Errorf("%d sessions are left", n)
		}
	})
}
