package fakediscord

import (
	"net/http"
	"slices"
	"sort"
	"time"
)

// Command types.
const (
	CommandChat    = 1
	CommandUser    = 2
	CommandMessage = 3
)

// Option types.
const (
	OptionSubcommand  = 1
	OptionGroup       = 2
	OptionString      = 3
	OptionInteger     = 4
	OptionBoolean     = 5
	OptionUser        = 6
	OptionChannel     = 7
	OptionRole        = 8
	OptionMentionable = 9
	OptionNumber      = 10
	OptionAttachment  = 11
)

// Command is an application command as it is registered.
type Command struct {
	ID                       string            `json:"id"`
	ApplicationID            string            `json:"application_id"`
	GuildID                  string            `json:"guild_id,omitempty"`
	Version                  string            `json:"version"`
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Options                  []Option          `json:"options,omitempty"`
	DefaultMemberPermissions *Permissions      `json:"default_member_permissions"`
	DMPermission             *bool             `json:"dm_permission,omitempty"`
	NSFW                     bool              `json:"nsfw"`
	IntegrationTypes         []int             `json:"integration_types,omitempty"`
	Contexts                 []int             `json:"contexts"`
}

// Option is an option of a command.
type Option struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Required                 bool              `json:"required,omitempty"`
	Choices                  []Choice          `json:"choices,omitempty"`
	Options                  []Option          `json:"options,omitempty"`
	ChannelTypes             []int             `json:"channel_types,omitempty"`
	MinValue                 *float64          `json:"min_value,omitempty"`
	MaxValue                 *float64          `json:"max_value,omitempty"`
	MinLength                *int              `json:"min_length,omitempty"`
	MaxLength                *int              `json:"max_length,omitempty"`
	Autocomplete             bool              `json:"autocomplete,omitempty"`
}

// Choice is a ready answer to an option. Value is a string or a number.
type Choice struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations,omitempty"`
	Value             any               `json:"value"`
}

// commandRegistry holds the application's commands by scope: "" for global
// ones, else a guild's id.
type commandRegistry struct {
	scopes  map[string][]*Command
	created map[string][]time.Time // new names in the last day, by scope
}

func newCommandRegistry() commandRegistry {
	return commandRegistry{scopes: map[string][]*Command{}, created: map[string][]time.Time{}}
}

// Limits of command registration.
const (
	maxChatCommands    = 100
	maxContextCommands = 15
	dailyCreates       = 200
	commandDay         = 24 * time.Hour
)

func maxOfType(kind int) int {
	if kind == CommandChat {
		return maxChatCommands
	}
	return maxContextCommands
}

// find is a command of a scope, nil if there is none.
func (c *commandRegistry) find(scope, name string, kind int) *Command {
	for _, cmd := range c.scopes[scope] {
		if cmd.Name == name && cmd.Type == kind {
			return cmd
		}
	}
	return nil
}

func (c *commandRegistry) byID(scope, id string) *Command {
	for _, cmd := range c.scopes[scope] {
		if cmd.ID == id {
			return cmd
		}
	}
	return nil
}

// mayCreate counts n new names and refuses them past the daily cap.
func (c *commandRegistry) mayCreate(scope string, n int, now time.Time) error {
	recent := slices.DeleteFunc(c.created[scope], func(t time.Time) bool { return now.Sub(t) >= commandDay })
	c.created[scope] = recent
	if len(recent)+n > dailyCreates {
		return refused(http.StatusBadRequest, codeDailyCommands, "Max number of daily application command creates has been reached (200)")
	}
	for range n {
		c.created[scope] = append(c.created[scope], now)
	}
	return nil
}

// Commands are the commands that can be used in a guild, by name: its own and
// the global ones.
func (s *Server) Commands(guildID string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	if guildID == "" {
		guildID = s.world.home
	}
	return s.usableCommands(guildID)
}

func (s *Server) usableCommands(guildID string) []Command {
	l := []Command{}
	for _, scope := range []string{guildID, ""} {
		for _, c := range s.commands.scopes[scope] {
			l = append(l, *c)
		}
	}
	sort.SliceStable(l, func(i, j int) bool { return l[i].Name < l[j].Name })
	return l
}

func (s *Server) commandsChanged() {
	s.publish(Event{Type: "commands", Commands: s.usableCommands(s.world.home)})
}
