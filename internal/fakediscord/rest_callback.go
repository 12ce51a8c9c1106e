package fakediscord

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Callback types.
const (
	callbackMessage        = 4
	callbackDeferMessage   = 5
	callbackDeferUpdate    = 6
	callbackUpdate         = 7
	callbackAutocomplete   = 8
	callbackModal          = 9
	originalMessage        = "@original"
	withResponseParam      = "with_response"
	codeInteractionInvalid = "INTERACTION_CALLBACK_TYPE_INVALID"
)

// allowedCallbacks are the answers that an interaction may have.
func (i *interaction) allowedCallbacks() []int {
	switch i.kind {
	case interactionAutocomplete:
		return []int{callbackAutocomplete}
	case interactionComponent:
		return []int{callbackMessage, callbackDeferMessage, callbackDeferUpdate, callbackUpdate, callbackModal}
	case interactionModal:
		if i.sourceID != "" {
			return []int{callbackMessage, callbackDeferMessage, callbackDeferUpdate, callbackUpdate}
		}
		return []int{callbackMessage, callbackDeferMessage}
	}
	return []int{callbackMessage, callbackDeferMessage, callbackModal}
}

// answerInteraction is the callback route.
func answerInteraction(s *Server, r *request) (reply, error) {
	i := s.interactions[r.vars["interaction"]]
	now := s.Now()
	switch {
	case i == nil || i.token != r.vars["token"] || now.Sub(i.created) > InteractionLifetime:
		return reply{}, errUnknownInteraction
	case i.callback != 0:
		return reply{}, errAlreadyAnswered
	case i.state == StateFailed || now.Sub(i.created) >= InteractionDeadline:
		return reply{}, errUnknownInteraction
	}
	c := s.world.channels[i.channelID]
	if c == nil {
		return reply{}, errUnknownChannel
	}
	if err := onlyQuery(r, withResponseParam); err != nil {
		return reply{}, err
	}
	cb, err := parseCallback(r, i)
	if err != nil {
		return reply{}, err
	}
	m, err := s.applyCallback(i, c, cb, r)
	if err != nil {
		return reply{}, err
	}
	i.callback = cb.Type
	i.stopTimer()
	state := StateAcknowledged
	if i.loading {
		state = StateDeferred
	}
	s.setState(i, state)
	if r.URL.Query().Get(withResponseParam) != "true" {
		return noContent()
	}
	return ok(i.response(cb.Type, m))
}

// response is the body of an answer with_response.
func (i *interaction) response(kind int, m *Message) jsonMap {
	about := jsonMap{"id": i.id, "type": i.kind, "channel_id": i.channelID, "guild_id": i.guildID}
	w := jsonMap{"interaction": about}
	if m != nil {
		about["response_message_id"] = m.ID
		about["response_message_loading"] = i.loading
		about["response_message_ephemeral"] = m.Ephemeral()
		if kind != callbackDeferMessage {
			w["resource"] = jsonMap{"type": kind, "message": m}
		}
	}
	return w
}

// callback is the body of an answer.
type callback struct {
	Type int             `json:"type"`
	Data json.RawMessage `json:"data"`
	tree any             // of Data
}

func parseCallback(r *request, i *interaction) (callback, error) {
	p := &problem{}
	object{"type": need(integer(1, 12)), "data": opt(nothing)}.check(p, r.tree)
	if err := p.formError(); err != nil {
		return callback{}, err
	}
	var cb callback
	if err := json.Unmarshal(r.raw, &cb); err != nil {
		return cb, errInvalidJSON
	}
	m, _ := r.tree.(map[string]any)
	cb.tree = m["data"]
	if !contains(i.allowedCallbacks(), cb.Type) {
		p.at("type").add(codeInteractionInvalid, fmt.Sprintf("An interaction of type %d can be answered with %s, not %d.",
			i.kind, choiceList(i.allowedCallbacks()), cb.Type))
	}
	if cb.tree == nil && (cb.Type == callbackMessage || cb.Type == callbackAutocomplete || cb.Type == callbackModal) {
		p.at("data").add("BASE_TYPE_REQUIRED", "This field is required")
	}
	return cb, p.formError()
}

// applyCallback does what an answer says; the message is the one it made or
// changed, if any.
func (s *Server) applyCallback(i *interaction, c *channelState, cb callback, r *request) (*Message, error) {
	switch cb.Type {
	case callbackMessage:
		return s.callbackNew(i, c, cb, r)
	case callbackDeferMessage:
		return s.callbackDefer(i, c, cb)
	case callbackUpdate:
		return s.callbackEdit(i, c, cb, r)
	case callbackDeferUpdate:
		p := &problem{}
		if cb.tree != nil {
			emptyMessage.check(p.at("data"), cb.tree)
		}
		if err := p.formError(); err != nil {
			return nil, err
		}
		i.original = i.sourceID
		return nil, nil
	case callbackAutocomplete:
		return nil, s.callbackChoices(i, cb)
	}
	return nil, s.callbackForm(i, cb)
}

