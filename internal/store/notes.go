package store

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"
)

// noteAlive is the note of the moment at which the process was last there.
const noteAlive = "alive"

// Alive notes that the process was there at this moment, and how far the machine's clock was ahead of it.
func (s *Store) Alive(ctx context.Context, at time.Time, ahead time.Duration) error {
	return s.Remember(ctx, noteAlive, fmt.Appendf(nil, "%s %s", at.UTC().Format(time.RFC3339Nano), ahead))
}

// LastAlive returns what Alive noted last, or the zero time.
func (s *Store) LastAlive(ctx context.Context) (at time.Time, ahead time.Duration, err error) {
	note, err := s.Recall(ctx, noteAlive)
	if err != nil || note == nil {
		return time.Time{}, 0, err
	}
	return readAlive(note)
}

// readAlive reads what Alive wrote. Notes of old have the moment alone.
func readAlive(note []byte) (at time.Time, ahead time.Duration, err error) {
	moment, rest, both := strings.Cut(string(note), " ")
	if at, err = time.Parse(time.RFC3339Nano, moment); err == nil && both {
		ahead, err = time.ParseDuration(rest)
	}
	if err != nil {
		return time.Time{}, 0, fmt.Errorf("the note of the last moment is damaged: %w", err)
	}
	return at, ahead, nil
}

// Remember keeps a small note; an empty note is forgotten.
func (s *Store) Remember(ctx context.Context, name string, note []byte) error {
	return s.write(ctx, func(tx *bolt.Tx) error {
		if len(note) == 0 {
			return shelfOf(tx, bucketMemory).remove([]byte(name))
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
