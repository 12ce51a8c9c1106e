package openapi

import "encoding/json"

// part is a part of an event that is an object of REST as well: its key, empty for the whole, and its schema. A key that
// ends in [] is a list of them.
type part struct{ key, schema string }

// parts are what the description knows of the gateway's events, which it does not describe.
var parts = map[string][]part{
	"READY":               {{"user", "UserResponse"}},
	"GUILD_CREATE":        {{"roles[]", "GuildRoleResponse"}, {"channels[]", "GuildChannelResponse"}, {"threads[]", "ThreadResponse"}, {"members[]", "GuildMemberResponse"}},
	"MESSAGE_CREATE":      {{"", "MessageResponse"}},
	"MESSAGE_UPDATE":      {{"", "MessageResponse"}},
	"CHANNEL_CREATE":      {{"", "GuildChannelResponse"}},
	"CHANNEL_UPDATE":      {{"", "GuildChannelResponse"}},
	"CHANNEL_DELETE":      {{"", "GuildChannelResponse"}},
	"THREAD_CREATE":       {{"", "ThreadResponse"}},
	"THREAD_UPDATE":       {{"", "ThreadResponse"}},
	"GUILD_MEMBER_ADD":    {{"", "GuildMemberResponse"}},
	"GUILD_MEMBER_UPDATE": {{"", "GuildMemberResponse"}},
	"GUILD_ROLE_CREATE":   {{"role", "GuildRoleResponse"}},
	"INTERACTION_CREATE":  {{"member", "GuildMemberResponse"}, {"message", "MessageResponse"}},

	"GUILD_SCHEDULED_EVENT_CREATE": {{"", "ExternalScheduledEventResponse"}},
	"GUILD_SCHEDULED_EVENT_UPDATE": {{"", "ExternalScheduledEventResponse"}},
	"GUILD_SCHEDULED_EVENT_DELETE": {{"", "ExternalScheduledEventResponse"}},
}

func (c *check) event(one event) {
	var data map[string]any
	if json.Unmarshal(one.data, &data) != nil {
		return // broken on purpose
	}
	if data["unavailable"] == true {
		return // a guild of which there is only the id
	}
	for _, p := range parts[one.name] {
		schema := c.component(p.schema)
		if schema == nil {
			c.complain(one.where, "there is no schema %s", p.schema)
			continue
		}
		key, isList := p.key, false
		if n := len(key) - 2; n > 0 && key[n:] == "[]" {
			key, isList = key[:n], true
		}
		var found []any
		switch v := data[key]; {
		case key == "":
			found = []any{data}
		case isList:
			found, _ = v.([]any)
		case v != nil:
			found = []any{v}
		}
		for _, v := range found {
			c.put("event "+one.name+" "+p.key, schema, one.where, v)
		}
	}
}
