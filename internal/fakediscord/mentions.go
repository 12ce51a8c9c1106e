package fakediscord

import (
	"regexp"
	"slices"
	"strings"
)

// mentionRules is allowed_mentions.
type mentionRules struct {
	Parse       []string `json:"parse"`
	Users       []string `json:"users"`
	Roles       []string `json:"roles"`
	RepliedUser bool     `json:"replied_user"`
}

var (
	userMention = regexp.MustCompile(`<@!?(\d+)>`)
	roleMention = regexp.MustCompile(`<@&(\d+)>`)
)

// mention works out whom a message pings. Without rules an ordinary message
// parses users, roles and everyone, an interaction's only users.
func (s *Server) mention(m *Message, rules *mentionRules) {
	if rules == nil {
		rules = &mentionRules{Parse: []string{"users", "roles", "everyone"}}
		if m.WebhookID != "" {
			rules.Parse = []string{"users"}
		}
	}
	m.Mentions, m.MentionRoles, m.MentionEveryone = []User{}, []string{}, false
	text := m.Content
	if m.V2() {
		text = m.Text()
	}
	allows := func(kind, id string, listed []string) bool {
		return slices.Contains(rules.Parse, kind) || slices.Contains(listed, id)
	}
	seen := map[string]bool{}
	for _, hit := range userMention.FindAllStringSubmatch(text, -1) {
		u, known := s.world.users[hit[1]]
		if known && !seen[u.ID] && allows("users", u.ID, rules.Users) {
			m.Mentions = append(m.Mentions, u)
		}
		seen[hit[1]] = true
	}
	for _, hit := range roleMention.FindAllStringSubmatch(text, -1) {
		if !seen[hit[1]] && allows("roles", hit[1], rules.Roles) {
			m.MentionRoles = append(m.MentionRoles, hit[1])
		}
		seen[hit[1]] = true
	}
	everyone := strings.Contains(text, "@everyone") || strings.Contains(text, "@here")
	c := s.channelNamed(m.ChannelID)
	if everyone && slices.Contains(rules.Parse, "everyone") && c != nil {
		m.MentionEveryone = s.permissions(c, m.Author.ID).Has(MentionEveryone)
	}
}
