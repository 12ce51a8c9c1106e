package fakediscord

import "strconv"

func getMe(s *Server, _ *request) (reply, error) {
	return ok(struct {
		User
		MFAEnabled bool   `json:"mfa_enabled"`
		Locale     string `json:"locale"`
		Verified   bool   `json:"verified"`
	}{s.world.bot, false, defaultLocale, true})
}

func getUser(s *Server, r *request) (reply, error) {
	u, known := s.world.users[r.vars["user"]]
	if !known {
		return reply{}, errUnknownUser
	}
	return ok(u)
}

func getApplication(s *Server, _ *request) (reply, error) { return ok(s.applicationWire()) }

func getGateway(s *Server, r *request) (reply, error) {
	return ok(jsonMap{"url": gatewayURL(r.Request, gatewayPath)})
}

func getGatewayBot(s *Server, r *request) (reply, error) {
	now := s.Now()
	s.gateway.trim(now)
	used := len(s.gateway.identifies)
	reset := int64(0)
	if used > 0 {
		reset = identifyDay.Milliseconds() - now.Sub(s.gateway.identifies[0]).Milliseconds()
	}
	return ok(jsonMap{
		"url": gatewayURL(r.Request, gatewayPath), "shards": 1 + len(s.joined())/guildsPerShard,
		"session_start_limit": jsonMap{
			"total": s.opts.IdentifyBudget, "remaining": max(0, s.opts.IdentifyBudget-used), "reset_after": reset, "max_concurrency": 1,
		},
	})
}

// joined are the guilds that the bot is in, oldest first.
func (s *Server) joined() []*guild {
	var l []*guild
	for _, id := range s.world.order {
		if g := s.world.guilds[id]; !g.removed {
			l = append(l, g)
		}
	}
	return l
}

// guildFor is the guild of a request, if the bot is in it.
func (s *Server) guildFor(r *request) (*guild, error) {
	g := s.world.guilds[r.vars["guild"]]
	switch {
	case g == nil:
		return nil, errUnknownGuild
	case g.removed:
		return nil, errMissingAccess
	}
	return g, nil
}

func getGuild(s *Server, r *request) (reply, error) {
	g, err := s.guildFor(r)
	if err != nil {
		return reply{}, err
	}
	return ok(s.guildWire(g))
}

func getMyGuilds(s *Server, _ *request) (reply, error) {
	l := []jsonMap{}
	for _, g := range s.joined() {
		l = append(l, jsonMap{
			"id": g.id, "name": g.name, "icon": nil, "banner": nil, "owner": false,
			"permissions": g.members[s.world.bot.ID].permissions, "features": []string{},
		})
	}
	return ok(l)
}

func leaveGuild(s *Server, r *request) (reply, error) {
	g, err := s.guildFor(r)
	if err != nil {
		return reply{}, err
	}
	s.removeBot(g, false)
	return noContent()
}

func getGuildChannels(s *Server, r *request) (reply, error) {
	return s.listChannels(r, func(c *channelState) bool { return !isThread(c.Type) }, nil)
}

func getActiveThreads(s *Server, r *request) (reply, error) {
	active := func(c *channelState) bool { return isThread(c.Type) && !c.Thread.Archived }
	return s.listChannels(r, active, func(l []jsonMap) any { return jsonMap{"threads": l, "members": []any{}, "has_more": false} })
}

func (s *Server) listChannels(r *request, want func(*channelState) bool, wrap func([]jsonMap) any) (reply, error) {
	g, err := s.guildFor(r)
	if err != nil {
		return reply{}, err
	}
	l := []jsonMap{}
	for _, c := range s.channelsOf(g.id) {
		if want(c) {
			l = append(l, s.channelWire(c))
		}
	}
	if wrap != nil {
		return ok(wrap(l))
	}
	return ok(l)
}

func getGuildRoles(s *Server, r *request) (reply, error) {
	g, err := s.guildFor(r)
	if err != nil {
		return reply{}, err
	}
	return ok(g.rolesWire())
}

func getMember(s *Server, r *request) (reply, error) {
	g, err := s.guildFor(r)
	if err != nil {
		return reply{}, err
	}
	m := g.members[r.vars["user"]]
	if m == nil {
		return reply{}, errUnknownMember
	}
	return ok(s.memberWire(g, m, false))
}

func getChannel(s *Server, r *request) (reply, error) {
	c, err := s.talkOf(r, 0)
	if err != nil {
		return reply{}, err
	}
	return ok(s.channelWire(c))
}

func removeChannel(s *Server, r *request) (reply, error) {
	c, err := s.channelOf(r, 0)
	if err != nil {
		return reply{}, err
	}
	want := ManageChannels
	if isThread(c.Type) {
		want = ManageThreads
	}
	if err := s.may(c, want); err != nil {
		return reply{}, err
	}
	wire := s.channelWire(c)
	s.deleteChannel(c)
	return ok(wire)
}

