package fakediscord

import (
	"fmt"
	"hash/fnv"
	"math"
	"net/http"
	"strconv"
	"time"
)

// Limit lets N requests pass in each window of Per.
type Limit struct {
	N   int
	Per time.Duration
}

// Limits are the rate limits of a Server.
type Limits struct {
	Off bool // no limits at all, but for injected ones
	// Global is the number of requests a second of the whole bot; 0 stands for
	// Discord's 50.
	Global int
	// Routes overrides limits of single routes, by method and path as in
	// "POST /channels/{channel}/messages".
	Routes map[string]Limit
}

const (
	// defaultGlobalLimit is Discord's documented limit of requests a second.
	defaultGlobalLimit = 50
	// invalidWindow is the time in which invalid requests are counted.
	invalidWindow = 10 * time.Minute
)

// window counts requests in a fixed window that its first request opens.
type window struct {
	used int
	ends time.Time
}

func (w *window) take(l Limit, now time.Time) bool {
	if !now.Before(w.ends) {
		*w = window{ends: now.Add(l.Per)}
	}
	if w.used >= l.N {
		return false
	}
	w.used++
	return true
}

// limiter holds all rate limits of the one bot.
type limiter struct {
	limits       Limits
	global       window
	buckets      map[string]*window
	invalidLimit int
	invalids     window
	bannedUntil  time.Time
}

func newLimiter(o Options) limiter {
	l := limiter{limits: o.Limits, buckets: map[string]*window{}, invalidLimit: o.InvalidLimit}
	if l.limits.Global == 0 {
		l.limits.Global = defaultGlobalLimit
	}
	return l
}

// maxBuckets is when expired buckets are swept out.
const maxBuckets = 4096

// take counts a request. It returns the headers for its answer, or the answer
// itself when a limit is exceeded.
func (l *limiter) take(req *request, now time.Time) (http.Header, *answer) {
	if l.limits.Off {
		return nil, nil
	}
	if !req.route.exempt && !l.global.take(Limit{l.limits.Global, time.Second}, now) {
		a := limitedAnswer(l.global.ends.Sub(now), scopeGlobal, 0)
		return nil, &a
	}
	limit, name := req.route.limit, req.route.method+" "+req.route.path
	if other, ok := l.limits.Routes[name]; ok {
		limit = other
	}
	if limit.N == 0 {
		return nil, nil
	}
	key := name + " " + req.major()
	w := l.buckets[key]
	if w == nil {
		l.sweep(now)
		w = &window{}
		l.buckets[key] = w
	}
	passed := w.take(limit, now)
	h := w.header(limit, name, now)
	if passed {
		return h, nil
	}
	a := limitedAnswer(w.ends.Sub(now), scopeUser, 0)
	for key, v := range h {
		a.header[key] = v
	}
	return nil, &a
}

func (l *limiter) sweep(now time.Time) {
	if len(l.buckets) < maxBuckets {
		return
	}
	for key, w := range l.buckets {
		if !now.Before(w.ends) {
			delete(l.buckets, key)
		}
	}
}

// major is the resource that a route's bucket belongs to.
func (r *request) major() string {
	for _, name := range []string{"channel", "guild", "webhook"} {
		if id := r.vars[name]; id != "" {
			return id + r.vars["token"]
		}
	}
	return ""
}

// header are the documented headers of a bucket.
func (w *window) header(l Limit, name string, now time.Time) http.Header {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(name))
	h := http.Header{}
	set := func(key, v string) { h[http.CanonicalHeaderKey(key)] = []string{v} }
	set("X-RateLimit-Limit", strconv.Itoa(l.N))
	set("X-RateLimit-Remaining", strconv.Itoa(max(0, l.N-w.used)))
	set("X-RateLimit-Reset", fmt.Sprintf("%.3f", float64(w.ends.UnixMilli())/1000))
	set("X-RateLimit-Reset-After", fmt.Sprintf("%.3f", w.ends.Sub(now).Seconds()))
	set("X-RateLimit-Bucket", fmt.Sprintf("%016x", sum.Sum64()))
	return h
}

// Scopes of a 429.
const (
	scopeUser       = "user"
	scopeShared     = "shared"
	scopeGlobal     = "global"
	scopeCloudflare = "cloudflare" // no scope of Discord's: the ban before it
)

// limitedAnswer is a 429 with the documented headers only: a global one has
// no Reset-After.
func limitedAnswer(after time.Duration, scope string, code int) answer {
	if scope == scopeCloudflare {
		return cloudflareAnswer(after)
	}
	message := "You are being rate limited."
	if scope == scopeShared {
		message = "The resource is being rate limited."
	}
	b := jsonMap{"message": message, "retry_after": after.Seconds(), "global": scope == scopeGlobal}
	if code != 0 {
		b["code"] = code
	}
	h := http.Header{}
	h.Set("Retry-After", retryAfter(after))
	h.Set("X-RateLimit-Scope", scope)
	if scope == scopeGlobal {
		h.Set("X-RateLimit-Global", "true")
	}
	return answer{status: http.StatusTooManyRequests, header: h, body: mustJSON(b)}
}

// retryAfter is a duration in whole seconds, rounded up.
func retryAfter(d time.Duration) string { return strconv.Itoa(int(math.Ceil(d.Seconds()))) }

func cloudflareAnswer(after time.Duration) answer {
	h := http.Header{}
	h.Set("Content-Type", "text/html; charset=UTF-8")
	h.Set("Retry-After", retryAfter(after))
	h.Set("Server", "cloudflare")
	page := "<!DOCTYPE html>\n<html><head><title>Access denied | discord.com used Cloudflare to restrict access</title></head>" +
		"<body><h1>Error 1015</h1><p>You are being rate limited</p></body></html>\n"
	return answer{status: http.StatusTooManyRequests, header: h, body: []byte(page)}
}

// invalid counts a 401, 403 or unshared 429; too many of them end in a ban.
func (l *limiter) invalid(now time.Time) {
	if !l.invalids.take(Limit{l.invalidLimit - 1, invalidWindow}, now) {
		l.bannedUntil = now.Add(invalidWindow)
	}
}

// banned is Cloudflare's answer to a client that is banned.
func (l *limiter) banned(now time.Time) (answer, bool) {
	if !now.Before(l.bannedUntil) {
		return answer{}, false
	}
	return cloudflareAnswer(l.bannedUntil.Sub(now)), true
}
