package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/store"
	"storyteller/internal/testlog"
)

// hall is the whole bot on a database that was made beforehand, without a socket.
type hall struct {
	tb      testing.TB
	fake    *fakediscord.Server
	app     *app
	log     testlog.Buffer
	stop    context.CancelFunc
	stopped chan error
}

// enterHall starts the bot. through may stand between it and Discord; nil for nothing.
func enterHall(tb testing.TB, fake *fakediscord.Server, db string, o store.Options, through func(http.RoundTripper) http.RoundTripper) *hall {
	tb.Helper()
	h := &hall{tb: tb, fake: fake, stopped: make(chan error, 1)}
	log := slog.New(slog.NewTextHandler(&h.log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	transport := fake.Transport()
	if through != nil {
		transport = through(transport)
	}
	a, err := build(tb.Context(), wiring{
		settings: settings{token: fakediscord.DefaultToken, db: db, log: log}, transport: transport, dial: fake.DialGateway, store: o,
	})
	if err != nil {
		tb.Fatal(err)
	}
	h.app = a
	ctx, cancel := context.WithCancel(tb.Context())
	h.stop = cancel
	go func() { h.stopped <- a.run(ctx) }()
	select {
	case <-a.bot.Ready():
	case err := <-h.stopped:
		tb.Fatalf("the bot did not come up: %v", err)
	}
	return h
}

// leave stops the bot and returns how long that took.
func (h *hall) leave() time.Duration {
	h.tb.Helper()
	began := time.Now()
	h.stop()
	if err := <-h.stopped; err != nil {
		h.tb.Errorf("the bot stopped with an error: %v", err)
	}
	return time.Since(began)
}

// ballotBox is one open vote whose message is still to be shown, in the fake's first channel.
func (c *fullHouse) ballotBox(fake *fakediscord.Server, closes time.Duration) reading.State {
	s := c.voting
	s.Place = reading.Place{Guild: fake.Guild().ID, Channel: fake.Channels("")[0].ID}
	v := *s.Vote
	v.For, v.Left, v.Closes, v.Early, v.Message = closes, closes, time.Now().Add(closes), time.Time{}, ""
	v.Ballots = nil
	s.Vote = &v
	s.Started = time.Now()
	s.Outbox = []reading.Message{{Key: v.Key, Poll: &reading.Poll{Number: v.Number, Options: v.Options, Status: reading.StatusOpen, Chosen: -1, Closes: v.Closes}}}
	return s
}

// keep writes readings into a new database.
func (c *fullHouse) keep(tb testing.TB, path string, all ...reading.State) {
	tb.Helper()
	db, err := store.Open(path, store.Options{Volatile: true})
	if err != nil {
		tb.Fatal(err)
	}
	if err := db.KeepBundle(tb.Context(), c.story.Hash, c.story.Bundle()); err != nil {
		tb.Fatal(err)
	}
	for _, s := range all {
		if err := db.Save(tb.Context(), s, nil); err != nil {
			tb.Fatal(err)
		}
	}
	if err := errors.Join(db.Alive(tb.Context(), time.Now(), 0), db.Close()); err != nil {
		tb.Fatal(err)
	}
}

// buttons waits for the vote and returns its message and what its buttons send.
func (h *hall) buttons(ctx context.Context, channel string) (message string, customs []string) {
	h.tb.Helper()
	var walk func([]fakediscord.Component)
	walk = func(list []fakediscord.Component) {
		for _, c := range list {
			if c.CustomID != "" {
				customs = append(customs, c.CustomID)
			}
			walk(c.Components)
		}
	}
	m, err := h.fake.WaitMessage(ctx, channel, func(m fakediscord.Message) bool {
		customs = nil
		walk(m.Components)
		return len(customs) > 1
	})
	if err != nil {
		h.tb.Fatalf("no vote is shown: %v\n%s", err, h.log.String())
	}
	return m.ID, customs
}

// voters joins so many members to the server.
func voters(tb testing.TB, fake *fakediscord.Server, n int) []string {
	tb.Helper()
	ids := make([]string, n)
	for i := range ids {
		m, err := fake.AddMember(fakediscord.Member{Username: fmt.Sprint("reader", i), DisplayName: fmt.Sprint("Reader ", i)})
		if err != nil {
			tb.Fatal(err)
		}
		ids[i] = m.ID
	}
	return ids
}

// A room that presses a thousand times a second: every press is answered, every member's last one counts, and the count on
// screen is brought up to date no oftener than usual.
func TestAThousandPressesASecond(t *testing.T) {
	const members, seconds, perSecond = 1500, 4, 1000
	db := filepath.Join(t.TempDir(), "bot.db")
	c := newFullHouse(t)
	synctest.Test(t, func(t *testing.T) {
		fake := fakediscord.New(fakediscord.Options{})
		defer fake.Close()
		box := c.ballotBox(fake, time.Minute)
		c.keep(t, db, box)
		h := enterHall(t, fake, db, store.Options{Volatile: true}, nil)
		ids := voters(t, fake, members)
		message, options := h.buttons(t.Context(), box.Place.Channel)

		last := make([]int, members)
		presses := make([]string, 0, seconds*perSecond)
		began := time.Now()
		for i := range seconds * perSecond {
			who, option := i%members, (i/7)%len(options)
			id, err := fake.Press(fakediscord.PressInput{User: ids[who], Channel: box.Place.Channel, Message: message, CustomID: options[option]})
			if err != nil {
				t.Fatal(err)
			}
			last[who] = option
			presses = append(presses, id)
			time.Sleep(time.Until(began.Add(time.Duration(i+1) * time.Second / perSecond)))
		}
		for _, id := range presses {
			o, err := fake.WaitOutcome(t.Context(), id)
			if err != nil || o.Message == nil {
				t.Fatalf("a press was not answered: %+v, %v\n%s", o, err, h.log.String())
			}
		}
		edits := 0
		for _, e := range fake.Ledger() {
			if e.Kind == "edit" && e.Message.ID == message {
				edits++
			}
		}
		if most := seconds/int(reading.RefreshEvery.Seconds()) + 2; edits > most || edits == 0 {
			t.Errorf("the count was edited %d times in %d s, want at most %d", edits, seconds, most)
		}
		time.Sleep(2 * time.Minute) // the vote closes
		want := make([]int, len(options))
		for _, option := range last {
			want[option]++
		}
		h.checkTally(box.ID, box.Vote.Number, want)
		h.leave()
	})
}

// checkTally looks into the log for what a vote came to.
func (h *hall) checkTally(id string, number int, want []int) {
	h.tb.Helper()
	log, err := h.app.store.Log(h.tb.Context(), id)
	if err != nil {
		h.tb.Fatal(err)
	}
	for _, e := range log {
		if e.Vote != nil && e.Vote.Number == number {
			if !slices.Equal(e.Vote.Tally, want) {
				h.tb.Errorf("the vote closed with %v, want %v", e.Vote.Tally, want)
			}
			return
		}
	}
	h.tb.Errorf("the vote did not close:\n%s", h.log.String())
}

// gauge stands between the bot and Discord and notes when calls go out and whether a limit was broken.
type gauge struct {
	next http.RoundTripper

	mu       sync.Mutex
	calls    []time.Time          // of those that count against the bot's limit
	answers  map[string]time.Time // first answer to an interaction, by its id
	exceeded int                  // answers of status 429
}

func (g *gauge) over(next http.RoundTripper) http.RoundTripper {
	g.next, g.answers = next, make(map[string]time.Time)
	return g
}

// RoundTrip implements http.RoundTripper.
func (g *gauge) RoundTrip(req *http.Request) (*http.Response, error) {
	now := time.Now()
	parts := strings.Split(strings.TrimPrefix(req.URL.Path, "/api/v10/"), "/")
	g.mu.Lock()
	switch parts[0] {
	case "interactions":
		if _, known := g.answers[parts[1]]; !known {
			g.answers[parts[1]] = now
		}
	case "webhooks":
	default:
		g.calls = append(g.calls, now)
	}
	g.mu.Unlock()
	resp, err := g.next.RoundTrip(req)
	if err == nil && resp.StatusCode == http.StatusTooManyRequests {
		g.mu.Lock()
		g.exceeded++
		g.mu.Unlock()
	}
	return resp, err
}
