package rehearse

import (
	"strings"

	"storyteller/internal/fakediscord"
)

// The bot's buttons, as far as a rehearsal must know them. A custom_id is
// version:reading:action, and for votes version:reading:vNUMBER:option.
const (
	linkStyle   = 5
	joinAction  = "join"
	beginAction = "begin"
)

// button is an enabled button of the bot, with its custom_id taken apart.
type button struct {
	id      string // the whole custom_id
	label   string
	reading string
	action  string // "join", "begin", "v3", …
	vote    bool
}

// liveButtons lists the buttons of a message that can be pressed.
func liveButtons(m *fakediscord.Message) []button {
	var out []button
	for _, c := range m.Buttons() {
		if c.Disabled || c.Style == linkStyle || c.CustomID == "" {
			continue
		}
		b := button{id: c.CustomID, label: c.Label}
		parts := strings.Split(c.CustomID, ":")
		if len(parts) >= 3 {
			b.reading, b.action = parts[1], parts[2]
			b.vote = len(parts) == 4 && isVoteNumber(parts[2])
		}
		out = append(out, b)
	}
	return out
}

// voteButtons are the options of an open vote, none if the message holds none.
func voteButtons(m *fakediscord.Message) []button {
	var out []button
	for _, b := range liveButtons(m) {
		if b.vote {
			out = append(out, b)
		}
	}
	return out
}

func isVoteNumber(s string) bool {
	digits, ok := strings.CutPrefix(s, "v")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// joins reports whether a button lets its presser into a reading. The label is
// what people go by, with either apostrophe.
func (b button) joins() bool {
	return strings.ReplaceAll(b.label, "’", "'") == "I'm in" || b.action == joinAction && !b.vote
}
