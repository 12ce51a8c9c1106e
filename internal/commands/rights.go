package commands

import (
	"fmt"
	"strings"

	"storyteller/internal/library"
	"storyteller/internal/narrate/reading"
)

// need is a permission that a reading cannot do without.
type need struct {
	right Rights
	name  string // as the chat's settings call it
}

// lacking says why no reading of the story can start here; empty when it can.
func lacking(r Request, story *library.Story) string {
	switch {
	case r.Channel == Elsewhere || r.Place.Guild == "":
		return "A story is told in a text channel or a thread of a server. Please start it in one."
	case !r.BotHere:
		return "I am not a member of this server, only my commands are. Someone who may manage the server has to invite me before I can post a story."
	}
	var missing []string
	for _, n := range needs(r.Channel, story) {
		if !r.BotMay.Has(n.right) {
			missing = append(missing, "“"+n.name+"”")
		}
	}
	if len(missing) == 0 {
		return ""
	}
	return fmt.Sprintf("I cannot tell a story here yet: I need the permission %s in this channel. Someone who may manage the channel can give it to me.",
		listed(missing))
}

func needs(kind ChannelKind, story *library.Story) []need {
	all := []need{{ViewChannel, "View Channel"}}
	if kind == Thread {
		all = append(all, need{SendMessagesInThreads, "Send Messages in Threads"})
	} else {
		all = append(all, need{SendMessages, "Send Messages"})
	}
	if len(story.Pictures) > 0 {
		all = append(all, need{AttachFiles, "Attach Files"})
	}
	return all
}

// here is the reading of the very place that a request comes from.
func (c *Commands) here(r Request) (reading.State, bool) {
	s, ok := c.narrator.In(r.Place.Channel)
	return s, ok && s.Place == r.Place
}

// maySteer says whether the member may pause, skip or stop: the host, and those who may manage messages.
func maySteer(r Request, s reading.State) bool {
	return r.Member == s.Host || r.Rights.Has(ManageMessages)
}

// listed joins words as a sentence does.
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
