package fakediscord

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
)

// byToken chooses between the two things that a webhook's address can mean:
// an interaction of the bot's, and a channel's webhook.
func byToken(interaction, channel handler) handler {
	return func(s *Server, r *request) (reply, error) {
		if r.vars["webhook"] == s.world.bot.ID {
			return interaction(s, r)
		}
		return channel(s, r)
	}
}

// webhookChannels are the types of channel that can have webhooks.
var webhookChannels = []int{ChannelText, ChannelVoice, ChannelAnnouncement, ChannelStage, ChannelForum, ChannelMediaForum}

func createWebhook(s *Server, r *request) (reply, error) {
	c, err := s.channelOf(r, ManageWebhooks)
	if err != nil {
		return reply{}, err
	}
	if !contains(webhookChannels, c.Type) {
		return reply{}, errWrongChannelType
	}
	p := &problem{}
	newWebhookSchema.check(p, r.tree)
	if err := p.formError(); err != nil {
		return reply{}, err
	}
	here := len(s.webhooksOf(func(w *webhook) bool { return w.channelID == c.ID }))
	if here >= maxWebhooks {
		return reply{}, errTooManyWebhooks
	}
	if len(s.webhooksOf(func(w *webhook) bool { return w.guildID == c.GuildID })) >= maxGuildWebhooks {
		return reply{}, errWebhooksOfGuild
	}
	w := &webhook{id: s.newID(), guildID: c.GuildID, channelID: c.ID}
	sum := sha256.Sum256([]byte("webhook" + s.opts.Token + w.id))
	w.token = base64.RawURLEncoding.EncodeToString(append(sum[:], sum[:16]...))
	m, _ := r.tree.(map[string]any)
	setText(&w.name, m["name"])
	s.world.webhooks = append(s.world.webhooks, w)
	s.webhooksChanged(w)
	return ok(s.webhookWire(w, true))
}

func listWebhooks(s *Server, r *request) (reply, error) {
	fits := func(w *webhook) bool { return w.channelID == r.vars["channel"] }
	if r.vars["channel"] != "" {
		if _, err := s.channelOf(r, ManageWebhooks); err != nil {
			return reply{}, err
		}
	} else {
		g, err := s.guildFor(r)
		if err != nil {
			return reply{}, err
		}
		if !g.members[s.world.bot.ID].permissions.Has(ManageWebhooks) {
			return reply{}, errMissingPermissions
		}
		fits = func(w *webhook) bool { return w.guildID == g.id }
	}
	l := []jsonMap{}
	for _, w := range s.webhooksOf(fits) {
		l = append(l, s.webhookWire(w, true))
	}
	return ok(l)
}

func getWebhook(s *Server, r *request) (reply, error) {
	w, err := s.webhookFor(r)
	if err != nil {
		return reply{}, err
	}
	return ok(s.webhookWire(w, r.vars["token"] == ""))
}

func editWebhook(s *Server, r *request) (reply, error) {
	w, err := s.webhookFor(r)
	if err != nil {
		return reply{}, err
	}
	p := &problem{}
	editWebhookSchema.check(p, r.tree)
	if err := p.formError(); err != nil {
		return reply{}, err
	}
	m, _ := r.tree.(map[string]any)
	setText(&w.name, m["name"])
	s.webhooksChanged(w)
	return ok(s.webhookWire(w, r.vars["token"] == ""))
}

func removeWebhook(s *Server, r *request) (reply, error) {
	w, err := s.webhookFor(r)
	if err != nil {
		return reply{}, err
	}
	s.world.webhooks = slices.DeleteFunc(s.world.webhooks, func(other *webhook) bool { return other == w })
	s.webhooksChanged(w)
	return noContent()
}

