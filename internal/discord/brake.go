package discord

import (
	"sync"
	"time"
)

// Discord has Cloudflare ban an address that gets 10,000 answers of 401, 403 or 429 within ten minutes. The brake stops
// every call at half of that: something is wrong then that more calls do not mend.
// Source: https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
const (
	maxInvalid  = 5000
	invalidSpan = 10 * time.Minute
	invalidStep = time.Minute // answers are counted by the minute
	// invalidRest is how long everything rests then: until all that was counted is forgotten.
	invalidRest = invalidSpan + invalidStep
)

// brake stops calls to all of Discord for a time: the bot's own, because of a global rate limit, or every one, because
// of too many invalid answers or of Cloudflare.
type brake struct {
	mu      sync.Mutex
	invalid map[int64]int // by minute
	global  time.Time     // the bot's calls wait until then
	all     time.Time     // every call waits until then

	resting func(until time.Time) // told when every call is stopped
}

func newBrake() *brake { return &brake{invalid: map[int64]int{}, resting: func(time.Time) {}} }

// wait says how long a call has to wait. Interactions are exempt from the bot's global limit.
func (b *brake) wait(now time.Time, exempt bool) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	until := b.all
	if !exempt && b.global.After(until) {
		until = b.global
	}
	return max(until.Sub(now), 0)
}

// holdGlobal stops the bot's calls.
func (b *brake) holdGlobal(now time.Time, after time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.global = later(b.global, now.Add(after))
}

// holdAll stops every call.
func (b *brake) holdAll(now time.Time, after time.Duration) {
	b.mu.Lock()
	before := b.all
	b.all = later(b.all, now.Add(after))
	until := b.all
	b.mu.Unlock()
	if until.After(before) {
		b.resting(until)
	}
}

// count notes an invalid answer. When there have been too many it stops every call until enough of them are old, and
// says so.
func (b *brake) count(now time.Time) (stopped bool) {
	if !b.tooMany(now) {
		return false
	}
	b.holdAll(now, invalidRest)
	return true
}

// tooMany counts one more; true if that is one too many and calls go on still.
func (b *brake) tooMany(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	minute := now.UnixNano() / int64(invalidStep)
	b.invalid[minute]++
	total := 0
	for m, n := range b.invalid {
		// The minute in which the span begins counts whole: rather a little too much than too little.
		if m < minute-int64(invalidSpan/invalidStep) {
			delete(b.invalid, m)
			continue
		}
		total += n
	}
	return total >= maxInvalid && !b.all.After(now)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
