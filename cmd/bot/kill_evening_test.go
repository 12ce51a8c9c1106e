package main

import (
	"context"
	"flag"
	"fmt"
	"hash/crc32"
	"math/rand"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/store"
)

var kills = flag.Int("kills", 4, "how often TestKill kills the bot at a random moment")

const (
	// killsABot is how many kills one bot gets before another is set beside it, up to killedBots at once.
	killsABot  = 25
	killedBots = 4

	killedChannels = 4 // readings that one bot tells at the same time
	killedRounds   = 5 // votes in each of them
	killedReaders  = 3 // members who vote in each of them
)

// killedEvening is a story of so many beats and votes that at any moment something is on its way.
func killedEvening() string {
	var s strings.Builder
	s.WriteString("# title: Killed\n# blurb: A story that is interrupted.\n# vote: 600s\n")
	for r := range killedRounds {
		fmt.Fprintf(&s, "Beat %[1]d, first. # beat\nBeat %[1]d, second. # beat\nBeat %[1]d, third. # beat\n", r+1)
		fmt.Fprintf(&s, "* [Left]\n  Beat %[1]d, left. # beat\n* [Right]\n  Beat %[1]d, right. # beat\n- ", r+1)
	}
	s.WriteString("Beat last. # beat # ending: Out\n-> END\n")
	return s.String()
}

// TestKill kills the bot at random moments, some of them before it has come back to the gateway: Discord wants five
// seconds between logins. Every channel must show each beat once and in order, along the way that its votes chose, and
// the vote of every member whose press was acknowledged must count once.
func TestKill(t *testing.T) {
	t.Parallel()
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	var left atomic.Int64
	left.Store(int64(*kills))
	var bots sync.WaitGroup
	for i := range min(killedBots, 1+*kills/killsABot) {
		bots.Go(func() {
			chance := rand.New(rand.NewSource(seed + int64(i)))
			for left.Load() > 0 && !t.Failed() {
				newInterrupted(t).run(chance, &left)
			}
		})
	}
	bots.Wait()
}

// interrupted is an evening in several channels during which the bot is killed again and again.
type interrupted struct {
	*killed
	channels []string

	mu      sync.Mutex
	pressed map[string]map[string]bool // by vote and option, then by member: whether the press was acknowledged
	hosts   map[string]string          // by channel
}

func newInterrupted(t *testing.T) *interrupted {
	k := &interrupted{killed: newKilled(t, killedEvening(), 20), pressed: map[string]map[string]bool{}, hosts: map[string]string{}}
	for i := range killedChannels {
		c, err := k.fake.AddChannel(fakediscord.Channel{GuildID: k.fake.Guild().ID, Name: fmt.Sprint("room-", i)})
		if err != nil {
			t.Error(err)
			return k
		}
		k.channels = append(k.channels, c.ID)
		k.hosts[c.ID] = k.member(fmt.Sprint("host", i))
	}
	// Discord takes its time, so that a kill finds something on its way.
	for _, after := range []bool{false, true} {
		if _, err := k.fake.Fail(fakediscord.Fault{
			Method: "POST", Route: "/channels/{channel}/messages", Kind: fakediscord.FaultDelay, Delay: 40 * time.Millisecond, AfterCommit: after, Times: -1,
		}); err != nil {
			t.Error(err)
		}
	}
	return k
}

// run holds one evening, with as many kills as it lasts and as are left.
func (k *interrupted) run(chance *rand.Rand, left *atomic.Int64) {
	ctx, cancel := context.WithTimeout(k.t.Context(), 2*time.Minute+time.Duration(left.Load())*10*time.Second)
	defer cancel()
	k.start()
	var people sync.WaitGroup
	over := make(chan struct{})
	for _, channel := range k.channels {
		people.Go(func() { k.evening(ctx, channel) })
	}
	go func() {
		people.Wait()
		close(over)
	}()
	for ended := false; !ended; {
		var next <-chan time.Time
		if left.Load() > 0 {
			next = time.After(time.Duration(chance.Int63n(int64(7 * time.Second))))
		}
		select {
		case <-over:
			ended = true
		case <-next:
			if left.Add(-1) >= 0 {
				k.kill()
				k.start()
			}
		}
	}
	k.kill()
	k.check()
}

