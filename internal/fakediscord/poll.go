package fakediscord

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Limits of polls (resources/poll in Discord's documentation).
const (
	maxQuestion     = 300
	maxAnswers      = 10
	maxAnswer       = 55
	maxPollHours    = 768
	defaultPollTime = 24 // hours
)

// Poll is a native poll of a message.
type Poll struct {
	Question         PollMedia    `json:"question"`
	Answers          []PollAnswer `json:"answers"`
	Expiry           string       `json:"expiry"`
	AllowMultiselect bool         `json:"allow_multiselect"`
	LayoutType       int          `json:"layout_type"`
	Results          PollResults  `json:"results"`
}

// PollMedia is the text of a question or an answer.
type PollMedia struct {
	Text  string `json:"text,omitempty"`
	Emoji *Emoji `json:"emoji,omitempty"`
}

// PollAnswer is an answer that can be chosen; ids begin with 1.
type PollAnswer struct {
	ID    int       `json:"answer_id"`
	Media PollMedia `json:"poll_media"`
}

// PollResults is the count of a poll.
type PollResults struct {
	Finalized bool        `json:"is_finalized"`
	Counts    []PollCount `json:"answer_counts"`
}

// PollCount is how many chose an answer.
type PollCount struct {
	ID      int  `json:"id"`
	Count   int  `json:"count"`
	MeVoted bool `json:"me_voted"`
}

// ballotBox is what a message with a poll does not show.
type ballotBox struct {
	votes map[string][]int // answers by voter
	timer *time.Timer
}

var pollSchema = object{
	"question": need(object{"text": need(text(1, maxQuestion))}.check),
	"answers": need(list(1, maxAnswers, object{
		"answer_id": opt(unsupported),
		"poll_media": need(object{
			"text": need(text(1, maxAnswer)), "emoji": opt(emojiSchema.check),
		}.check),
	}.check)),
	"duration": opt(integer(1, maxPollHours)), "allow_multiselect": opt(boolean), "layout_type": opt(oneOf(1)),
}

// newPoll is a checked draft's poll, as it stands when it opens.
func (s *Server) newPoll(raw []byte) *Poll {
	in := struct {
		Poll
		Duration int `json:"duration"`
	}{Poll: Poll{LayoutType: 1}, Duration: defaultPollTime}
	_ = json.Unmarshal(raw, &in) // checked before
	p := in.Poll
	for i := range p.Answers {
		p.Answers[i].ID = i + 1
	}
	p.Expiry = timestamp(s.Now().Add(time.Duration(in.Duration) * time.Hour))
	p.Results = PollResults{Counts: []PollCount{}}
	return &p
}

// openPoll starts the clock of a message's poll.
func (s *Server) openPoll(c *channelState, m *Message) {
	if m.Poll == nil {
		return
	}
	ends, err := time.Parse(time.RFC3339, m.Poll.Expiry)
	if err != nil {
		return // written by newPoll
	}
	box := &ballotBox{votes: map[string][]int{}}
	s.polls[m.ID] = box
	box.timer = time.AfterFunc(ends.Sub(s.Now()), func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if now := c.message(m.ID); !s.closed && now != nil && s.world.channels[c.ID] == c {
			s.endPoll(c, now)
		}
	})
}

// count are the votes by answer.
func (b *ballotBox) count(p *Poll) []PollCount {
	l := []PollCount{}
	for _, a := range p.Answers {
		n := 0
		for _, chosen := range b.votes {
			if slices.Contains(chosen, a.ID) {
				n++
			}
		}
		if n > 0 {
			l = append(l, PollCount{ID: a.ID, Count: n})
		}
	}
	return l
}

// recount puts the present count into a message.
func (s *Server) recount(c *channelState, m *Message, final bool) *Message {
	p, counted := *m.Poll, *m.stored()
	p.Results = PollResults{Finalized: final, Counts: s.polls[m.ID].count(m.Poll)}
	counted.Poll = &p
	s.swap(c, &counted)
	return &counted
}

