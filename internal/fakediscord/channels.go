package fakediscord

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Channel is a channel or thread. The JSON form is that of the control API.
type Channel struct {
	ID       string `json:"id"`
	GuildID  string `json:"guild_id"`
	Name     string `json:"name"`
	Type     int    `json:"type"`
	Topic    string `json:"topic,omitempty"`
	ParentID string `json:"parent_id,omitempty"`

	OwnerID       string          `json:"owner_id,omitempty"` // threads: who made it
	LastMessageID string          `json:"last_message_id,omitempty"`
	Flags         int             `json:"flags"`
	Slowmode      int             `json:"rate_limit_per_user,omitempty"`
	Thread        *ThreadMetadata `json:"thread_metadata,omitempty"`
	AppliedTags   []string        `json:"applied_tags,omitempty"`
	Tags          []Tag           `json:"available_tags,omitempty"` // forums
	*ThreadCounts                 // threads
}

// ThreadCounts are the numbers that Discord tells of a thread.
type ThreadCounts struct {
	MessageCount int `json:"message_count"`
	MemberCount  int `json:"member_count"`
	TotalSent    int `json:"total_message_sent"`
}

// ThreadMetadata is the state of a thread.
type ThreadMetadata struct {
	Archived            bool   `json:"archived"`
	AutoArchiveDuration int    `json:"auto_archive_duration"` // minutes
	ArchiveTimestamp    string `json:"archive_timestamp"`
	Locked              bool   `json:"locked"`
	CreateTimestamp     string `json:"create_timestamp"`
}

// Tag is a tag that a forum offers.
type Tag struct {
	ID        string  `json:"id"`
	Name      string  `json:"name"`
	Moderated bool    `json:"moderated"`
	EmojiID   *string `json:"emoji_id"`
	EmojiName *string `json:"emoji_name"`
}

// madeChannelTypes are the channels that can be added directly; threads are
// made from them.
var madeChannelTypes = []int{ChannelText, ChannelVoice, ChannelCategory, ChannelAnnouncement, ChannelStage, ChannelForum, ChannelMediaForum}

// AddChannel makes a channel in a guild (the default one if GuildID is empty).
func (s *Server) AddChannel(c Channel) (Channel, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g, err := s.guildOf(c.GuildID)
	switch {
	case err != nil:
		return Channel{}, err
	case c.ID != "" && (!isSnowflake(c.ID) || s.world.channels[c.ID] != nil):
		return Channel{}, fmt.Errorf("%q is not an id for a new channel", c.ID)
	case !contains(madeChannelTypes, c.Type):
		return Channel{}, fmt.Errorf("a channel of type %d cannot be added; make a thread in a text channel or forum", c.Type)
	}
	st := s.addChannel(g, c)
	s.dispatch(g.id, intentGuilds, "CHANNEL_CREATE", s.channelWire(st))
	s.publish(Event{Type: "channel", Channel: st.public()})
	return st.Channel, nil
}

func (s *Server) addChannel(g *guild, c Channel) *channelState {
	if c.ID == "" {
		c.ID = s.newID()
	}
	c.GuildID = g.id
	for i := range c.Tags {
		if c.Tags[i].ID == "" {
			c.Tags[i].ID = s.newID()
		}
	}
	st := &channelState{Channel: c, overrides: map[string]Permissions{}, position: len(s.world.channels), created: s.Now()}
	s.world.channels[c.ID] = st
	return st
}

// public is a snapshot of the channel.
func (c *channelState) public() *Channel {
	p := c.Channel
	return &p
}

// Channels are the channels and threads of a guild, oldest first.
func (s *Server) Channels(guildID string) []Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	g, err := s.guildOf(guildID)
	if err != nil {
		return nil
	}
	var l []Channel
	for _, c := range s.channelsOf(g.id) {
		l = append(l, c.Channel)
	}
	return l
}

func (s *Server) channelsOf(guildID string) []*channelState {
	var l []*channelState
	for _, c := range s.world.channels {
		if c.GuildID == guildID {
			l = append(l, c)
		}
	}
	slices.SortFunc(l, func(a, b *channelState) int {
		if idNumber(a.ID) < idNumber(b.ID) {
			return -1
		}
		return 1
	})
	return l
}

