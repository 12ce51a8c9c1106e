package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
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
	*witness
	hosts map[string]string // by channel
}

func newInterrupted(t *testing.T) *interrupted {
	bot := newKilled(t, votedStory(killedRounds), 20)
	k := &interrupted{killed: bot, witness: newWitness(t, bot.fake), hosts: map[string]string{}}
	for i := range killedChannels {
		c, err := k.killed.fake.AddChannel(fakediscord.Channel{GuildID: k.killed.fake.Guild().ID, Name: fmt.Sprint("room-", i)})
		if err != nil {
			t.Error(err)
			return k
		}
		k.channels = append(k.channels, c.ID)
		k.hosts[c.ID] = k.member(fmt.Sprint("host", i))
	}
	// Discord takes its time, so that a kill finds something on its way.
	for _, after := range []bool{false, true} {
		if _, err := k.killed.fake.Fail(fakediscord.Fault{
			Method: "POST", Route: "/channels/{channel}/messages", Kind: fakediscord.FaultDelay, Delay: 40 * time.Millisecond, AfterCommit: after, Times: -1,
		}); err != nil {
			t.Error(err)
		}
	}
	return k
}

// run holds one evening, with as many kills as it lasts and as are left.
func (k *interrupted) run(chance *rand.Rand, left *atomic.Int64) {
	ctx, cancel := context.WithTimeout(k.killed.t.Context(), 2*time.Minute+time.Duration(left.Load())*10*time.Second)
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
	k.check(k.db, store.Options{})
}

// evening is one channel: its host starts the story, and its members vote until the end.
func (k *interrupted) evening(ctx context.Context, channel string) {
	ended := func(m fakediscord.Message) bool { return customID(m.Components, "Read again") != "" }
	host := k.hosts[channel]
	for len(k.killed.fake.Messages(channel)) == 0 && ctx.Err() == nil {
		id, err := k.killed.fake.Command(fakediscord.CommandInput{
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
	if _, err := k.killed.fake.WaitMessage(ctx, channel, ended); err != nil {
		k.killed.t.Errorf("the evening in %s does not come to its end: %v", channel, err)
	}
	stop()
	voters.Wait()
}

// outcome waits for what becomes of an interaction, and not for long: a bot that was killed never answers.
func (k *interrupted) outcome(ctx context.Context, id string) (fakediscord.Outcome, bool) {
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	o, err := k.killed.fake.WaitOutcome(ctx, id)
	return o, err == nil
}

// votesAlways presses the same option of each vote until it is told that the ballot counts.
func (k *interrupted) votesAlways(ctx context.Context, channel, member string, nth int) {
	for ; ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
		messages := k.killed.fake.Messages(channel)
		for _, m := range slices.Backward(messages) {
			option, custom := preferred(m, nth)
			if custom == "" {
				continue
			}
			if acknowledged, known := k.note(custom, member, false); known && acknowledged {
				break
			}
			id, err := k.killed.fake.Press(fakediscord.PressInput{User: member, Channel: channel, Message: m.ID, CustomID: custom})
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
