package narrate_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
)

// nonceLasts is how long the simulated Discord knows a nonce, and safeNonce for how long a stage relies on it.
const (
	nonceLasts = 3 * time.Minute
	safeNonce  = 2 * time.Minute
)

// screen is what the channels show.
type screen struct {
	shown     []*shown // by id
	channels  map[string][]*shown
	nonces    map[string]*shown // by reading and key
	forbidden map[string]time.Time
	gone      map[string]bool
	away      map[string]bool // guilds
	tries     int
}

// shown is a message on screen.
type shown struct {
	id      int
	reading string
	key     string
	at      time.Time
	deleted bool
	reading.Message
}

func newScreen() screen {
	return screen{
		channels: map[string][]*shown{}, nonces: map[string]*shown{}, forbidden: map[string]time.Time{}, gone: map[string]bool{}, away: map[string]bool{},
	}
}

// deletePaper has a moderator delete the message of an open vote.
func (w *world) deletePaper() {
	i := w.pick(people, evenings)
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range w.channels[place(i).Channel] {
		if m.Poll != nil && m.Poll.Status == reading.StatusOpen {
			m.deleted = true
		}
	}
}

// forbid takes the bot's permissions in a channel for a while.
func (w *world) forbid(d time.Duration) {
	channel := place(w.pick(people, evenings)).Channel
	w.mu.Lock()
	defer w.mu.Unlock()
	w.forbidden[channel] = time.Now().Add(d)
}

// deleteChannel ends a channel for good. The bot may or may not hear of it.
func (w *world) deleteChannel() {
	at := place(w.pick(people, evenings))
	w.mu.Lock()
	w.gone[at.Channel] = true
	w.mu.Unlock()
	if w.happens(people, 0.5) {
		w.bot().ChannelGone(at.Guild, at.Channel)
	}
}

var guilds = []string{place(0).Guild, place(1).Guild}

// login is what a bot hears when it has logged in: which guilds there are, and then of each that is not away that it is there.
func (w *world) login() {
	w.bot().GuildsAre(guilds)
	for _, guild := range guilds {
		if !w.away[guild] {
			w.bot().GuildUnavailable(guild, false)
		}
	}
}

// outage takes a guild away for a while.
func (w *world) outage() {
	guild := guilds[w.pick(people, len(guilds))]
	w.away[guild] = true
	w.bot().GuildUnavailable(guild, true)
}

func (w *world) endOutages() {
	for _, guild := range guilds {
		if w.away[guild] {
			delete(w.away, guild)
			w.bot().GuildUnavailable(guild, false)
		}
	}
}

// lock locks a thread and unlocks it after a while.
func (w *world) lock() {
	at := place(w.pick(people, evenings))
	w.bot().ThreadChanged(at.Guild, at.Channel, true)
	wait := time.Duration(w.pick(people, 60)) * time.Second
	w.presses.Go(func() {
		time.Sleep(wait)
		w.bot().ThreadChanged(at.Guild, at.Channel, false)
	})
}

// frailStage loses messages before and after they are shown, refuses some, and is slow.
type frailStage struct{ life }

func (f *frailStage) Post(ctx context.Context, p narrate.Posting) (string, error) {
	if err := f.receive(p); err != nil {
		return "", err
	}
	if f.w.planted == newNonce && !p.Tried.IsZero() {
		f.w.mu.Lock()
		f.w.tries++
		p.Message.Key += fmt.Sprint("-", f.w.tries)
		f.w.mu.Unlock()
	}
	lookBack := p.Inherited || !p.Tried.IsZero() && time.Since(p.Tried) > safeNonce
	if f.w.planted == neverLooksBack {
		lookBack = false
	}
	id := f.show(p, lookBack)
	site := "shown " + p.Reading
	f.w.strike(site, endsAt)
	if f.over() || f.w.happens(site, 0.1) {
		return "", errWorld // shown, and the answer is lost
	}
	return strconv.Itoa(id), nil
}

