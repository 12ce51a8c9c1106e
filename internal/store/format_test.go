package store

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// format1 is a file that a bot of format 1 left in the middle of a vote, beside a reading that is over.
func format1(t testing.TB) string { return old(t, "testdata/format1.db.gz") }

// format2 is the same after a bot of format 2, which has left a guild.
func format2(t testing.TB) string { return old(t, "testdata/format2.db.gz") }

func old(t testing.TB, name string) string {
	t.Helper()
	packed, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	plain, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFileOfAnOldFormatIsBroughtUpToDate(t *testing.T) {
	t.Run("1", func(t *testing.T) { isBroughtUp(t, format1(t), "g100 g200") })
	t.Run("2", func(t *testing.T) { isBroughtUp(t, format2(t), "g100 g200 g9") })
}

func isBroughtUp(t *testing.T, path, inGuilds string) {
	for range 2 { // the second time it is of this format already
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		ctx := t.Context()
		all := live(t, s)
		if len(all) != 1 || all["200"].Vote.Ballots["anna"].Order != 10 || all["200"].Vote.Ballots["ben"].Order != 11 {
			t.Errorf("live readings: %v", all)
		}
		past, known, err := s.Past(ctx, "100")
		if err != nil || !known || past.Ending != "Gone" {
			t.Errorf("the reading that is over: %v %v %v", past.Ending, known, err)
		}
		if log, err := s.Log(ctx, "100"); err != nil || len(log) < 3 || !log[len(log)-1].Ended {
			t.Errorf("its log: %v %v", log, err)
		}
		if _, found, err := s.Bundle(ctx, all["200"].Program); err != nil || !found {
			t.Errorf("the story: %v %v", found, err)
		}
		if found, err := s.EndingsFound(ctx, "g100", "tale"); err != nil || !slices.Equal(found, []string{"Gone"}) {
			t.Errorf("endings: %v %v", found, err)
		}
		if at, _, err := s.LastAlive(ctx); err != nil || !at.Equal(start) {
			t.Errorf("the last moment: %v %v", at, err)
		}
		if got := guilds(t, s); got != inGuilds {
			t.Errorf("guilds %q", got)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got := problems(t, path); len(got) > 0 {
		t.Error(strings.Join(got, "\n"))
	}
}

// Logs that were rewritten to give them checksums are elsewhere then.
func TestLargeLogsOfFormat1(t *testing.T) {
	path := logged(t)
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	bare := func(b *bolt.Bucket) error {
		var keys [][]byte
		c := b.Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			if v != nil {
				keys = append(keys, slices.Clone(k))
			}
		}
		for _, k := range keys {
			v := b.Get(k)
			if err := b.Put(k, slices.Clone(v[:len(v)-sumBytes])); err != nil {
				return err
			}
		}
		return nil
	}
	if err := db.Update(func(tx *bolt.Tx) error {
		err := errors.Join(tx.DeleteBucket(bucketGuilds), tx.DeleteBucket(bucketLeft), tx.Bucket(bucketMeta).Put(keyFormat, []byte(formatBare)))
		for _, name := range [][]byte{bucketLive, bucketPast, bucketBallots, bucketBundles, bucketEndings, bucketMemory} {
			err = errors.Join(err, bare(tx.Bucket(name)))
		}
		return errors.Join(err, tx.Bucket(bucketLog).ForEachBucket(func(id []byte) error { return bare(tx.Bucket(bucketLog).Bucket(id)) }))
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, id := range []string{"1", "2", "3", "over"} {
		if log, err := s.Log(t.Context(), id); err != nil || !reflect.DeepEqual(log, many(id)) {
			t.Errorf("log %s has %d entries: %v", id, len(log), err)
		}
	}
}

// A file of an old format is looked at as a whole: what it has lost cannot be told from what it says.
func TestALostPageOfAnOldFormat(t *testing.T) {
	for name, path := range map[string]string{"1": format1(t), "2": format2(t)} {
		m := imageWithMore(t, path)
		m.page(m.list)[10]-- // one is free and not listed any more
		m.write(path)
		if s, err := Open(path, Options{}); err == nil {
			s.Close()
			t.Errorf("format %s: it opened", name)
		}
		if got := readFile(t, path); !slices.Equal(got, m.text) {
			t.Errorf("format %s: it was changed", name)
		}
	}
}

// A file that is being brought up to date when the disk fails stays as it was.
func TestAnUpdateThatFailsChangesNothing(t *testing.T) {
	path := format1(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	errDisk := errors.New("the disk says no")
	if err := db.Update(func(tx *bolt.Tx) error {
		if err := bringUp(tx, formatBare); err != nil {
			return err
		}
		return errDisk
	}); !errors.Is(err, errDisk) {
		t.Fatal(err)
	}
	db.Close()
	if after, err := os.ReadFile(path); err != nil || !slices.Equal(before, after) {
		t.Errorf("the file has changed: %v", err)
	}
}

// A file that says that it has format 1 but has been brought up to date would be given checksums twice.
func TestAFormatThatCannotBeIsRefused(t *testing.T) {
	s, path := openStore(t)
	if err := s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketMeta).Put(keyFormat, []byte(formatBare)) }); err != nil {
		t.Fatal(err)
	}
	s.Close()
	var known *Error
	if again, err := Open(path, Options{}); !errors.As(err, &known) || known.Hint() == "" {
		t.Errorf("it opened: %v %v", again, err)
	}
}
