package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
	"storyteller/internal/narrate/reading"
)

// answering is a network that answers each call, and writes down when it came.
type answering struct {
	mu     sync.Mutex
	times  []time.Time
	paths  []string
	answer func(n int) *http.Response
}

func (a *answering) RoundTrip(req *http.Request) (*http.Response, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.times, a.paths = append(a.times, time.Now()), append(a.paths, req.URL.Path)
	if a.answer != nil {
		if resp := a.answer(len(a.times)); resp != nil {
			resp.Request = req
			return resp, nil
		}
	}
	return answerOf(200, nil, "{}"), nil
}

func answerOf(status int, header map[string]string, body string) *http.Response {
	h := http.Header{"Content-Type": {"application/json"}}
	for k, v := range header {
		h.Set(k, v)
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body))}
}

func testPacer(next http.RoundTripper) *pacer {
	return &pacer{
		next: next, base: "/api/v10", queue: newQueue(callsPerSecond, callsAtOnce), windows: newWindows(), brake: newBrake(),
		log: slog.New(slog.DiscardHandler),
	}
}

func get(ctx context.Context, p *pacer, path string) error {
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, "https://discord.com/api/v10"+path, nil)
	resp, err := p.RoundTrip(req)
	if err == nil {
		for name := range resp.Header {
			if strings.HasPrefix(strings.ToLower(name), "x-ratelimit") {
				err = fmt.Errorf("the header %s gets through", name)
			}
		}
		_ = resp.Body.Close()
	}
	return err
}

func TestNoSecondHoldsMoreCallsThanDiscordAllows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &answering{}
		p := testPacer(net)
		var all sync.WaitGroup
		for i := range 500 {
			all.Go(func() {
				if err := get(t.Context(), p, fmt.Sprintf("/channels/%d/messages", i)); err != nil {
					t.Error(err)
				}
			})
		}
		began := time.Now()
		all.Wait()
		const discordLimit = 50
		for i := range len(net.times) - discordLimit {
			if d := net.times[i+discordLimit].Sub(net.times[i]); d < time.Second {
				t.Fatalf("%d calls in %s", discordLimit+1, d)
			}
		}
		if took := time.Since(began); took > 500*time.Second/callsPerSecond*105/100 {
			t.Errorf("500 calls took %s: less than 95%% of the rate is used", took)
		}
	})
}

func TestResultsOfVotesGoBeforeCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &answering{}
		p := testPacer(net)
		var all sync.WaitGroup
		call := func(pri priority, path string) {
			all.Go(func() { _ = get(withPriority(t.Context(), pri), p, path) })
			synctest.Wait()
		}
		for range callsAtOnce { // what may go at once
			call(normal, "/x")
		}
		call(last, "/count1")
		call(normal, "/beat1")
		call(last, "/count2")
		call(first, "/result1")
		call(normal, "/beat2")
		call(first, "/result2")
		all.Wait()
		var got []string
		for _, path := range net.paths[callsAtOnce:] {
			got = append(got, strings.TrimPrefix(path, "/api/v10/"))
		}
		if want := []string{"result1", "result2", "beat1", "beat2", "count1", "count2"}; !slices.Equal(got, want) {
			t.Errorf("order %v, want %v", got, want)
		}
	})
}

func TestACallThatGoesAwayTakesNobodysTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &answering{}
		p := testPacer(net)
		for range callsAtOnce {
			_ = get(t.Context(), p, "/x")
		}
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if err := get(ctx, p, "/gone"); !errors.Is(err, context.Canceled) {
				t.Errorf("err %v", err)
			}
		})
		synctest.Wait()
		cancel()
		all.Go(func() {
			if err := get(t.Context(), p, "/next"); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		if got := net.paths[callsAtOnce:]; len(got) != 1 || !strings.HasSuffix(got[0], "/next") {
			t.Errorf("calls %v", got)
		}
	})
}

func TestALimitOfOneChannelHoldsThatChannelOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		used := map[string]int{}
		net := &answering{}
		net.answer = func(n int) *http.Response {
			path := net.paths[n-1]
			used[path]++
			return answerOf(200, map[string]string{
				"X-RateLimit-Limit": "2", "X-RateLimit-Remaining": fmt.Sprint(1 - (used[path]-1)%2), "X-RateLimit-Reset-After": "5.000",
				"X-RateLimit-Bucket": "abc",
			}, "{}")
		}
		p := testPacer(net)
		began := time.Now()
		for range 6 {
			if err := get(t.Context(), p, "/channels/1/messages"); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took < 10*time.Second || took > 11*time.Second {
			t.Errorf("six calls, two each five seconds, took %s", took)
		}
		began = time.Now()
		if err := get(t.Context(), p, "/channels/2/messages"); err != nil || time.Since(began) > 0 {
			t.Errorf("another channel waited %s: %v", time.Since(began), err)
		}
	})
}

