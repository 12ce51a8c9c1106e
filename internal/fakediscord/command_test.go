package fakediscord_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
)

func TestCommandsAreRegisteredAsDiscordDoes(t *testing.T) {
	bubble(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(t *testing.T, s *fakediscord.Server, c *client) {
		global := "/applications/" + s.Bot().ID + "/commands"
		guild := "/applications/" + s.Bot().ID + "/guilds/" + s.Guild().ID + "/commands"
		one := map[string]any{"name": "story", "description": "Tell"}
		first := c.want(c.do("POST", guild, one), 201, 0)
		again := c.want(c.do("POST", guild, one), 200, 0)
		if first.str("id") != again.str("id") || first.str("version") == again.str("version") {
			t.Fatalf("%s", again.raw)
		}
		r := c.want(c.do("PUT", guild, []any{one, map[string]any{"name": "help", "description": "Help"}}), 200, 0)
		if len(r.list) != 2 || r.list[0]["id"] != first.str("id") {
			t.Fatalf("%s", r.raw)
		}
		c.want(c.do("PATCH", guild+"/"+first.str("id"), map[string]any{"description": "Told"}), 200, 0)
		if r := c.want(c.do("GET", guild+"/"+first.str("id"), nil), 200, 0); r.str("description") != "Told" {
			t.Fatalf("%s", r.raw)
		}
		c.want(c.do("DELETE", guild+"/"+first.str("id"), nil), 204, 0)
		c.want(c.do("GET", guild+"/"+first.str("id"), nil), 404, 10063)
		if r := c.want(c.do("GET", global, nil), 200, 0); string(r.raw) != "[]" {
			t.Fatalf("%s", r.raw)
		}
		c.want(c.do("PUT", "/applications/1/commands", []any{}), 403, 50001)
		for i := range 98 {
			c.want(c.do("PUT", guild, []any{map[string]any{"name": fmt.Sprintf("c%d", i), "description": "x"}, map[string]any{"name": fmt.Sprintf("d%d", i), "description": "x"}}), 200, 0)
		}
		c.want(c.do("PUT", guild, []any{map[string]any{"name": "e", "description": "x"}, map[string]any{"name": "f", "description": "x"}, map[string]any{"name": "g", "description": "x"}}), 400, 30034)
		time.Sleep(24 * time.Hour)
		c.want(c.do("PUT", guild, []any{one}), 200, 0)
	})
}

func TestCommandsAreChecked(t *testing.T) {
	option := func(kv ...any) map[string]any {
		m := map[string]any{"type": 3, "name": "o", "description": "x"}
		for i := 0; i < len(kv); i += 2 {
			m[kv[i].(string)] = kv[i+1]
		}
		return m
	}
	command := func(options ...any) map[string]any {
		return map[string]any{"name": "story", "description": "x", "options": options}
	}
	choices := make([]any, 25)
	for i := range choices {
		choices[i] = map[string]any{"name": fmt.Sprint(i, strings.Repeat("n", 90)), "value": fmt.Sprint(i, strings.Repeat("v", 90))}
	}
	big := []any{option("name", "a", "choices", choices), option("name", "b", "choices", choices), option("name", "c", "choices", choices)}
	for name, tc := range map[string]struct {
		command map[string]any
		path    []string
	}{
		"capitals":            {map[string]any{"name": "Story", "description": "x"}, []string{"name", "APPLICATION_COMMAND_INVALID_NAME"}},
		"spaces":              {map[string]any{"name": "tell story", "description": "x"}, []string{"name", "APPLICATION_COMMAND_INVALID_NAME"}},
		"no description":      {map[string]any{"name": "story"}, []string{"description", "BASE_TYPE_REQUIRED"}},
		"required last":       {command(option(), option("name", "p", "required", true)), []string{"options", "1", "required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"}},
		"same name":           {command(option(), option()), []string{"options", "1", "name", "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE"}},
		"mixed":               {command(option(), option("type", 1, "name", "sub")), []string{"options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"}},
		"group in a group":    {command(option("type", 2, "options", []any{option("type", 2, "options", []any{})})), []string{"options", "0", "options", "0", "type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"}},
		"sub in a sub":        {command(option("type", 1, "options", []any{option("type", 1)})), []string{"options", "0", "options", "0", "type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"}},
		"choices and typing":  {command(option("autocomplete", true, "choices", []any{map[string]any{"name": "x", "value": "x"}})), []string{"options", "0", "autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID"}},
		"number as a choice":  {command(option("choices", []any{map[string]any{"name": "x", "value": 1}})), []string{"options", "0", "choices", "0", "value", "APPLICATION_COMMAND_OPTIONS_CHOICES_VALUE_INVALID"}},
		"unknown locale":      {map[string]any{"name": "story", "description": "x", "name_localizations": map[string]any{"xx": "y"}}, []string{"name_localizations", "xx", "BASE_TYPE_CHOICES"}},
		"more than 8000":      {command(big...), []string{"APPLICATION_COMMAND_TOO_LARGE"}},
		"permissions as bits": {map[string]any{"name": "story", "description": "x", "default_member_permissions": "all"}, []string{"default_member_permissions", "BITSET_TYPE_COERCE"}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, fakediscord.Options{}, func(t *testing.T, s *fakediscord.Server, c *client) {
				c.complains(c.do("POST", "/applications/"+s.Bot().ID+"/commands", tc.command), tc.path...)
			})
		})
	}
}
