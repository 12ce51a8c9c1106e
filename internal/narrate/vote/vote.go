// Package vote counts the answers of a room to one question: who said what last, who leads, and whether the lead can
// still be caught. It knows no story, no clock and no Discord.
package vote

import (
	"maps"
	"slices"
)

// Ballot is one member's answer to an open question.
type Ballot struct {
	Voter  string // who answers
	Option int    // index into the options of the question, from 0
	Order  uint64 // when it was given: the interaction's snowflake, which only rises
}

// Ballots holds the latest answer of every voter. The zero value is not ready: use make.
type Ballots map[string]Ballot

// Change says what a ballot did to the count.
type Change int

const (
	Stale     Change = iota // an answer given later is already here: nothing changed
	First                   // the voter's first answer
	Moved                   // the voter changed their mind
	Unchanged               // the voter said the same again
)

// Cast enters b. The ballot with the highest Order of a voter counts, so the result is the same in whatever order
// ballots arrive and however often one arrives.
func (bs Ballots) Cast(b Ballot) Change {
	old, voted := bs[b.Voter]
	if voted && b.Order <= old.Order {
		return Stale
	}
	bs[b.Voter] = b
	switch {
	case !voted:
		return First
	case old.Option != b.Option:
		return Moved
	default:
		return Unchanged
	}
}

// Tally counts the ballots for each of n options. Ballots for an option that does not exist count nowhere.
func (bs Ballots) Tally(n int) []int {
	tally := make([]int, n)
	for _, b := range bs {
		if b.Option >= 0 && b.Option < n {
			tally[b.Option]++
		}
	}
	return tally
}

// Voters lists who has voted, sorted.
func (bs Ballots) Voters() []string {
	return slices.Sorted(maps.Keys(bs))
}

// Clone returns a copy that shares nothing with bs.
func (bs Ballots) Clone() Ballots {
	if bs == nil {
		return nil
	}
	return maps.Clone(bs)
}

// Leaders lists the options with the most votes, in order; none when nobody voted. More than one is a tie.
func Leaders(tally []int) []int {
	most := 0
	var lead []int
	for option, votes := range tally {
		switch {
		case votes == 0 || votes < most:
		case votes == most:
			lead = append(lead, option)
		default:
			most, lead = votes, []int{option}
		}
	}
	return lead
}

// Settled says whether the outcome stands if nobody changes their mind: everyone has voted, or the readers who have
// not yet voted are too few to catch the leader, even for a tie.
func Settled(tally []int, waiting int) bool {
	first, second, total := 0, 0, 0
	for _, votes := range tally {
		total += votes
		if votes > first {
			first, second = votes, first
		} else if votes > second {
			second = votes
		}
	}
	if total == 0 {
		return false
	}
	return waiting <= 0 || first > second+waiting
}