// evening is one channel: its host starts the story, and its members vote until the end.
func (k *interrupted) evening(ctx context.Context, channel string) {
	ended := func(m fakediscord.Message) bool { return customID(m.Components, "Read again") != "" }
	host := k.hosts[channel]
	for len(k.fake.Messages(channel)) == 0 && ctx.Err() == nil {
		id, err := k.fake.Command(fakediscord.CommandInput{
			User: host, Channel: channel, Name: "story", Subcommand: "start", Options: map[string]any{"story": "killed", "lobby": 10},
		})
		if err == nil {
			k.outcome(ctx, id)
		}
		time.Sleep(50 * time.Millisecond) // the bot may not be there yet
	}
	members := []string{host}
	for i := range killedReaders - 1 {
		members = append(members, k.member(fmt.Sprint("reader", i, "of", channel)))
	}
	vote, stop := context.WithCancel(ctx)
	defer stop()
	var voters sync.WaitGroup
	for i, member := range members {
		voters.Go(func() { k.votesAlways(vote, channel, member, i) })
	}
	if _, err := k.fake.WaitMessage(ctx, channel, ended); err != nil {
		k.t.Errorf("the evening in %s does not come to its end: %v", channel, err)
	}
	stop()
	voters.Wait()
}

// outcome waits for what becomes of an interaction, and not for long: a bot that was killed never answers.
func (k *interrupted) outcome(ctx context.Context, id string) (fakediscord.Outcome, bool) {
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	o, err := k.fake.WaitOutcome(ctx, id)
	return o, err == nil
}

// votesAlways presses the same option of each vote until it is told that the ballot counts.
func (k *interrupted) votesAlways(ctx context.Context, channel, member string, nth int) {
	for ; ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
		messages := k.fake.Messages(channel)
		for _, m := range slices.Backward(messages) {
			left := customID(m.Components, "Left")
			if left == "" {
				continue
			}
			option, custom := "Left", left
			if (nth+int(crc32.ChecksumIEEE([]byte(left))))%2 == 1 { // the same for a vote, wherever it is shown
				option, custom = "Right", customID(m.Components, "Right")
			}
			if acknowledged, known := k.note(custom, member, false); known && acknowledged {
				break
			}
			id, err := k.fake.Press(fakediscord.PressInput{User: member, Channel: channel, Message: m.ID, CustomID: custom})
			if err != nil {
				break
			}
			if o, ok := k.outcome(ctx, id); ok && o.Message != nil && strings.Contains(o.Message.Text(), option) {
				k.note(custom, member, true)
			}
			break
		}
	}
}

// note remembers a press; acknowledged stays.
func (k *interrupted) note(custom, member string, acknowledged bool) (was, known bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.pressed[custom] == nil {
		k.pressed[custom] = map[string]bool{}
	}
	was, known = k.pressed[custom][member]
	k.pressed[custom][member] = was || acknowledged
	return was, known
}

// check holds every channel against the log of its reading, and the log against what members were told.
func (k *interrupted) check() {
	db, err := store.Open(k.db(), store.Options{})
	if err != nil {
		k.t.Error(err)
		return
	}
	defer db.Close()
	for _, channel := range k.channels {
		id := k.readingIn(channel)
		log, err := db.Log(k.t.Context(), id)
		if err != nil || len(log) == 0 {
			k.t.Errorf("the log of reading %q: %d entries, %v", id, len(log), err)
			continue
		}
		if got, want := k.told(channel), wayOf(log); !slices.Equal(got, want) {
			k.t.Errorf("channel %s tells\n\t%q\nwant\n\t%q", channel, got, want)
		}
		for _, e := range log {
			if e.Vote != nil {
				k.checkVote(id, e.Vote)
			}
		}
	}
}

func (k *interrupted) db() string {
	for _, setting := range k.env {
		if path, ok := strings.CutPrefix(setting, envDB+"="); ok {
			return filepath.Clean(path)
		}
	}
	return ""
}

var readingInButton = regexp.MustCompile(`^\w+:(\d+)`)

// readingIn finds the reading of a channel by a button of its last message.
func (k *interrupted) readingIn(channel string) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, e := range k.fake.Ledger() {
		if e.ChannelID != channel || e.Kind != "create" {
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

// told is what a channel was told, beat by beat.
func (k *interrupted) told(channel string) []string {
	var told []string
	for _, e := range k.fake.Ledger() {
		if e.Kind != "create" || e.ChannelID != channel {
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
	if round == killedRounds {
		way = append(way, "Beat last.")
	}
	return way
}

// checkVote holds a tally against the presses: what was acknowledged counts, and nothing that was not pressed.
func (k *interrupted) checkVote(id string, poll *reading.Poll) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, counted := range poll.Tally {
		acknowledged, pressed := 0, 0
		for custom, members := range k.pressed {
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
			k.t.Errorf("vote %d of %s closed with %d votes for option %d; %d of %d presses were acknowledged", poll.Number, id, counted, i, acknowledged, pressed)
		}
	}
}
