package discord

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"storyteller/internal/commands"
	"storyteller/internal/fakediscord"

	"github.com/bwmarrin/discordgo"
)

// What discordgo would do by itself, and must not.

func TestACallIsMadeOnce(t *testing.T) {
	for _, status := range []int{429, 500, 502, 503, 504} {
		inRoom(t, fakediscord.Options{}, func(r *room) {
			r.wrong = true
			hits := r.fail(fakediscord.Fault{Method: "POST", Route: createRoute, Status: status, RetryAfter: time.Second, Times: -1})
			began := time.Now()
			if _, err := r.bot.Post(r.Context(), r.beat("b1", "One.")); err == nil || time.Since(began) > 0 {
				r.Errorf("status %d: err %v after %s", status, err, time.Since(began))
			}
			if n := hits(); n != 1 {
				r.Errorf("status %d: %d calls, want one", status, n)
			}
		})
	}
}

func TestEveryNewMessageCarriesItsNonce(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		r.showEverything()
		var nonces []string
		for _, e := range r.fake.Ledger() {
			if e.Kind != fakediscord.KindCreate || e.Via != fakediscord.ViaBot {
				continue
			}
			if !strings.Contains(string(e.Payload), `"enforce_nonce":true`) || e.Nonce == "" {
				r.Errorf("a message without a nonce: %s", e.Payload)
			}
			nonces = append(nonces, e.Nonce)
		}
		slices.Sort(nonces)
		if n := len(slices.Compact(slices.Clone(nonces))); n != len(nonces) || n == 0 {
			r.Errorf("%d messages have %d nonces", len(nonces), n)
		}
	})
}

func TestTheLibraryDoesNothingByItself(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		s, err := r.bot.newSession()
		if err != nil {
			r.Fatal(err)
		}
		for what, on := range map[string]bool{
			"its cache of whole servers": s.StateEnabled, "retries": s.MaxRestRetries > 0, "sleeping on rate limits": s.ShouldRetryOnRateLimit,
			"reconnecting": s.ShouldReconnectOnError, "logging of headers": s.Debug, "logging of events": s.LogLevel > discordgo.LogWarning,
		} {
			if on {
				r.Errorf("it does %s", what)
			}
		}
	})
}

// buckets is how many rate limits a session of discordgo remembers. Each is for an address, some with tokens in them.
func buckets(s *discordgo.Session) int {
	return reflect.ValueOf(s.Ratelimiter).Elem().FieldByName("buckets").Len()
}

func TestNothingOfAnInteractionIsKept(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		anna := r.member("Anna")
		for range 50 {
			id, err := r.slash(anna, map[string]any{"story": "x"})
			r.outcome(id, err)
		}
		r.mustPost(r.beat("b1", "One."))
		p := r.bot.callbacks.Transport.(*pacer)
		p.windows.mu.Lock()
		kept := len(p.windows.names) + len(p.windows.open)
		p.windows.mu.Unlock()
		if n := buckets(r.bot.rest); n > 0 || kept > 0 {
			r.Errorf("discordgo remembers %d addresses and the pacer %d", n, kept)
		}
	})
}

func TestLastWordsDoNotWaitForEachOther(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		anna := r.member("Anna")
		r.fail(fakediscord.Fault{Method: "PATCH", Route: "/webhooks/{webhook}/{token}/messages/{message}", Delay: 2 * time.Second, Times: -1})
		began := time.Now()
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				id, err := r.slash(anna, map[string]any{"story": "x"})
				r.outcome(id, err)
			})
		}
		all.Wait()
		if took := time.Since(began); took > 3*time.Second {
			r.Errorf("20 last words of two seconds each took %s", took)
		}
	})
}

// An edit of one channel's message that hangs keeps nobody from another's, nor from the same channel's next message.
func TestCallsDoNotWaitForEachOther(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		first := r.beat("b1", "One.")
		id := r.mustPost(first)
		r.fail(fakediscord.Fault{Method: "PATCH", Route: editRoute, Kind: fakediscord.FaultStall})
		var all sync.WaitGroup
		all.Go(func() {
			e := first
			e.Message.Key, e.Message.Edit, e.Message.ID = "e1", "b1", id
			if err := r.bot.Edit(r.Context(), e); err == nil {
				r.Error("an edit that hung was done")
			}
		})
		time.Sleep(time.Millisecond)
		began := time.Now()
		r.mustPost(r.beat("b2", "Two."))
		if took := time.Since(began); took > time.Second {
			r.Errorf("the next message waited for %s", took)
		}
		all.Wait()
		if took := time.Since(began); took > longestCall {
			r.Errorf("the edit was given up after %s", took)
		}
	})
}

func TestAnAnswerThatHangsIsGivenUpInTime(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		handled := make(chan time.Time, 1)
		r.handle = func(context.Context, commands.Request) commands.Reply {
			handled <- time.Now()
			return commands.Reply{Text: "ok"}
		}
		r.fail(fakediscord.Fault{Method: "POST", Route: "/interactions/*/*/callback", Kind: fakediscord.FaultStall, Times: -1})
		began := time.Now()
		if _, err := r.slash(r.member("Anna"), map[string]any{"story": "x"}); err != nil {
			r.Fatal(err)
		}
		if took := (<-handled).Sub(began); took > firstAnswer {
			r.Errorf("the command was done after %s", took)
		}
	})
}

// The WebSocket library that discordgo asks for is of 2020, and its cryptography of 2021.
func TestOldLibrariesAreReplaced(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for _, old := range []string{`gorilla/websocket v1\.([0-4]|5\.[0-2])\b`, `golang\.org/x/crypto v0\.0\.`} {
		if found := regexp.MustCompile(old).Find(mod); found != nil {
			t.Errorf("go.mod has %s", found)
		}
	}
	if !strings.Contains(string(mod), "gorilla/websocket v") {
		t.Error("go.mod does not say which gorilla/websocket it is")
	}
}
