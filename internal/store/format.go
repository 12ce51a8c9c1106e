package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// Format is the number of the file's layout. Raise it when code of the format before would misread the file; what brings
// an old file up to date then goes into bringUp.
const Format = "3"

// formatBare is the format without checksums and without the list of guilds.
const formatBare = "1"

// formatUncounted is the format whose buckets do not say how many entries they have.
const formatUncounted = "2"

// buckets are those that every file has, beside meta.
var buckets = [][]byte{bucketLive, bucketPast, bucketLog, bucketBallots, bucketBundles, bucketEndings, bucketMemory, bucketGuilds, bucketLeft}

// formatOf returns the format of the file: empty for a new one, and an *Error for one that is not to be touched.
func formatOf(path string, tx *bolt.Tx) (string, error) {
	meta := tx.Bucket(bucketMeta)
	if meta == nil {
		if name, _ := tx.Cursor().First(); name != nil {
			return "", &Error{Msg: fmt.Sprintf("%s is a database of another program", path), hint: "set STORYTELLER_DB to a file of the bot's own"}
		}
		return "", nil
	}
	switch format := string(meta.Get(keyFormat)); format {
	case Format, formatUncounted:
		for _, name := range buckets {
			if tx.Bucket(name) == nil {
				return "", damaged(path, fmt.Errorf("it has no bucket %q", name))
			}
		}
		return format, nil
	case formatBare:
		if tx.Bucket(bucketGuilds) != nil {
			return "", damaged(path, errors.New("it says that it has format 1, and looks like a later one"))
		}
		return format, nil
	default:
		return "", &Error{
			Msg:  fmt.Sprintf("the database %s has format %q; this bot reads format %s", path, format, Format),
			hint: "run the version of the bot that wrote it, or a newer one; the file was not changed",
		}
	}
}

// bringUp lays out a new file, or brings an old one up to date: in one transaction, so that a crash leaves it as it was.
// The transaction holds in memory what it rewrites.
func bringUp(tx *bolt.Tx, from string) error {
	meta, err := tx.CreateBucketIfNotExists(bucketMeta)
	if err != nil {
		return err
	}
	for _, name := range buckets {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	if from == formatBare {
		if err := sealAll(tx); err != nil {
			return err
		}
		if err := listGuilds(tx); err != nil {
			return err
		}
	}
	for _, name := range buckets {
		if err := countEntries(tx.Bucket(name)); err != nil {
			return err
		}
	}
	return meta.Put(keyFormat, []byte(Format))
}

// countEntries has the bucket say how many entries it has.
func countEntries(b *bolt.Bucket) error {
	n := uint64(0)
	c := b.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		n++
	}
	return b.SetSequence(n)
}

// sealAll gives every value of a file of format 1 its checksum.
func sealAll(tx *bolt.Tx) error {
	for _, name := range buckets {
		if bytes.Equal(name, bucketLog) {
			continue
		}
		if err := sealShelf(shelfOf(tx, name)); err != nil {
			return err
		}
	}
	var ids [][]byte
	if err := tx.Bucket(bucketLog).ForEachBucket(func(id []byte) error {
		ids = append(ids, bytes.Clone(id))
		return nil
	}); err != nil {
		return err
	}
	for _, id := range ids {
		if err := sealShelf(logOf(tx, id)); err != nil {
			return err
		}
	}
	return nil
}

func sealShelf(s shelf) error {
	var keys [][]byte // bbolt does not like to be written to while it lists
	if err := s.Bucket.ForEach(func(k, _ []byte) error {
		keys = append(keys, bytes.Clone(k))
		return nil
	}); err != nil {
		return err
	}
	for _, k := range keys {
		if err := s.put(k, bytes.Clone(s.Bucket.Get(k))); err != nil {
			return err
		}
	}
	return nil
}

// listGuilds notes which guild each reading belongs to. A record that does not say so stays without: nobody can read it.
func listGuilds(tx *bolt.Tx) error {
	for _, name := range [][]byte{bucketLive, bucketPast} {
		if err := shelfOf(tx, name).each(func(id, record []byte, err error) error {
			var r struct {
				Place struct{ Guild string } `json:"place"`
			}
			if err != nil || json.Unmarshal(record, &r) != nil {
				return nil
			}
			return placeInGuild(tx, r.Place.Guild, string(id))
		}); err != nil {
			return err
		}
	}
	return nil
}