// DeleteChannel deletes a channel or thread, as a moderator would.
func (s *Server) DeleteChannel(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.channels[id]
	if c == nil {
		return fmt.Errorf("there is no channel %s", id)
	}
	s.deleteChannel(c)
	return nil
}

func (s *Server) deleteChannel(c *channelState) {
	for _, t := range s.channelsOf(c.GuildID) {
		if isThread(t.Type) && t.ParentID == c.ID {
			s.deleteChannel(t)
		}
	}
	wire, event := s.channelWire(c), "CHANNEL_DELETE"
	if isThread(c.Type) {
		event = "THREAD_DELETE"
		wire = jsonMap{"id": c.ID, "guild_id": c.GuildID, "parent_id": c.ParentID, "type": c.Type}
	}
	delete(s.world.channels, c.ID)
	s.dropWebhooks(c.ID)
	s.dispatch(c.GuildID, intentGuilds, event, wire)
	s.publish(Event{Type: "channel_delete", ID: c.ID})
}

// DeleteMessage deletes a message, as a moderator would.
func (s *Server) DeleteMessage(channelID, messageID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.channels[channelID]
	if c == nil {
		return fmt.Errorf("there is no channel %s", channelID)
	}
	m := c.message(messageID)
	if m == nil {
		return fmt.Errorf("there is no message %s in this channel", messageID)
	}
	s.deleteMessage(c, m)
	return nil
}

// SetThread archives or locks a thread, or opens it again.
func (s *Server) SetThread(id string, archived, locked bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.channels[id]
	if c == nil || !isThread(c.Type) {
		return errors.New("there is no such thread")
	}
	meta := *c.Thread
	meta.Archived, meta.Locked, meta.ArchiveTimestamp = archived, locked, timestamp(s.Now())
	c.Thread = &meta
	s.channelChanged(c)
	return nil
}

// wake opens a thread that is archived.
func (s *Server) wake(c *channelState) {
	if !isThread(c.Type) || !c.Thread.Archived {
		return
	}
	meta := *c.Thread
	meta.Archived, meta.ArchiveTimestamp = false, timestamp(s.Now())
	c.Thread = &meta
	s.channelChanged(c)
}

func (s *Server) channelChanged(c *channelState) {
	event := "CHANNEL_UPDATE"
	if isThread(c.Type) {
		event = "THREAD_UPDATE"
	}
	s.dispatch(c.GuildID, intentGuilds, event, s.channelWire(c))
	s.publish(Event{Type: "channel", Channel: c.public()})
}

// newThread makes a thread below parent.
func (s *Server) newThread(parent *channelState, id, name, owner string, kind, autoArchive int) *channelState {
	now := timestamp(s.Now())
	t := s.addChannel(s.world.guilds[parent.GuildID], Channel{
		ID: id, Name: name, Type: kind, ParentID: parent.ID, OwnerID: owner,
		ThreadCounts: &ThreadCounts{MemberCount: 1},
		Thread:       &ThreadMetadata{AutoArchiveDuration: autoArchive, ArchiveTimestamp: now, CreateTimestamp: now},
	})
	return t
}

func (s *Server) threadMade(t *channelState) {
	wire := s.channelWire(t)
	wire["newly_created"] = true
	s.dispatch(t.GuildID, intentGuilds, "THREAD_CREATE", wire)
	s.publish(Event{Type: "channel", Channel: t.public()})
}

// message is a message of the channel by id, nil if there is none.
func (c *channelState) message(id string) *Message {
	i, ok := c.find(id)
	if !ok {
		return nil
	}
	return c.messages[i]
}

// find is where a message stands, by binary search: ids rise.
func (c *channelState) find(id string) (int, bool) {
	n := idNumber(id)
	return slices.BinarySearchFunc(c.messages, n, func(m *Message, want uint64) int {
		switch have := idNumber(m.ID); {
		case have < want:
			return -1
		case have > want:
			return 1
		}
		return 0
	})
}

// age is how long ago a message was made.
func (s *Server) age(m *Message) time.Duration { return s.Now().Sub(idTime(m.ID)) }