// webhookPlace is the webhook of a request and where it writes: its channel,
// or the thread of it that thread_id names.
func (s *Server) webhookPlace(r *request) (*webhook, *channelState, error) {
	w, err := s.webhookFor(r)
	if err != nil {
		return nil, nil, err
	}
	if err := onlyQuery(r, append(webhookQuery, "thread_id")...); err != nil {
		return nil, nil, err
	}
	thread := r.URL.Query().Get("thread_id")
	if thread == "" {
		return w, s.world.channels[w.channelID], nil
	}
	c := s.world.channels[thread]
	switch {
	case c == nil || c.ParentID != w.channelID:
		return nil, nil, errUnknownChannel
	case c.Thread.Locked:
		return nil, nil, errThreadLocked
	}
	return w, c, nil
}

// executeWebhook writes a message. Without wait there is no word of it.
func executeWebhook(s *Server, r *request) (reply, error) {
	w, c, err := s.webhookPlace(r)
	if err != nil {
		return reply{}, err
	}
	d, err := parseDraft(r.tree, r.raw, r.files, webhookSchema, 0)
	if err != nil {
		return reply{}, err
	}
	in := threadRequest{AutoArchive: defaultArchive}
	var as struct {
		Username    string   `json:"username"`
		ThreadName  string   `json:"thread_name"`
		AppliedTags []string `json:"applied_tags"`
	}
	_ = json.Unmarshal(d.raw, &as) // checked before
	in.Name, in.AppliedTags = as.ThreadName, as.AppliedTags
	switch {
	case in.Name == "" && isForum(c.Type):
		return reply{}, errForumNeedsThread
	case in.Name != "" && isThread(c.Type) && s.isPost(c):
		return reply{}, errForumTwoThreads
	case in.Name != "" && !isForum(c.Type):
		return reply{}, errThreadOutOfForum
	}
	if as.Username == "" {
		as.Username = w.name
	}
	m := s.blank(c, User{ID: w.id, Username: as.Username, Discriminator: "0000", Bot: true})
	m.WebhookID, m.ApplicationID = w.id, s.world.bot.ID
	m.Flags, m.TTS = draftFlags(d), d.TTS
	if isForum(c.Type) {
		_, err = s.startPost(c, m, d, in, ViaWebhook)
	} else if err = s.apply(m, d); err == nil {
		s.commit(c, m, ViaWebhook, d.raw)
	}
	switch {
	case err != nil:
		return reply{}, err
	case r.URL.Query().Get("wait") == "true":
		return ok(m)
	}
	return noContent()
}

// isPost reports whether a thread is a post in a forum.
func (s *Server) isPost(thread *channelState) bool {
	parent := s.world.channels[thread.ParentID]
	return parent != nil && isForum(parent.Type)
}

// webhookMessage is a message that the webhook of a request wrote.
func (s *Server) webhookMessage(r *request) (*channelState, *Message, error) {
	w, c, err := s.webhookPlace(r)
	if err != nil {
		return nil, nil, err
	}
	m := c.message(r.vars["message"])
	if m == nil || m.WebhookID != w.id {
		return nil, nil, errUnknownMessage
	}
	if isThread(c.Type) && c.Thread.Archived && r.Method != "GET" {
		return nil, nil, errArchived
	}
	return c, m, nil
}

func getWebhookMessage(s *Server, r *request) (reply, error) {
	_, m, err := s.webhookMessage(r)
	if err != nil {
		return reply{}, err
	}
	return ok(m.stored())
}

func editWebhookMessage(s *Server, r *request) (reply, error) {
	c, m, err := s.webhookMessage(r)
	if err != nil {
		return reply{}, err
	}
	d, err := parseDraft(r.tree, r.raw, r.files, webhookEditSchema, m.Flags)
	if err != nil {
		return reply{}, err
	}
	return s.rewrite(c, m, d, ViaWebhook)
}

func removeWebhookMessage(s *Server, r *request) (reply, error) {
	c, m, err := s.webhookMessage(r)
	if err != nil {
		return reply{}, err
	}
	s.deleteMessage(c, m)
	return noContent()
}
