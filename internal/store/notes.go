package store

import (
	"bytes"
	"context"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"
)

// noteAlive is the note of the moment at which the process was last there.
const noteAlive = "alive"

// Alive notes that the process was there at this moment.
func (s *Store) Alive(ctx context.Context, at time.Time) error {
	return s.Remember(ctx, noteAlive, []byte(at.UTC().Format(time.RFC3339Nano)))
}

// LastAlive returns the latest moment that Alive noted, or the zero time.
func (s *Store) LastAlive(ctx context.Context) (time.Time, error) {
	note, err := s.Recall(ctx, noteAlive)
	if err != nil || note == nil {
		return time.Time{}, err
	}
	at, err := time.Parse(time.RFC3339Nano, string(note))
	if err != nil {
		return time.Time{}, fmt.Errorf("the note of the last moment is damaged: %w", err)
	}
	return at, nil
}

// Remember keeps a small note; an empty note is forgotten.
func (s *Store) Remember(ctx context.Context, name string, note []byte) error {
	return s.write(ctx, func(tx *bolt.Tx) error {
		if len(note) == 0 {
			return tx.Bucket(bucketMemory).Delete([]byte(name))
		}
		return shelfOf(tx, bucketMemory).put([]byte(name), note)
	})
}

// Recall returns a note, or nil if there is none.
func (s *Store) Recall(ctx context.Context, name string) ([]byte, error) {
	var note []byte
	err := s.read(ctx, func(tx *bolt.Tx) error {
		kept, err := shelfOf(tx, bucketMemory).get([]byte(name))
		note = bytes.Clone(kept)
		return err
	})
	return note, err
}
