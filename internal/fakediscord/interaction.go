package fakediscord

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"time"
)

// Interaction types.
const (
	interactionCommand      = 2
	interactionComponent    = 3
	interactionAutocomplete = 4
	interactionModal        = 5
)

const (
	// InteractionDeadline is how long an interaction waits for its first
	// answer.
	InteractionDeadline = 3 * time.Second
	// InteractionLifetime is how long its token can edit and follow up.
	InteractionLifetime = 15 * time.Minute

	noResponse = "The application did not respond"
)

// interaction is something a member did that the bot should answer.
type interaction struct {
	id, token          string
	kind               int
	user               User
	guildID, channelID string
	name               string // of the command
	commandType        int
	sourceID           string // components and their modals: the message they are on
	parent             string // modals: the interaction that opened it
	created            time.Time
	payload            jsonMap
	timer              *time.Timer

	state    string
	failure  string // why it failed
	callback int    // type of the first answer, 0 before it
	original string // id of @original, empty while there is none
	loading  bool   // @original is a placeholder
	modal    *Modal
	choices  []Choice
	used     bool // modals: it was submitted
}

// Modal is a form that the bot opened.
type Modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []Component `json:"components"`
}

// Outcome is what became of an interaction.
type Outcome struct {
	State    string   // waiting, acknowledged, deferred or failed
	Error    string   // of a failed one
	Callback int      // type of the first answer, 0 if none
	Message  *Message // @original as it is now, nil if there is none
	Modal    *Modal   // the form that was opened
	Choices  []Choice // of an autocompletion
}

// stopTimer ends the wait for an answer.
func (i *interaction) stopTimer() {
	if i.timer != nil {
		i.timer.Stop()
	}
}

// begin makes an interaction and sends it to the bot. data is its data field.
func (s *Server) begin(i *interaction, c *channelState, data jsonMap, source *Message) *interaction {
	i.id = s.newID()
	i.guildID, i.channelID, i.created, i.state = c.GuildID, c.ID, s.Now(), StateWaiting
	sum := sha256.Sum256([]byte(s.opts.Token + i.id))
	i.token = base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "interaction:%s:%x", i.id, sum))
	s.sweepInteractions()
	s.interactions[i.id] = i
	s.byToken[i.token] = i
	i.payload = s.interactionWire(i, c, data, source)
	if i.kind != interactionAutocomplete {
		s.publish(Event{Type: "interaction", For: i.user.ID, ID: i.id, User: i.user.ID, State: StateWaiting})
	}
	i.timer = time.AfterFunc(InteractionDeadline, func() { s.expire(i) })
	s.dispatch(i.guildID, 0, "INTERACTION_CREATE", i.payload)
	return i
}

// maxInteractions is when dead interactions are swept out.
const maxInteractions = 20_000

func (s *Server) sweepInteractions() {
	if len(s.interactions) < maxInteractions {
		return
	}
	for id, i := range s.interactions {
		if s.Now().Sub(i.created) > InteractionLifetime {
			delete(s.interactions, id)
			delete(s.byToken, i.token)
		}
	}
}

// expire fails an interaction that nobody answered in time.
func (s *Server) expire(i *interaction) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i.callback == 0 && !s.closed {
		i.failure = noResponse
		s.setState(i, StateFailed)
	}
}

func (s *Server) setState(i *interaction, state string) {
	i.state = state
	if i.kind == interactionAutocomplete {
		s.touch()
		return
	}
	s.publish(Event{Type: "interaction", For: i.user.ID, ID: i.id, User: i.user.ID, State: state, Error: i.failure})
}

// interactionWire is the data of INTERACTION_CREATE.
func (s *Server) interactionWire(i *interaction, c *channelState, data jsonMap, source *Message) jsonMap {
	g := s.world.guilds[c.GuildID]
	theirs := s.permissions(c, i.user.ID)
	member := s.memberWire(g, g.members[i.user.ID], false)
	member["permissions"] = theirs
	channel := s.channelWire(c)
	channel["permissions"] = theirs
	w := jsonMap{
		"id": i.id, "application_id": s.world.bot.ID, "type": i.kind, "token": i.token, "version": 1,
		"guild_id": g.id, "guild": jsonMap{"id": g.id, "locale": defaultLocale, "features": []string{}},
		"channel_id": c.ID, "channel": channel, "member": member, "locale": defaultLocale, "guild_locale": defaultLocale,
		"app_permissions": s.permissions(c, s.world.bot.ID), "entitlements": []any{}, "context": 0,
		"authorizing_integration_owners": map[string]string{"0": g.id}, "attachment_size_limit": maxFile, "data": data,
	}
	if source != nil {
		w["message"] = source.stored()
	}
	return w
}

// metadata is what a message says of the interaction that it answers.
func (s *Server) metadata(i *interaction) *InteractionMetadata {
	m := &InteractionMetadata{ID: i.id, Type: i.kind, User: i.user, Owners: map[string]string{"0": i.guildID}}
	switch i.kind {
	case interactionCommand:
		m.Name, m.CommandType = i.name, i.commandType
	case interactionComponent:
		m.InteractedMessageID = i.sourceID
	case interactionModal:
		if opener := s.interactions[i.parent]; opener != nil {
			m.TriggeringInteraction = s.metadata(opener)
		}
	}
	return m
}

// Outcome tells what became of an interaction so far.
func (s *Server) Outcome(interactionID string) (Outcome, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.interactions[interactionID]
	if i == nil {
		return Outcome{}, fmt.Errorf("there is no interaction %s", interactionID)
	}
	return s.outcome(i), nil
}

func (s *Server) outcome(i *interaction) Outcome {
	o := Outcome{State: i.state, Error: i.failure, Callback: i.callback, Modal: i.modal, Choices: i.choices}
	if c := s.world.channels[i.channelID]; c != nil && i.original != "" {
		if m := c.message(i.original); m != nil {
			o.Message = m.stored()
		}
	}
	return o
}

// WaitOutcome waits until an interaction is answered or failed. One that is
// only deferred counts as answered once its message is there.
func (s *Server) WaitOutcome(ctx context.Context, interactionID string) (Outcome, error) {
	var o Outcome
	var missing error
	err := s.await(ctx, func() bool {
		i := s.interactions[interactionID]
		if i == nil {
			missing = fmt.Errorf("there is no interaction %s", interactionID)
			return true
		}
		o = s.outcome(i)
		return o.State == StateFailed || o.State == StateAcknowledged && !i.loading
	})
	return o, errors.Join(missing, err)
}
