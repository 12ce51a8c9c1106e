package fakediscord

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// Permissions is a set of Discord's permission bits.
type Permissions uint64

// Permission bits.
const (
	Administrator         Permissions = 1 << 3
	ManageChannels        Permissions = 1 << 4
	AddReactions          Permissions = 1 << 6
	ViewChannel           Permissions = 1 << 10
	SendMessages          Permissions = 1 << 11
	ManageMessages        Permissions = 1 << 13
	EmbedLinks            Permissions = 1 << 14
	AttachFiles           Permissions = 1 << 15
	ReadMessageHistory    Permissions = 1 << 16
	MentionEveryone       Permissions = 1 << 17
	ManageWebhooks        Permissions = 1 << 29
	UseAppCommands        Permissions = 1 << 31
	ManageThreads         Permissions = 1 << 34
	CreatePublicThreads   Permissions = 1 << 35
	CreatePrivateThreads  Permissions = 1 << 36
	SendMessagesInThreads Permissions = 1 << 38
	ManageEvents          Permissions = 1 << 33
	CreateEvents          Permissions = 1 << 44
	SendPolls             Permissions = 1 << 49
	PinMessages           Permissions = 1 << 51

	// AllPermissions is every bit that Discord has given a meaning.
	AllPermissions Permissions = 1<<53 - 1
	// DefaultPermissions are what every new member may do.
	DefaultPermissions = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory |
		AddReactions | UseAppCommands | CreatePublicThreads | SendMessagesInThreads
	// DefaultBotPermissions are what a story bot asks for in its invitation.
	DefaultBotPermissions = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory |
		CreatePublicThreads | SendMessagesInThreads
)

// Has reports whether p holds all bits of want; administrators hold any.
func (p Permissions) Has(want Permissions) bool {
	return p&Administrator != 0 || p&want == want
}

// String is the decimal form that Discord uses.
func (p Permissions) String() string { return strconv.FormatUint(uint64(p), 10) }

// MarshalJSON writes the bits as a string, since they exceed what a JSON
// number can safely hold.
func (p Permissions) MarshalJSON() ([]byte, error) { return json.Marshal(p.String()) }

// UnmarshalJSON reads the bits from a string or a number.
func (p *Permissions) UnmarshalJSON(b []byte) error {
	var s json.Number
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("permissions are a number or a string of one: %w", err)
	}
	n, err := strconv.ParseUint(s.String(), 10, 64)
	if err != nil {
		return fmt.Errorf("permissions are a number or a string of one: %w", err)
	}
	*p = Permissions(n)
	return nil
}

// isThread reports whether a channel type is one of a thread.
func isThread(kind int) bool { return kind >= ChannelNewsThread && kind <= ChannelPrivateThread }

// isForum reports whether a channel of this type holds posts and no messages.
func isForum(kind int) bool { return kind == ChannelForum || kind == ChannelMediaForum }

// permissions are what a user may do in a channel; nothing for those who are
// not in the guild. A thread goes by its parent.
func (s *Server) permissions(c *channelState, user string) Permissions {
	if c.recipient != "" {
		return directPermissions
	}
	g := s.world.guilds[c.GuildID]
	m := g.members[user]
	if m == nil {
		return 0
	}
	p := m.permissions
	if p&Administrator != 0 || g.owner == user {
		return AllPermissions
	}
	home := c
	if isThread(c.Type) && s.world.channels[c.ParentID] != nil {
		home = s.world.channels[c.ParentID]
	}
	if here, ok := home.overrides[user]; ok {
		p = here
	}
	if p&ViewChannel == 0 {
		return 0
	}
	speak := SendMessages
	if isThread(c.Type) {
		speak = SendMessagesInThreads
	}
	if p&speak == 0 {
		p &^= EmbedLinks | AttachFiles | MentionEveryone
	}
	return p
}

// may is nil if the bot can see the channel and holds all of want there.
func (s *Server) may(c *channelState, want Permissions) error {
	p := s.permissions(c, s.world.bot.ID)
	switch {
	case !p.Has(ViewChannel):
		return errMissingAccess
	case !p.Has(want):
		return errMissingPermissions
	}
	return nil
}

// Permit sets exactly what a user (or the bot) may do: in one channel, or in
// the whole guild when channelID is empty.
func (s *Server) Permit(guildID, channelID, userID string, p Permissions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if channelID != "" {
		return s.permitInChannel(channelID, userID, p)
	}
	g, err := s.guildOf(guildID)
	if err != nil {
		return err
	}
	m := g.members[userID]
	if m == nil {
		return fmt.Errorf("%s is not in this guild", userID)
	}
	changed := *m
	changed.permissions = p
	g.members[userID] = &changed
	s.assignRole(g, &changed)
	intent := intentMembers
	if userID == s.world.bot.ID {
		intent = 0 // the bot hears of its own roles in any case
	}
	s.dispatch(g.id, intent, "GUILD_MEMBER_UPDATE", s.memberWire(g, &changed, true))
	out := s.publicMember(g, &changed)
	s.publish(Event{Type: "member", Member: &out})
	return nil
}

func (s *Server) permitInChannel(channelID, userID string, p Permissions) error {
	c := s.world.channels[channelID]
	switch {
	case c == nil:
		return fmt.Errorf("there is no channel %s", channelID)
	case isThread(c.Type):
		return fmt.Errorf("a thread has no permissions of its own: set them in its parent %s", c.ParentID)
	case s.world.guilds[c.GuildID].members[userID] == nil:
		return fmt.Errorf("%s is not in this guild", userID)
	}
	c.overrides[userID] = p
	s.dispatch(c.GuildID, intentGuilds, "CHANNEL_UPDATE", s.channelWire(c))
	return nil
}

// assignRole gives a member the role that stands for their permissions, and
// makes it if need be. @everyone carries no permission here, so that any set
// can be expressed.
func (s *Server) assignRole(g *guild, m *member) {
	id, ok := g.roles[m.permissions]
	if !ok {
		id = s.newID()
		g.roles[m.permissions] = id
		s.dispatch(g.id, intentGuilds, "GUILD_ROLE_CREATE", map[string]any{"guild_id": g.id, "role": roleWire(id, m.permissions, len(g.roles))})
	}
	m.roleID = id
}
