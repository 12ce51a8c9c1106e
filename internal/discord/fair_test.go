package discord

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
	"storyteller/internal/narrate/reading"
)

// crowded has a guild call once for each of its channels, one after the other in no time, and returns when they all wait.
func crowded(t *testing.T, all *sync.WaitGroup, p *pacer, guild string, channels int) {
	ctx := withGuild(t.Context(), guild)
	for i := range channels {
		all.Go(func() {
			if err := get(ctx, p, fmt.Sprintf("/%s/%d", guild, i)); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait() // so that they come in this order
	}
}

// A guild that reads in 200 channels does not keep another waiting, and its own channels come in order of arrival.
func TestGuildsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &answering{}
		p := testPacer(net)
		var all sync.WaitGroup
		crowded(t, &all, p, "full", 200)
		began := time.Now()
		crowded(t, &all, p, "small", 1)
		crowded(t, &all, p, "middling", 3)
		all.Wait()
		const share = 3 // guilds that want something
		want := map[string]int{"/small/0": 1 * share, "/middling/0": 1 * share, "/middling/1": 2 * share, "/middling/2": 3 * share}
		for i, path := range net.paths {
			most, asked := want[strings.TrimPrefix(path, "/api/v10")]
			if !asked {
				continue
			}
			if wait := net.times[i].Sub(began); wait > time.Duration(most)*time.Second/callsPerSecond {
				t.Errorf("%s came after %s, want at most %d turns", path, wait, most)
			}
		}
		if len(net.paths) != 204 {
			t.Errorf("%d calls were made", len(net.paths))
		}
	})
}

// Every call has its turn at last, however many guilds there are and however uneven they are.
func TestNobodyStarvesInTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &answering{}
		p := testPacer(net)
		var all sync.WaitGroup
		const guilds = 60
		for g := range guilds {
			crowded(t, &all, p, fmt.Sprint("g", g), 1+g%7)
		}
		all.Wait()
		seen := map[string]int{}
		for _, path := range net.paths {
			seen[path]++
		}
		for path, n := range seen {
			if n != 1 {
				t.Errorf("%s was called %d times", path, n)
			}
		}
		want := 0
		for g := range guilds {
			want += 1 + g%7
		}
		if len(seen) != want {
			t.Errorf("%d calls were made, want %d", len(seen), want)
		}
	})
}

// waits counts what a queue holds.
func waits(q *queue) (calls int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for p := range q.waiting {
		l := &q.waiting[p]
		if l.turns.Len() != len(l.parties) {
			return -1
		}
		for _, g := range l.parties {
			calls += g.calls.Len()
		}
	}
	return calls
}

// While beats have all the turns, signs of typing give up; the queue must not remember them.
func TestTheLineHoldsNothingOfThoseWhoLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := testPacer(&answering{})
		var beats, counts sync.WaitGroup
		crowded(t, &beats, p, "busy", 20*callsPerSecond)
		for i := range 1000 {
			counts.Go(func() {
				ctx := withGuild(withPriority(t.Context(), last), fmt.Sprint("g", i%10))
				began := time.Now()
				err := get(ctx, p, "/count")
				var held *errHeld
				if !errors.As(err, &held) {
					t.Errorf("a count got through: %v", err)
				}
				if waited := time.Since(began); waited > lastPatience {
					t.Errorf("a count kept its reading waiting for %s", waited)
				}
			})
		}
		counts.Wait()
		synctest.Wait()
		// The first calls went at once, then one each turn.
		gone := callsAtOnce + int(lastPatience.Seconds()*callsPerSecond)
		if n := waits(p.queue); n < 0 || n > 20*callsPerSecond-gone+1 {
			t.Errorf("%d calls wait, want at most %d", n, 20*callsPerSecond-gone+1)
		}
		beats.Wait()
		if n := waits(p.queue); n != 0 {
			t.Errorf("%d calls wait when all have been made", n)
		}
	})
}

// A message that may be on screen already is posted again while its nonce is remembered, however many others wait.
func TestSecondTriesDoNotWaitBehindFirstOnes(t *testing.T) {
	inRoom(t, fakediscord.Options{Limits: fakediscord.Limits{Off: true}}, func(r *room) {
		var all sync.WaitGroup
		const others = 10 * callsPerSecond
		for i := range others {
			all.Go(func() {
				if _, err := r.bot.Post(r.Context(), r.beat(fmt.Sprint("b", i), "Somebody else's.")); err != nil {
					r.Error(err)
				}
			})
		}
		synctest.Wait()
		began := time.Now()
		again := r.beat("again", "Tried before.")
		again.Tried = time.Now().Add(-time.Second)
		if _, err := r.bot.Post(r.Context(), again); err != nil {
			r.Error(err)
		}
		if waited := time.Since(began); waited > time.Second {
			r.Errorf("the second try waited for %s", waited)
		}
		all.Wait()
	})
}

// Edits that the reading goes on after are no mere counts: what follows them waits for them.
func TestOnlyCountsComeLast(t *testing.T) {
	closed := &reading.Poll{Status: reading.StatusChosen}
	open := &reading.Poll{Status: reading.StatusOpen}
	for _, c := range []struct {
		what string
		m    reading.Message
		want priority
	}{
		{"a beat", reading.Message{Key: "b1", Beat: &reading.Beat{}}, normal},
		{"a vote", reading.Message{Key: "v1", Poll: open}, normal},
		{"a vote that is extended", reading.Message{Key: "e2", Edit: "v1", Poll: open}, normal},
		{"a count", reading.Message{Edit: "v1", Poll: open}, last},
		{"a result", reading.Message{Key: "e3", Edit: "v1", Poll: closed}, first},
		{"the card when the lobby closes", reading.Message{Key: "e4", Edit: "card", Card: &reading.Card{}}, normal},
		{"readers on the card", reading.Message{Edit: "card", Card: &reading.Card{}}, last},
	} {
		if got := priorityFor(c.m); got != c.want {
			t.Errorf("%s has priority %d, want %d", c.what, got, c.want)
		}
	}
}
