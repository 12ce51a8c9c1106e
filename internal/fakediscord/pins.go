package fakediscord

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

const (
	// maxPins is how many messages of a channel can be pinned.
	maxPins = 250
	// maxPinPage is how many a read tells.
	maxPinPage = 50
)

// pin is a pinned message.
type pin struct {
	messageID string
	at        time.Time
}

var errTooManyPins = refused(http.StatusBadRequest, codeTooManyPins, fmt.Sprintf("Maximum number of pinned messages reached (%d)", maxPins))

// pinnable is the message of a request, if the bot may pin and unpin it.
func (s *Server) pinnable(r *request) (*channelState, *Message, error) {
	c, m, err := s.messageOf(r, PinMessages)
	if err == nil && isThread(c.Type) && c.Thread.Archived {
		err = errArchived
	}
	return c, m, err
}

// pinMessage pins a message, and says so in the channel.
func pinMessage(s *Server, r *request) (reply, error) {
	c, m, err := s.pinnable(r)
	switch {
	case err != nil:
		return reply{}, err
	case m.Pinned:
		return noContent()
	case len(c.pins) >= maxPins:
		return reply{}, errTooManyPins
	}
	c.pins = slices.Insert(c.pins, 0, pin{m.ID, s.Now()})
	s.setPinned(c, m, true)
	note := s.blank(c, s.world.bot)
	note.Type = messagePinned
	note.MessageReference = &Reference{MessageID: m.ID, ChannelID: c.ID, GuildID: c.GuildID}
	s.commit(c, note, ViaBot, nil)
	return noContent()
}

func unpinMessage(s *Server, r *request) (reply, error) {
	c, m, err := s.pinnable(r)
	if err != nil {
		return reply{}, err
	}
	if m.Pinned {
		c.unpin(m.ID)
		s.setPinned(c, m, false)
	}
	return noContent()
}

func (c *channelState) unpin(messageID string) {
	c.pins = slices.DeleteFunc(c.pins, func(p pin) bool { return p.messageID == messageID })
}

func (s *Server) setPinned(c *channelState, m *Message, pinned bool) {
	changed := *m.stored()
	changed.Pinned = pinned
	s.swap(c, &changed)
	var last any
	if len(c.pins) > 0 {
		last = timestamp(c.pins[0].at)
	}
	s.dispatch(c.GuildID, intentGuilds, "CHANNEL_PINS_UPDATE", jsonMap{"guild_id": c.GuildID, "channel_id": c.ID, "last_pin_timestamp": last})
}

// listPins tells the pinned messages, the latest pin first.
func listPins(s *Server, r *request) (reply, error) {
	c, err := s.channelOf(r, ReadMessageHistory)
	if err != nil {
		return reply{}, err
	}
	p, limit, before := &problem{}, maxPinPage, s.Now().Add(time.Second)
	for key, v := range r.URL.Query() {
		switch key {
		case "limit":
			n, err := strconv.Atoi(v[0])
			if err != nil || n < 1 || n > maxPinPage {
				p.at(key).add("NUMBER_TYPE_MAX", fmt.Sprintf("int value should be between 1 and %d.", maxPinPage))
			}
			limit = n
		case "before":
			iso8601(p.at(key), v[0])
			before, _ = time.Parse(time.RFC3339, v[0])
		default:
			p.at(key).add("UNKNOWN_FIELD", "There is no such parameter")
		}
	}
	if err := p.formError(); err != nil {
		return reply{}, err
	}
	items, more := []jsonMap{}, false
	for _, one := range c.pins {
		switch {
		case !one.at.Before(before):
		case len(items) == limit:
			more = true
		default:
			items = append(items, jsonMap{"pinned_at": timestamp(one.at), "message": s.censored(c.message(one.messageID))})
		}
	}
	return ok(jsonMap{"items": items, "has_more": more})
}

// listOldPins is the same in the deprecated form: the messages alone.
func listOldPins(s *Server, r *request) (reply, error) {
	c, err := s.channelOf(r, ReadMessageHistory)
	if err != nil {
		return reply{}, err
	}
	l := []*Message{}
	for _, one := range c.pins[:min(len(c.pins), maxPinPage)] {
		l = append(l, s.censored(c.message(one.messageID)))
	}
	return ok(l)
}
