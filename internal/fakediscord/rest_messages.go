package fakediscord

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// channelOf is the channel of a guild of a request, if the bot has want there.
func (s *Server) channelOf(r *request, want Permissions) (*channelState, error) {
	c := s.world.channels[r.vars["channel"]]
	switch {
	case s.world.direct[r.vars["channel"]] != nil:
		return nil, errOnDM
	case c == nil:
		return nil, errUnknownChannel
	}
	return c, s.may(c, want)
}

// messageOf is the message of a request, if the bot can see it there.
func (s *Server) messageOf(r *request, want Permissions) (*channelState, *Message, error) {
	c, err := s.channelOf(r, want)
	return s.messageIn(c, err, r)
}

// messageIn is the message of a request in a channel that was found.
func (s *Server) messageIn(c *channelState, err error, r *request) (*channelState, *Message, error) {
	if err != nil {
		return nil, nil, err
	}
	m := c.message(r.vars["message"])
	if m == nil || m.Ephemeral() {
		return nil, nil, errUnknownMessage // ephemeral ones belong to their interaction
	}
	return c, m, nil
}

// textChannels are the types of channel that take messages.
var textChannels = []int{ChannelText, ChannelDM, ChannelVoice, ChannelAnnouncement, ChannelStage, ChannelNewsThread, ChannelPublicThread, ChannelPrivateThread}

// writable checks that messages can be written in a channel at all.
func writable(c *channelState) error {
	switch {
	case isForum(c.Type):
		return errForumMessage
	case !contains(textChannels, c.Type):
		return errWrongChannelType
	}
	return nil
}

// unlocked checks that the bot can write in a thread although it may be locked.
func (s *Server) unlocked(c *channelState) error {
	if isThread(c.Type) && c.Thread.Locked && s.may(c, ManageThreads) != nil {
		return errThreadLocked
	}
	return nil
}

func speakIn(c *channelState) Permissions {
	if isThread(c.Type) {
		return SendMessagesInThreads
	}
	return SendMessages
}

// nonceUse remembers which message a nonce made.
type nonceUse struct {
	channelID, messageID string
	at                   time.Time
}

func createMessage(s *Server, r *request) (reply, error) {
	c, err := s.talkOf(r, 0)
	if err != nil {
		return reply{}, err
	}
	if err := writable(c); err != nil {
		return reply{}, err
	}
	want := speakIn(c)
	if len(r.files) > 0 {
		want |= AttachFiles
	}
	if err := s.may(c, want); err != nil {
		return reply{}, err
	}
	if err := s.unlocked(c); err != nil {
		return reply{}, err
	}
	d, err := parseDraft(r.tree, r.raw, r.files, createSchema, 0)
	if err != nil {
		return reply{}, err
	}
	if present(d.Embeds) && string(d.Embeds) != "[]" && s.may(c, EmbedLinks) != nil {
		return reply{}, errMissingPermissions
	}
	if present(d.Poll) {
		if err := s.may(c, SendPolls); err != nil {
			return reply{}, err
		}
	}
	if err := s.reaches(c); err != nil {
		return reply{}, err
	}
	if old, err := s.sameNonce(d); old != nil || err != nil {
		return reply{http.StatusOK, old}, err
	}
	m := s.blank(c, s.world.bot)
	m.Flags = draftFlags(d)
	m.TTS = d.TTS
	m.Nonce = wireNonce(d.Nonce)
	if err := s.setReference(c, m, d); err != nil {
		return reply{}, err
	}
	if present(d.Poll) {
		m.Poll = s.newPoll(d.Poll)
	}
	if err := s.apply(m, d); err != nil {
		return reply{}, err
	}
	s.commit(c, m, ViaBot, d.raw)
	s.openPoll(c, m)
	if m.Nonce != nil {
		s.sweepNonces()
		s.nonces[nonceKey(m.Author.ID, m.Nonce)] = nonceUse{c.ID, m.ID, s.Now()}
	}
	return ok(m)
}

// maxNonces is when forgotten nonces are swept out.
const maxNonces = 10_000

func (s *Server) sweepNonces() {
	if len(s.nonces) < maxNonces || s.Now().Sub(s.swept) < s.opts.NonceWindow {
		return
	}
	s.swept = s.Now()
	for key, use := range s.nonces {
		if s.swept.Sub(use.at) >= s.opts.NonceWindow {
			delete(s.nonces, key)
		}
	}
}

