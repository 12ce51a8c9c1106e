package fakediscord

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// Upload is the value of an attachment option. In JSON the data is base64.
type Upload struct {
	Filename    string `json:"filename"`
	ContentType string `json:"content_type"`
	Data        []byte `json:"data"`
}

// optionInput turns what a member typed into the options of a command, and
// checks it as Discord's client does. Values are strings, numbers or booleans;
// numbers and booleans may be written as strings. Users, roles and channels are
// ids; an attachment is an Upload.
type optionInput struct {
	s        *Server
	channel  *channelState
	values   map[string]any
	focused  string
	partial  bool // autocompletion: nothing is complete yet
	resolved jsonMap
}

// command are the options of a command, wrapped in its group and subcommand.
func (t *optionInput) command(cmd *Command, in CommandInput) ([]jsonMap, error) {
	t.resolved = jsonMap{}
	options := cmd.Options
	path := []struct {
		name string
		kind int
	}{{in.Group, OptionGroup}, {in.Subcommand, OptionSubcommand}}
	var wraps []jsonMap
	for _, step := range path {
		if step.name == "" {
			continue
		}
		i := slices.IndexFunc(options, func(o Option) bool { return o.Name == step.name && o.Type == step.kind })
		if i < 0 {
			return nil, fmt.Errorf("/%s has no %q", cmd.Name, step.name)
		}
		wraps = append(wraps, jsonMap{"name": step.name, "type": step.kind})
		options = options[i].Options
	}
	if len(options) > 0 && options[0].Type <= OptionGroup {
		return nil, fmt.Errorf("/%s needs a subcommand", cmd.Name)
	}
	out, err := t.plain(options)
	for i := len(wraps) - 1; i >= 0; i-- {
		if len(out) > 0 {
			wraps[i]["options"] = out
		}
		out = []jsonMap{wraps[i]}
	}
	return out, err
}

func (t *optionInput) plain(options []Option) ([]jsonMap, error) {
	left := maps.Clone(t.values)
	var out []jsonMap
	for i := range options {
		o := &options[i]
		raw, typed := left[o.Name]
		delete(left, o.Name)
		if !typed || raw == nil {
			if o.Name == t.focused {
				raw = ""
			} else if o.Required && !t.partial {
				return nil, fmt.Errorf("%q is required", o.Name)
			} else {
				continue
			}
		}
		v, err := t.value(o, raw)
		if err != nil {
			return nil, fmt.Errorf("option %q: %w", o.Name, err)
		}
		w := jsonMap{"name": o.Name, "type": o.Type, "value": v}
		if t.partial && o.Name == t.focused {
			if !o.Autocomplete {
				return nil, fmt.Errorf("%q proposes nothing", o.Name)
			}
			w["focused"] = true
		}
		out = append(out, w)
	}
	for name := range left {
		return nil, fmt.Errorf("there is no option %q", name)
	}
	if t.partial && !slices.ContainsFunc(out, func(w jsonMap) bool { return w["focused"] == true }) {
		return nil, fmt.Errorf("there is no option %q to complete", t.focused)
	}
	return out, nil
}

// value checks one value against its option.
func (t *optionInput) value(o *Option, raw any) (any, error) {
	if t.partial && o.Name == t.focused {
		return fmt.Sprint(raw), nil // half-typed
	}
	switch o.Type {
	case OptionString:
		return t.stringValue(o, raw)
	case OptionInteger, OptionNumber:
		return t.numberValue(o, raw)
	case OptionBoolean:
		b, err := strconv.ParseBool(fmt.Sprint(raw))
		if err != nil {
			return nil, errors.New("true or false is expected")
		}
		return b, nil
	case OptionAttachment:
		return t.upload(raw)
	case OptionUser:
		return raw, t.entity(raw, "user")
	case OptionRole:
		return raw, t.entity(raw, "role")
	case OptionMentionable:
		return raw, t.entity(raw, "user", "role")
	case OptionChannel:
		id, _ := raw.(string)
		if c := t.s.world.channels[id]; c != nil && len(o.ChannelTypes) > 0 && !contains(o.ChannelTypes, c.Type) {
			return nil, errors.New("this kind of channel cannot be chosen")
		}
		return raw, t.entity(raw, "channel")
	}
	return nil, fmt.Errorf("options of type %d are unknown", o.Type)
}

func (t *optionInput) entity(raw any, kinds ...string) error {
	id, _ := raw.(string)
	return t.s.resolve(t.resolved, t.channel, id, kinds...)
}

func (t *optionInput) stringValue(o *Option, raw any) (any, error) {
	v, isString := raw.(string)
	if !isString {
		return nil, errors.New("a text is expected")
	}
	lo, hi := 0, maxStringOption
	if o.MinLength != nil {
		lo = *o.MinLength
	}
	if o.MaxLength != nil {
		hi = *o.MaxLength
	}
	if o.Required {
		lo = max(lo, 1)
	}
	if n := runes(v); n < lo || n > hi {
		return nil, fmt.Errorf("%d to %d characters are expected, not %d", lo, hi, n)
	}
	return v, isChoice(o, v)
}

