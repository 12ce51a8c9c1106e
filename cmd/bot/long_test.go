package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"testing/fstest"
	"time"

	"storyteller/internal/commands"
	"storyteller/internal/ink"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/store"
)

// saga is a story of 10,000 beats with a vote after every twenty.
const saga = `VAR n = 0
-> again
=== again
~ n++
{n > 10000: -> END}
This is the part of the story that is told in beat {n}, and it is as long as parts of stories are. # beat
{n % 20 == 0: -> fork}
-> again
=== fork
+ [Go on to the left of beat {n}]
+ [Go on to the right of beat {n}]
- -> again
`

// A story may be as long as it likes: what is held in memory and written with every step stays as small as it was after
// the first five hundred beats, all of it is in the log on the disk, and the transcript fits a message.
func TestAStoryOfTenThousandBeats(t *testing.T) {
	program, err := ink.Compile(fstest.MapFS{"saga.ink": {Data: []byte(saga)}}, "saga.ink")
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(filepath.Join(t.TempDir(), "bot.db"), store.Options{Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	now := time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC)
	s, err := reading.Open(program, reading.Opening{
		ID: houseID(1), Place: housePlace(1), Host: "host", Story: reading.Story{ID: "saga", Title: "Saga"}, Program: "hash", Seed: 1,
	}, now)
	if err != nil {
		t.Fatal(err)
	}
	var early, largest int
	step := func(e reading.Event) {
		before := s.Revision
		next, effects := reading.Step(program, s, e, now)
		if s = next; s.Revision == before {
			return
		}
		if err := db.Save(t.Context(), s, reading.Entries(effects)); err != nil {
			t.Fatal(err)
		}
		record, err := reading.Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(s.Outbox, func(m reading.Message) bool { return m.Ending != nil }) {
			return // the last message tells the ways not taken once more
		}
		if largest = max(largest, len(record)); s.Beats < 500 { // by then the votes that are remembered are at their most
			early = largest
		}
	}
	for n := 1; !s.Finished(); n++ {
		switch {
		case len(s.Outbox) > 0:
			step(reading.Posted{Key: s.Outbox[0].Key, ID: strconv.Itoa(1_400_000_000_000_000_000 + n)})
		case s.Phase == reading.Voting && len(s.Vote.Ballots) == 0:
			step(reading.Voted{Vote: s.Vote.Number, Option: n % 2, Voter: s.Host, Order: uint64(n)})
		case s.Phase == reading.OnHold || n > 100_000:
			t.Fatalf("the story does not end: %d beats, %s", s.Beats, s.Phase)
		default:
			now = s.Wake()
			step(reading.Ticked{})
		}
	}
	if s.Beats != 10_000 || s.Fault != "" {
		t.Fatalf("%d beats were told: %s", s.Beats, s.Fault)
	}
	if largest > early*11/10 {
		t.Errorf("the record grew from %d to %d bytes", early, largest)
	}
	checkSaga(t, db, s)
}

// checkSaga looks into the log for every beat and vote, and at the transcript.
func checkSaga(t *testing.T, db *store.Store, s reading.State) {
	t.Helper()
	log, err := db.Log(t.Context(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	beats, votes := 0, 0
	for _, e := range log {
		if e.Beat != nil {
			if beats++; e.Beat.Text != fmt.Sprintf("This is the part of the story that is told in beat %d, and it is as long as parts of stories are.", beats) {
				t.Fatalf("beat %d is %q", beats, e.Beat.Text)
			}
		}
		if e.Vote != nil {
			votes++
		}
	}
	if beats != 10_000 || votes != 500 {
		t.Errorf("the log has %d beats and %d votes", beats, votes)
	}
	if text := commands.Transcript(s, log); len(text) > commands.MaxTranscript || len(text) < 10_000*90 {
		t.Errorf("the transcript has %d bytes", len(text))
	}
}
