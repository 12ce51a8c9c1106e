package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	bolt "go.etcd.io/bbolt"

	"storyteller/internal/ink"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
)

var start = time.Date(1963, 11, 21, 20, 0, 0, 0, time.UTC)

// voting brings a reading to its first vote.
func voting(t testing.TB, id string) (*ink.Program, reading.State) {
	t.Helper()
	p, err := ink.Compile(fstest.MapFS{"s.ink": {Data: []byte("One.\n* [Left]\n  Left. # ending: Gone\n* [Right]\n- -> END\n")}}, "s.ink")
	if err != nil {
		t.Fatal(err)
	}
	s, err := reading.Open(p, reading.Opening{
		ID: id, Place: reading.Place{Guild: "g", Channel: "c" + id}, Host: "host",
		Story: reading.Story{ID: "tale", Title: "Tale"}, Program: p.Hash(), Seed: 1,
	}, start)
	if err != nil {
		t.Fatal(err)
	}
	for now, n := start, 0; s.Phase != reading.Voting || len(s.Outbox) > 0; n++ {
		if len(s.Outbox) > 0 {
			s, _ = reading.Step(p, s, reading.Posted{Key: s.Outbox[0].Key, ID: fmt.Sprint(n)}, now)
			continue
		}
		now = s.Wake()
		s, _ = reading.Step(p, s, reading.Ticked{}, now)
	}
	return p, s
}

func openStore(t testing.TB) (*Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db")
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, path
}