func (t *optionInput) numberValue(o *Option, raw any) (any, error) {
	f, err := strconv.ParseFloat(fmt.Sprint(raw), 64)
	switch {
	case err != nil:
		return nil, errors.New("a number is expected")
	case o.MinValue != nil && f < *o.MinValue:
		return nil, fmt.Errorf("%v is less than %v", f, *o.MinValue)
	case o.MaxValue != nil && f > *o.MaxValue:
		return nil, fmt.Errorf("%v is more than %v", f, *o.MaxValue)
	}
	if o.Type == OptionNumber {
		return f, isChoice(o, strconv.FormatFloat(f, 'g', -1, 64))
	}
	n := int64(f)
	if float64(n) != f || n > maxSafeInteger || n < -maxSafeInteger {
		return nil, errors.New("a whole number is expected")
	}
	return n, isChoice(o, strconv.FormatInt(n, 10))
}

// maxSafeInteger bounds integer options: what a double holds exactly.
const maxSafeInteger = 1<<53 - 1

// isChoice checks that a value is one of an option's choices, if it has any.
func isChoice(o *Option, v string) error {
	if len(o.Choices) == 0 {
		return nil
	}
	for _, c := range o.Choices {
		if fmt.Sprint(c.Value) == v {
			return nil
		}
	}
	return fmt.Errorf("%q is not among the choices", v)
}

// upload stores a file that a member attached, and returns its id.
func (t *optionInput) upload(raw any) (any, error) {
	u, isUpload := raw.(Upload)
	if !isUpload {
		var err error
		if u, err = decodeUpload(raw); err != nil {
			return nil, err
		}
	}
	id, err := t.s.upload(t.channel.ID, u)
	if err != nil {
		return nil, err
	}
	return id, t.s.resolveUpload(t.resolved, id)
}

func decodeUpload(raw any) (Upload, error) {
	m, isObject := raw.(map[string]any)
	name, _ := m["filename"].(string)
	data, isString := m["data"].(string)
	if !isObject || name == "" || !isString {
		return Upload{}, errors.New("a file is an object of filename, content_type and data in base64")
	}
	kind, _ := m["content_type"].(string)
	decoded, err := base64.StdEncoding.DecodeString(data)
	return Upload{Filename: name, ContentType: kind, Data: decoded}, err
}

// upload stores a member's file.
func (s *Server) upload(channelID string, u Upload) (string, error) {
	if len(u.Data) > maxFile {
		return "", errors.New("the file is too large")
	}
	a := s.store(channelID, upload{filename: cleanFilename(u.Filename), contentType: u.ContentType, data: u.Data})
	a.Ephemeral = true
	s.uploads[a.ID] = a
	return a.ID, nil
}

// Upload stores a member's file for a form with a file upload field, and
// returns the id that the field takes as its value.
func (s *Server) Upload(channelID string, u Upload) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.upload(channelID, u)
}

func (s *Server) resolveUpload(resolved jsonMap, id string) error {
	a, known := s.uploads[id]
	if !known {
		return fmt.Errorf("there is no file %q", id)
	}
	into(resolved, "attachments")[id] = a
	return nil
}

// into is a part of the resolved data, made when missing.
func into(resolved jsonMap, part string) jsonMap {
	m, there := resolved[part].(jsonMap)
	if !there {
		m = jsonMap{}
		resolved[part] = m
	}
	return m
}

// resolve adds what an id stands for to the resolved data.
func (s *Server) resolve(resolved jsonMap, c *channelState, id string, kinds ...string) error {
	g := s.world.guilds[c.GuildID]
	for _, kind := range kinds {
		switch kind {
		case "user":
			if m := g.members[id]; m != nil {
				into(resolved, "users")[id] = m.user
				w := s.memberWire(g, m, false)
				delete(w, "user")
				delete(w, "deaf")
				delete(w, "mute")
				w["permissions"] = s.permissions(c, id)
				into(resolved, "members")[id] = w
				return nil
			}
		case "role":
			for p, role := range g.roles {
				if role == id {
					into(resolved, "roles")[id] = roleWire(id, p, 1)
					return nil
				}
			}
		case "channel":
			if other := s.world.channels[id]; other != nil && other.GuildID == c.GuildID {
				w := s.channelWire(other)
				w["app_permissions"] = s.permissions(other, s.world.bot.ID)
				into(resolved, "channels")[id] = w
				return nil
			}
		}
	}
	return fmt.Errorf("%q is nothing that can be chosen here", id)
}

// UnmarshalJSON reads a command; numbers among the options stay as written.
func (in *CommandInput) UnmarshalJSON(b []byte) error {
	type plain CommandInput
	tree, err := decodeTree(b)
	if err != nil {
		return errors.New("the body is no JSON")
	}
	if err := json.Unmarshal(b, (*plain)(in)); err != nil {
		return err
	}
	m, _ := tree.(map[string]any)
	in.Options, _ = m["options"].(map[string]any)
	return nil
}
