package fakediscord

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"
)

// Channel types.
const (
	ChannelText           = 0
	ChannelDM             = 1 // direct messages
	ChannelVoice          = 2
	ChannelCategory       = 4
	ChannelAnnouncement   = 5
	ChannelNewsThread     = 10
	ChannelPublicThread   = 11
	ChannelPrivateThread  = 12
	ChannelStage          = 13
	ChannelForum          = 15
	ChannelMediaForum     = 16
	channelFlagRequireTag = 1 << 4
)

// world is everything that exists on this Discord. A value reached from it is
// replaced when it changes, never written to, so that a snapshot stays true;
// guild and channelState are the exceptions and never leave the package.
type world struct {
	bot      User
	home     string // id of the default guild
	guilds   map[string]*guild
	order    []string                 // guild ids, oldest first
	channels map[string]*channelState // of guilds
	direct   map[string]*channelState // of direct messages
	shut     map[string]bool          // users who take none
	users    map[string]User
	webhooks []*webhook // oldest first
}

type guild struct {
	id, name    string
	owner       string
	unavailable bool
	removed     bool // the bot is not in it
	commands    bool // its commands stay although the bot is gone
	members     map[string]*member
	roles       map[Permissions]string // a role for every set of permissions in use
	scheduled   []*scheduled           // events, oldest first
	joined      time.Time
}

type member struct {
	user        User
	permissions Permissions
	joined      time.Time
	roleID      string
	color       int
}

type channelState struct {
	Channel
	recipient string                 // of direct messages; empty in a guild
	overrides map[string]Permissions // by user: what they may do here
	messages  []*Message             // oldest first
	pins      []pin                  // the latest first
	position  int
	created   time.Time
}

// Guild is a server.
type Guild struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	OwnerID     string `json:"owner_id,omitempty"`
	Unavailable bool   `json:"unavailable,omitempty"`
}

// User is a user object.
type User struct {
	ID            string  `json:"id"`
	Username      string  `json:"username"`
	Discriminator string  `json:"discriminator"`
	GlobalName    *string `json:"global_name"`
	Avatar        *string `json:"avatar"`
	Bot           bool    `json:"bot,omitempty"`
	PublicFlags   int     `json:"public_flags"`
	Flags         int     `json:"flags"`
	PrimaryGuild  *string `json:"primary_guild"`
}

// Member is a person in a guild, as the control API tells it. When one is
// added, Permissions come on top of what everyone may do.
type Member struct {
	ID          string      `json:"id"`
	Username    string      `json:"username"`
	DisplayName string      `json:"display_name"`
	Bot         bool        `json:"bot"`
	Permissions Permissions `json:"permissions"`
	Color       int         `json:"color"`
	GuildID     string      `json:"guild_id,omitempty"`
}

func newWorld(s *Server) world {
	app := s.opts.ApplicationID
	if app == "" {
		app = s.newID()
	}
	w := world{
		bot:      User{ID: app, Username: s.opts.BotName, Discriminator: "0000", Bot: true},
		guilds:   map[string]*guild{},
		channels: map[string]*channelState{},
		direct:   map[string]*channelState{},
		shut:     map[string]bool{},
		users:    map[string]User{},
	}
	w.users[app] = w.bot
	s.world = w
	g := s.addGuild(s.opts.GuildName, s.opts.GuildID, s.opts.OwnerID)
	s.world.home = g.id
	s.addChannel(g, Channel{ID: s.opts.ChannelID, Name: "general", Topic: "Where stories are told"})
	return s.world
}

// addGuild makes a guild with the bot in it; empty ids are made up.
func (s *Server) addGuild(name, id, owner string) *guild {
	if id == "" {
		id = s.newGuildID()
	}
	if owner == "" {
		owner = s.newID()
	}
	g := &guild{
		id: id, name: name, members: map[string]*member{}, joined: s.Now(),
		roles: map[Permissions]string{DefaultPermissions: s.newID()},
	}
	s.world.guilds[id] = g
	s.world.order = append(s.world.order, id)
	g.members[s.world.bot.ID] = &member{user: s.world.bot, permissions: DefaultBotPermissions, joined: s.Now()}
	g.owner = owner
	u := User{ID: owner, Username: "owner", Discriminator: "0", GlobalName: ptr("Owner")}
	s.world.users[owner] = u
	g.members[owner] = &member{user: u, permissions: AllPermissions, joined: s.Now()}
	for _, id := range []string{s.world.bot.ID, g.owner} {
		s.assignRole(g, g.members[id])
	}
	return g
}

func ptr[T any](v T) *T { return &v }

// Guild is the default guild.
func (s *Server) Guild() Guild {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.guilds[s.world.home].public()
}

func (g *guild) public() Guild {
	return Guild{ID: g.id, Name: g.name, OwnerID: g.owner, Unavailable: g.unavailable}
}

// Bot is the bot's user; its id is the application's too.
func (s *Server) Bot() User {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.bot
}

// AddGuild makes a further guild with a text channel, and puts the bot in it.
func (s *Server) AddGuild(name string) Guild {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.addGuild(name, "", "")
	s.addChannel(g, Channel{Name: "general"})
	s.dispatch(g.id, intentGuilds, "GUILD_CREATE", s.guildCreate(g))
	return g.public()
}

// SetGuildAvailable starts or ends an outage of a guild.
func (s *Server) SetGuildAvailable(guildID string, available bool) error {
	return s.withGuild(guildID, func(g *guild) {
		g.unavailable = !available
		if available {
			s.dispatch(g.id, intentGuilds, "GUILD_CREATE", s.guildCreate(g))
		} else {
			s.dispatch(g.id, intentGuilds, "GUILD_DELETE", map[string]any{"id": g.id, "unavailable": true})
		}
	})
}