// receive is what becomes of a call before Discord acts on it.
func (f *frailStage) receive(p narrate.Posting) error {
	site := "call " + p.Reading
	if f.w.happens(site, 0.3) {
		time.Sleep(time.Duration(f.w.pick(site, 20_000)) * time.Millisecond)
	}
	if f.w.happens(site, 0.01) {
		time.Sleep(time.Duration(f.w.pick(site, 10)) * time.Minute) // an outage
	}
	f.w.strike(site, endsAt)
	if f.over() || f.w.happens(site, 0.1) {
		return errWorld
	}
	f.w.mu.Lock()
	gone, forbidden := f.w.gone[p.Place.Channel], time.Now().Before(f.w.forbidden[p.Place.Channel])
	f.w.mu.Unlock()
	switch {
	case gone:
		return &narrate.StageError{Reason: reading.ChannelGone, Err: errWorld}
	case forbidden || f.w.happens(site, 0.02):
		return &narrate.StageError{Reason: reading.NotAllowed, Err: errWorld}
	case f.w.happens(site, 0.03):
		return &narrate.StageError{After: time.Duration(f.w.pick(site, 30)) * time.Second, Err: errWorld}
	}
	return nil
}

// show is what Discord does: the same nonce twice within a while shows nothing new, and what is shown is in the history.
func (f *frailStage) show(p narrate.Posting, lookBack bool) int {
	f.w.mu.Lock()
	defer f.w.mu.Unlock()
	key := p.Reading + "/" + p.Message.Key
	if lookBack {
		after, _ := strconv.Atoi(p.After)
		for _, m := range f.w.channels[p.Place.Channel] {
			if m.id > after && !m.deleted && m.reading == p.Reading && m.key == p.Message.Key {
				return m.id
			}
		}
	}
	f.w.note("%s shows %s", p.Reading, p.Message.Key)
	if m := f.w.nonces[key]; m != nil && time.Since(m.at) < nonceLasts {
		return m.id
	}
	m := &shown{id: len(f.w.shown) + 1, reading: p.Reading, key: p.Message.Key, at: time.Now(), Message: p.Message}
	f.w.shown = append(f.w.shown, m)
	f.w.nonces[key] = m
	f.w.channels[p.Place.Channel] = append(f.w.channels[p.Place.Channel], m)
	return m.id
}

func (f *frailStage) Edit(ctx context.Context, p narrate.Posting) error {
	if err := f.receive(p); err != nil {
		return err
	}
	site := "edited " + p.Reading
	f.w.note("%s edits %s %s by %s", p.Reading, p.Message.Edit, p.Message.ID, p.Message.Key)
	id, err := strconv.Atoi(p.Message.ID)
	missing := f.w.happens(site, 0.02)
	f.w.mu.Lock()
	if err != nil || id < 1 || id > len(f.w.shown) {
		missing = true
	} else if m := f.w.shown[id-1]; m.deleted || missing && m.Poll != nil {
		m.deleted, missing = true, true
	} else {
		key := m.Message.Key
		m.Message, missing = p.Message, false
		m.Message.Key = key
	}
	f.w.mu.Unlock()
	switch {
	case missing:
		return &narrate.StageError{Reason: reading.MessageMissing, Err: errWorld}
	case f.over() || f.w.happens(site, 0.1):
		return errWorld
	}
	return nil
}

func (f *frailStage) Typing(_ context.Context, at reading.Place) error {
	if f.w.happens("typing "+at.Channel, 0.2) {
		return errWorld
	}
	return nil
}

func (f *frailStage) TellHost(context.Context, narrate.Waiting) error { return errWorld }

// beats are the texts that a channel shows, in order.
func (c *screen) beats(channel string) []string {
	var texts []string
	for _, m := range c.channels[channel] {
		if m.Beat != nil {
			texts = append(texts, m.Beat.Text)
		}
	}
	return texts
}

// result says whether a channel shows how a vote ended.
func (c *screen) result(channel string, closed *reading.Poll) bool {
	return slices.ContainsFunc(c.channels[channel], func(m *shown) bool {
		return !m.deleted && m.Poll != nil && m.Poll.Number == closed.Number && m.Poll.Status == closed.Status && slices.Equal(m.Poll.Tally, closed.Tally)
	})
}
