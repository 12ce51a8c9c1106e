package store

import (
	"bytes"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
)

// flip turns a bit in the value under the key.
func flip(t testing.TB, s *Store, bucket []byte, key string) {
	t.Helper()
	if err := s.db.Update(func(tx *bolt.Tx) error {
		value := bytes.Clone(tx.Bucket(bucket).Get([]byte(key)))
		value[len(value)/2] ^= 4
		return tx.Bucket(bucket).Put([]byte(key), value)
	}); err != nil {
		t.Fatal(err)
	}
	s.last++
}

func TestEveryChangedBitIsSeen(t *testing.T) {
	key, payload := []byte("key"), []byte("what was saved")
	value := seal("live", key, payload)
	if got, err := unseal("live", key, value); err != nil || !bytes.Equal(got, payload) {
		t.Fatalf("%q %v", got, err)
	}
	var damage *Damaged
	for i := range len(value) * 8 {
		changed := slices.Clone(value)
		changed[i/8] ^= 1 << (i % 8)
		if _, err := unseal("live", key, changed); !errors.As(err, &damage) {
			t.Errorf("bit %d: %v", i, err)
		}
	}
	for n := range value {
		if _, err := unseal("live", key, value[:n]); !errors.As(err, &damage) {
			t.Errorf("the first %d bytes: %v", n, err)
		}
	}
	if _, err := unseal("past", key, value); !errors.As(err, &damage) {
		t.Errorf("in another bucket: %v", err)
	}
	if _, err := unseal("live", []byte("kez"), value); !errors.As(err, &damage) {
		t.Errorf("under another key: %v", err)
	}
}

// What is damaged is not told: a reading that cannot be read does not keep the others from going on, a ballot that
// cannot be read does not count, and the log says both.
func TestDamageIsNotTold(t *testing.T) {
	var log strings.Builder
	path := t.TempDir() + "/test.db"
	s, err := Open(path, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx := t.Context()
	_, r := voting(t, "1")
	_, other := voting(t, "2")
	for _, state := range []reading.State{r, other} {
		if err := s.Save(ctx, state, []reading.Entry{{At: start, Ended: true, Ending: "Gone"}}); err != nil {
			t.Fatal(err)
		}
	}
	for i, who := range []string{"anna", "ben"} {
		if err := s.Cast(ctx, "2", 1, vote.Ballot{Voter: who, Option: 0, Order: uint64(10 + i)}); err != nil {
			t.Fatal(err)
		}
	}
	for name, f := range map[string]func() error{
		"bundle": func() error { return s.KeepBundle(ctx, "hash", []byte("bundle")) },
		"note":   func() error { return s.Remember(ctx, "note", []byte("text")) },
	} {
		if err := f(); err != nil {
			t.Fatal(name, err)
		}
	}
	flip(t, s, bucketLive, "1")
	flip(t, s, bucketBallots, string(ballotPrefix("2", 1))+"anna")
	flip(t, s, bucketBundles, "hash")
	flip(t, s, bucketMemory, "note")
	flip(t, s, bucketEndings, "g\x00tale\x00Gone")

	var damage *Damaged
	unread := 0
	var whole reading.State
	if err := s.Live(ctx, func(id string, r reading.State, err error) {
		if id == "1" && errors.As(err, &damage) {
			unread++
		} else if err == nil {
			whole = r
		}
	}); err != nil || unread != 1 || whole.ID != "2" {
		t.Errorf("live: %v, %d unread, %q whole", err, unread, whole.ID)
	}
	if got := whole.Vote.Ballots; len(got) != 1 || got["ben"].Order != 11 {
		t.Errorf("ballots %v", got)
	}
	if !strings.Contains(log.String(), "a ballot is damaged and does not count") || !strings.Contains(log.String(), "reading=2") {
		t.Errorf("the log says %s", log.String())
	}
	if _, _, err := s.Bundle(ctx, "hash"); !errors.As(err, &damage) {
		t.Errorf("bundle: %v", err)
	}
	if _, err := s.Recall(ctx, "note"); !errors.As(err, &damage) {
		t.Errorf("note: %v", err)
	}
	if found, err := s.EndingsFound(ctx, "g", "tale"); err != nil || len(found) != 0 {
		t.Errorf("endings: %v %v", found, err)
	}

	// What is written anew is well again.
	if err := s.KeepBundle(ctx, "hash", []byte("bundle")); err != nil {
		t.Fatal(err)
	}
	if got, found, err := s.Bundle(ctx, "hash"); err != nil || !found || string(got) != "bundle" {
		t.Errorf("bundle: %q %v %v", got, found, err)
	}
	if err := s.Cast(ctx, "2", 1, vote.Ballot{Voter: "anna", Option: 1, Order: 20}); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(ctx, r, []reading.Entry{{At: start, Ended: true, Ending: "Gone"}}); err != nil {
		t.Fatal(err)
	}
	if all := live(t, s); len(all) != 2 || all["2"].Vote.Ballots["anna"].Option != 1 {
		t.Errorf("live: %v", all)
	}
	if found, err := s.EndingsFound(ctx, "g", "tale"); err != nil || len(found) != 1 {
		t.Errorf("endings: %v %v", found, err)
	}
}

// While a record cannot be read, every bundle may be needed.
func TestNoBundleIsSweptWhileARecordIsDamaged(t *testing.T) {
	s, _ := openStore(t)
	_, r := voting(t, "1")
	if err := s.Save(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.KeepBundle(t.Context(), r.Program, []byte("bundle")); err != nil {
		t.Fatal(err)
	}
	flip(t, s, bucketLive, "1")
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, found, err := s.Bundle(t.Context(), r.Program); err != nil || !found {
		t.Errorf("the bundle is gone: %v", err)
	}
}
