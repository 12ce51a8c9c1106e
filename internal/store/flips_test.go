package store

import (
	"errors"
	"log/slog"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
)

// Whatever byte has flipped: a whole session over all that is in the file ends without a panic, and what it tells of any
// reading, then and after the next start, is what was saved, or an error.
func TestAnyByteThatFlipped(t *testing.T) {
	whole := readFile(t, withBallots(t))
	size := os.Getpagesize()
	chance := rand.New(rand.NewSource(1))
	n := 600
	if testing.Short() {
		n = 60
	}
	for i := range n {
		at := chance.Intn(len(whole)/size) * size
		if i%3 == 0 {
			at += chance.Intn(size)
		} else {
			at += chance.Intn(pageHeader + 4*element) // where pages speak of pages
		}
		session(t, whole, at, byte(1<<chance.Intn(8)))
	}
}

func FuzzASession(f *testing.F) {
	whole := readFile(f, withBallots(f))
	f.Add(uint32(12), byte(1))
	f.Fuzz(func(t *testing.T, at uint32, with byte) {
		if with != 0 {
			session(t, whole, int(at)%len(whole), with)
		}
	})
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// withBallots is the file with the logs, and a ballot in each open vote.
func withBallots(t testing.TB) string {
	t.Helper()
	path := logged(t)
	s, err := Open(path, Options{Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, id := range []string{"1", "2", "3", "short"} {
		if err := s.Cast(t.Context(), id, 1, cast); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// cast is the ballot that each open vote has.
var cast = vote.Ballot{Voter: "anna", Option: 1, Order: 10}

func ballotOf(r reading.State) (b vote.Ballot, found bool) {
	if r.Vote != nil {
		b, found = r.Vote.Ballots[cast.Voter]
	}
	return b, found
}

// session uses all that is in the file, one byte of which is another.
func session(t *testing.T, whole []byte, at int, with byte) {
	t.Helper()
	text := slices.Clone(whole)
	text[at] ^= with
	path := filepath.Join(t.TempDir(), "flipped.db")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	says := func(format string, a ...any) {
		t.Helper()
		t.Errorf("byte %d ^ %#x: "+format, append([]any{at, with}, a...)...)
	}
	logs := map[string][]reading.Entry{}
	for _, id := range []string{"1", "2", "3", "over", "short"} {
		logs[id] = many(id)
	}
	logs["short"] = logs["short"][:1]
	for round := range 3 {
		var heard strings.Builder
		s, err := Open(path, Options{Volatile: true, Log: slog.New(slog.NewTextHandler(&heard, nil))})
		if err != nil {
			var known *Error
			if round > 0 || !errors.As(err, &known) {
				says("round %d: it is refused: %v", round, err)
			}
			return
		}
		records := map[string]reading.State{}
		unread := 0 // its name may be another by now
		err = s.Live(t.Context(), func(id string, r reading.State, err error) {
			records[id] = r
			if err != nil {
				unread++
			}
			if err == nil && (r.ID != id || r.Place.Guild != "g"+id || r.Vote == nil || r.Votes != 1) {
				says("round %d: record %s is another: %+v", round, id, r)
			}
			if b, found := ballotOf(r); err == nil && b != cast && (found || !strings.Contains(heard.String(), "a ballot is damaged")) {
				says("round %d: reading %s has the ballot %+v", round, id, b)
			}
		})
		for _, id := range []string{"1", "2", "3", "short"} {
			if _, found := records[id]; err == nil && !found && unread == 0 && (id != "1" || round < 2) {
				says("round %d: reading %s is lost", round, id)
			}
		}
		if r, found, err := s.Past(t.Context(), "over"); err == nil {
			if records["over"] = r; !found || r.ID != "over" {
				says("round %d: the one that is over: %v %q", round, found, r.ID)
			}
		}
		for id, want := range logs {
			got, err := s.Log(t.Context(), id)
			if err == nil && !reflect.DeepEqual(got, want) {
				says("round %d: log %s has %d entries, want %d", round, id, len(got), len(want))
			}
			more := told(id, 3)
			if r := records[id]; r.ID == id && s.Save(t.Context(), r, more) == nil {
				logs[id] = append(slices.Clone(want), more...)
			}
		}
		if round == 1 {
			if gone, _ := s.ForgetGuilds(t.Context(), start.Add(1)); len(gone) > 0 {
				logs["1"] = nil
			}
		}
		if err := s.Err(); err != nil {
			says("round %d: the file is lost: %v", round, err)
		}
		s.Close()
	}
}
