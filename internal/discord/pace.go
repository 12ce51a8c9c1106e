package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Discord takes 50 calls a second from a bot, all routes together. The rate and the burst add up to 50, so that no
// second holds more, wherever Discord's seconds begin.
// Source: https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
const (
	callsPerSecond = 45
	callsAtOnce    = 5
)

const (
	// longestHold is the longest that a call waits inside the pacer for a limit to pass. A caller who has to wait for
	// longer is told so, and can do something else.
	longestHold = 15 * time.Second
	// longestCall is how long one try may take, from the first byte out to the last byte in.
	longestCall = 20 * time.Second
)

// pacer keeps calls within Discord's limits. It stands between net/http and the network, so that whatever makes a call
// keeps them too. It also takes the limits' headers out of the answers: discordgo would sleep by them, deaf to contexts,
// and fail calls that have succeeded when one is malformed.
type pacer struct {
	next    http.RoundTripper
	base    string // path of the API: what comes after it is the route
	exempt  bool   // for interactions, which Discord keeps out of the bot's limits
	queue   *queue
	windows *windows
	brake   *brake
	log     *slog.Logger
	refused func() // called at 401: Discord does not know the token
}

// RoundTrip implements http.RoundTripper.
func (p *pacer) RoundTrip(req *http.Request) (*http.Response, error) {
	r := routeOf(req.Method, strings.TrimPrefix(req.URL.Path, p.base))
	if err := p.admit(req.Context(), r); err != nil {
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, err
	}
	ctx, cancel := context.WithTimeout(req.Context(), longestCall)
	resp, err := p.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		cancel()
		return nil, err
	}
	resp.Body = &cancelBody{resp.Body, cancel}
	switch resp.StatusCode {
	case http.StatusTooManyRequests:
		return nil, p.limited(r, resp)
	case http.StatusUnauthorized, http.StatusForbidden:
		p.refusal(resp)
	}
	p.heed(r, resp)
	return resp, nil
}

// cancelBody ends the time limit of a call when its answer has been read.
type cancelBody struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b *cancelBody) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

// admit returns when the call may go.
func (p *pacer) admit(ctx context.Context, r route) error {
	if err := p.hold(ctx, func(now time.Time) time.Duration {
		wait := p.brake.wait(now, p.exempt)
		if wait == 0 && !p.exempt {
			wait = p.windows.take(r, now)
		}
		return wait
	}); err != nil || p.exempt {
		return err
	}
	if err := p.queue.wait(ctx); err != nil {
		return &errHeld{why: "no turn came: " + err.Error(), cause: err}
	}
	// A limit may have been told in the meantime.
	return p.hold(ctx, func(now time.Time) time.Duration { return p.brake.wait(now, false) })
}

// hold waits until there is nothing left to wait for.
func (p *pacer) hold(ctx context.Context, left func(now time.Time) time.Duration) error {
	for {
		wait := left(time.Now())
		if wait <= 0 {
			return nil
		}
		if wait > longestHold {
			return &errHeld{after: wait, why: "held back by a rate limit"}
		}
		if err := sleep(ctx, wait); err != nil {
			return &errHeld{after: wait, why: "held back by a rate limit: " + err.Error(), cause: err}
		}
	}
}

// heed learns from an answer, and takes out of it what discordgo is not to see. Nothing is kept of interactions: their
// addresses are secrets, and each is used a few times only.
func (p *pacer) heed(r route, resp *http.Response) {
	if !p.exempt {
		p.windows.learn(r, resp.Header, time.Now())
	}
	for name := range resp.Header {
		if strings.HasPrefix(name, "X-Ratelimit-") {
			resp.Header.Del(name)
		}
	}
}

// refusal heeds an answer of status 401 or 403, which Discord counts, and looks into it for what concerns every call: a
// token that is not known, or an address that is blocked.
func (p *pacer) refusal(resp *http.Response) {
	now := time.Now()
	p.invalid(now)
	body, _ := io.ReadAll(io.LimitReader(resp.Body, maxRefusal)) // what cannot be read has no code
	resp.Body = &readAgain{io.MultiReader(bytes.NewReader(body), resp.Body), resp.Body}
	var said struct {
		Code int `json:"code"`
	}
	_ = json.Unmarshal(body, &said)
	switch {
	case said.Code == codeCloudflare:
		p.brake.holdAll(now, cloudflareRest)
		p.log.Error("Cloudflare blocks the bot; all calls rest. Is the bot's name to Discord (User-Agent) as it should be?", "for", cloudflareRest)
	case resp.StatusCode == http.StatusUnauthorized && said.Code != codeWebhookToken && p.refused != nil:
		p.refused()
	}
}

// readAgain is a body of which a part has been read, whole again.
type readAgain struct {
	io.Reader
	io.Closer
}

// maxRefusal bounds what is read of an answer of status 401, 403 or 429 before it is passed on.
const maxRefusal = 64 << 10

// limited heeds an answer of status 429 and makes an error of it: discordgo would drop what it says beyond the time.
func (p *pacer) limited(r route, resp *http.Response) error {
	body, _ := io.ReadAll(io.LimitReader(resp.Body, maxRefusal)) // the headers say enough
	_ = resp.Body.Close()
	now := time.Now()
	scope := resp.Header.Get("X-RateLimit-Scope")
	if scope != "shared" {
		p.invalid(now)
	}
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if kind != "application/json" {
		after, _ := headerSeconds(resp.Header, "Retry-After")
		after = max(after, cloudflareRest)
		p.brake.holdAll(now, after)
		p.log.Error("Cloudflare turns the bot away; all calls rest", "for", after)
		return &errLimited{after: after}
	}
	var said struct {
		After  float64 `json:"retry_after"`
		Global bool    `json:"global"`
		Code   int     `json:"code"`
	}
	_ = json.Unmarshal(body, &said)
	after := limitedFor(resp.Header, said.After)
	global, _ := strconv.ParseBool(resp.Header.Get("X-RateLimit-Global"))
	switch {
	case global || said.Global || scope == "global":
		p.brake.holdGlobal(now, after)
		p.log.Warn("the bot's global rate limit was reached", "for", after)
	case said.Code == 0 && !p.exempt:
		p.windows.exhaust(r, after, now)
		p.log.Warn("a rate limit was reached", "route", r.path, "scope", scope, "for", after)
	}
	// A limit with a code is one of a single thing, such as edits of old messages; the route is free for others.
	return &errLimited{after: after, body: body}
}

// limitedFor is how long a limit holds. The body and Reset-After have decimals, Retry-After is in whole seconds.
func limitedFor(h http.Header, said float64) time.Duration {
	if said > 0 && said < longestHeader.Seconds() {
		return time.Duration(said * float64(time.Second))
	}
	for _, name := range []string{"X-RateLimit-Reset-After", "Retry-After"} {
		if after, ok := headerSeconds(h, name); ok {
			return after
		}
	}
	return shortRest
}

func (p *pacer) invalid(now time.Time) {
	if p.brake.count(now) {
		p.log.Error("too many calls were refused; all calls rest, lest Discord bans this address",
			"refused", fmt.Sprintf("%d in %s", maxInvalid, invalidSpan), "for", invalidRest)
	}
}

// sleep waits, or returns the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