func live(t testing.TB, s *Store) map[string]reading.State {
	t.Helper()
	all := map[string]reading.State{}
	if err := s.Live(t.Context(), func(id string, r reading.State, err error) {
		if err != nil {
			t.Fatal(err)
		}
		all[id] = r
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAReadingComesBackWithItsBallots(t *testing.T) {
	s, path := openStore(t)
	_, r := voting(t, "1")
	_, other := voting(t, "12") // its ballots' keys begin as those of the first
	for _, state := range []reading.State{r, other} {
		if err := s.Save(t.Context(), state, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, b := range []vote.Ballot{{Voter: "anna", Option: 0, Order: 10}, {Voter: "ben", Option: 1, Order: 11}, {Voter: "anna", Option: 1, Order: 20}, {Voter: "anna", Option: 0, Order: 15}} {
		if err := s.Cast(t.Context(), r.ID, r.Vote.Number, b); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Cast(t.Context(), other.ID, other.Vote.Number, vote.Ballot{Voter: "cleo", Option: 0, Order: 1}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	all := live(t, again)
	if got := all["1"].Vote.Ballots; len(got) != 2 || got["anna"].Option != 1 || got["ben"].Option != 1 {
		t.Errorf("ballots of the first: %v", got)
	}
	if got := all["12"].Vote.Ballots; len(got) != 1 || got["cleo"].Option != 0 {
		t.Errorf("ballots of the second: %v", got)
	}
}

func TestBallotsGoWithTheirVoteAndReadingsWithTheirEnd(t *testing.T) {
	s, _ := openStore(t)
	p, r := voting(t, "1")
	if err := s.Save(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Cast(t.Context(), "1", 1, vote.Ballot{Voter: "anna", Option: 0, Order: 1}); err != nil {
		t.Fatal(err)
	}
	r.Vote.Ballots.Cast(vote.Ballot{Voter: "anna", Option: 0, Order: 1})
	for now := r.Vote.Closes; !r.Finished(); {
		var e reading.Event = reading.Ticked{}
		if len(r.Outbox) > 0 {
			e = reading.Posted{Key: r.Outbox[0].Key, ID: "x"}
		} else if wake := r.Wake(); wake.After(now) {
			now = wake
		}
		next, effects := reading.Step(p, r, e, now)
		var log []reading.Entry
		for _, effect := range effects {
			if entry, ok := effect.(reading.Entry); ok {
				log = append(log, entry)
			}
		}
		if err := s.Save(t.Context(), next, log); err != nil {
			t.Fatal(err)
		}
		r = next
	}
	if n := len(live(t, s)); n != 0 {
		t.Errorf("%d readings are live", n)
	}
	past, known, err := s.Past(t.Context(), "1")
	if err != nil || !known || past.Ending != "Gone" {
		t.Errorf("past: %v %v %v", past.Ending, known, err)
	}
	if err := s.db.View(func(tx *bolt.Tx) error {
		if n := tx.Bucket(bucketBallots).Stats().KeyN; n != 0 {
			t.Errorf("%d ballots are left", n)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	found, err := s.EndingsFound(t.Context(), "g", "tale")
	if err != nil || !slices.Equal(found, []string{"Gone"}) {
		t.Errorf("endings found: %v %v", found, err)
	}
	if other, _ := s.EndingsFound(t.Context(), "h", "tale"); len(other) != 0 {
		t.Errorf("another guild found %v", other)
	}
	log, err := s.Log(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range log {
		if e.Beat != nil {
			told = append(told, e.Beat.Text)
		}
	}
	if !slices.Equal(told, []string{"Left."}) {
		t.Errorf("the log tells %q", told)
	}
}

func TestManyPressesAtOnce(t *testing.T) {
	s, _ := openStore(t)
	_, r := voting(t, "1")
	if err := s.Save(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for i := range 200 {
		wait.Go(func() {
			b := vote.Ballot{Voter: fmt.Sprint(i % 50), Option: i % 2, Order: uint64(i)}
			if err := s.Cast(t.Context(), "1", 1, b); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n := len(live(t, s)["1"].Vote.Ballots); n != 50 {
		t.Errorf("%d ballots, want 50", n)
	}
}

func TestBundlesStayWhileAReadingNeedsThem(t *testing.T) {
	s, _ := openStore(t)
	_, r := voting(t, "1")
	for _, hash := range []string{r.Program, "idle"} {
		if err := s.KeepBundle(t.Context(), hash, []byte("bundle")); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Save(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, found, _ := s.Bundle(t.Context(), r.Program); !found {
		t.Error("the bundle of a live reading is gone")
	}
	if _, found, _ := s.Bundle(t.Context(), "idle"); found {
		t.Error("a bundle that nobody needs is kept")
	}
}

// A file that cannot be used is refused at once, with what to do about it, and left as it is.
func TestFilesThatCannotBeOpened(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, text []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	whole := func() []byte {
		s, path := openStore(t)
		_, r := voting(t, "1")
		for i := range 50 {
			r.ID = fmt.Sprint(i)
			if err := s.Save(t.Context(), r, nil); err != nil {
				t.Fatal(err)
			}
		}
		s.Close()
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}()
	foreign := filepath.Join(dir, "foreign.db")
	if db, err := bolt.Open(foreign, 0o600, nil); err == nil {
		db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("theirs")); return err })
		db.Close()
	}
	newer := filepath.Join(dir, "newer.db")
	if s, err := Open(newer, Options{}); err == nil {
		s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketMeta).Put(keyFormat, []byte("99")) })
		s.Close()
	}
	held := filepath.Join(dir, "held.db")
	holder, err := Open(held, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close()

	for name, c := range map[string]struct{ path, says string }{
		"text":           {write("text.db", []byte(strings.Repeat("not a database. ", 4096))), "damaged"},
		"short":          {write("short.db", []byte("x")), "damaged"},
		"cut short":      {write("cut.db", whole[:8*os.Getpagesize()]), "damaged"},
		"cut very short": {write("stump.db", whole[:3*os.Getpagesize()]), "cut short"},
		"empty":          {write("empty.db", nil), "destroyed"},
		"a folder":       {dir, "folder"},
		"no folder":      {filepath.Join(dir, "none", "x.db"), "no folder"},
		"held":           {held, "in use"},
		"newer":          {newer, "format"},
		"of others":      {foreign, "another program"},
		"both metas":     {write("metas.db", append(make([]byte, 8192), whole[8192:]...)), "damaged"},
		"freelist gone":  {write("freelist.db", scribble(whole)), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(c.path)
			began := time.Now()
			s, err := Open(c.path, Options{})
			if err == nil {
				s.Close()
				t.Fatal("it opened")
			}
			var known *Error
			if !errors.As(err, &known) || known.Hint() == "" || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %q (%T), want one that says %q, with a hint", err, err, c.says)
			}
			if took := time.Since(began); took > 10*LockPatience {
				t.Errorf("it took %v", took)
			}
			if after, _ := os.ReadFile(c.path); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
}

// scribble overwrites every page but the two that say where the others are.
func scribble(whole []byte) []byte {
	text := slices.Clone(whole)
	page := os.Getpagesize()
	for i := 2 * page; i < len(text); i++ {
		text[i] = 0xff
	}
	return text
}

func BenchmarkCast(b *testing.B) {
	s, _ := openStore(b)
	_, r := voting(b, "1")
	if err := s.Save(b.Context(), r, nil); err != nil {
		b.Fatal(err)
	}
	b.SetParallelism(500) // a thousand members press at once
	var n int
	var mu sync.Mutex
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			mu.Lock()
			n++
			i := n
			mu.Unlock()
			if err := s.Cast(b.Context(), "1", 1, vote.Ballot{Voter: fmt.Sprint(i % 1000), Option: i % 3, Order: uint64(i)}); err != nil {
				b.Error(err)
				return
			}
		}
	})
}
