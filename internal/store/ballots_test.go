package store

import (
	"strings"
	"testing"

	"storyteller/internal/narrate/vote"
)

// A ballot that lands after the end of its reading is not kept. One that lands after the end of its vote is nothing that
// is wrong with the file: it goes when the reading goes on.
func TestBallotsThatComeTooLate(t *testing.T) {
	path := current(t) // with one ballot for reading 200
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { s.Close() }()
	r := live(t, s)["200"]
	r.Votes++
	r.Vote.Number++
	if err := s.Save(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	if n := keysIn(t, s, bucketBallots); n != 0 {
		t.Fatalf("%d ballots are there to begin with", n)
	}
	late := vote.Ballot{Voter: "zoe", Option: 1, Order: 100}
	for _, c := range []struct {
		id   string
		kept int
	}{{"100", 0}, {"300", 0}, {"200", 1}} { // over, unknown, a vote further
		if err := s.Cast(t.Context(), c.id, 1, late); err != nil {
			t.Fatal(err)
		}
		if n := keysIn(t, s, bucketBallots); n != c.kept {
			t.Errorf("%d ballots are kept for reading %s, want %d", n, c.id, c.kept)
		}
	}
	s.Close()
	if got := problems(t, path); len(got) > 0 {
		t.Error(strings.Join(got, "\n"))
	}
	if s, err = Open(path, Options{}); err != nil {
		t.Fatal(err)
	}
	if got := live(t, s)["200"].Vote.Ballots; len(got) != 0 {
		t.Errorf("in the open vote: %v", got)
	}
	if err := s.Save(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	if n := keysIn(t, s, bucketBallots); n != 0 {
		t.Errorf("%d ballots are left when the reading has gone on", n)
	}
}
