package discord

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
)

// refusing counts the answers that Discord counts towards a ban.
type refusing struct {
	next http.RoundTripper

	mu    sync.Mutex
	times []time.Time
}

// RoundTrip implements http.RoundTripper.
func (c *refusing) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := c.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	switch {
	case resp.StatusCode == http.StatusTooManyRequests && resp.Header.Get("X-RateLimit-Scope") == "shared":
	case resp.StatusCode == http.StatusUnauthorized, resp.StatusCode == http.StatusForbidden, resp.StatusCode == http.StatusTooManyRequests:
		c.mu.Lock()
		c.times = append(c.times, time.Now())
		c.mu.Unlock()
	}
	return resp, nil
}

// most is the largest number of them in any ten minutes.
func (c *refusing) most() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	most, from := 0, 0
	for i, at := range c.times {
		for at.Sub(c.times[from]) > invalidSpan {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}

// besiege has many callers make calls for some time, as if nothing above the pacer ever gave up.
func (r *room) besiege(d time.Duration) {
	const callers = 60
	until := time.Now().Add(d)
	var all sync.WaitGroup
	for i := range callers {
		c, err := r.fake.AddChannel(fakediscord.Channel{Name: fmt.Sprint("room-", i)})
		if err != nil {
			r.Fatal(err)
		}
		all.Go(func() {
			for time.Now().Before(until) {
				var stage *narrate.StageError
				wait := 100 * time.Millisecond
				if err := r.bot.Typing(r.Context(), reading.Place{Channel: c.ID}); errors.As(err, &stage) {
					wait = max(wait, stage.After)
				}
				time.Sleep(wait)
			}
		})
	}
	all.Wait()
}

const typingRoute = "/channels/{channel}/typing"

func TestTheBotStaysFarFromABan(t *testing.T) {
	for name, f := range map[string]fakediscord.Fault{
		"403": {Status: 403, Code: codeMissingPermissions},
		"401": {Status: 401, Code: codeWebhookToken}, // with the bot's own token it would end
		"429": {Status: 429, RetryAfter: 10 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, fakediscord.Options{}, func(r *room) {
				r.wrong = true
				var count *refusing
				r.bot = r.newBotOver(testToken, func(next http.RoundTripper) http.RoundTripper {
					count = &refusing{next: next}
					return count
				})
				f.Times = -1
				hits := r.fail(f)
				r.besiege(20 * time.Minute)
				if n := count.most(); n < maxInvalid || n > maxInvalid+100 {
					r.Errorf("%d refusals within ten minutes, want about %d and far from 10,000", n, maxInvalid)
				}
				if strings.Contains(r.log.String(), "Cloudflare") {
					r.Error("Discord has banned the bot")
				}
				hits()
				// It comes back by itself.
				began := time.Now()
				r.mustPost(r.beat("b1", "One."))
				if took := time.Since(began); took > invalidRest {
					r.Errorf("the bot came back after %s", took)
				}
			})
		})
	}
}

func TestSharedLimitsDoNotStopTheBot(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.wrong = true
		hits := r.fail(fakediscord.Fault{Route: typingRoute, Status: 429, Scope: "shared", RetryAfter: 10 * time.Millisecond, Times: -1})
		r.besiege(10 * time.Minute)
		began := time.Now()
		if _, err := r.bot.Post(r.Context(), r.beat("b1", "One.")); err != nil || time.Since(began) > time.Second {
			r.Errorf("a beat came after %s: %v", time.Since(began), err)
		}
		if n := hits(); n < 2*maxInvalid {
			r.Errorf("only %d calls were limited", n)
		}
	})
}

func TestTheBrakeCountsNeverTooLittle(t *testing.T) {
	b := newBrake()
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	// The last moment of one minute and the first of another: less than the span, and eleven minutes by the clock.
	for range maxInvalid - 1 {
		b.count(start.Add(-time.Millisecond))
	}
	at := start.Add(invalidSpan - time.Second)
	if !b.count(at) {
		t.Errorf("%d within %s do not stop the bot", maxInvalid, invalidSpan-time.Second+time.Millisecond)
	}
	if wait := b.wait(at, true); wait != invalidRest {
		t.Errorf("it rests for %s, want %s", wait, invalidRest)
	}
	if b.count(at.Add(invalidRest)) {
		t.Error("after the rest a single refusal stops it again")
	}
}
