package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/commands"
	"storyteller/internal/fakediscord"

	"github.com/bwmarrin/discordgo"
)

// pressed is the event of a press by some member.
func pressed(n int) *discordgo.Event {
	data, _ := json.Marshal(map[string]any{
		"id": fmt.Sprint(1_500_000_000_000_000_000 + n), "application_id": "1400000000000000000", "type": 3, "token": "x", "guild_id": "1",
		"channel_id": "2", "member": map[string]any{"user": map[string]string{"id": fmt.Sprint(1_600_000_000_000_000_000 + n)}},
		"data": map[string]any{"custom_id": encodeButton(commands.Button{Action: commands.ActionVote, Reading: testReading, Vote: 1})},
	})
	return &discordgo.Event{Type: eventInteraction, RawData: data}
}

// working is how many are at work.
func (c *crew) working() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

// A flood of presses that cannot be answered as fast as it comes holds no more than so many at once, is told in the log
// once and not a line for each, and leaves nothing behind: presses after it are answered.
func TestAFloodIsBounded(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.wrong = true // the presses are of nobody the fake knows
		release := make(chan struct{})
		handled := make(chan string, 2*maxHandling)
		r.handle = func(ctx context.Context, q commands.Request) commands.Reply {
			handled <- q.ID
			select {
			case <-release:
			case <-ctx.Done():
			}
			return commands.Reply{Text: "ok"}
		}
		before := bubbled()
		const flood = 3 * maxArrived
		for i := range flood {
			r.bot.hear(r.Context(), nil, pressed(i))
		}
		synctest.Wait()
		if n := r.bot.handling.working(); n != maxArrived {
			t.Errorf("%d interactions are being dealt with, want %d", n, maxArrived)
		}
		const each = 3 // goroutines that an interaction takes at most
		if n := bubbled() - before; n > maxArrived+maxHandling*each {
			t.Errorf("%d goroutines", n)
		}
		time.Sleep(2 * firstAnswer)
		if n := r.bot.handling.working(); n > maxHandling {
			t.Errorf("%d interactions are still being dealt with", n)
		}
		close(release)
		time.Sleep(2 * handleLimit)
		if n := r.bot.handling.working(); n != 0 {
			t.Errorf("%d interactions are left", n)
		}
		r.bot.hear(r.Context(), nil, pressed(flood))
		synctest.Wait()
		if n := len(handled); n != maxHandling+1 {
			t.Errorf("%d presses were handled, want %d in the flood and one after it", n, maxHandling)
		}
		synctest.Wait()
		if n := bubbled(); n > before {
			t.Errorf("%d goroutines before the flood, %d after", before, n)
		}
		if n := strings.Count(r.log.String(), "more interactions arrive"); n != 1 {
			t.Errorf("the log tells of the flood %d times", n)
		}
	})
}

// bubbled counts the goroutines of the bubble that it is called in: those of the rest of the process come and go.
func bubbled() int {
	stacks := make([]byte, 64<<20)
	own := bubble.Find(stacks[:runtime.Stack(stacks, false)])
	return bytes.Count(stacks[:runtime.Stack(stacks, true)], own)
}

// bubble is how the runtime names one at the head of a goroutine's stack.
var bubble = regexp.MustCompile(`synctest bubble \d+\]`)

// What the edge remembers has limits that hold whatever comes.
func TestMemoriesAreBounded(t *testing.T) {
	seen := newRecent(maxSeen)
	for i := range 3 * maxSeen {
		seen.first(fmt.Sprint(i))
	}
	if len(seen.set) > maxSeen+1 {
		t.Errorf("%d ids are remembered, want at most %d", len(seen.set), maxSeen)
	}
	w := newWindows()
	now := time.Now()
	told := http.Header{"X-Ratelimit-Remaining": {"4"}, "X-Ratelimit-Limit": {"5"}, "X-Ratelimit-Reset-After": {"5"}}
	for i := range 10 * maxWindows {
		now = now.Add(time.Second / callsPerSecond)
		w.learn(routeOf(http.MethodPost, fmt.Sprintf("channels/%d/messages", 1_500_000_000_000_000_000+i)), told, now)
	}
	if len(w.open) > maxWindows {
		t.Errorf("%d windows are kept, want at most %d", len(w.open), maxWindows)
	}
}