// answerMessage is a new message that answers an interaction.
func (s *Server) answerMessage(i *interaction, c *channelState, hidden bool) *Message {
	m := s.blank(c, s.world.bot)
	m.ApplicationID, m.WebhookID = s.world.bot.ID, s.world.bot.ID
	m.InteractionMetadata = s.metadata(i)
	m.Type = messageChatCommand
	switch {
	case i.kind == interactionCommand && i.commandType != CommandChat:
		m.Type = messageContextMenu
	case i.kind != interactionCommand:
		m.Type = messageDefault
		if i.sourceID != "" {
			m.Type = messageReply
			m.MessageReference = &Reference{MessageID: i.sourceID, ChannelID: c.ID, GuildID: c.GuildID}
		}
	}
	if hidden {
		m.Flags |= FlagEphemeral
		m.reader = i.user.ID
	}
	return m
}

func (s *Server) callbackNew(i *interaction, c *channelState, cb callback, r *request) (*Message, error) {
	d, err := parseDraft(cb.tree, cb.Data, r.files, callbackSchema, 0, "data")
	if err != nil {
		return nil, err
	}
	m, err := s.answerFrom(i, c, d, "data")
	if err != nil {
		return nil, err
	}
	i.original = m.ID
	s.commit(c, m, ViaInteraction, r.raw)
	return m, nil
}

// answerFrom makes the message of a callback or follow-up.
func (s *Server) answerFrom(i *interaction, c *channelState, d *draft, prefix ...string) (*Message, error) {
	flags := draftFlags(d)
	m := s.answerMessage(i, c, flags&FlagEphemeral != 0)
	m.Flags |= flags
	m.TTS = d.TTS
	return m, s.apply(m, d, prefix...)
}

// callbackDefer shows that the bot is thinking.
func (s *Server) callbackDefer(i *interaction, c *channelState, cb callback) (*Message, error) {
	p := &problem{}
	if cb.tree != nil {
		deferSchema.check(p.at("data"), cb.tree)
	}
	if err := p.formError(); err != nil {
		return nil, err
	}
	data, _ := cb.tree.(map[string]any)
	m := s.answerMessage(i, c, intOf(data["flags"])&FlagEphemeral != 0)
	m.Flags |= FlagLoading
	i.original, i.loading = m.ID, true
	s.commit(c, m, ViaInteraction, nil)
	return m, nil
}

// callbackEdit changes the message that the component is on.
func (s *Server) callbackEdit(i *interaction, c *channelState, cb callback, r *request) (*Message, error) {
	m := c.message(i.sourceID)
	if m == nil {
		return nil, errUnknownMessage
	}
	raw, tree := cb.Data, cb.tree
	if tree == nil {
		raw, tree = json.RawMessage("{}"), map[string]any{}
	}
	d, err := parseDraft(tree, raw, r.files, updateSchema, m.Flags, "data")
	if err != nil {
		return nil, err
	}
	edited, err := s.edit(m, d, "data")
	if err != nil {
		return nil, err
	}
	i.original = m.ID
	s.replace(c, edited, ViaInteraction, r.raw)
	return edited, nil
}

var (
	deferSchema        = emptyMessage.with(object{"flags": opt(bits(FlagEphemeral))})
	autocompleteSchema = emptyMessage.with(object{"choices": need(list(0, maxAutocomplete, choiceSchema.check))})
)

func (s *Server) callbackChoices(i *interaction, cb callback) error {
	p := &problem{}
	autocompleteSchema.check(p.at("data"), cb.tree)
	if err := p.formError(); err != nil {
		return err
	}
	var data struct {
		Choices []Choice `json:"choices"`
	}
	if err := json.Unmarshal(cb.Data, &data); err != nil {
		return errInvalidJSON
	}
	i.choices = append([]Choice{}, data.Choices...)
	return nil
}

func (s *Server) callbackForm(i *interaction, cb callback) error {
	p := &problem{}
	checkModal(p.at("data"), cb.tree)
	if err := p.formError(); err != nil {
		return err
	}
	m := &Modal{}
	if err := json.Unmarshal(cb.Data, m); err != nil {
		return errInvalidJSON
	}
	numberComponents(m.Components)
	i.modal = m
	s.publish(Event{Type: "modal", For: i.user.ID, User: i.user.ID, InteractionID: i.id, Modal: m})
	return nil
}

