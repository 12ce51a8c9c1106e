package vote

import (
	"maps"
	"math/rand"
	"slices"
	"testing"
	"testing/quick"
)

// deck is a random handful of ballots with few voters, so that minds change often.
func deck(r *rand.Rand) []Ballot {
	ballots := make([]Ballot, r.Intn(12))
	for i := range ballots {
		ballots[i] = Ballot{Voter: string(rune('a' + r.Intn(4))), Option: r.Intn(3), Order: uint64(i + 1)}
	}
	return ballots
}

// The tally is checked against a deliberately dumb one: each voter's last ballot in the order given.
func TestTallyIsTheSameInAnyOrderOfArrival(t *testing.T) {
	property := func(seed int64) bool {
		r := rand.New(rand.NewSource(seed))
		ballots := deck(r)

		last := map[string]int{}
		for _, b := range ballots {
			last[b.Voter] = b.Option
		}
		want := make([]int, 3)
		for _, option := range last {
			want[option]++
		}

		arrived := slices.Concat(ballots, ballots) // each is delivered twice
		r.Shuffle(len(arrived), func(i, j int) { arrived[i], arrived[j] = arrived[j], arrived[i] })
		got := make(Ballots)
		for _, b := range arrived {
			got.Cast(b)
		}
		return slices.Equal(got.Tally(3), want) && slices.Equal(got.Voters(), slices.Sorted(maps.Keys(last)))
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 20_000}); err != nil {
		t.Fatal(err)
	}
}

// Settled is checked against trying out everything that the waiting readers could do.
func TestSettledMeansNobodyStillToVoteCanCatchUp(t *testing.T) {
	var canChange func(tally []int, waiting int, leader []int) bool
	canChange = func(tally []int, waiting int, leader []int) bool {
		if !slices.Equal(Leaders(tally), leader) {
			return true
		}
		if waiting == 0 {
			return false
		}
		for option := range tally {
			more := slices.Clone(tally)
			more[option]++
			if canChange(more, waiting-1, leader) {
				return true
			}
		}
		return false
	}
	for a := range 4 {
		for b := range 4 {
			for c := range 4 {
				for waiting := range 5 {
					tally := []int{a, b, c}
					want := a+b+c > 0 && !canChange(tally, waiting, Leaders(tally))
					if got := Settled(tally, waiting); got != want {
						t.Errorf("Settled(%v, %d) = %v, want %v", tally, waiting, got, want)
					}
				}
			}
		}
	}
}

func TestCastSaysWhatChanged(t *testing.T) {
	bs := make(Ballots)
	steps := []struct {
		ballot Ballot
		want   Change
	}{
		{Ballot{"anna", 0, 10}, First},
		{Ballot{"anna", 1, 20}, Moved},
		{Ballot{"anna", 0, 15}, Stale}, // a late delivery of an earlier press
		{Ballot{"anna", 1, 20}, Stale}, // the same press twice
		{Ballot{"anna", 1, 30}, Unchanged},
		{Ballot{"ben", 1, 31}, First},
	}
	for _, step := range steps {
		if got := bs.Cast(step.ballot); got != step.want {
			t.Errorf("Cast(%v) = %v, want %v", step.ballot, got, step.want)
		}
	}
	if got := bs.Tally(2); !slices.Equal(got, []int{0, 2}) {
		t.Errorf("tally = %v", got)
	}
}

func TestLeaders(t *testing.T) {
	for _, c := range []struct{ tally, want []int }{
		{[]int{0, 0}, nil},
		{[]int{1, 0, 1}, []int{0, 2}},
		{[]int{1, 3, 2}, []int{1}},
		{nil, nil},
	} {
		if got := Leaders(c.tally); !slices.Equal(got, c.want) {
			t.Errorf("Leaders(%v) = %v, want %v", c.tally, got, c.want)
		}
	}
}
