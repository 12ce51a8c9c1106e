package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
)

// settle puts a reading with a ballot, a log and an ending into the guild.
func settle(t testing.TB, s *Store, guild, id string, over bool) {
	t.Helper()
	_, r := voting(t, id)
	r.Place.Guild = guild
	if err := s.Save(t.Context(), r, []reading.Entry{{At: start, Ended: true, Ending: "Gone " + id}}); err != nil {
		t.Fatal(err)
	}
	if over {
		r.Phase, r.Vote, r.Outbox, r.Due = reading.Over, nil, nil, time.Time{}
		if err := s.Save(t.Context(), r, nil); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err := s.Cast(t.Context(), id, 1, vote.Ballot{Voter: "anna", Option: 1, Order: 1}); err != nil {
		t.Fatal(err)
	}
}

func guilds(t testing.TB, s *Store) string {
	t.Helper()
	all, err := s.Guilds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

// keysIn counts the keys of a bucket, those of buckets in it included.
func keysIn(t testing.TB, s *Store, bucket []byte) int {
	t.Helper()
	n := 0
	if err := s.db.View(func(tx *bolt.Tx) error {
		n = tx.Bucket(bucket).Stats().KeyN
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAGuildThatWasLeftIsForgotten(t *testing.T) {
	s, _ := openStore(t)
	for i := range 2*forgetAtOnce + 1 { // more than go in one commit
		settle(t, s, "7", fmt.Sprint(1000+i), i%2 == 0)
	}
	settle(t, s, "70", "2000", false) // its name begins as the other's
	settle(t, s, "70", "2001", true)
	settle(t, s, "6", "3000", true)
	if got := guilds(t, s); got != "6 7 70" {
		t.Errorf("guilds %q", got)
	}
	left := start.Add(time.Hour)
	for _, at := range []time.Time{left, left.Add(48 * time.Hour)} { // the first counts
		if err := s.LeftGuild(t.Context(), "7", at); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.LeftGuild(t.Context(), "6", left); err != nil {
		t.Fatal(err)
	}
	if err := s.BackInGuild(t.Context(), "6"); err != nil {
		t.Fatal(err)
	}
	if gone, err := s.ForgetGuilds(t.Context(), left); err != nil || len(gone) != 0 {
		t.Errorf("too early: %v %v", gone, err)
	}
	gone, err := s.ForgetGuilds(t.Context(), left.Add(time.Second))
	if err != nil || !slices.Equal(gone, []string{"7"}) {
		t.Fatalf("forgotten: %v %v", gone, err)
	}
	if got := guilds(t, s); got != "6 70" {
		t.Errorf("guilds that are left: %q", got)
	}
	for _, c := range []struct {
		bucket []byte
		want   int
	}{{bucketLive, 1}, {bucketPast, 2}, {bucketLog, 3}, {bucketBallots, 1}, {bucketEndings, 3}, {bucketGuilds, 3}, {bucketLeft, 0}} {
		n := keysIn(t, s, c.bucket)
		if string(c.bucket) == "log" {
			n /= 2 // a log is a key, and has one
		}
		if n != c.want {
			t.Errorf("%s holds %d keys, want %d", c.bucket, n, c.want)
		}
	}
	if all := live(t, s); len(all) != 1 || all["2000"].Vote.Ballots["anna"].Option != 1 {
		t.Errorf("the live readings of the other guild: %v", all)
	}
	if gone, err := s.ForgetGuilds(t.Context(), left.Add(time.Hour)); err != nil || len(gone) != 0 {
		t.Errorf("a second time: %v %v", gone, err)
	}
}

// Forgetting that breaks off, at whatever commit, goes on with the next call; nothing of it can come back in between.
func TestForgettingThatBreaksOffGoesOn(t *testing.T) {
	errDisk := errors.New("the disk says no")
	for commits := 0; ; commits++ {
		left := -1 // commits until the disk fails; negative: it does not
		path := t.TempDir() + "/test.db"
		s, err := Open(path, Options{Volatile: true, Disk: func(commit func() error) error {
			if left == 0 {
				return errDisk
			}
			left--
			return commit()
		}})
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2*forgetAtOnce + 1 {
			settle(t, s, "7", fmt.Sprint(1000+i), false)
		}
		if err := s.LeftGuild(t.Context(), "7", start); err != nil {
			t.Fatal(err)
		}
		left = commits
		gone, err := s.ForgetGuilds(t.Context(), start.Add(1))
		if commits == 3 {
			if err != nil || len(gone) != 1 {
				t.Errorf("a disk that does not fail: %v %v", gone, err)
			}
			s.Close()
			return
		}
		if !errors.Is(err, errDisk) || len(gone) != 0 {
			t.Errorf("the disk fails after %d commits: %v %v", commits, gone, err)
		}
		if got := guilds(t, s); got != "7" {
			t.Errorf("after %d commits the guilds are %q", commits, got)
		}
		s.Close()
		if s, err = Open(path, Options{}); err != nil {
			t.Fatal(err)
		}
		if gone, err := s.ForgetGuilds(t.Context(), start.Add(1)); err != nil || !slices.Equal(gone, []string{"7"}) {
			t.Errorf("after a new start: %v %v", gone, err)
		}
		if got := guilds(t, s); got != "" || len(live(t, s)) != 0 {
			t.Errorf("after a new start the guilds are %q", got)
		}
		s.Close()
	}
}

// A note of leaving that says no time is written anew when the bot hears again that it was removed.
func TestANoteOfLeavingThatSaysNoTimeIsWrittenAnew(t *testing.T) {
	s, _ := openStore(t)
	settle(t, s, "7", "1000", false)
	if err := s.write(t.Context(), func(tx *bolt.Tx) error { return shelfOf(tx, bucketLeft).put([]byte("7"), []byte("now")) }); err != nil {
		t.Fatal(err)
	}
	if err := s.LeftGuild(t.Context(), "7", start); err != nil {
		t.Fatal(err)
	}
	if gone, err := s.ForgetGuilds(t.Context(), start.Add(1)); err != nil || !slices.Equal(gone, []string{"7"}) {
		t.Errorf("forgotten: %v %v", gone, err)
	}
}

// Members' data go although the record is damaged, and although the note of another guild is.
func TestDamagedDataAreForgottenToo(t *testing.T) {
	s, _ := openStore(t)
	settle(t, s, "7", "1000", false)
	settle(t, s, "8", "2000", false)
	for _, guild := range []string{"7", "8"} {
		if err := s.LeftGuild(t.Context(), guild, start); err != nil {
			t.Fatal(err)
		}
	}
	flip(t, s, bucketLive, "1000")
	flip(t, s, bucketLeft, "8")
	gone, err := s.ForgetGuilds(t.Context(), start.Add(1))
	var damage *Damaged
	if !errors.As(err, &damage) || !slices.Equal(gone, []string{"7"}) {
		t.Errorf("forgotten: %v %v", gone, err)
	}
	if got := guilds(t, s); got != "8" {
		t.Errorf("guilds %q", got)
	}
	// Being told again that it was left mends the note.
	if err := s.LeftGuild(t.Context(), "8", start); err != nil {
		t.Fatal(err)
	}
	if gone, err := s.ForgetGuilds(t.Context(), start.Add(1)); err != nil || !slices.Equal(gone, []string{"8"}) {
		t.Errorf("forgotten: %v %v", gone, err)
	}
}
