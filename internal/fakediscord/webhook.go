package fakediscord

import (
	"fmt"
	"net/http"
	"strings"
)

// Limits of webhooks.
const (
	maxWebhookName   = 80
	maxWebhooks      = 15   // of a channel
	maxGuildWebhooks = 1000 // of a guild
)

// webhook is an incoming webhook, made by the bot.
type webhook struct {
	id, guildID, channelID, name, token string
}

// webhookName is what a webhook, or what it writes under, may be called.
func webhookName(p *problem, v any) {
	text(1, maxWebhookName)(p, v)
	s, _ := v.(string)
	for _, word := range []string{"clyde", "discord"} {
		if strings.Contains(strings.ToLower(s), word) {
			p.add("USERNAME_INVALID_CONTAINS", fmt.Sprintf("Username cannot contain %q", word))
		}
	}
}

var (
	newWebhookSchema  = object{"name": need(webhookName), "avatar": opt(unsupported)}
	editWebhookSchema = object{"name": opt(webhookName), "avatar": opt(unsupported)}
	// webhookSchema is what a webhook writes. It has no nonce: a lost answer
	// cannot be asked for again.
	webhookSchema = bodySchema.with(object{
		"flags": opt(bits(createFlags)), "tts": opt(boolean),
		"username": opt(webhookName), "avatar_url": opt(webURL(maxMediaURL, "http", "https")),
		"thread_name": opt(text(1, maxThreadName)), "applied_tags": opt(list(0, maxForumTags, snowflake)),
		"poll": opt(unsupported),
	})
	// webhookEditSchema has the name too, which discord.js repeats with every
	// edit although it cannot be changed.
	webhookEditSchema = webEditSchema.with(object{"username": opt(webhookName), "avatar_url": opt(nothing)})
)

// webhookWire is the webhook object; those who come with its token are not
// told who made it.
func (s *Server) webhookWire(w *webhook, withUser bool) jsonMap {
	wire := jsonMap{
		"id": w.id, "type": 1, "guild_id": w.guildID, "channel_id": w.channelID, "name": w.name, "avatar": nil, "token": w.token,
		"application_id": s.world.bot.ID, "url": "https://discord.com/api/webhooks/" + w.id + "/" + w.token,
	}
	if withUser {
		wire["user"] = s.world.bot
	}
	return wire
}

// webhooksOf are the webhooks that fit, oldest first.
func (s *Server) webhooksOf(fits func(*webhook) bool) []*webhook {
	l := []*webhook{}
	for _, w := range s.world.webhooks {
		if fits(w) {
			l = append(l, w)
		}
	}
	return l
}

// webhooksChanged tells the gateway that a channel's webhooks did.
func (s *Server) webhooksChanged(w *webhook) {
	s.dispatch(w.guildID, intentWebhooks, "WEBHOOKS_UPDATE", jsonMap{"guild_id": w.guildID, "channel_id": w.channelID})
}

// dropWebhooks deletes the webhooks of a channel that is deleted.
func (s *Server) dropWebhooks(channelID string) {
	s.world.webhooks = s.webhooksOf(func(w *webhook) bool { return w.channelID != channelID })
}

// webhookFor is the webhook that a route names, by its token if there is one.
func (s *Server) webhookFor(r *request) (*webhook, error) {
	found := s.webhooksOf(func(w *webhook) bool { return w.id == r.vars["webhook"] })
	if len(found) == 0 {
		return nil, errUnknownWebhook
	}
	w := found[0]
	if token, given := r.vars["token"]; given {
		if token != w.token {
			return nil, errInvalidToken
		}
		return w, nil
	}
	c := s.world.channels[w.channelID]
	return w, s.may(c, ManageWebhooks)
}

// Refusals of webhooks in forums.
var (
	errForumNeedsThread = refused(http.StatusBadRequest, codeForumNeedsThread, "Webhooks posted to forum channels must have a thread_name or thread_id")
	errForumTwoThreads  = refused(http.StatusBadRequest, codeForumTwoThreads, "Webhooks posted to forum channels cannot have both a thread_name and thread_id")
	errThreadOutOfForum = refused(http.StatusBadRequest, codeThreadOutOfForum, "Webhooks can only create threads in forum channels")
	errTooManyWebhooks  = refused(http.StatusBadRequest, codeTooManyWebhooks, fmt.Sprintf("Maximum number of webhooks reached (%d)", maxWebhooks))
	errWebhooksOfGuild  = refused(http.StatusBadRequest, codeTooManyGuildWebhooks, fmt.Sprintf("Maximum number of webhooks per guild reached (%d)", maxGuildWebhooks))
)
