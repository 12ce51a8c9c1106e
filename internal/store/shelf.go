package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// Every value is kept with a checksum over itself, its key and its bucket: bbolt has none on its data pages, and a byte
// that has flipped on the disk would otherwise be told as the truth.

// sumBytes is the length of the checksum that ends every value.
const sumBytes = crc32.Size

// castagnoli is the polynomial that processors have an instruction for.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Damaged says that a value is not what was saved.
type Damaged struct {
	Bucket string
	Key    []byte
}

func (d *Damaged) Error() string {
	return fmt.Sprintf("the entry %q in %s is damaged: its checksum is wrong", d.Key, d.Bucket)
}

// shelf is a bucket whose values carry checksums. Its sequence is the number of its entries: one that has lost a part of
// its pages shows it.
type shelf struct {
	*bolt.Bucket
	name string // goes into the checksums
}

// shelfOf is one of the buckets that every file has.
func shelfOf(tx *bolt.Tx, name []byte) shelf {
	return shelf{Bucket: tx.Bucket(name), name: string(name)}
}

// logOf is the log of a reading; its Bucket is nil if the reading has none. It may be damaged: see openLog.
func logOf(tx *bolt.Tx, id []byte) shelf {
	return shelf{Bucket: tx.Bucket(bucketLog).Bucket(id), name: logName(id)}
}

func logName(id []byte) string { return string(bucketLog) + "/" + string(id) }

func (s shelf) put(key, payload []byte) error {
	if s.Bucket.Get(key) == nil {
		if err := s.count(1); err != nil {
			return err
		}
	}
	return s.Bucket.Put(key, seal(s.name, key, payload))
}

// remove takes away what put kept under the key, if there is something.
func (s shelf) remove(key []byte) error {
	if s.Bucket.Get(key) == nil {
		return nil
	}
	if err := s.count(-1); err != nil {
		return err
	}
	return s.Bucket.Delete(key)
}

// count notes that there is an entry more, or one less.
func (s shelf) count(more int) error {
	return s.SetSequence(s.Sequence() + uint64(more))
}

// get returns what put kept under the key, nil if there is nothing. It is valid as long as the transaction.
func (s shelf) get(key []byte) ([]byte, error) {
	value := s.Bucket.Get(key)
	if value == nil {
		return nil, nil
	}
	return unseal(s.name, key, value)
}

// has says whether there is a sound value under the key; a damaged one is as good as none to whoever would write it.
func (s shelf) has(key []byte) bool {
	payload, err := s.get(key)
	return err == nil && payload != nil
}

// each calls f with every entry, in order; err says that the payload is not what was saved.
func (s shelf) each(f func(key, payload []byte, err error) error) error {
	return s.eachWith(nil, f)
}

// eachWith calls f with every entry whose key begins with prefix.
func (s shelf) eachWith(prefix []byte, f func(key, payload []byte, err error) error) error {
	c := s.Bucket.Cursor()
	for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		payload, err := unseal(s.name, k, v)
		if err := f(k, payload, err); err != nil {
			return err
		}
	}
	return nil
}

// drop deletes every entry from the one key to before the other.
func (s shelf) drop(from, to []byte) error {
	var gone [][]byte // bbolt does not like to be written to while it lists
	c := s.Bucket.Cursor()
	for k, _ := c.Seek(from); k != nil && bytes.Compare(k, to) < 0; k, _ = c.Next() {
		gone = append(gone, bytes.Clone(k))
	}
	for _, k := range gone {
		if err := s.remove(k); err != nil {
			return err
		}
	}
	return nil
}

// joined is a key of several parts, divided by zeros.
func joined(parts ...string) []byte {
	return []byte(strings.Join(parts, "\x00"))
}

// within are the bounds of all keys that begin with the first part of a key: parts are divided by a zero.
func within(part string) (from, to []byte) {
	return append([]byte(part), 0), append([]byte(part), 1)
}

// seal is the value that keeps the payload under the key.
func seal(name string, key, payload []byte) []byte {
	value := make([]byte, 0, len(payload)+sumBytes)
	value = append(value, payload...)
	return binary.BigEndian.AppendUint32(value, checksum(name, key, payload))
}

// unseal returns the payload of a value, or a *Damaged.
func unseal(name string, key, value []byte) ([]byte, error) {
	n := len(value) - sumBytes
	if n < 0 || binary.BigEndian.Uint32(value[n:]) != checksum(name, key, value[:n]) {
		return nil, &Damaged{Bucket: name, Key: bytes.Clone(key)}
	}
	return value[:n:n], nil
}

func checksum(name string, key, payload []byte) uint32 {
	sum := crc32.Checksum([]byte(name), castagnoli)
	sum = crc32.Update(sum, castagnoli, key)
	return crc32.Update(sum, castagnoli, payload)
}
