package fakediscord

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// CommandInput is a slash command that a member types. Options are by name;
// see options.go for their values.
type CommandInput struct {
	User       string         `json:"user"`
	Channel    string         `json:"channel"`
	Name       string         `json:"name"`
	Group      string         `json:"group"`
	Subcommand string         `json:"subcommand"`
	Options    map[string]any `json:"options"`
	Focused    string         `json:"focused"` // autocompletion: the option being typed
}

// PressInput is a press of a button, or a choice in a select menu.
type PressInput struct {
	User     string   `json:"user"`
	Channel  string   `json:"channel"`
	Message  string   `json:"message"`
	CustomID string   `json:"custom_id"`
	Values   []string `json:"values"` // of a select
}

// ModalInput is a form that a member sends off.
type ModalInput struct {
	User          string         `json:"user"`
	InteractionID string         `json:"interaction_id"` // the one that opened it
	CustomID      string         `json:"custom_id"`      // the modal's; may be left empty
	Values        map[string]any `json:"values"`         // by custom_id: a string, or a list of them
}

// actor finds a member and a channel that they can see.
func (s *Server) actor(user, channel string) (*channelState, *member, error) {
	c := s.world.channels[channel]
	if c == nil {
		return nil, nil, fmt.Errorf("there is no channel %q", channel)
	}
	m := s.world.guilds[c.GuildID].members[user]
	switch {
	case m == nil:
		return nil, nil, fmt.Errorf("%q is not in this guild", user)
	case m.user.Bot:
		return nil, nil, errors.New("bots do not interact")
	case !s.permissions(c, user).Has(ViewChannel):
		return nil, nil, errors.New("this member cannot see the channel")
	case s.world.guilds[c.GuildID].removed && !s.world.guilds[c.GuildID].commands:
		return nil, nil, errors.New("the bot is not in this guild")
	case s.world.guilds[c.GuildID].unavailable:
		return nil, nil, errors.New("the guild has an outage")
	}
	return c, m, nil
}

// Command types a slash command and returns the interaction's id.
func (s *Server) Command(in CommandInput) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, err := s.command(in, interactionCommand)
	if err != nil {
		return "", err
	}
	return i.id, nil
}

func (s *Server) command(in CommandInput, kind int) (*interaction, error) {
	c, m, err := s.actor(in.User, in.Channel)
	if err != nil {
		return nil, err
	}
	if isThread(c.Type) && c.Thread.Archived {
		return nil, errors.New("commands cannot be used in an archived thread")
	}
	cmd := s.commands.find(c.GuildID, in.Name, CommandChat)
	if cmd == nil {
		cmd = s.commands.find("", in.Name, CommandChat)
	}
	if cmd == nil {
		return nil, fmt.Errorf("there is no command /%s", in.Name)
	}
	if err := s.mayUse(cmd, c, m); err != nil {
		return nil, err
	}
	data := jsonMap{"id": cmd.ID, "name": cmd.Name, "type": cmd.Type}
	if cmd.GuildID != "" {
		data["guild_id"] = cmd.GuildID
	}
	typing := optionInput{s: s, channel: c, values: in.Options, focused: in.Focused, partial: kind == interactionAutocomplete}
	options, err := typing.command(cmd, in)
	if err != nil {
		return nil, err
	}
	if len(options) > 0 {
		data["options"] = options
	}
	if len(typing.resolved) > 0 {
		data["resolved"] = typing.resolved
	}
	i := &interaction{kind: kind, user: m.user, name: strings.Join(nonEmpty(in.Name, in.Group, in.Subcommand), " "), commandType: cmd.Type}
	return s.begin(i, c, data, nil), nil
}

func nonEmpty(l ...string) []string {
	return slices.DeleteFunc(l, func(s string) bool { return s == "" })
}

// mayUse checks what Discord's client checks before it offers a command.
func (s *Server) mayUse(cmd *Command, c *channelState, m *member) error {
	p := s.permissions(c, m.user.ID)
	if !p.Has(UseAppCommands) {
		return errors.New("this member may not use application commands here")
	}
	if cmd.Contexts != nil && !contains(cmd.Contexts, 0) {
		return fmt.Errorf("/%s cannot be used in a guild", cmd.Name)
	}
	if cmd.DefaultMemberPermissions == nil {
		return nil
	}
	want := *cmd.DefaultMemberPermissions
	if want == 0 {
		want = Administrator
	}
	if !p.Has(want) {
		return fmt.Errorf("this member lacks the permissions that /%s asks for", cmd.Name)
	}
	return nil
}

// Autocomplete types a part of a command and waits for the bot's proposals
// for the option named by Focused.
func (s *Server) Autocomplete(ctx context.Context, in CommandInput) ([]Choice, error) {
	s.mu.Lock()
	i, err := s.command(in, interactionAutocomplete)
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	o, err := s.WaitOutcome(ctx, i.id)
	if err != nil {
		return nil, err
	}
	if o.State == StateFailed {
		return nil, errors.New(o.Error)
	}
	return o.Choices, nil
}