func startTyping(s *Server, r *request) (reply, error) {
	c, err := s.channelOf(r, 0)
	if err != nil {
		return reply{}, err
	}
	if err := writable(c); err != nil {
		return reply{}, err
	}
	if err := s.may(c, speakIn(c)); err != nil {
		return reply{}, err
	}
	if err := s.unlocked(c); err != nil {
		return reply{}, err
	}
	s.publish(Event{Type: "typing", ChannelID: c.ID, UserID: s.world.bot.ID})
	s.dispatch(c.GuildID, intentTyping, "TYPING_START", jsonMap{
		"channel_id": c.ID, "guild_id": c.GuildID, "user_id": s.world.bot.ID, "timestamp": s.Now().Unix(),
	})
	return noContent()
}

var (
	channelSchema = object{
		"name": opt(text(1, maxThreadName)), "topic": opt(text(0, 1024)), "rate_limit_per_user": opt(integer(0, maxSlowmode)),
		"position": opt(unsupported), "parent_id": opt(unsupported), "permission_overwrites": opt(unsupported),
	}
	threadEditSchema = object{
		"name": opt(text(1, maxThreadName)), "archived": opt(boolean), "locked": opt(boolean), "auto_archive_duration": opt(archiveAfter),
		"rate_limit_per_user": opt(integer(0, maxSlowmode)), "applied_tags": opt(list(0, 5, snowflake)), "invitable": opt(boolean),
		"flags": opt(integer(0, maxInt32)),
	}
	archiveAfter = oneOf(60, 1440, 4320, 10080)
)

// editChannel is PATCH /channels/{channel}, above all for threads.
func editChannel(s *Server, r *request) (reply, error) {
	c, err := s.channelOf(r, 0)
	if err != nil {
		return reply{}, err
	}
	p, schema := &problem{}, channelSchema
	if isThread(c.Type) {
		schema = threadEditSchema
	}
	schema.check(p, r.tree)
	if err := p.formError(); err != nil {
		return reply{}, err
	}
	m, _ := r.tree.(map[string]any)
	if isThread(c.Type) {
		if err := s.editThread(c, m); err != nil {
			return reply{}, err
		}
	} else {
		if err := s.may(c, ManageChannels); err != nil {
			return reply{}, err
		}
		setText(&c.Name, m["name"])
		setText(&c.Topic, m["topic"])
	}
	if m["rate_limit_per_user"] != nil {
		c.Slowmode = intOf(m["rate_limit_per_user"])
	}
	s.channelChanged(c)
	return ok(s.channelWire(c))
}

func setText(p *string, v any) {
	if str, ok := v.(string); ok {
		*p = str
	}
}

// editThread changes a thread. Its maker may rename, archive and tag it and
// anyone who may talk can open one that is not locked; the rest needs
// MANAGE_THREADS.
func (s *Server) editThread(c *channelState, m map[string]any) error {
	manages := s.may(c, ManageThreads) == nil
	made := c.OwnerID == s.world.bot.ID
	_, setsLock := m["locked"]
	opens := m["archived"] == false
	switch {
	case manages:
	case setsLock || c.Thread.Locked:
		return errMissingPermissions
	case opens && len(m) == 1:
		if err := s.may(c, SendMessagesInThreads); err != nil {
			return err
		}
	case !made:
		return errMissingPermissions
	}
	if c.Thread.Archived && !opens {
		return errArchived
	}
	meta := *c.Thread
	if v, given := m["archived"].(bool); given {
		meta.Archived, meta.ArchiveTimestamp = v, timestamp(s.Now())
	}
	if v, given := m["locked"].(bool); given {
		meta.Locked = v
	}
	if m["auto_archive_duration"] != nil {
		meta.AutoArchiveDuration = intOf(m["auto_archive_duration"])
	}
	c.Thread = &meta
	setText(&c.Name, m["name"])
	if tags, given := m["applied_tags"].([]any); given {
		c.AppliedTags = texts(tags)
	}
	return nil
}

// texts are the strings of a list that has been checked.
func texts(l []any) []string {
	out := make([]string, 0, len(l))
	for _, v := range l {
		if str, ok := v.(string); ok {
			out = append(out, str)
		}
	}
	return out
}

// idVars are the variables of routes that must be snowflakes.
var idVars = []string{"channel", "guild", "message", "user", "application", "command", "interaction", "webhook", "event"}

// checkIDs refuses a path whose ids are none.
func (r *request) checkIDs() error {
	p := &problem{}
	for _, name := range idVars {
		v, there := r.vars[name]
		if there && !(name == "message" && v == originalMessage) {
			snowflake(p.at(name+"_id"), v)
		}
		if there && v != originalMessage && len(v) > len(strconv.FormatUint(1<<63, 10)) {
			p.at(name+"_id").add("NUMBER_TYPE_COERCE", "Value is not snowflake.")
		}
	}
	return p.formError()
}
