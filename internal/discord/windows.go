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
	left  int           // calls until reset
	limit int           // calls in a window
	span  time.Duration // how long a window is: the longest time to a reset that was told; 0 if none was
	reset time.Time     // when it begins anew
	guess bool          // nobody has told of this window yet: it is taken to be like the one before
}

// A window that is over is followed by one of which nobody has told. It is taken to be as long as those before it, but
// what is only guessed must not hold a route for long: answers may be lost for hours, and then nobody ever tells.
const (
	// shortestGuess is for windows of unknown length, as after a refusal that says no more than when to come back: so
	// often a call goes to find out.
	shortestGuess = 250 * time.Millisecond
	// longestGuess is the length of the window that Discord has for messages, the longest that a reading comes upon.
	longestGuess = 5 * time.Second
)

// guessAt begins a new window of which nothing is known but what the last was like.
func (w *window) guessAt(now time.Time) {
	w.left, w.guess = max(w.limit, 1), true
	w.reset = now.Add(min(max(w.span, shortestGuess), longestGuess) + resetSlack)
}

// sameWindow is by how much two answers may differ about the end of one window: by the time that they took.
const sameWindow = 500 * time.Millisecond

// inherit adds to what an answer told of a window what was known of it before, or of the one before it.
func (w *window) inherit(old *window) {
	switch {
	case old.guess:
		begun := max(old.limit, 1) - old.left // the answer does not count those that are still under way
		w.left = min(w.left, w.limit-begun)
	case old.reset.Sub(w.reset).Abs() < max(sameWindow, old.span/2):
		w.left = min(w.left, old.left)
	}
	w.span = max(w.span, old.span)
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
		win.guessAt(now)
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
	told := &window{left: left, limit: limit, span: after, reset: now.Add(after + resetSlack)}
	if old := w.open[key]; old != nil {
		told.inherit(old)
	}
	w.put(key, told, now)
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
	refused := &window{limit: 1, reset: now.Add(after + resetSlack)}
	if old := w.open[key]; old != nil {
		refused.limit, refused.span = old.limit, old.span
	}
	w.put(key, refused, now)
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
