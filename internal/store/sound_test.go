package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// The list of free pages takes as many pages as bbolt gives it, and a list that takes others' with it is told.
func TestTheListOfFreePages(t *testing.T) {
	const size, list = smallestPage, 2
	for _, c := range []struct {
		free, over uint64
		sound      bool
	}{
		{0, 0, true}, {0, 1, false}, {3, 0, true}, {3, 1, false}, {125, 0, true}, {126, 1, true},
		{125, 1, true}, // there were 127 before it got its two
		{123, 1, false}, {254, 2, true}, {254, 1, false}, {300, 2, true}, {300, 3, false},
	} {
		file := make([]byte, 400*size)
		page := file[list*size:]
		order.PutUint64(page, list)
		order.PutUint16(page[8:], freePage)
		order.PutUint16(page[10:], uint16(c.free))
		order.PutUint32(page[12:], uint32(c.over))
		for i := range c.free {
			order.PutUint64(page[pageHeader+i*8:], list+1+c.over+i)
		}
		p := &pages{f: bytes.NewReader(file), m: meta{pageSize: size, freelist: list}, limit: 400, used: make([]bool, 400)}
		var fault error
		p.fault = func(err error) { fault = err }
		if p.free(); c.sound != (fault == nil) {
			t.Errorf("%d free pages, %d more for the list: %v", c.free, c.over, fault)
		}
	}
}

// What bbolt writes is sound, however many pages are free.
func TestManyFreePages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "free.db")
	db, err := bolt.Open(path, 0o600, &bolt.Options{PageSize: smallestPage, NoSync: true, NoGrowSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	write := func(f func(b *bolt.Bucket) error) {
		t.Helper()
		if err := db.Update(func(tx *bolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists([]byte("notes"))
			if err != nil {
				return err
			}
			return f(b)
		}); err != nil {
			t.Fatal(err)
		}
	}
	large := make([]byte, 100*smallestPage)
	for i := range 700 {
		write(func(b *bolt.Bucket) error { return b.Put([]byte{byte(i), byte(i >> 8)}, large) })
	}
	for i := range 700 {
		write(func(b *bolt.Bucket) error { return b.Delete([]byte{byte(i), byte(i >> 8)}) })
		if i%50 < 3 || i > 650 { // around the length from which the list is written otherwise
			if err := soundAt(path); err != nil {
				t.Fatalf("after %d deletions: %v", i+1, err)
			}
		}
	}
}

func soundAt(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(sound(f), f.Close())
}
