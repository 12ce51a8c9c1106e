package fakediscord

import (
	"slices"
	"strconv"
)

const (
	// defaultHistory and maxHistory are how many messages a read returns.
	defaultHistory = 50
	maxHistory     = 100
)

// historyQuery are the parameters of a history read.
type historyQuery struct {
	limit                 int
	before, after, around uint64
}

func parseHistory(r *request) (historyQuery, error) {
	q := historyQuery{limit: defaultHistory}
	p, given := &problem{}, 0
	for key, values := range r.URL.Query() {
		v := values[0]
		switch key {
		case "limit":
			n, err := strconv.Atoi(v)
			if err != nil || n < 1 || n > maxHistory {
				p.at(key).add("NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
			}
			q.limit = n
		case "before", "after", "around":
			snowflake(p.at(key), v)
			given++
			*map[string]*uint64{"before": &q.before, "after": &q.after, "around": &q.around}[key] = idNumber(v)
		default:
			p.at(key).add("UNKNOWN_FIELD", "There is no such parameter")
		}
	}
	if given > 1 {
		p.add("MUTUALLY_EXCLUSIVE", "Only one of before, after and around may be given.")
	}
	return q, p.formError()
}

func listMessages(s *Server, r *request) (reply, error) {
	c, err := s.talkOf(r, 0)
	if err != nil {
		return reply{}, err
	}
	if !contains(textChannels, c.Type) {
		return reply{}, errWrongChannelType
	}
	q, err := parseHistory(r)
	if err != nil {
		return reply{}, err
	}
	if s.may(c, ReadMessageHistory) != nil {
		return ok([]*Message{}) // not an error
	}
	return ok(s.history(c, q))
}

// history are the messages that a query asks for, newest first.
func (s *Server) history(c *channelState, q historyQuery) []*Message {
	var l []*Message // oldest first
	switch {
	case q.after != 0:
		l = s.readOn(c, c.above(q.after), q.limit)
	case q.before != 0:
		l = s.readBack(c, c.above(q.before-1), q.limit)
	case q.around != 0:
		at := c.above(q.around - 1)
		l = append(s.readBack(c, at, q.limit/2), s.readOn(c, at, q.limit-q.limit/2)...)
	default:
		l = s.readBack(c, len(c.messages), q.limit)
	}
	slices.Reverse(l)
	return l
}

// above is the place of the first message whose id is greater than n.
func (c *channelState) above(n uint64) int {
	i, _ := c.find(strconv.FormatUint(n+1, 10))
	return i
}

// readOn reads up to n messages from a place on.
func (s *Server) readOn(c *channelState, from, n int) []*Message {
	l := []*Message{}
	for i := from; i < len(c.messages) && len(l) < n; i++ {
		if m := c.messages[i]; !m.Ephemeral() {
			l = append(l, s.censored(m.stored()))
		}
	}
	return l
}

// readBack reads up to n messages before a place, oldest first.
func (s *Server) readBack(c *channelState, to, n int) []*Message {
	l := []*Message{}
	for i := to - 1; i >= 0 && len(l) < n; i-- {
		if m := c.messages[i]; !m.Ephemeral() {
			l = append(l, s.censored(m.stored()))
		}
	}
	slices.Reverse(l)
	return l
}

// censored is a message as a bot without the message content intent reads it:
// those of others have no content, unless they mention the bot.
func (s *Server) censored(m *Message) *Message {
	bot := s.world.bot.ID
	mentioned := slices.ContainsFunc(m.Mentions, func(u User) bool { return u.ID == bot })
	if m.Author.ID == bot || mentioned || s.opts.PrivilegedIntents&intentMessageContent != 0 {
		return m
	}
	c := *m
	c.Content, c.Embeds, c.Attachments, c.Components = "", []Embed{}, []Attachment{}, []Component{}
	return &c
}
