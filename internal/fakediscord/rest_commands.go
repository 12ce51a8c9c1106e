package fakediscord

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
)

// commandScope is whose commands a request is about: a guild's id, or "" for
// the global ones.
func (s *Server) commandScope(r *request) (string, error) {
	if r.vars["application"] != s.world.bot.ID {
		return "", errMissingAccess
	}
	if r.vars["guild"] == "" {
		return "", nil
	}
	g, err := s.guildFor(r)
	if err != nil {
		return "", errMissingAccess
	}
	return g.id, nil
}

// decodeCommand turns a checked body into a command of a scope.
func (s *Server) decodeCommand(raw []byte, scope string) (*Command, error) {
	c := &Command{Type: CommandChat}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(c); err != nil {
		return nil, errInvalidJSON
	}
	c.ID, c.ApplicationID, c.GuildID, c.Version = s.newID(), s.world.bot.ID, scope, s.newID()
	if scope == "" && c.IntegrationTypes == nil {
		c.IntegrationTypes = []int{0}
	}
	return c, nil
}

func listCommands(s *Server, r *request) (reply, error) {
	scope, err := s.commandScope(r)
	if err != nil {
		return reply{}, err
	}
	return ok(append([]*Command{}, s.commands.scopes[scope]...))
}

// commandOf is the command that a route names, and its scope.
func (s *Server) commandOf(r *request) (scope string, c *Command, err error) {
	if scope, err = s.commandScope(r); err != nil {
		return "", nil, err
	}
	if c = s.commands.byID(scope, r.vars["command"]); c == nil {
		return "", nil, errUnknownCommand
	}
	return scope, c, nil
}

func getCommand(s *Server, r *request) (reply, error) {
	_, c, err := s.commandOf(r)
	if err != nil {
		return reply{}, err
	}
	return ok(c)
}

// upsertCommand makes a command or replaces the one of that name and type.
func upsertCommand(s *Server, r *request) (reply, error) {
	scope, err := s.commandScope(r)
	if err != nil {
		return reply{}, err
	}
	p := &problem{}
	checkCommand(p, r.tree, scope == "")
	if err := p.formError(); err != nil {
		return reply{}, err
	}
	c, err := s.decodeCommand(r.raw, scope)
	if err != nil {
		return reply{}, err
	}
	if old := s.commands.find(scope, c.Name, c.Type); old != nil {
		c.ID = old.ID
		s.putCommand(scope, c)
		return ok(c)
	}
	same := 0
	for _, other := range s.commands.scopes[scope] {
		if other.Type == c.Type {
			same++
		}
	}
	if same >= maxOfType(c.Type) {
		return reply{}, refused(http.StatusBadRequest, codeTooManyCommands, "Maximum number of application commands reached (100)")
	}
	if err := s.commands.mayCreate(scope, 1, s.Now()); err != nil {
		return reply{}, err
	}
	s.putCommand(scope, c)
	return reply{http.StatusCreated, c}, nil
}

// putCommand stores a command in place of the one with its id, if any.
func (s *Server) putCommand(scope string, c *Command) {
	l := slices.Clone(s.commands.scopes[scope])
	i := slices.IndexFunc(l, func(old *Command) bool { return old.ID == c.ID })
	if i < 0 {
		l = append(l, c)
	} else {
		l[i] = c
	}
	s.commands.scopes[scope] = l
	s.commandsChanged()
}

// replaceCommands is the bulk overwrite: it leaves nothing but what it names.
func replaceCommands(s *Server, r *request) (reply, error) {
	scope, err := s.commandScope(r)
	if err != nil {
		return reply{}, err
	}
	p := &problem{}
	checkCommands(p, r.tree, scope == "")
	if err := p.formError(); err != nil {
		return reply{}, err
	}
	var raws []json.RawMessage
	if err := json.Unmarshal(r.raw, &raws); err != nil {
		return reply{}, errInvalidJSON
	}
	l, fresh := []*Command{}, 0
	for _, raw := range raws {
		c, err := s.decodeCommand(raw, scope)
		if err != nil {
			return reply{}, err
		}
		if old := s.commands.find(scope, c.Name, c.Type); old != nil {
			c.ID = old.ID
		} else {
			fresh++
		}
		l = append(l, c)
	}
	if err := s.commands.mayCreate(scope, fresh, s.Now()); err != nil {
		return reply{}, err
	}
	s.commands.scopes[scope] = l
	s.commandsChanged()
	return ok(l)
}

// editCommand is PATCH: what is absent stays.
func editCommand(s *Server, r *request) (reply, error) {
	scope, old, err := s.commandOf(r)
	if err != nil {
		return reply{}, err
	}
	change, isObject := r.tree.(map[string]any)
	merged := map[string]any{}
	if err := json.Unmarshal(mustJSON(old), &merged); err != nil || !isObject {
		return reply{}, errInvalidJSON
	}
	for key, v := range change {
		merged[key] = v
	}
	for _, key := range []string{"id", "application_id", "guild_id", "version"} {
		delete(merged, key)
	}
	raw := mustJSON(merged)
	tree, err := decodeTree(raw)
	if err != nil {
		return reply{}, errInvalidJSON
	}
	p := &problem{}
	checkCommand(p, tree, scope == "")
	if err := p.formError(); err != nil {
		return reply{}, err
	}
	c, err := s.decodeCommand(raw, scope)
	if err != nil {
		return reply{}, err
	}
	c.ID = old.ID
	s.putCommand(scope, c)
	return ok(c)
}

func removeCommand(s *Server, r *request) (reply, error) {
	scope, c, err := s.commandOf(r)
	if err != nil {
		return reply{}, err
	}
	s.commands.scopes[scope] = slices.DeleteFunc(slices.Clone(s.commands.scopes[scope]), func(o *Command) bool { return o == c })
	s.commandsChanged()
	return noContent()
}
