package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
)

// ballotBytes is the size of a ballot's value: option and order.
const ballotBytes = 4 + 8

// Cast writes one ballot. The presses of many members share a commit, and each costs the same however many have voted.
func (s *Store) Cast(ctx context.Context, id string, number int, b vote.Ballot) error {
	if b.Option < 0 || number < 0 {
		return fmt.Errorf("ballot for option %d of vote %d", b.Option, number)
	}
	key := append(ballotPrefix(id, number), b.Voter...)
	value := binary.BigEndian.AppendUint32(nil, uint32(b.Option))
	value = binary.BigEndian.AppendUint64(value, b.Order)
	return s.write(ctx, func(tx *bolt.Tx) error {
		bucket := tx.Bucket(bucketBallots)
		if old := bucket.Get(key); len(old) == ballotBytes && binary.BigEndian.Uint64(old[4:]) >= b.Order {
			return nil // a later press is here already
		}
		return bucket.Put(key, value)
	})
}

// ballotPrefix begins the keys of all ballots of one vote.
func ballotPrefix(id string, number int) []byte {
	return binary.BigEndian.AppendUint32(append([]byte(id), 0), uint32(number))
}

// ballots reads the ballots of one vote.
func ballots(tx *bolt.Tx, id string, number int) vote.Ballots {
	all := make(vote.Ballots)
	prefix := ballotPrefix(id, number)
	c := tx.Bucket(bucketBallots).Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if len(v) != ballotBytes {
			continue // cannot be told; the voter can press again
		}
		all.Cast(vote.Ballot{
			Voter:  string(k[len(prefix):]),
			Option: int(binary.BigEndian.Uint32(v)),
			Order:  binary.BigEndian.Uint64(v[4:]),
		})
	}
	return all
}

// dropBallots deletes what was cast in votes of the reading that are closed.
func dropBallots(tx *bolt.Tx, r reading.State) error {
	all := append([]byte(r.ID), 0)
	var keep []byte
	if r.Vote != nil {
		keep = ballotPrefix(r.ID, r.Vote.Number)
	}
	bucket := tx.Bucket(bucketBallots)
	var closed [][]byte
	c := bucket.Cursor()
	for k, _ := c.Seek(all); bytes.HasPrefix(k, all); k, _ = c.Next() {
		if keep != nil && bytes.HasPrefix(k, keep) {
			break // votes are numbered upwards: the open one is the last
		}
		closed = append(closed, bytes.Clone(k))
	}
	for _, k := range closed {
		if err := bucket.Delete(k); err != nil {
			return err
		}
	}
	return nil
}