// byWebhook is the interaction whose token a webhook route names.
func (s *Server) byWebhook(r *request) (*interaction, *channelState, error) {
	i := s.byToken[r.vars["token"]]
	switch {
	case r.vars["webhook"] != s.world.bot.ID:
		return nil, nil, errUnknownWebhook
	case i == nil || s.Now().Sub(i.created) > InteractionLifetime:
		return nil, nil, errInvalidToken
	case i.callback == 0:
		return nil, nil, errUnknownWebhook // nothing to follow up yet
	}
	c := s.world.channels[i.channelID]
	if c == nil {
		return nil, nil, errUnknownChannel
	}
	return i, c, nil
}

var webhookQuery = []string{"wait", "with_components"}

// followUp is POST on the interaction's webhook. After a deferral the first
// one fills the placeholder.
func followUp(s *Server, r *request) (reply, error) {
	i, c, err := s.byWebhook(r)
	if err != nil {
		return reply{}, err
	}
	if err := onlyQuery(r, webhookQuery...); err != nil {
		return reply{}, err
	}
	if i.loading {
		return s.fill(i, c, r)
	}
	d, err := parseDraft(r.tree, r.raw, r.files, callbackSchema, 0)
	if err != nil {
		return reply{}, err
	}
	m, err := s.answerFrom(i, c, d)
	if err != nil {
		return reply{}, err
	}
	m.Type = messageReply
	m.InteractionMetadata.OriginalMessageID = i.original
	if i.original != "" {
		m.MessageReference = &Reference{MessageID: i.original, ChannelID: c.ID, GuildID: c.GuildID}
	}
	s.commit(c, m, ViaInteraction, d.raw)
	return ok(m)
}

// fill puts the answer into the placeholder of a deferral. Whether it is
// ephemeral was settled by the deferral.
func (s *Server) fill(i *interaction, c *channelState, r *request) (reply, error) {
	m := c.message(i.original)
	if m == nil {
		return reply{}, errUnknownMessage
	}
	d, err := parseDraft(r.tree, r.raw, r.files, webEditSchema.with(object{"tts": opt(boolean)}), m.Flags)
	if err != nil {
		return reply{}, err
	}
	edited := *m.stored()
	edited.Flags &^= FlagLoading
	if err := s.apply(&edited, d); err != nil {
		return reply{}, err
	}
	i.loading = false
	s.replace(c, &edited, ViaInteraction, d.raw)
	s.setState(i, StateAcknowledged)
	return ok(&edited)
}

// followUpMessage is the message of an interaction that a route names.
func (s *Server) followUpMessage(r *request) (*interaction, *channelState, *Message, error) {
	i, c, err := s.byWebhook(r)
	if err != nil {
		return nil, nil, nil, err
	}
	id := r.vars["message"]
	if id == originalMessage {
		id = i.original
	}
	m := c.message(id)
	if m == nil || id != i.original && (m.InteractionMetadata == nil || m.InteractionMetadata.ID != i.id) {
		return nil, nil, nil, errUnknownMessage
	}
	return i, c, m, onlyQuery(r, webhookQuery...)
}

func getFollowUp(s *Server, r *request) (reply, error) {
	_, _, m, err := s.followUpMessage(r)
	if err != nil {
		return reply{}, err
	}
	return ok(m.stored())
}

func editFollowUp(s *Server, r *request) (reply, error) {
	i, c, m, err := s.followUpMessage(r)
	if err != nil {
		return reply{}, err
	}
	if i.loading && m.ID == i.original {
		return s.fill(i, c, r)
	}
	d, err := parseDraft(r.tree, r.raw, r.files, webEditSchema, m.Flags)
	if err != nil {
		return reply{}, err
	}
	edited, err := s.edit(m, d)
	if err != nil {
		return reply{}, err
	}
	s.replace(c, edited, ViaInteraction, d.raw)
	return ok(edited)
}

func removeFollowUp(s *Server, r *request) (reply, error) {
	i, c, m, err := s.followUpMessage(r)
	if err != nil {
		return reply{}, err
	}
	s.deleteMessage(c, m)
	if m.ID == i.original && i.loading {
		i.loading = false
		s.setState(i, StateAcknowledged)
	}
	return noContent()
}

// onlyQuery refuses query parameters that the route does not have.
func onlyQuery(r *request, names ...string) error {
	p := &problem{}
	for key := range r.URL.Query() {
		if !slices.Contains(names, key) {
			p.at(key).add("UNKNOWN_FIELD", "There is no such parameter here")
		}
	}
	return p.formError()
}
