package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Discord allows 1,000 Identifies in 24 hours; one more ends every session and resets the token. The times of the bot's
// are kept on disk, so that a bot that is restarted again and again cannot use them up. The rest is left for whoever
// else may use the token.
// Source: https://discord.com/developers/docs/events/gateway#session-start-limit-object
const (
	maxLogins  = 800
	loginDay   = 24 * time.Hour
	loginSpace = 5 * time.Second // Discord takes one Identify in 5 s
	loginsNote = "identifies"    // the name of the note in Memory

	// hastyLogins may follow each other at loginSpace. The rest is spread over the day, so that a bot that is restarted
	// for ever, or a link that breaks for ever, never runs out of logins and stays away for hours.
	hastyLogins  = maxLogins / 2
	thriftySpace = loginDay / (maxLogins - hastyLogins)
)

// Memory keeps small notes over restarts.
type Memory interface {
	// Remember keeps a note under a name, in place of an earlier one.
	Remember(ctx context.Context, name string, note []byte) error
	// Recall returns a note, or nil if there is none.
	Recall(ctx context.Context, name string) ([]byte, error)
}

// logins is the budget of Identifies.
type logins struct {
	memory Memory
}

// spend takes an Identify from the budget, on disk, before it is used. If there is none to be had it says how long to
// wait and takes nothing.
func (l logins) spend(ctx context.Context, now time.Time) (wait time.Duration, err error) {
	times, err := l.times(ctx, now)
	if err != nil {
		return 0, err
	}
	if n := len(times); n > 0 {
		space := loginSpace
		if n >= hastyLogins {
			space = thriftySpace
		}
		next := times[n-1].Add(space)
		if n >= maxLogins {
			next = later(next, times[n-maxLogins].Add(loginDay))
		}
		if now.Before(next) {
			return next.Sub(now), nil
		}
	}
	stamps := make([]int64, 0, len(times)+1)
	for _, t := range append(times, now) {
		stamps = append(stamps, t.UnixMilli())
	}
	note, err := json.Marshal(stamps)
	if err != nil {
		return 0, err
	}
	if err := l.memory.Remember(ctx, loginsNote, note); err != nil {
		return 0, fmt.Errorf("the login cannot be noted: %w", err)
	}
	return 0, nil
}

// times lists the Identifies of the last day, oldest first.
func (l logins) times(ctx context.Context, now time.Time) ([]time.Time, error) {
	note, err := l.memory.Recall(ctx, loginsNote)
	if err != nil {
		return nil, fmt.Errorf("the logins of the last day cannot be read: %w", err)
	}
	if note == nil {
		return nil, nil
	}
	var stamps []int64
	if err := json.Unmarshal(note, &stamps); err != nil {
		return nil, fmt.Errorf("the logins of the last day cannot be read: %w", err)
	}
	var times []time.Time
	for _, ms := range stamps {
		t := time.UnixMilli(ms)
		if t.After(now) {
			t = now // one of the two clocks is wrong; it may have been a moment ago
		}
		if now.Sub(t) < loginDay {
			times = append(times, t)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	return times, nil
}
