package fakediscord

import (
	"maps"
	"slices"
)

// jsonMap is a JSON object with some keys only.
type jsonMap = map[string]any

func roleWire(id string, p Permissions, position int) jsonMap {
	return jsonMap{
		"id": id, "name": "role " + p.String(), "description": nil, "permissions": p, "position": position,
		"color": 0, "colors": jsonMap{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil},
		"hoist": false, "managed": false, "mentionable": false, "icon": nil, "unicode_emoji": nil, "flags": 0,
	}
}

// rolesWire are the roles of a guild: @everyone, then one per permission set.
func (g *guild) rolesWire() []jsonMap {
	everyone := roleWire(g.id, 0, 0)
	everyone["name"] = "@everyone"
	l := []jsonMap{everyone}
	for _, p := range slices.Sorted(maps.Keys(g.roles)) {
		l = append(l, roleWire(g.roles[p], p, len(l)))
	}
	return l
}

// memberWire is a guild member object; gateway events add the guild's id.
func (s *Server) memberWire(g *guild, m *member, event bool) jsonMap {
	w := jsonMap{
		"user": m.user, "nick": nil, "avatar": nil, "banner": nil, "roles": []string{m.roleID},
		"joined_at": timestamp(m.joined), "premium_since": nil, "deaf": false, "mute": false, "pending": false,
		"communication_disabled_until": nil, "flags": 0, "avatar_decoration_data": nil,
	}
	if event {
		w["guild_id"] = g.id
	}
	return w
}

// overwritesWire are the permission overwrites of a channel, one per user.
func (s *Server) overwritesWire(c *channelState) []jsonMap {
	l := []jsonMap{}
	g := s.world.guilds[c.GuildID]
	for _, user := range slices.Sorted(maps.Keys(c.overrides)) {
		m := g.members[user]
		if m == nil {
			continue
		}
		here := c.overrides[user]
		l = append(l, jsonMap{"id": user, "type": 1, "allow": here &^ m.permissions, "deny": m.permissions &^ here})
	}
	return l
}

// channelWire is a channel object.
func (s *Server) channelWire(c *channelState) jsonMap {
	switch {
	case isThread(c.Type):
		return s.threadWire(c)
	case c.recipient != "":
		return s.directWire(c)
	}
	w := jsonMap{
		"id": c.ID, "type": c.Type, "guild_id": c.GuildID, "name": c.Name, "position": c.position, "flags": c.Flags,
		"parent_id": nullable(c.ParentID), "topic": nullable(c.Topic), "nsfw": false, "rate_limit_per_user": 0,
		"last_message_id": nullable(c.LastMessageID), "permission_overwrites": s.overwritesWire(c),
	}
	if isForum(c.Type) {
		w["available_tags"] = c.Tags
		w["default_reaction_emoji"] = nil
		w["default_sort_order"] = nil
		w["default_forum_layout"] = 0
	}
	return w
}

func (s *Server) threadWire(c *channelState) jsonMap {
	w := jsonMap{
		"id": c.ID, "type": c.Type, "guild_id": c.GuildID, "parent_id": c.ParentID, "owner_id": c.OwnerID, "name": c.Name,
		"last_message_id": nullable(c.LastMessageID), "message_count": len(c.messages), "total_message_sent": len(c.messages),
		"member_count": 1, "rate_limit_per_user": c.Slowmode, "flags": c.Flags, "thread_metadata": c.Thread,
	}
	if len(c.AppliedTags) > 0 {
		w["applied_tags"] = c.AppliedTags
	}
	return w
}

// nullable is a string, or null for an empty one.
func nullable(v string) any {
	if v == "" {
		return nil
	}
	return v
}

// guildWire is a guild object as REST gives it.
func (s *Server) guildWire(g *guild) jsonMap {
	return jsonMap{
		"id": g.id, "name": g.name, "owner_id": g.owner, "icon": nil, "description": nil, "home_header": nil, "splash": nil,
		"discovery_splash": nil, "features": []string{}, "banner": nil, "application_id": nil, "region": "deprecated",
		"afk_channel_id": nil, "afk_timeout": 300, "system_channel_id": nil, "system_channel_flags": 0, "widget_enabled": false,
		"widget_channel_id": nil, "roles": g.rolesWire(), "default_message_notifications": 0, "mfa_level": 0,
		"explicit_content_filter": 0, "max_presences": nil, "max_members": 500000, "max_stage_video_channel_users": 50,
		"max_video_channel_users": 25, "vanity_url_code": nil, "premium_tier": 0, "premium_subscription_count": 0,
		"preferred_locale": defaultLocale, "rules_channel_id": nil, "safety_alerts_channel_id": nil,
		"public_updates_channel_id": nil, "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0,
		"verification_level": 0, "emojis": []any{}, "stickers": []any{}, "incidents_data": nil,
	}
}

// guildCreate is the data of GUILD_CREATE. Members hold the bot only, as
// without the presence intent.
func (s *Server) guildCreate(g *guild) jsonMap {
	if g.unavailable {
		return jsonMap{"id": g.id, "unavailable": true}
	}
	w := s.guildWire(g)
	channels, threads := []jsonMap{}, []jsonMap{}
	for _, c := range s.channelsOf(g.id) {
		if !isThread(c.Type) {
			channels = append(channels, s.channelWire(c))
		} else if !c.Thread.Archived {
			threads = append(threads, s.channelWire(c))
		}
	}
	members := []jsonMap{}
	if m := g.members[s.world.bot.ID]; m != nil {
		members = append(members, s.memberWire(g, m, false))
	}
	maps.Copy(w, jsonMap{
		"joined_at": timestamp(g.joined), "large": false, "unavailable": false, "member_count": len(g.members),
		"voice_states": []any{}, "members": members, "channels": channels, "threads": threads, "presences": []any{},
		"stage_instances": []any{}, "guild_scheduled_events": s.scheduledWires(g), "soundboard_sounds": []any{},
	})
	return w
}

// applicationWire is the application object that its own bot gets.
func (s *Server) applicationWire() jsonMap {
	s.gateway.trim(s.Now())
	g := s.world.guilds[s.world.home]
	return jsonMap{
		"id": s.world.bot.ID, "name": s.opts.BotName, "icon": nil, "description": "", "summary": "", "type": nil,
		"bot": s.world.bot, "bot_public": true, "bot_require_code_grant": false, "verify_key": verifyKey,
		"flags": 0, "flags_new": "0", "redirect_uris": []string{}, "interactions_endpoint_url": nil,
		"role_connections_verification_url": nil, "owner": s.world.users[g.owner], "team": nil,
		"approximate_guild_count": len(s.world.guilds), "approximate_user_install_count": 0,
		"approximate_user_authorization_count": 0, "explicit_content_filter": 0, "eligible_oauth2_scopes": []string{"bot", "applications.commands"},
	}
}

const (
	defaultLocale = "en-US"
	// verifyKey is the public key of an application that takes its
	// interactions from the gateway and so never uses it.
	verifyKey = "0000000000000000000000000000000000000000000000000000000000000000"
)