// RemoveBot throws the bot out of a guild, and its commands with it.
func (s *Server) RemoveBot(guildID string) error {
	return s.withGuild(guildID, func(g *guild) { s.removeBot(g, false) })
}

// RemoveBotUser takes the bot user out of a guild and leaves its commands there,
// as an installation with the scope applications.commands alone does: people go
// on to use them, and whatever the bot does in a channel is refused.
func (s *Server) RemoveBotUser(guildID string) error {
	return s.withGuild(guildID, func(g *guild) { s.removeBot(g, true) })
}

func (s *Server) removeBot(g *guild, commandsStay bool) {
	g.removed, g.commands = true, commandsStay
	delete(g.members, s.world.bot.ID)
	s.dispatch(g.id, intentGuilds, "GUILD_DELETE", map[string]any{"id": g.id})
}

// RestoreBot invites the bot into a guild again.
func (s *Server) RestoreBot(guildID string) error {
	return s.withGuild(guildID, func(g *guild) {
		g.removed, g.commands = false, false
		m := &member{user: s.world.bot, permissions: DefaultBotPermissions, joined: s.Now()}
		g.members[s.world.bot.ID] = m
		s.assignRole(g, m)
		s.dispatch(g.id, intentGuilds, "GUILD_CREATE", s.guildCreate(g))
	})
}

// withGuild has something happen to a guild.
func (s *Server) withGuild(id string, do func(*guild)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	g, err := s.guildOf(id)
	if err == nil {
		do(g)
	}
	return err
}

// guildOf is a guild by id, the default one for an empty id.
func (s *Server) guildOf(id string) (*guild, error) {
	if id == "" {
		id = s.world.home
	}
	if g := s.world.guilds[id]; g != nil {
		return g, nil
	}
	return nil, fmt.Errorf("there is no guild %s", id)
}

// AddMember adds a person to a guild (the default one if GuildID is empty).
// Missing ids and names are made up; a known ID joins a further guild.
func (s *Server) AddMember(m Member) (Member, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g, err := s.guildOf(m.GuildID)
	if err != nil {
		return Member{}, err
	}
	if m.ID != "" && !isSnowflake(m.ID) {
		return Member{}, errors.New("a member's id is a snowflake")
	}
	if g.members[m.ID] != nil {
		return Member{}, fmt.Errorf("%s is already in this guild", m.ID)
	}
	u, known := s.world.users[m.ID]
	if !known {
		u = s.newUser(m)
	}
	mem := &member{user: u, permissions: DefaultPermissions | m.Permissions, joined: s.Now(), color: memberColor(len(g.members))}
	g.members[u.ID] = mem
	s.assignRole(g, mem)
	s.dispatch(g.id, intentMembers, "GUILD_MEMBER_ADD", s.memberWire(g, mem, true))
	out := s.publicMember(g, mem)
	s.publish(Event{Type: "member", Member: &out})
	return out, nil
}

func (s *Server) newUser(m Member) User {
	if m.ID == "" {
		m.ID = s.newID()
	}
	if m.DisplayName == "" {
		m.DisplayName = m.Username
	}
	if m.DisplayName == "" {
		m.DisplayName = fmt.Sprintf("Reader %d", len(s.world.users))
	}
	if m.Username == "" {
		m.Username = strings.ToLower(strings.Join(strings.Fields(m.DisplayName), "."))
	}
	u := User{ID: m.ID, Username: m.Username, Discriminator: "0", GlobalName: &m.DisplayName, Bot: m.Bot}
	s.world.users[u.ID] = u
	return u
}

// RemoveMember takes a person out of a guild.
func (s *Server) RemoveMember(guildID, userID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	g, err := s.guildOf(guildID)
	if err != nil {
		return err
	}
	m := g.members[userID]
	if m == nil || m.user.ID == s.world.bot.ID {
		return fmt.Errorf("%s is no person in this guild", userID)
	}
	delete(g.members, userID)
	s.dispatch(g.id, intentMembers, "GUILD_MEMBER_REMOVE", map[string]any{"guild_id": g.id, "user": m.user})
	return nil
}

// memberColors are the name colours that members get in turn.
var memberColors = []int{0x1ABC9C, 0x3498DB, 0x9B59B6, 0xE91E63, 0xE67E22, 0x2ECC71, 0xF1C40F, 0xE74C3C}

func memberColor(n int) int { return memberColors[n%len(memberColors)] }

func (s *Server) publicMember(g *guild, m *member) Member {
	out := Member{
		ID: m.user.ID, Username: m.user.Username, DisplayName: m.user.Username,
		Bot: m.user.Bot, Permissions: m.permissions, Color: m.color, GuildID: g.id,
	}
	if m.user.GlobalName != nil {
		out.DisplayName = *m.user.GlobalName
	}
	return out
}

// Members are the people and bots of a guild, oldest id first.
func (s *Server) Members(guildID string) []Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	g, err := s.guildOf(guildID)
	if err != nil {
		return nil
	}
	return s.publicMembers(g)
}

func (s *Server) publicMembers(g *guild) []Member {
	l := make([]Member, 0, len(g.members))
	for _, m := range g.members {
		l = append(l, s.publicMember(g, m))
	}
	sort.Slice(l, func(i, j int) bool { return idNumber(l[i].ID) < idNumber(l[j].ID) })
	return l
}
