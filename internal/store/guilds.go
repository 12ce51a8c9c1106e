package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"
)

// forgetAtOnce bounds how many readings are dropped in one commit, so that nobody's ballot waits for a guild of
// thousands to be forgotten.
const forgetAtOnce = 50

// LeftGuild notes that the bot was removed from the guild at that moment. Of several such moments the first counts, until
// BackInGuild.
func (s *Store) LeftGuild(ctx context.Context, guild string, at time.Time) error {
	return s.write(ctx, func(tx *bolt.Tx) error {
		left := shelfOf(tx, bucketLeft)
		if _, err := leftAt(left.get([]byte(guild))); err == nil {
			return nil
		}
		return left.put([]byte(guild), []byte(at.UTC().Format(time.RFC3339Nano)))
	})
}

// BackInGuild takes back what LeftGuild noted.
func (s *Store) BackInGuild(ctx context.Context, guild string) error {
	noted := false
	if err := s.read(ctx, func(tx *bolt.Tx) error {
		noted = tx.Bucket(bucketLeft).Get([]byte(guild)) != nil
		return nil
	}); err != nil || !noted {
		return err
	}
	return s.write(ctx, func(tx *bolt.Tx) error { return shelfOf(tx, bucketLeft).remove([]byte(guild)) })
}

// Guilds lists every guild that the file knows something of, sorted.
func (s *Store) Guilds(ctx context.Context) ([]string, error) {
	known := map[string]bool{}
	err := s.read(ctx, func(tx *bolt.Tx) error {
		for _, name := range [][]byte{bucketGuilds, bucketEndings} {
			c := tx.Bucket(name).Cursor()
			for k, _ := c.First(); k != nil; {
				guild, _, _ := bytes.Cut(k, []byte{0})
				known[string(guild)] = true
				k, _ = c.Seek(append(bytes.Clone(guild), 1)) // past all that begins with the guild and a zero
			}
		}
		return tx.Bucket(bucketLeft).ForEach(func(guild, _ []byte) error {
			known[string(guild)] = true
			return nil
		})
	})
	var guilds []string
	for guild := range known {
		guilds = append(guilds, guild)
	}
	slices.Sort(guilds)
	return guilds, err
}

// ForgetGuilds drops all that belongs to guilds that were left before the moment given, live readings too, and returns
// which those are. A guild whose note of leaving is damaged is left alone, and a log that is damaged stays, both with an
// error; all others are dropped all the same. Where it breaks off, the next call goes on: the note of leaving goes last.
func (s *Store) ForgetGuilds(ctx context.Context, leftBefore time.Time) ([]string, error) {
	var due []string
	var unclear []error
	if err := s.read(ctx, func(tx *bolt.Tx) error {
		left := shelfOf(tx, bucketLeft)
		return left.each(func(guild, payload []byte, err error) error {
			at, err := leftAt(payload, err)
			switch {
			case err != nil:
				unclear = append(unclear, fmt.Errorf("it is not known when guild %s was left: %w", guild, err))
			case at.Before(leftBefore):
				due = append(due, string(guild))
			}
			return nil
		})
	}); err != nil {
		return nil, err
	}
	var forgotten []string
	for _, guild := range due {
		done, err := s.forget(ctx, guild)
		if errors.Is(err, errUnfit) {
			unclear = append(unclear, fmt.Errorf("guild %s is not forgotten altogether: %w", guild, err))
		} else if err != nil {
			return forgotten, errors.Join(append(unclear, err)...)
		}
		if done {
			forgotten = append(forgotten, guild)
		}
	}
	return forgotten, errors.Join(unclear...)
}

func leftAt(payload []byte, err error) (time.Time, error) {
	if err != nil {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339Nano, string(payload))
}

// forget drops a guild piece by piece; false if the bot came back to it meanwhile. A log that is damaged stays, with an
// error, and with it the notes that it is to go.
func (s *Store) forget(ctx context.Context, guild string) (bool, error) {
	var stay []error
	for from, _ := within(guild); ; {
		back, next := false, []byte(nil)
		var unfit []error
		if err := s.write(ctx, func(tx *bolt.Tx) (err error) {
			back, next, unfit = tx.Bucket(bucketLeft).Get([]byte(guild)) == nil, nil, nil
			if back {
				return nil
			}
			if next, unfit, err = s.forgetReadings(tx, guild, from); err != nil || next != nil {
				return err
			}
			if err := shelfOf(tx, bucketEndings).drop(within(guild)); err != nil || len(stay)+len(unfit) > 0 {
				return err
			}
			return shelfOf(tx, bucketLeft).remove([]byte(guild))
		}); err != nil {
			return false, err
		}
		if stay = append(stay, unfit...); back || next == nil {
			return !back && len(stay) == 0, errors.Join(stay...)
		}
		from = next
	}
}

// forgetReadings drops some readings of a guild, from the key in guilds on. next is where to go on, nil if that was all;
// unfit are those whose logs have to stay, and why.
func (s *Store) forgetReadings(tx *bolt.Tx, guild string, from []byte) (next []byte, unfit []error, err error) {
	prefix, _ := within(guild)
	var keys [][]byte
	c := tx.Bucket(bucketGuilds).Cursor()
	k, _ := c.Seek(from)
	for ; bytes.HasPrefix(k, prefix) && len(keys) < forgetAtOnce; k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	if bytes.HasPrefix(k, prefix) {
		next = bytes.Clone(k)
	}
	for _, key := range keys {
		err := s.forgetReading(tx, key[len(prefix):])
		if errors.Is(err, errUnfit) {
			unfit = append(unfit, err)
			continue
		}
		if err == nil {
			err = shelfOf(tx, bucketGuilds).remove(key)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return next, unfit, nil
}

// forgetReading drops all of a reading, its log last: errUnfit says that the log has to stay.
func (s *Store) forgetReading(tx *bolt.Tx, id []byte) error {
	for _, name := range [][]byte{bucketLive, bucketPast} {
		if err := shelfOf(tx, name).remove(id); err != nil {
			return err
		}
	}
	if err := shelfOf(tx, bucketBallots).drop(within(string(id))); err != nil {
		return err
	}
	return s.dropLog(tx, id)
}

// placeInGuild notes that the reading belongs to the guild, so that it is found when the guild is to be forgotten,
// however damaged its record may be by then.
func placeInGuild(tx *bolt.Tx, guild, id string) error {
	guilds, key := shelfOf(tx, bucketGuilds), joined(guild, id)
	if guilds.has(key) {
		return nil
	}
	return guilds.put(key, nil)
}
