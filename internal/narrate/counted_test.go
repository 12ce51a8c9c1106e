package narrate_test

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"storyteller/internal/library"
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
	path := filepath.Join(t.TempDir(), "test.db")
	story, findings := library.Load(fstest.MapFS{"tale.ink": {Data: []byte("# title: T\n# vote: 30s\nOnce.\n* [Left]\n  Left.\n* [Right]\n  Right.\n- # ending: E\n-> END\n")}}, "tale")
	if findings.Failed() {
		t.Fatal(findings)
	}
	synctest.Test(t, func(t *testing.T) {
		stage := &wall{}
		life := func(fails int, live func(n *narrate.Narrator, db *store.Store)) {
			db, err := store.Open(path, store.Options{Volatile: true})
			if err != nil {
				t.Fatal(err)
			}
			n := narrate.New(narrate.Config{Store: &forgetful{Store: db, fails: fails}, Stage: stage})
			if err := n.Load(t.Context()); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- n.Run(ctx) }()
			synctest.Wait()
			live(n, db)
			cancel()
			<-done
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		life(0, func(n *narrate.Narrator, _ *store.Store) {
			if _, err := n.Start(t.Context(), narrate.Opening{ID: "1", Place: reading.Place{Guild: "5", Channel: "7"}, Host: "6", Story: story}); err != nil {
				t.Fatal(err)
			}
			time.Sleep(80 * time.Second) // the lobby closes by itself, and the vote opens
		})
		told := false
		life(1, func(n *narrate.Narrator, db *store.Store) {
			a, err := n.Do(t.Context(), "1", reading.Voted{Vote: 1, Option: 1, Voter: "9", Order: 100})
			told = err == nil && a.Outcome == reading.Counted
			if !told && err == nil {
				t.Fatalf("the voter is told %+v", a)
			}
			time.Sleep(5 * time.Minute)
			log, err := db.Log(t.Context(), "1")
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range log {
				if e.Vote != nil {
					if counts := len(e.Vote.Tally) == 2 && e.Vote.Tally[1] == 1; counts != told {
						t.Errorf("the vote came out as %v; the voter was told that it counts: %v", e.Vote.Tally, told)
					}
					return
				}
			}
			t.Errorf("the vote did not close: %+v", log)
		})
	})
}
