package store

import (
	"context"
	"encoding/json"
	"errors"

	bolt "go.etcd.io/bbolt"

	"storyteller/internal/narrate/reading"
)

// Save writes the record of a reading and appends to its log, in one transaction. A reading that is finished leaves the
// live ones. Ballots of votes that are no longer open go. Where the log is damaged nothing is written, unless the reading
// is over: then all but the log is.
func (s *Store) Save(ctx context.Context, r reading.State, log []reading.Entry) error {
	if r.Finished() {
		r.Readers = nil // nobody needs to be remembered for having listened
	}
	record, err := reading.Encode(r)
	if err != nil {
		return err
	}
	entries := make([][]byte, len(log))
	for i, e := range log {
		if entries[i], err = json.Marshal(e); err != nil {
			return err
		}
	}
	return s.write(ctx, func(tx *bolt.Tx) error {
		if err := putRecord(tx, r, record); err != nil {
			return err
		}
		err := s.appendLog(tx, r.ID, entries)
		if r.Phase == reading.Over && errors.Is(err, errUnfit) {
			s.log.Error("a reading ends without a last entry in its log", "reading", r.ID, "error", err)
			err = nil // else nobody could stop it, and its channel were taken for ever
		}
		if err != nil {
			return err
		}
		if err := noteEnding(tx, r, log); err != nil {
			return err
		}
		return dropBallots(tx, r)
	})
}

func putRecord(tx *bolt.Tx, r reading.State, record []byte) error {
	key := []byte(r.ID)
	if err := placeInGuild(tx, r.Place.Guild, r.ID); err != nil {
		return err
	}
	if !r.Finished() {
		return shelfOf(tx, bucketLive).put(key, record)
	}
	if err := shelfOf(tx, bucketLive).remove(key); err != nil {
		return err
	}
	return shelfOf(tx, bucketPast).put(key, record)
}

func noteEnding(tx *bolt.Tx, r reading.State, log []reading.Entry) error {
	for _, e := range log {
		if e.Ending == "" {
			continue
		}
		key := joined(r.Place.Guild, r.Story.ID, e.Ending)
		endings := shelfOf(tx, bucketEndings)
		if endings.has(key) {
			continue
		}
		if err := endings.put(key, []byte(r.ID)); err != nil {
			return err
		}
	}
	return nil
}

// EndingsFound lists the names of the endings that readings of the story have reached in the guild, sorted.
func (s *Store) EndingsFound(ctx context.Context, guild, story string) ([]string, error) {
	var names []string
	err := s.read(ctx, func(tx *bolt.Tx) error {
		prefix := joined(guild, story, "")
		return shelfOf(tx, bucketEndings).eachWith(prefix, func(k, _ []byte, err error) error {
			if err != nil {
				s.log.Error("an ending that was found is passed over", "error", err)
				return nil
			}
			names = append(names, string(k[len(prefix):]))
			return nil
		})
	})
	return names, err
}

// decode reads a record off its shelf.
func decode(record []byte, err error) (reading.State, error) {
	if err != nil {
		return reading.State{}, err
	}
	return reading.Decode(record)
}

// Log reads the log of a reading, in order.
func (s *Store) Log(ctx context.Context, id string) ([]reading.Entry, error) {
	var entries []reading.Entry
	err := s.read(ctx, func(tx *bolt.Tx) error {
		log, err := s.openLog(tx, []byte(id))
		if err != nil || log.Bucket == nil {
			return err
		}
		return log.each(func(_, payload []byte, err error) error {
			var e reading.Entry
			if err == nil {
				err = json.Unmarshal(payload, &e)
			}
			if err != nil {
				return s.damagedLog([]byte(id), err)
			}
			entries = append(entries, e)
			return nil
		})
	})
	return entries, err
}

// Past returns the last record of a reading that is over; false if it is not known.
func (s *Store) Past(ctx context.Context, id string) (reading.State, bool, error) {
	var r reading.State
	found := false
	err := s.read(ctx, func(tx *bolt.Tx) error {
		record, err := shelfOf(tx, bucketPast).get([]byte(id))
		if record == nil && err == nil {
			return nil
		}
		r, err = decode(record, err)
		found = err == nil
		return err
	})
	return r, found, err
}