// wireNonce keeps a nonce as it was sent; null is none.
func wireNonce(v any) any {
	if n, ok := v.(json.Number); ok {
		return n
	}
	if str, ok := v.(string); ok && str != "" {
		return str
	}
	return nil
}

// nonceKey is unique for an author: nonces are not bound to a channel.
func nonceKey(author string, nonce any) string { return author + " " + string(mustJSON(nonce)) }

// sameNonce is the message that this author made with the same nonce a short
// time ago, when the draft asks for that. If it was deleted since, that is an
// unknown message.
func (s *Server) sameNonce(d *draft) (*Message, error) {
	if !d.EnforceNonce || wireNonce(d.Nonce) == nil {
		return nil, nil
	}
	use, used := s.nonces[nonceKey(s.world.bot.ID, d.Nonce)]
	if !used || s.Now().Sub(use.at) >= s.opts.NonceWindow {
		return nil, nil
	}
	if c := s.channelNamed(use.channelID); c != nil {
		if m := c.message(use.messageID); m != nil {
			return m, nil
		}
	}
	return nil, errUnknownMessage
}

// draftFlags are the flags of a new message, but for those that apply sets.
func draftFlags(d *draft) int {
	if d.Flags == nil {
		return 0
	}
	return *d.Flags &^ editFlags
}

func (s *Server) setReference(c *channelState, m *Message, d *draft) error {
	if d.Reference == nil {
		return nil
	}
	if err := s.may(c, ReadMessageHistory); err != nil {
		return err
	}
	if c.message(d.Reference.MessageID) == nil {
		if no := d.Reference.FailIfNotExists; no != nil && !*no {
			return nil
		}
		p := &problem{}
		p.at("message_reference").add("REPLIES_UNKNOWN_MESSAGE", "Unknown message")
		return invalidForm(p)
	}
	m.Type = messageReply
	m.MessageReference = &Reference{MessageID: d.Reference.MessageID, ChannelID: c.ID, GuildID: c.GuildID}
	return nil
}

// blank is a new message without content, not yet in its channel.
func (s *Server) blank(c *channelState, author User) *Message {
	return &Message{
		ID: s.newID(), ChannelID: c.ID, Author: author, Timestamp: timestamp(s.Now()),
		Mentions: []User{}, MentionRoles: []string{}, Attachments: []Attachment{}, Embeds: []Embed{}, Components: []Component{},
	}
}

// commit puts a new message into its channel and tells everyone.
func (s *Server) commit(c *channelState, m *Message, via string, payload []byte) {
	c.messages = append(c.messages, m)
	if !m.Ephemeral() {
		c.LastMessageID = m.ID
	}
	s.record(KindCreate, via, m, payload)
	if m.Ephemeral() {
		s.publish(Event{Type: "ephemeral", For: m.reader, User: m.reader, Message: m.stored()})
		return
	}
	s.wake(c) // a new message opens an archived thread
	s.show(c, "message", m.stored())
	s.dispatchMessage(c, "MESSAGE_CREATE", m)
}

// show tells those who watch a channel of a message in it: all, or the one who
// gets the bot's direct messages.
func (s *Server) show(c *channelState, kind string, m *Message) {
	if c.recipient != "" {
		s.publish(Event{Type: "direct", For: c.recipient, User: c.recipient, Message: m})
		return
	}
	s.publish(Event{Type: kind, Message: m})
}

// dispatchMessage tells the gateway of a message.
func (s *Server) dispatchMessage(c *channelState, event string, m *Message) {
	told := *m
	told.GuildID = c.GuildID
	intent := intentGuildMessages
	if c.recipient != "" {
		intent = intentDirectMessages
	}
	s.dispatch(c.GuildID, intent, event, s.censored(&told))
}

// replace puts the new version of a message in the place of the old.
func (s *Server) replace(c *channelState, m *Message, via string, payload []byte) {
	s.record(KindEdit, via, m, payload)
	s.swap(c, m)
}

