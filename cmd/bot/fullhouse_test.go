package main

import (
	"context"
	"errors"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"storyteller/internal/library"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
	"storyteller/internal/store"
	"storyteller/stories"
)

// fullHouse makes many readings of the bot's own story, each in the middle of its evening.
type fullHouse struct {
	story  *library.Story
	voting reading.State // the fifth vote is open, three of five readers have voted
	beat   reading.State // the rest after a beat some way on
	log    []reading.Entry
	guilds []string // that the readings are in
}

// houseReaders are the members who listen to each reading.
var houseReaders = []string{"300000000000000001", "300000000000000002", "300000000000000003", "300000000000000004", "300000000000000005"}

const (
	houseVote  = 5  // the vote that is open where the readings are
	houseGuild = 50 // readings in one guild: Discord lets a bot like this into 2,500 of them

	houseWait = 2 * time.Hour // the longest that anything is away
)

func newFullHouse(tb testing.TB) *fullHouse {
	tb.Helper()
	shelf := library.New(library.Source{Name: "own", FS: stories.FS})
	shelf.Reload(tb.Context())
	story, ok := shelf.Story("last-dance")
	if !ok {
		tb.Fatal("the story is not there")
	}
	c := &fullHouse{story: story}
	now := time.Now()
	s, err := reading.Open(story.Program, reading.Opening{
		ID: houseID(0), Place: housePlace(0), Host: houseReaders[0], Program: story.Hash, Seed: 7,
		Story: reading.Story{
			ID: story.ID, Title: story.Meta.Title, Author: story.Meta.Author, Blurb: story.Meta.Blurb, Language: story.Meta.Language,
			Warning: story.Meta.Warning, Color: story.Meta.Color, Cover: story.Meta.Cover, Minutes: story.Meta.Minutes,
			Votes: story.Meta.Votes, Endings: len(story.Meta.Endings),
		},
	}, now)
	if err != nil {
		tb.Fatal(err)
	}
	step := func(e reading.Event) {
		var effects []reading.Effect
		s, effects = reading.Step(story.Program, s, e, now)
		for _, effect := range effects {
			if entry, ok := effect.(reading.Entry); ok {
				c.log = append(c.log, entry)
			}
		}
	}
	for _, reader := range houseReaders {
		step(reading.Joined{Reader: reader})
	}
	for n := 1; ; n++ {
		switch {
		case len(s.Outbox) > 0:
			step(reading.Posted{Key: s.Outbox[0].Key, ID: strconv.Itoa(1_400_000_000_000_000_000 + n)})
			if s.Phase == reading.Telling && s.Votes >= houseVote-1 {
				c.beat = s
			}
			continue
		case s.Phase == reading.Voting && s.Votes == houseVote:
			c.voting = s
		case s.Phase == reading.Voting:
			step(reading.Voted{Vote: s.Vote.Number, Voter: s.Host, Order: uint64(n)})
		}
		if c.voting.ID != "" {
			return c
		}
		if s.Phase == reading.Over || s.Phase == reading.OnHold {
			tb.Fatalf("the reading does not get to vote %d: %s", houseVote, s.Phase)
		}
		now = s.Wake()
		step(reading.Ticked{})
	}
}

func houseID(i int) string { return strconv.Itoa(1_300_000_000_000_000_000 + i<<22) }

func housePlace(i int) reading.Place {
	return reading.Place{
		Guild:   strconv.Itoa(1_100_000_000_000_000_000 + i/houseGuild),
		Channel: strconv.Itoa(1_200_000_000_000_000_000 + i),
	}
}

// member is reading number i; what it waits for comes at the time given.
func (c *fullHouse) member(i int, due time.Time) reading.State {
	s := c.beat
	if i%2 == 0 {
		s = c.voting
		v := *s.Vote
		v.Closes, v.Ballots = due, make(vote.Ballots)
		v.For, v.Left = houseWait, houseWait
		s.Vote = &v
	} else {
		s.Due, s.Rest = due, houseWait
	}
	s.ID, s.Place, s.Seed = houseID(i), housePlace(i), uint64(i)
	s.Place.Guild = c.guilds[i/houseGuild]
	return s
}

// fill writes n readings into a new database, each waiting for the moment that due tells.
func (c *fullHouse) fill(tb testing.TB, path string, n int, due func(i int) time.Time) {
	tb.Helper()
	db, err := store.Open(path, store.Options{Volatile: true})
	if err != nil {
		tb.Fatal(err)
	}
	ctx := context.Background()
	if err := db.KeepBundle(ctx, c.story.Hash, c.story.Bundle()); err != nil {
		tb.Fatal(err)
	}
	if err := db.Alive(ctx, time.Now(), 0); err != nil {
		tb.Fatal(err)
	}
	const writers = 1000 // what shares a commit
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for i := w; i < n; i += writers {
				s := c.member(i, due(i))
				if err := db.Save(ctx, s, c.log); err != nil {
					tb.Error(err)
					return
				}
				for j, voter := range houseReaders[:3] {
					if s.Vote == nil {
						break
					}
					if err := db.Cast(ctx, s.ID, s.Vote.Number, vote.Ballot{Voter: voter, Order: uint64(i + j)}); err != nil {
						tb.Error(err)
						return
					}
				}
			}
		})
	}
	all.Wait()
	if err := db.Close(); err != nil {
		tb.Fatal(err)
	}
	settle(tb, path)
}

// settle has the disk finish what was written to a file, so that nothing of it is left to do for whoever is measured.
func settle(tb testing.TB, path string) {
	tb.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err == nil {
		err = errors.Join(f.Sync(), f.Close())
	}
	if err != nil {
		tb.Fatal(err)
	}
}