// endPoll counts for good and posts the result.
func (s *Server) endPoll(c *channelState, m *Message) *Message {
	if m.Poll.Results.Finalized {
		return m
	}
	s.polls[m.ID].timer.Stop()
	ended := *m
	p := *m.Poll
	p.Expiry = timestamp(s.Now())
	ended.Poll = &p
	m = s.recount(c, &ended, true)
	total, best := 0, PollCount{}
	for _, n := range m.Poll.Results.Counts {
		total += n.Count
		if n.Count > best.Count {
			best = n
		}
	}
	result := s.blank(c, m.Author)
	result.Type = messagePollResult
	result.MessageReference = &Reference{MessageID: m.ID, ChannelID: c.ID, GuildID: c.GuildID}
	field := func(name, value string) EmbedField { return EmbedField{Name: name, Value: value} }
	fields := []EmbedField{field("poll_question_text", m.Poll.Question.Text), field("victor_answer_votes", strconv.Itoa(best.Count)), field("total_votes", strconv.Itoa(total))}
	if best.ID > 0 {
		fields = append(fields, field("victor_answer_id", strconv.Itoa(best.ID)), field("victor_answer_text", m.Poll.Answers[best.ID-1].Media.Text))
	}
	result.Embeds = []Embed{{Type: "poll_result", Fields: fields}}
	s.commit(c, result, ViaPeople, nil)
	return m
}

// VotePoll sets what a member chooses in a poll: answers by their ids, none to
// take the vote back.
func (s *Server) VotePoll(user, channel, message string, answers ...int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, _, err := s.actor(user, channel)
	if err != nil {
		return err
	}
	m, err := s.visibleMessage(c, user, message)
	switch {
	case err != nil:
		return err
	case m.Poll == nil:
		return fmt.Errorf("%s holds no poll", message)
	case m.Poll.Results.Finalized:
		return fmt.Errorf("the poll %s is over", message)
	case len(answers) > 1 && !m.Poll.AllowMultiselect:
		return fmt.Errorf("the poll %s takes one answer", message)
	}
	for _, id := range answers {
		if id < 1 || id > len(m.Poll.Answers) {
			return fmt.Errorf("the poll %s has no answer %d", message, id)
		}
	}
	before := s.polls[m.ID].votes[user]
	s.polls[m.ID].votes[user] = slices.Clone(answers)
	s.recount(c, m, false)
	tell := func(event string, id int) {
		s.dispatch(c.GuildID, intentPolls, event, jsonMap{
			"user_id": user, "channel_id": c.ID, "message_id": m.ID, "guild_id": c.GuildID, "answer_id": id,
		})
	}
	for _, id := range before {
		if !slices.Contains(answers, id) {
			tell("MESSAGE_POLL_VOTE_REMOVE", id)
		}
	}
	for _, id := range answers {
		if !slices.Contains(before, id) {
			tell("MESSAGE_POLL_VOTE_ADD", id)
		}
	}
	return nil
}

// pollOf is the message of a request, if it holds a poll.
func (s *Server) pollOf(r *request) (*channelState, *Message, error) {
	c, m, err := s.messageOf(r, 0)
	if err == nil && m.Poll == nil {
		err = errNoPoll
	}
	return c, m, err
}

// expirePoll ends one of the bot's own polls early.
func expirePoll(s *Server, r *request) (reply, error) {
	c, m, err := s.pollOf(r)
	switch {
	case err != nil:
		return reply{}, err
	case m.Author.ID != s.world.bot.ID:
		return reply{}, errNotAuthor
	case m.Poll.Results.Finalized:
		return reply{}, errPollOver
	}
	return ok(s.endPoll(c, m))
}

// listVoters tells who chose an answer.
func listVoters(s *Server, r *request) (reply, error) {
	_, m, err := s.pollOf(r)
	if err != nil {
		return reply{}, err
	}
	id, err := strconv.Atoi(r.vars["answer"])
	if err != nil || id < 1 || id > len(m.Poll.Answers) {
		return reply{}, errUnknownAnswer
	}
	voters := []User{}
	for user, chosen := range s.polls[m.ID].votes {
		if slices.Contains(chosen, id) {
			voters = append(voters, s.world.users[user])
		}
	}
	slices.SortFunc(voters, func(a, b User) int { return strings.Compare(a.ID, b.ID) })
	return ok(jsonMap{"users": voters})
}

// Refusals of polls.
var (
	errPollOver      = refused(http.StatusBadRequest, codePollOver, "Poll expired")
	errPollFixed     = refused(http.StatusBadRequest, codePollFixed, "Cannot edit a poll message")
	errNoPoll        = refused(http.StatusBadRequest, codeNoPoll, "Cannot expire a non-poll message")
	errUnknownAnswer = notFound(codeUnknownAnswer, "poll answer")
)
