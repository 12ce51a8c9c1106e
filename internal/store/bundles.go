package store

import (
	"bytes"
	"context"

	bolt "go.etcd.io/bbolt"

	"storyteller/internal/narrate/reading"
)

// KeepBundle keeps what a reading needs of a story under its hash. It does nothing when it is there already and sound.
func (s *Store) KeepBundle(ctx context.Context, hash string, bundle []byte) error {
	known := false
	if err := s.read(ctx, func(tx *bolt.Tx) error {
		known = shelfOf(tx, bucketBundles).has([]byte(hash))
		return nil
	}); err != nil || known {
		return err
	}
	return s.write(ctx, func(tx *bolt.Tx) error {
		return shelfOf(tx, bucketBundles).put([]byte(hash), bundle)
	})
}

// Bundle returns what KeepBundle kept; false if there is none.
func (s *Store) Bundle(ctx context.Context, hash string) ([]byte, bool, error) {
	var bundle []byte
	err := s.read(ctx, func(tx *bolt.Tx) error {
		kept, err := shelfOf(tx, bucketBundles).get([]byte(hash))
		bundle = bytes.Clone(kept)
		return err
	})
	return bundle, bundle != nil, err
}

// Sweep drops the bundles that no live reading needs. It is for the start, before readings can begin.
func (s *Store) Sweep(ctx context.Context) error {
	return s.write(ctx, func(tx *bolt.Tx) error {
		bundles := shelfOf(tx, bucketBundles)
		idle := map[string]bool{}
		if err := bundles.ForEach(func(hash, _ []byte) error {
			idle[string(hash)] = true
			return nil
		}); err != nil {
			return err
		}
		c := tx.Bucket(bucketLive).Cursor()
		for k, v := c.First(); k != nil && len(idle) > 0; k, v = c.Next() {
			program := ""
			record, err := unseal(string(bucketLive), k, v)
			if err == nil {
				program, err = reading.ProgramOf(record)
			}
			if err != nil {
				return nil // it may need any of them
			}
			delete(idle, program)
		}
		for hash := range idle {
			if err := bundles.remove([]byte(hash)); err != nil {
				return err
			}
		}
		return nil
	})
}
