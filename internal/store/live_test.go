package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"

	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
)

// housed is a store with so many readings that they are decoded in many batches, and their ids in order.
func housed(t *testing.T) (*Store, []string) {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "test.db"), Options{Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	_, r := voting(t, "1")
	ids := make([]string, 2*mostDecoders*batchOf+17)
	var all sync.WaitGroup
	for i := range ids {
		ids[i] = fmt.Sprint(10_000 + i)
		all.Go(func() {
			one := r
			one.ID, one.Seed = ids[i], uint64(i)
			if err := s.Save(t.Context(), one, nil); err != nil {
				t.Error(err)
			}
			if err := s.Cast(t.Context(), one.ID, 1, vote.Ballot{Voter: "anna", Order: uint64(i + 1)}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	return s, ids
}

// However many decode, each reading is told once, in order, with its own ballots, and what is damaged in its place.
func TestLiveKeepsTheOrder(t *testing.T) {
	s, ids := housed(t)
	damaged := map[string]bool{ids[0]: true, ids[batchOf]: true, ids[len(ids)/2]: true, ids[len(ids)-1]: true}
	for id := range damaged {
		flip(t, s, bucketLive, id)
	}
	for _, processors := range []int{1, 2, 8} {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		var got []string
		if err := s.Live(t.Context(), func(id string, r reading.State, err error) {
			got = append(got, id)
			if damaged[id] != (err != nil) {
				t.Errorf("reading %s: %v", id, err)
			} else if err == nil && (r.ID != id || r.Vote.Ballots["anna"].Order != r.Seed+1) {
				t.Errorf("reading %s is told as %s, number %d, with %v", id, r.ID, r.Seed, r.Vote.Ballots)
			}
		}); err != nil {
			t.Error(err)
		}
		if !slices.Equal(got, ids) {
			t.Errorf("with %d processors %d of %d readings are told, or in another order", processors, len(got), len(ids))
		}
	}
}

// A fault while records are decoded is the file's, and ends nothing else.
func TestABatchThatCannotBeRead(t *testing.T) {
	b := newBatch()
	b.keys, b.values = [][]byte{[]byte("1"), []byte("2")}, [][]byte{nil}
	b.decode(reading.NewDecoder())
	if <-b.done; !errors.Is(b.err, errPanic) || len(b.out) != 1 {
		t.Errorf("%d records and %v", len(b.out), b.err)
	}
}

// Where it breaks off, nobody is in the file any more, and what was told before is right.
func TestLiveBreaksOff(t *testing.T) {
	s, ids := housed(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	if err := s.Live(ctx, func(string, reading.State, error) {
		if n++; n == batchOf+1 {
			cancel()
		}
	}); !errors.Is(err, context.Canceled) || n != batchOf+1 {
		t.Errorf("after %d readings: %v", n, err)
	}
	// The pages are there, and the file is not.
	if err := os.Truncate(s.path, int64(4*os.Getpagesize())); err != nil {
		t.Fatal(err)
	}
	n = 0
	if err := s.Live(t.Context(), func(id string, r reading.State, err error) {
		if n++; err == nil && r.ID != id {
			t.Errorf("reading %s is told as %s", id, r.ID)
		}
	}); err == nil || n >= len(ids) {
		t.Errorf("from a file that was cut short %d readings are told: %v", n, err)
	}
}