// swap is replace for changes that nobody wrote: they are not in the ledger.
func (s *Server) swap(c *channelState, m *Message) {
	i, found := c.find(m.ID)
	if !found {
		return
	}
	c.messages[i] = m
	if m.Ephemeral() {
		s.publish(Event{Type: "ephemeral", For: m.reader, User: m.reader, Message: m})
		return
	}
	s.show(c, "edit", m)
	s.dispatchMessage(c, "MESSAGE_UPDATE", m)
}

func (s *Server) deleteMessage(c *channelState, m *Message) {
	i, found := c.find(m.ID)
	if !found {
		return
	}
	c.messages = slices.Delete(c.messages, i, i+1)
	c.unpin(m.ID)
	s.record(KindDelete, ViaPeople, m, nil)
	s.publish(Event{Type: "delete", For: m.reader, ChannelID: c.ID, ID: m.ID})
	if !m.Ephemeral() {
		s.dispatch(c.GuildID, intentGuildMessages, "MESSAGE_DELETE", jsonMap{"id": m.ID, "channel_id": c.ID, "guild_id": c.GuildID})
	}
}

func editMessage(s *Server, r *request) (reply, error) {
	c, err := s.talkOf(r, 0)
	c, m, err := s.messageIn(c, err, r)
	switch {
	case err != nil:
		return reply{}, err
	case isThread(c.Type) && c.Thread.Archived:
		return reply{}, errArchived
	}
	d, err := parseDraft(r.tree, r.raw, r.files, editSchema, m.Flags)
	if err != nil {
		return reply{}, err
	}
	if m.Author.ID != s.world.bot.ID {
		return reply{}, errNotAuthor
	}
	if m.Poll != nil {
		return reply{}, errPollFixed
	}
	if len(r.files) > 0 && s.may(c, AttachFiles) != nil {
		return reply{}, errMissingPermissions
	}
	return s.rewrite(c, m, d, ViaBot)
}

// rewrite edits a message and tells of it.
func (s *Server) rewrite(c *channelState, m *Message, d *draft, via string) (reply, error) {
	if err := s.oldEdit(m); err != nil {
		return reply{}, err
	}
	edited, err := s.edit(m, d)
	if err != nil {
		return reply{}, err
	}
	s.replace(c, edited, via, d.raw)
	return ok(edited)
}

// edit is the message with a draft applied to it.
func (s *Server) edit(m *Message, d *draft, prefix ...string) (*Message, error) {
	if err := editableFlags(m, d, prefix); err != nil {
		return nil, err
	}
	edited := *m.stored()
	if err := s.apply(&edited, d, prefix...); err != nil {
		return nil, err
	}
	// A change of components alone does not show as an edit.
	if len(d.Content) > 0 || len(d.Embeds) > 0 || len(d.Attachments) > 0 || m.V2() {
		edited.EditedTimestamp = ptr(timestamp(s.Now()))
	}
	return &edited, nil
}

// editableFlags refuses flags that an edit cannot change.
func editableFlags(m *Message, d *draft, prefix []string) error {
	if d.Flags == nil {
		return nil
	}
	root := &problem{}
	p := root
	for _, key := range append(slices.Clone(prefix), "flags") {
		p = p.at(key)
	}
	if added := *d.Flags &^ m.Flags &^ editFlags; added != 0 {
		p.add("MESSAGE_FLAGS_NOT_EDITABLE", "An edit can set only SUPPRESS_EMBEDS and IS_COMPONENTS_V2; not "+strconv.Itoa(added))
	}
	if m.V2() && *d.Flags&FlagComponentsV2 == 0 {
		p.add("MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", "The IS_COMPONENTS_V2 flag cannot be removed")
	}
	return root.formError()
}

func getMessage(s *Server, r *request) (reply, error) {
	c, err := s.talkOf(r, ReadMessageHistory)
	_, m, err := s.messageIn(c, err, r)
	if err != nil {
		return reply{}, err
	}
	return ok(s.censored(m.stored()))
}

func removeMessage(s *Server, r *request) (reply, error) {
	c, m, err := s.messageOf(r, 0)
	if err != nil {
		return reply{}, err
	}
	if m.Author.ID != s.world.bot.ID {
		if err := s.may(c, ManageMessages); err != nil {
			return reply{}, err
		}
	}
	if isThread(c.Type) && c.Thread.Archived {
		return reply{}, errArchived
	}
	s.deleteMessage(c, m)
	return noContent()
}
