package store

import (
	"context"
	"io"
	"os"

	bolt "go.etcd.io/bbolt"
)

// Backup writes the whole file as it is at this moment to w. Readings go on meanwhile. size is called before, with the
// number of bytes to come.
func (s *Store) Backup(ctx context.Context, w io.Writer, size func(n int64)) error {
	return s.read(ctx, func(tx *bolt.Tx) error {
		size(tx.Size())
		_, err := tx.WriteTo(until{ctx, w})
		return err
	})
}

// Copy writes the file at path, which no process may hold for writing, to w. What is damaged is copied as it is: examine
// the copy. An *Error says why there is none.
func Copy(ctx context.Context, path string, w io.Writer) error {
	if err := usable(path); err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		return missing(path, err)
	}
	err := guard(func() error {
		db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: LockPatience, ReadOnly: true})
		if err != nil {
			return explain(path, err)
		}
		defer db.Close()
		return db.View(func(tx *bolt.Tx) error {
			_, err := tx.WriteTo(until{ctx, w})
			return err
		})
	})
	return (&Store{path: path}).explainPanic(err)
}

// until writes until ctx ends.
type until struct {
	ctx context.Context
	w   io.Writer
}

func (u until) Write(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.w.Write(b)
}
