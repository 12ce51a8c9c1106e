package narrate_test

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/store"
)

// forgetful is a store that cannot read a story at its first tries.
type forgetful struct {
	*store.Store
	mu    sync.Mutex
	fails int
}

func (f *forgetful) Bundle(ctx context.Context, hash string) ([]byte, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fails > 0 {
		f.fails--
		return nil, false, errors.New("the disk is not well")
	}
	return f.Store.Bundle(ctx, hash)
}

// wall is a stage that shows everything.
type wall struct {
	mu sync.Mutex
	n  int
}

func (w *wall) Post(context.Context, narrate.Posting) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.n++
	return strconv.Itoa(1000 + w.n), nil
}

func (w *wall) Edit(context.Context, narrate.Posting) error { return nil }
func (w *wall) Typing(context.Context, reading.Place) error { return nil }

func (w *wall) TellHost(context.Context, narrate.Waiting) error { return nil }

// A ballot comes after a restart, when the story itself cannot be read yet. If the voter is told that it counts, it does.
func TestABallotCountsWhenItsStoryIsReadLater(t *testing.T) {
	inScene(t, narrate.Config{}, func(s *scene) {
		id := s.opens(shortStory(t, "tale"), "5", 1)
		s.until(id, reading.Voting)
		synctest.Wait() // the paper is shown, and known to be
		s.stop()
		s.run(narrate.Config{Store: &forgetful{Store: s.db, fails: 1}})
		a, err := s.Do(s.Context(), id, reading.Voted{Vote: 1, Option: 1, Voter: "9", Order: 100})
		told := err == nil && a.Outcome == reading.Counted
		if !told && err == nil {
			s.Fatalf("the voter is told %+v", a)
		}
		time.Sleep(5 * time.Minute)
		log, err := s.db.Log(s.Context(), id)
		if err != nil {
			s.Fatal(err)
		}
		for _, e := range log {
			if e.Vote == nil {
				continue
			}
			if counts := len(e.Vote.Tally) == 2 && e.Vote.Tally[1] == 1; counts != told {
				s.Errorf("the vote came out as %v; the voter was told that it counts: %v", e.Vote.Tally, told)
			}
			return
		}
		s.Errorf("the vote did not close: %+v", log)
	})
}
