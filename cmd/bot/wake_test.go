package main

import (
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
	"storyteller/internal/library"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/store"
)

var waking = flag.Int("waking", 1000, "how many readings wake in the same second")

// short is a story of two beats and an ending.
const short = "# title: Short\n# blurb: It is soon over.\nFirst.\nSecond. # beat\n# ending: Out\n-> END\n"

// asleep are readings of the short story whose first beat comes at the same moment: in one server with 200 channels, in
// one with a single channel, and in servers with ten.
func asleep(tb testing.TB, fake *fakediscord.Server, n int, due time.Time) (*fullHouse, []reading.State) {
	tb.Helper()
	story, findings := library.Load(fstest.MapFS{"short.ink": {Data: []byte(short)}}, "short")
	if story == nil {
		tb.Fatal(findings)
	}
	const crowded, usual = 200, 10
	var all []reading.State
	guild := fake.Guild().ID
	for i := range n {
		switch {
		case i == crowded:
			guild = fake.AddGuild("The quiet one").ID
		case i > crowded && (i-crowded-1)%usual == 0:
			guild = fake.AddGuild(fmt.Sprint("The usual one ", i)).ID
		}
		channel, err := fake.AddChannel(fakediscord.Channel{GuildID: guild, Name: fmt.Sprint("c", i)})
		if err != nil {
			tb.Fatal(err)
		}
		s, err := reading.Open(story.Program, reading.Opening{
			ID: strconv.Itoa(1_300_000_000_000_000_000 + i<<22), Place: reading.Place{Guild: guild, Channel: channel.ID},
			Host: houseReaders[0], Program: story.Hash, Story: reading.Story{ID: story.ID, Title: story.Meta.Title}, Seed: uint64(i),
		}, due.Add(-time.Minute))
		if err != nil {
			tb.Fatal(err)
		}
		s, _ = reading.Step(story.Program, s, reading.Posted{Key: reading.CardKey, ID: "1000000000000000001"}, due.Add(-time.Minute))
		s, _ = reading.Step(story.Program, s, reading.Began{By: s.Host}, due.Add(-time.Minute))
		s.Outbox = nil // the card is of no interest here
		s.Due, s.Rest, s.Card = due, time.Minute, ""
		all = append(all, s)
	}
	return &fullHouse{story: story}, all
}

// Many readings wake in the same second: each tells its story once and in order, none is forgotten, a server with 200 of
// them does not hold up one with a single one, Discord's limits are used up and none is broken, and nothing is left of it
// in the end.
func TestManyReadingsWakeAtOnce(t *testing.T) {
	db := filepath.Join(t.TempDir(), "bot.db")
	synctest.Test(t, func(t *testing.T) {
		fake := fakediscord.New(fakediscord.Options{})
		due := time.Now().Add(10 * time.Second)
		house, all := asleep(t, fake, *waking, due)
		house.keep(t, db, all...)
		var g gauge
		h := enterHall(t, fake, db, store.Options{Volatile: true}, g.over)

		const callsEach = 4 // two beats, the ending, and at most one sign of typing
		time.Sleep(time.Until(due) + time.Duration(*waking*callsEach/40)*time.Second + time.Minute)
		places := map[string]bool{}
		for _, s := range all {
			places[s.Place.Guild] = true
			var told []string
			for _, m := range fake.Messages(s.Place.Channel) {
				told = append(told, strings.TrimSpace(m.Text()))
			}
			if len(told) != 3 || told[0] != "First." || told[1] != "Second." || !strings.Contains(told[2], "Out") {
				t.Fatalf("a channel shows %q\n%.2000s", told, h.log.String())
			}
		}
		quiet := fake.Messages(all[200].Place.Channel)[0]
		shown, err := time.Parse(time.RFC3339, quiet.Timestamp)
		if err != nil {
			t.Fatal(err)
		}
		if late := shown.Sub(due.Add(time.Until(fake.Now()))); late > time.Duration(len(places)+callsAtStart)*time.Second/45 {
			t.Errorf("the server with one reading got its first beat after %s; there are %d servers", late, len(places))
		}
		g.check(t, due)
		if v := fake.Violations(); len(v) > 0 {
			t.Errorf("malformed: %q", v)
		}
		if took := h.leave(); took > shutdownLimit {
			t.Errorf("it took %s to stop", took)
		}
		fake.Close() // and the bubble, at its end, lets no goroutine be left in it
	})
}

// callsAtStart is how many calls may be on their way when the readings wake, beside theirs.
const callsAtStart = 10

// check holds the calls against Discord's limit of a second: from the moment given, until most have been made, the bot
// makes nearly as many as it allows itself, and never more than Discord allows.
func (g *gauge) check(t *testing.T, from time.Time) {
	t.Helper()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.exceeded > 0 {
		t.Errorf("%d calls were refused for their number", g.exceeded)
	}
	calls := g.calls[slices.IndexFunc(g.calls, from.Before):]
	most := calls[:len(calls)*3/4] // in the end there is not enough left to do
	const allowed = 45
	used := float64(len(most)) / most[len(most)-1].Sub(from).Seconds() / allowed
	t.Logf("%d calls, %.1f%% of what the bot allows itself", len(calls), 100*used)
	if used < 0.95 {
		t.Errorf("%.1f%% of the calls that are allowed were made", 100*used)
	}
}

// The bot is asked to stop while a thousand readings wait to be told: it stops in time, and after the next start the rest
// is told, each message once.
func TestStoppingUnderLoad(t *testing.T) {
	const readings = 600
	db := filepath.Join(t.TempDir(), "bot.db")
	synctest.Test(t, func(t *testing.T) {
		fake := fakediscord.New(fakediscord.Options{})
		due := time.Now().Add(10 * time.Second)
		house, all := asleep(t, fake, readings, due)
		house.keep(t, db, all...)
		for range 3 {
			h := enterHall(t, fake, db, store.Options{Volatile: true}, nil)
			time.Sleep(max(time.Until(due), 0) + 5*time.Second)
			if took := h.leave(); took > shutdownLimit {
				t.Errorf("it took %s to stop", took)
			}
		}
		h := enterHall(t, fake, db, store.Options{Volatile: true}, nil)
		time.Sleep(10 * time.Minute)
		h.leave()
		for _, s := range all {
			told := fake.Messages(s.Place.Channel)
			if len(told) != 3 || !strings.Contains(told[0].Text(), "First.") || !strings.Contains(told[1].Text(), "Second.") {
				t.Fatalf("a channel shows %d messages\n%.2000s", len(told), h.log.String())
			}
		}
		fake.Close()
	})
}
