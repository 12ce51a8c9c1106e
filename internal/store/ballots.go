package store

import (
	"context"
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
)

// ballotBytes is the size of a ballot's value: option and order.
const ballotBytes = 4 + 8

// Cast writes one ballot. The presses of many members share a commit, and each costs the same however many have voted. One
// for a reading that is not live any more, which is for the caller to tell, is not written: nothing would ever drop it.
func (s *Store) Cast(ctx context.Context, id string, number int, b vote.Ballot) error {
	if b.Option < 0 || number < 0 {
		return fmt.Errorf("ballot for option %d of vote %d", b.Option, number)
	}
	key := append(ballotPrefix(id, number), b.Voter...)
	value := binary.BigEndian.AppendUint32(nil, uint32(b.Option))
	value = binary.BigEndian.AppendUint64(value, b.Order)
	return s.write(ctx, func(tx *bolt.Tx) error {
		if tx.Bucket(bucketLive).Get([]byte(id)) == nil {
			return nil
		}
		kept := shelfOf(tx, bucketBallots)
		if old, err := kept.get(key); err == nil && len(old) == ballotBytes && binary.BigEndian.Uint64(old[4:]) >= b.Order {
			return nil // a later press is here already
		}
		return kept.put(key, value)
	})
}

// ballotPrefix begins the keys of all ballots of one vote.
func ballotPrefix(id string, number int) []byte {
	return binary.BigEndian.AppendUint32(append([]byte(id), 0), uint32(number))
}

// ballots reads the ballots of one vote. What a damaged one chose cannot be told, so it does not count; whoever cast it can
// press again while the vote is open.
func (s *Store) ballots(tx *bolt.Tx, id string, number int) vote.Ballots {
	all := make(vote.Ballots)
	prefix := ballotPrefix(id, number)
	_ = shelfOf(tx, bucketBallots).eachWith(prefix, func(k, value []byte, err error) error {
		if err == nil && len(value) != ballotBytes {
			err = fmt.Errorf("it has %d bytes", len(value))
		}
		if err != nil {
			s.log.Error("a ballot is damaged and does not count", "reading", id, "vote", number, "error", err)
			return nil
		}
		all.Cast(vote.Ballot{
			Voter:  string(k[len(prefix):]),
			Option: int(binary.BigEndian.Uint32(value)),
			Order:  binary.BigEndian.Uint64(value[4:]),
		})
		return nil
	})
	return all
}

// dropBallots deletes what was cast in votes of the reading that are closed.
func dropBallots(tx *bolt.Tx, r reading.State) error {
	from, to := within(r.ID)
	if r.Vote != nil {
		to = ballotPrefix(r.ID, r.Vote.Number) // votes are numbered upwards: the open one is the last
	}
	return shelfOf(tx, bucketBallots).drop(from, to)
}