func TestAGlobalLimitHoldsEverythingButInteractions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &answering{}
		net.answer = func(n int) *http.Response {
			if n > 1 {
				return nil
			}
			return answerOf(429, map[string]string{"Retry-After": "4", "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}, `{"retry_after": 3.5, "global": true}`)
		}
		p := testPacer(net)
		var limited *errLimited
		if err := get(t.Context(), p, "/channels/1/messages"); !errors.As(err, &limited) || limited.after != 3500*time.Millisecond {
			t.Fatalf("err %v", err)
		}
		began := time.Now()
		exempt := *p
		exempt.exempt = true
		if err := get(t.Context(), &exempt, "/interactions/1/token/callback"); err != nil || time.Since(began) > 0 {
			t.Errorf("an interaction waited %s: %v", time.Since(began), err)
		}
		if err := get(t.Context(), p, "/channels/2/messages"); err != nil || time.Since(began) < 3500*time.Millisecond {
			t.Errorf("another channel waited only %s: %v", time.Since(began), err)
		}
	})
}

func TestALongLimitIsToldInsteadOfWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &answering{}
		net.answer = func(n int) *http.Response {
			return answerOf(429, map[string]string{"Retry-After": "1337", "X-RateLimit-Scope": "shared"}, `{"retry_after": 1336.57}`)
		}
		p := testPacer(net)
		began := time.Now()
		_ = get(t.Context(), p, "/channels/1/messages")
		var held *errHeld
		if err := get(t.Context(), p, "/channels/1/messages"); !errors.As(err, &held) || held.after < 1300*time.Second || time.Since(began) > 0 {
			t.Errorf("err %v after %s", err, time.Since(began))
		}
		if len(net.times) != 1 {
			t.Errorf("%d calls went out", len(net.times))
		}
	})
}

func TestALimitWithACodeDoesNotHoldTheRoute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &answering{}
		net.answer = func(n int) *http.Response {
			if n > 1 {
				return nil
			}
			return answerOf(429, map[string]string{"Retry-After": "3600"}, `{"retry_after": 3600, "code": 30046}`)
		}
		p := testPacer(net)
		if f := newFailure("edit", get(t.Context(), p, "/channels/1/messages/2")); f.code != codeOldEdits {
			t.Errorf("failure %+v", f)
		}
		if err := get(t.Context(), p, "/channels/1/messages/3"); err != nil {
			t.Errorf("another message's edit: %v", err)
		}
	})
}

func TestTooManyInvalidAnswersStopEverything(t *testing.T) {
	for name, answer := range map[string]func() *http.Response{
		"403": func() *http.Response { return answerOf(403, nil, `{"code": 50013}`) },
		"429": func() *http.Response { return answerOf(429, nil, `{"retry_after": 0.001, "code": 20028}`) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := &answering{answer: func(int) *http.Response { return answer() }}
				p := testPacer(net)
				p.exempt = true // not held by the rate
				for range maxInvalid + 100 {
					_ = get(t.Context(), p, "/x")
				}
				if n := len(net.times); n != maxInvalid {
					t.Errorf("%d calls went out, want %d", n, maxInvalid)
				}
				time.Sleep(invalidRest + time.Second)
				_ = get(t.Context(), p, "/x")
				if n := len(net.times); n != maxInvalid+1 {
					t.Errorf("%d calls went out after a rest, want one more", n)
				}
			})
		})
	}
}

func TestCloudflareStopsEverything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := &answering{answer: func(int) *http.Response {
			return answerOf(429, map[string]string{"Content-Type": "text/html", "Retry-After": "60"}, "<html>")
		}}
		p := testPacer(net)
		p.exempt = true
		for range 10 {
			_ = get(t.Context(), p, "/x")
		}
		if len(net.times) != 1 {
			t.Errorf("%d calls went out", len(net.times))
		}
	})
}

func TestASaturatedBotIsNeverLimited(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		var all sync.WaitGroup
		began := time.Now()
		const channels, beats = 60, 8
		for i := range channels {
			c, err := r.fake.AddChannel(fakediscord.Channel{Name: fmt.Sprint("room-", i)})
			if err != nil {
				r.Fatal(err)
			}
			all.Go(func() {
				for n := range beats {
					p := r.beat(fmt.Sprint("b", n), "Words.")
					p.Reading, p.Place = fmt.Sprint(1000+i), reading.Place{Channel: c.ID}
					if _, err := r.bot.Post(r.Context(), p); err != nil {
						r.Errorf("%v", err)
					}
				}
			})
		}
		all.Wait()
		rate := channels * beats / time.Since(began).Seconds()
		if rate < 0.95*callsPerSecond || strings.Contains(r.log.String(), "limit was reached") {
			r.Errorf("%.1f posts a second:\n%s", rate, r.log)
		}
	})
}

func TestRoutesAreToldApartAsDiscordDoes(t *testing.T) {
	for path, want := range map[string]route{
		"/channels/12/messages":           {"GET/channels/*/messages", "12"},
		"/channels/12/messages/34":        {"GET/channels/*/messages/*", "12"},
		"/applications/12/commands":       {"GET/applications/*/commands", "12"},
		"/gateway/bot":                    {"GET/gateway/bot", ""},
		"/applications/1/guilds/2/things": {"GET/applications/*/guilds/*/things", "1"},
	} {
		if got := routeOf("GET", path); got != want {
			t.Errorf("routeOf(%s) = %+v, want %+v", path, got, want)
		}
	}
}
