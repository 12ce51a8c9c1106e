package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
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
	// Recall returns a note, or nil if there is none. It fails for a note that is damaged; Remember then puts a sound one
	// in its place, and fails itself where the disk is at fault and not the note.
	Recall(ctx context.Context, name string) ([]byte, error)
}

// logins is the budget of Identifies.
type logins struct {
	memory Memory
	log    *slog.Logger
}

// spend takes an Identify from the budget, on disk, before it is used. If there is none to be had it says how long to
// wait and takes nothing.
func (l logins) spend(ctx context.Context, now time.Time) (wait time.Duration, err error) {
	times, asNoted, err := l.times(ctx, now)
	if err != nil {
		return 0, err
	}
	if wait = untilLogin(times, now); wait == 0 {
		times = append(times, now)
	} else if asNoted {
		return wait, nil
	}
	stamps := make([]int64, len(times))
	for i, t := range times {
		stamps[i] = t.UnixMilli()
	}
	note, err := json.Marshal(stamps)
	if err != nil {
		return 0, err
	}
	if err := l.memory.Remember(ctx, loginsNote, note); err != nil {
		return 0, fmt.Errorf("the login cannot be noted: %w", err)
	}
	return wait, nil
}

// untilLogin says how long to wait before another Identify may follow those of the last day.
func untilLogin(times []time.Time, now time.Time) time.Duration {
	n := len(times)
	if n == 0 {
		return 0
	}
	space := loginSpace
	if n >= hastyLogins {
		space = thriftySpace
	}
	next := times[n-1].Add(space)
	if n >= maxLogins {
		next = later(next, times[n-maxLogins].Add(loginDay))
	}
	return max(0, next.Sub(now))
}

// times lists the Identifies of the last day, oldest first. asNoted says that they are what the note holds; otherwise it
// has to be written anew, or it would be read the same way each time.
func (l logins) times(ctx context.Context, now time.Time) (times []time.Time, asNoted bool, err error) {
	note, err := l.memory.Recall(ctx, loginsNote)
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	var stamps []int64
	if err == nil && note != nil {
		err = json.Unmarshal(note, &stamps)
	}
	if err != nil {
		l.log.Error("the logins of the last day cannot be read; they are counted anew, as if there had been many", "error", err)
		return assumed(now), false, nil
	}
	asNoted = true
	for _, ms := range stamps {
		t := time.UnixMilli(ms)
		if t.After(now) {
			t, asNoted = now, false // one of the two clocks is wrong; it may have been a moment ago
		}
		if now.Sub(t) < loginDay {
			times = append(times, t)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	return times, asNoted, nil
}

// assumed stands for Identifies that nobody knows of any more: all the hasty ones, the last of them at such a time that
// loginSpace has to pass before the next. So for a day the next ones come at thriftySpace. Those that are forgotten did
// as well after hastyLogins of them, so that 24 hours still hold little more than maxLogins.
func assumed(now time.Time) []time.Time {
	return slices.Repeat([]time.Time{now.Add(loginSpace - thriftySpace)}, hastyLogins)
}
