package discord

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// windows keeps Discord's rate limits of single channels and guilds, as the headers of its answers tell them: so many
// calls until a moment. A limit that has not been told yet does not hold anybody up.
// Source: https://discord.com/developers/docs/topics/rate-limits
type windows struct {
	mu    sync.Mutex
	names map[string]string  // route -> bucket, as X-RateLimit-Bucket names it
	open  map[string]*window // by bucket and the channel, guild or webhook it is for
}

// window is one limit of one channel.
type window struct {
	left  int       // calls until reset
	limit int       // calls in a window
	reset time.Time // when it begins anew
	guess bool      // nobody has told of this window: it is like the one before
}

// resetSlack is added to what Discord says: its times are rounded, and a call a moment too early is refused.
const resetSlack = 50 * time.Millisecond

// maxWindows is when windows that are over are swept out.
const maxWindows = 4096

func newWindows() *windows {
	return &windows{names: map[string]string{}, open: map[string]*window{}}
}

// route is what Discord limits together, as far as that can be told from an address: the method and the path without
// its ids and tokens; and apart from it the first id, because each channel has limits of its own.
type route struct {
	path, major string
}

// routeOf takes the path below the API's base.
func routeOf(method, path string) route {
	r := route{path: method}
	parts := strings.Split(strings.Trim(path, "/"), "/")
	for i, part := range parts {
		switch {
		case i == 1 && isSnowflake(part):
			r.major = part
			part = "*"
		case isSnowflake(part), i == 2 && (parts[0] == "interactions" || parts[0] == "webhooks"): // the latter is a token
			part = "*"
		}
		r.path += "/" + part
	}
	return r
}

// key is under which window a route's calls fall. Without a known bucket each route has its own.
func (w *windows) key(r route) string {
	if name := w.names[r.path]; name != "" {
		return name + " " + r.major
	}
	return r.path + " " + r.major
}

// take uses up a call, or says how long there is none to be had.
func (w *windows) take(r route, now time.Time) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	win := w.open[w.key(r)]
	if win == nil {
		return 0
	}
	if !now.Before(win.reset) {
		// The answer to this call will tell the new window; until then it is like the last, but without an end.
		win.left, win.reset, win.guess = max(win.limit, 1), now.Add(time.Minute), true
	}
	if win.left > 0 {
		win.left--
		return 0
	}
	return win.reset.Sub(now)
}

// learn reads the headers of an answer.
func (w *windows) learn(r route, h http.Header, now time.Time) {
	left, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	after, ok := headerSeconds(h, "X-RateLimit-Reset-After")
	if err != nil || !ok || after > longestWindow {
		w.forgetGuess(r)
		return
	}
	limit, err := strconv.Atoi(h.Get("X-RateLimit-Limit"))
	if err != nil {
		limit = left + 1
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if name := h.Get("X-RateLimit-Bucket"); name != "" {
		w.names[r.path] = name
	}
	key := w.key(r)
	reset := now.Add(after + resetSlack)
	const same = 500 * time.Millisecond // two answers about one window differ by the time they took
	if old := w.open[key]; old != nil && old.reset.Sub(reset).Abs() < same {
		left = min(left, old.left) // calls that are under way are not in the answer
	}
	w.put(key, &window{left: left, limit: limit, reset: reset}, now)
}

// forgetGuess drops a window that an answer should have told of, and did not.
func (w *windows) forgetGuess(r route) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if win := w.open[w.key(r)]; win != nil && win.guess {
		delete(w.open, w.key(r))
	}
}

// exhaust notes that a call was refused until after has passed.
func (w *windows) exhaust(r route, after time.Duration, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := w.key(r)
	limit := 1
	if old := w.open[key]; old != nil {
		limit = old.limit
	}
	w.put(key, &window{limit: limit, reset: now.Add(after + resetSlack)}, now)
}

func (w *windows) put(key string, win *window, now time.Time) {
	if len(w.open) >= maxWindows {
		for k, old := range w.open {
			if !now.Before(old.reset) {
				delete(w.open, k)
			}
		}
	}
	w.open[key] = win
}

// headerSeconds reads a number of seconds that may have decimals.
func headerSeconds(h http.Header, name string) (time.Duration, bool) {
	n, err := strconv.ParseFloat(h.Get(name), 64)
	if err != nil || math.IsNaN(n) || n < 0 || n > longestHeader.Seconds() {
		return 0, false
	}
	return time.Duration(n * float64(time.Second)), true
}

const (
	// longestWindow bounds what is believed of a window in an answer that was none of too many calls. Discord's windows
	// are of seconds to minutes; when one is longer after all, the call that exceeds it learns of it.
	longestWindow = 10 * time.Minute
	// longestHeader bounds what is believed of a limit that was reached. After that a call is tried again, and told anew.
	longestHeader = time.Hour
)
