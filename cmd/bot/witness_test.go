package main

import (
	"fmt"
	"hash/crc32"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"storyteller/internal/fakediscord"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/store"
)

// votedStory is a story of three beats and a vote in each round, told so that its way can be read from it.
func votedStory(rounds int) string {
	var s strings.Builder
	s.WriteString("# title: Killed\n# blurb: A story that is interrupted.\n# vote: 600s\n")
	for r := range rounds {
		fmt.Fprintf(&s, "Beat %[1]d, first. # beat\nBeat %[1]d, second. # beat\nBeat %[1]d, third. # beat\n", r+1)
		fmt.Fprintf(&s, "* [Left]\n  Beat %[1]d, left. # beat\n* [Right]\n  Beat %[1]d, right. # beat\n- ", r+1)
	}
	s.WriteString("Beat last. # beat # ending: Out\n-> END\n")
	return s.String()
}

// witness knows what members were told of their ballots, and holds what the channels show and what the bot has kept
// against each other.
type witness struct {
	t        *testing.T
	fake     *fakediscord.Server
	channels []string

	mu      sync.Mutex
	pressed map[string]map[string]bool // by vote and option, then by member: whether the press was acknowledged
}

func newWitness(t *testing.T, fake *fakediscord.Server) *witness {
	return &witness{t: t, fake: fake, pressed: map[string]map[string]bool{}}
}

// preferred is the option that the nth member presses, and its custom_id: the same for a vote, wherever it is shown.
func preferred(m fakediscord.Message, nth int) (option, custom string) {
	left := customID(m.Components, "Left")
	if left == "" || (nth+int(crc32.ChecksumIEEE([]byte(left))))%2 == 0 {
		return "Left", left
	}
	return "Right", customID(m.Components, "Right")
}

// note remembers a press; acknowledged stays.
func (w *witness) note(custom, member string, acknowledged bool) (was, known bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.pressed[custom] == nil {
		w.pressed[custom] = map[string]bool{}
	}
	was, known = w.pressed[custom][member]
	w.pressed[custom][member] = was || acknowledged
	return was, known
}

// check holds every channel against the log of its reading, and the log against what members were told.
func (w *witness) check(path string, o store.Options) {
	db, err := store.Open(path, o)
	if err != nil {
		w.t.Error(err)
		return
	}
	defer db.Close()
	for _, channel := range w.channels {
		id := w.readingIn(channel)
		log, err := db.Log(w.t.Context(), id)
		if err != nil || len(log) == 0 {
			w.t.Errorf("the log of reading %q: %d entries, %v", id, len(log), err)
			continue
		}
		if got, want := toldIn(w.fake, channel), wayOf(log); !slices.Equal(got, want) {
			w.t.Errorf("channel %s tells\n\t%q\nwant\n\t%q", channel, got, want)
		}
		for _, e := range log {
			if e.Vote != nil {
				w.checkVote(id, e.Vote)
			}
		}
	}
}

var readingInButton = regexp.MustCompile(`^\w+:(\d+)`)

// readingIn finds the reading of a channel by the buttons of its first vote.
func (w *witness) readingIn(channel string) string {
	for _, e := range w.fake.Ledger() {
		if e.ChannelID != channel || e.Kind != fakediscord.KindCreate {
			continue
		}
		for _, option := range []string{"Left", "Right"} {
			if found := readingInButton.FindStringSubmatch(customID(e.Message.Components, option)); found != nil {
				return found[1]
			}
		}
	}
	return ""
}

// toldIn is what a channel was told, beat by beat.
func toldIn(fake *fakediscord.Server, channel string) []string {
	var told []string
	for _, e := range fake.Ledger() {
		if e.Kind != fakediscord.KindCreate || e.ChannelID != channel {
			continue
		}
		for line := range strings.Lines(e.Message.Text()) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "Beat ") {
				told = append(told, line)
			}
		}
	}
	return told
}

// wayOf is the story along the way that the votes of a log chose.
func wayOf(log []reading.Entry) []string {
	var way []string
	round := 0
	for _, e := range log {
		if e.Vote == nil || e.Vote.Chosen < 0 {
			continue
		}
		round++
		for _, word := range []string{"first", "second", "third", strings.ToLower(e.Vote.Options[e.Vote.Chosen].Text)} {
			way = append(way, fmt.Sprintf("Beat %d, %s.", round, word))
		}
	}
	for _, e := range log {
		if e.Ended {
			way = append(way, "Beat last.")
			break
		}
	}
	return way
}

// checkVote holds a tally against the presses: what was acknowledged counts, and nothing that was not pressed.
func (w *witness) checkVote(id string, poll *reading.Poll) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, counted := range poll.Tally {
		acknowledged, pressed := 0, 0
		for custom, members := range w.pressed {
			if !strings.HasSuffix(custom, fmt.Sprintf(":%s:v%d:%d", id, poll.Number, i)) {
				continue
			}
			for _, told := range members {
				pressed++
				if told {
					acknowledged++
				}
			}
		}
		if counted < acknowledged || counted > pressed {
			w.t.Errorf("vote %d of %s closed with %d votes for option %d; %d of %d presses were acknowledged", poll.Number, id, counted, i, acknowledged, pressed)
		}
	}
}
