package fakediscord

import (
	"fmt"
	"net/http"
)

// directPermissions are what the bot may do in a channel of direct messages.
const directPermissions = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | AddReactions

// directSchema is the body of a request for such a channel. Groups, which only
// users can open, are not spoken.
var directSchema = object{"recipient_id": need(snowflake)}

// openDM is POST /users/@me/channels: the channel of direct messages with a
// user, the same each time. Whether the user takes any shows when one is sent.
func openDM(s *Server, r *request) (reply, error) {
	p := &problem{}
	directSchema.check(p, r.tree)
	if err := p.formError(); err != nil {
		return reply{}, err
	}
	fields, _ := r.tree.(map[string]any)
	id, _ := fields["recipient_id"].(string)
	u, known := s.world.users[id]
	switch {
	case !known:
		return reply{}, errInvalidRecipient
	case u.Bot:
		return reply{}, errNoDirect(http.StatusBadRequest)
	}
	c := s.directWith(id)
	if c == nil {
		c = &channelState{Channel: Channel{ID: s.newID(), Type: ChannelDM}, recipient: id, created: s.Now()}
		s.world.direct[c.ID] = c
	}
	return ok(s.directWire(c))
}

// directWith is the channel of direct messages with a user, nil if none was
// opened.
func (s *Server) directWith(user string) *channelState {
	for _, c := range s.world.direct {
		if c.recipient == user {
			return c
		}
	}
	return nil
}

// directWire is the object of a channel of direct messages.
func (s *Server) directWire(c *channelState) jsonMap {
	return jsonMap{
		"id": c.ID, "type": c.Type, "flags": c.Flags, "last_message_id": nullable(c.LastMessageID),
		"recipients": []User{s.world.users[c.recipient]},
	}
}

// talkOf is the channel of a request, be it in a guild or one of direct
// messages. In the latter, messages are written, read and edited; what else
// Discord has there is not spoken, and refused by channelOf.
func (s *Server) talkOf(r *request, want Permissions) (*channelState, error) {
	if c := s.world.direct[r.vars["channel"]]; c != nil {
		return c, s.may(c, want)
	}
	return s.channelOf(r, want)
}

// channelNamed is a channel of either kind by its id, nil if there is none.
func (s *Server) channelNamed(id string) *channelState {
	if c := s.world.direct[id]; c != nil {
		return c
	}
	return s.world.channels[id]
}

// reaches checks that a message sent to a channel gets to whom it is for: in
// one of direct messages that depends on them.
func (s *Server) reaches(c *channelState) error {
	switch {
	case c.recipient == "":
		return nil
	case !s.shareGuild(c.recipient):
		return errNoMutualGuild
	case s.world.shut[c.recipient]:
		return errNoDirect(http.StatusForbidden)
	}
	return nil
}

// shareGuild reports whether a user is in a guild that the bot is in.
func (s *Server) shareGuild(user string) bool {
	for _, g := range s.joined() {
		if g.members[user] != nil {
			return true
		}
	}
	return false
}

// TakeDirectMessages says whether a user takes direct messages of the bot, as
// their privacy settings would, or a block. At first everyone does.
func (s *Server) TakeDirectMessages(user string, takes bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u, known := s.world.users[user]; !known || u.Bot {
		return fmt.Errorf("there is no person %s", user)
	}
	s.world.shut[user] = !takes
	return nil
}

// DirectMessages are the messages between the bot and a user, oldest first.
func (s *Server) DirectMessages(user string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.directWith(user)
	if c == nil {
		return nil
	}
	return c.copies()
}