// visibleMessage is a message that a member can act on.
func (s *Server) visibleMessage(c *channelState, user, id string) (*Message, error) {
	m := c.message(id)
	if m == nil || !m.visibleTo(user) {
		return nil, fmt.Errorf("there is no message %q here", id)
	}
	if isThread(c.Type) && c.Thread.Locked {
		return nil, errors.New("the thread is locked")
	}
	s.wake(c) // Discord's client opens an archived thread before it presses
	return m, nil
}

// Press presses a button and returns the interaction's id. It is refused when
// the message has no such enabled button.
func (s *Server) Press(in PressInput) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, msg, comp, err := s.component(in)
	switch {
	case err != nil:
		return "", err
	case comp.Type != TypeButton || comp.hasURL():
		return "", fmt.Errorf("%q is no button to press", in.CustomID)
	}
	return s.act(c, m, msg, jsonMap{"component_type": TypeButton, "custom_id": in.CustomID, "id": comp.ID}), nil
}

// component is the enabled component that a member means.
func (s *Server) component(in PressInput) (*channelState, *member, *Message, *Component, error) {
	c, m, err := s.actor(in.User, in.Channel)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	msg, err := s.visibleMessage(c, in.User, in.Message)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	comp := msg.find(in.CustomID)
	switch {
	case comp == nil:
		err = fmt.Errorf("the message has no component %q", in.CustomID)
	case comp.Disabled:
		err = fmt.Errorf("%q is disabled", in.CustomID)
	}
	return c, m, msg, comp, err
}

// act sends a component interaction.
func (s *Server) act(c *channelState, m *member, msg *Message, data jsonMap) string {
	i := &interaction{kind: interactionComponent, user: m.user, sourceID: msg.ID}
	return s.begin(i, c, data, msg).id
}

// Select chooses values in a select menu and returns the interaction's id.
func (s *Server) Select(in PressInput) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, msg, comp, err := s.component(in)
	switch {
	case err != nil:
		return "", err
	case !comp.isSelect():
		return "", fmt.Errorf("%q is no select menu", in.CustomID)
	}
	if err := chosen(comp, in.Values, 1); err != nil {
		return "", err
	}
	resolved := jsonMap{}
	for _, v := range in.Values {
		if comp.Type == TypeStringSelect {
			break
		}
		if err := s.resolve(resolved, c, v, entityKinds[comp.Type]...); err != nil {
			return "", err
		}
	}
	data := jsonMap{"component_type": comp.Type, "custom_id": in.CustomID, "id": comp.ID, "values": append([]string{}, in.Values...)}
	if len(resolved) > 0 {
		data["resolved"] = resolved
	}
	return s.act(c, m, msg, data), nil
}

// entityKinds are what the selects of users, roles and channels choose from.
var entityKinds = map[int][]string{
	TypeUserSelect: {"user"}, TypeRoleSelect: {"role"}, TypeMentionableSelect: {"user", "role"}, TypeChannelSelect: {"channel"},
}

// chosen checks a choice of values against a component's limits.
func chosen(comp *Component, values []string, least int) error {
	lo, hi := least, 1
	if comp.MinValues != nil {
		lo = *comp.MinValues
	}
	if comp.MaxValues != nil {
		hi = *comp.MaxValues
	}
	if len(values) < lo || len(values) > hi {
		return fmt.Errorf("%q takes %d to %d values, not %d", comp.CustomID, lo, hi, len(values))
	}
	for i, v := range values {
		if slices.Contains(values[:i], v) {
			return fmt.Errorf("%q is chosen twice", v)
		}
		if comp.Options != nil && !slices.ContainsFunc(comp.Options, func(o SelectOption) bool { return o.Value == v }) {
			return fmt.Errorf("%q has no option %q", comp.CustomID, v)
		}
	}
	return nil
}

// Forge presses a button that Discord's client would not offer: a custom_id
// of any text, on any message of the channel or on one that is gone.
func (s *Server) Forge(in PressInput) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, err := s.actor(in.User, in.Channel)
	if err != nil {
		return "", err
	}
	msg := c.message(in.Message)
	if msg == nil {
		msg = s.blank(c, s.world.bot)
		if isSnowflake(in.Message) {
			msg.ID = in.Message
		}
	}
	return s.act(c, m, msg, jsonMap{"component_type": TypeButton, "custom_id": in.CustomID, "id": 1}), nil
}

// Say posts a message of a member.
func (s *Server) Say(user, channel, text string) (Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, err := s.actor(user, channel)
	switch {
	case err != nil:
		return Message{}, err
	case !s.permissions(c, user).Has(speakIn(c)) || writable(c) != nil || isThread(c.Type) && c.Thread.Locked:
		return Message{}, errors.New("this member cannot write here")
	case strings.TrimSpace(text) == "" || runes(text) > maxContent:
		return Message{}, fmt.Errorf("a message has 1 to %d characters", maxContent)
	}
	msg := s.blank(c, m.user)
	msg.Content = text
	s.mention(msg, nil)
	s.commit(c, msg, ViaPeople, nil)
	return *msg, nil
}
