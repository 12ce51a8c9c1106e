package fakediscord

import (
	"encoding/json"
	"net/http"
)

const (
	// defaultArchive is how many minutes a thread stays open unless told.
	defaultArchive = 4320
	maxForumTags   = 5
)

var (
	threadSchema = object{
		"name": need(text(1, maxThreadName)), "auto_archive_duration": opt(archiveAfter), "rate_limit_per_user": opt(integer(0, maxSlowmode)),
		"invitable": opt(boolean), // of private threads; sent with others too, to no effect
	}
	// messageThreadSchema has a type too, which discord.js names although a
	// message's thread has only one.
	messageThreadSchema = threadSchema.with(object{"type": opt(oneOf(ChannelNewsThread, ChannelPublicThread))})
	looseThreadSchema   = threadSchema.with(object{
		"type": opt(oneOf(ChannelNewsThread, ChannelPublicThread, ChannelPrivateThread)),
	})
	forumSchema = threadSchema.with(object{
		"message": need(nothing), "applied_tags": opt(list(0, maxForumTags, snowflake)),
	})
)

// threadRequest is a checked request for a thread.
type threadRequest struct {
	Name        string          `json:"name"`
	AutoArchive int             `json:"auto_archive_duration"`
	Slowmode    int             `json:"rate_limit_per_user"`
	Type        int             `json:"type"`
	Message     json.RawMessage `json:"message"`
	AppliedTags []string        `json:"applied_tags"`
}

func parseThread(r *request, schema object) (threadRequest, error) {
	p := &problem{}
	schema.check(p, r.tree)
	if err := p.formError(); err != nil {
		return threadRequest{}, err
	}
	t := threadRequest{AutoArchive: defaultArchive, Type: ChannelPrivateThread}
	if err := json.Unmarshal(r.raw, &t); err != nil {
		return t, errInvalidJSON
	}
	return t, nil
}

// maxActiveThreads is how many threads of a guild can be open.
const maxActiveThreads = 1000

func (s *Server) fullOfThreads(guildID string) bool {
	n := 0
	for _, c := range s.world.channels {
		if c.GuildID == guildID && isThread(c.Type) && !c.Thread.Archived {
			n++
		}
	}
	return n >= maxActiveThreads
}

func threadFromMessage(s *Server, r *request) (reply, error) {
	c, m, err := s.messageOf(r, CreatePublicThreads)
	switch {
	case err != nil:
		return reply{}, err
	case c.Type != ChannelText && c.Type != ChannelAnnouncement:
		return reply{}, errWrongChannelType
	case m.Thread != nil || s.world.channels[m.ID] != nil:
		return reply{}, errThreadExists
	case s.fullOfThreads(c.GuildID):
		return reply{}, errTooManyThreads
	}
	in, err := parseThread(r, messageThreadSchema)
	if err != nil {
		return reply{}, err
	}
	kind := ChannelPublicThread
	if c.Type == ChannelAnnouncement {
		kind = ChannelNewsThread
	}
	t := s.newThread(c, m.ID, in.Name, s.world.bot.ID, kind, in.AutoArchive)
	t.Slowmode = in.Slowmode
	s.threadMade(t)
	head := *m.stored()
	head.Thread = t.public()
	head.Flags |= FlagHasThread
	s.replace(c, &head, ViaBot, nil)
	return reply{http.StatusCreated, s.channelWire(t)}, nil
}

func threadInChannel(s *Server, r *request) (reply, error) {
	c, err := s.channelOf(r, 0)
	if err != nil {
		return reply{}, err
	}
	if s.fullOfThreads(c.GuildID) {
		return reply{}, errTooManyThreads
	}
	switch {
	case isForum(c.Type):
		return s.forumPost(c, r)
	case c.Type != ChannelText && c.Type != ChannelAnnouncement:
		return reply{}, errWrongChannelType
	}
	in, err := parseThread(r, looseThreadSchema)
	if err != nil {
		return reply{}, err
	}
	want := CreatePublicThreads
	if in.Type == ChannelPrivateThread {
		want = CreatePrivateThreads
	}
	if err := s.may(c, want); err != nil {
		return reply{}, err
	}
	t := s.newThread(c, "", in.Name, s.world.bot.ID, in.Type, in.AutoArchive)
	t.Slowmode = in.Slowmode
	s.threadMade(t)
	if in.Type != ChannelPrivateThread {
		note := s.blank(c, s.world.bot)
		note.Type, note.Content = messageThreadMade, in.Name
		note.MessageReference = &Reference{ChannelID: t.ID, GuildID: t.GuildID}
		s.commit(c, note, ViaBot, nil)
	}
	return reply{http.StatusCreated, s.channelWire(t)}, nil
}

// forumPost makes a thread of a forum with its first message, whose id is the
// thread's.
func (s *Server) forumPost(c *channelState, r *request) (reply, error) {
	in, err := parseThread(r, forumSchema)
	if err != nil {
		return reply{}, err
	}
	tree, _ := r.tree.(map[string]any)
	d, err := parseDraft(tree["message"], in.Message, r.files, starterSchema, 0, "message")
	if err != nil {
		return reply{}, err
	}
	want := SendMessages
	if len(r.files) > 0 {
		want |= AttachFiles
	}
	if err := s.may(c, want); err != nil {
		return reply{}, err
	}
	m := s.blank(c, s.world.bot)
	m.Flags = draftFlags(d)
	t, err := s.startPost(c, m, d, in, ViaBot, "message")
	if err != nil {
		return reply{}, err
	}
	wire := s.channelWire(t)
	wire["message"] = m
	return reply{http.StatusCreated, wire}, nil
}

// startPost makes the thread that a message begins in a forum.
func (s *Server) startPost(c *channelState, m *Message, d *draft, in threadRequest, via string, prefix ...string) (*channelState, error) {
	if c.Flags&channelFlagRequireTag != 0 && len(in.AppliedTags) == 0 {
		return nil, errTagRequired
	}
	m.ChannelID = m.ID
	t := s.newThread(c, m.ID, in.Name, m.Author.ID, ChannelPublicThread, in.AutoArchive)
	t.Slowmode, t.AppliedTags = in.Slowmode, in.AppliedTags
	if err := s.apply(m, d, prefix...); err != nil {
		delete(s.world.channels, t.ID)
		return nil, err
	}
	s.threadMade(t)
	s.commit(t, m, via, d.raw)
	return t, nil
}

// joinThread lets the bot join or leave a thread, which changes nothing here:
// a bot that may see a thread gets all it needs.
func joinThread(s *Server, r *request) (reply, error) {
	c, err := s.channelOf(r, 0)
	switch {
	case err != nil:
		return reply{}, err
	case !isThread(c.Type):
		return reply{}, errWrongChannelType
	case c.Thread.Archived:
		return reply{}, errArchived
	}
	return noContent()
}
