package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"

	"storyteller/internal/narrate/reading"
)

// copyLimit bounds a copy of a file that is in use. Meanwhile the pages that it needs are not used anew, so the file
// grows, and one that outgrows its mapping waits: a gigabyte at 4 MB/s has to be enough for everybody.
const copyLimit = 5 * time.Minute

// errTooSlow says that copyLimit is over.
var errTooSlow = fmt.Errorf("the copy was not taken within %v", copyLimit)

// Backup writes the whole file as it is at this moment to w. Readings go on meanwhile. size is called before, with the
// number of bytes to come. A copy is whole only if there is no error: it is broken off when ctx ends, when it takes longer
// than copyLimit, and when the file has to be closed, however long w takes for what it has been given.
func (s *Store) Backup(ctx context.Context, w io.Writer, size func(n int64)) error {
	ctx, cancel := context.WithTimeoutCause(ctx, copyLimit, errTooSlow)
	defer cancel()
	// Not who waits for w holds the file, but who fills the pipe to it, and that one can be sent away at any moment.
	out, in := io.Pipe()
	var sent chan error
	err := s.read(ctx, func(tx *bolt.Tx) error {
		for _, reason := range []context.Context{ctx, s.long} {
			defer context.AfterFunc(reason, func() { in.CloseWithError(context.Cause(reason)) })()
		}
		size(tx.Size())
		sent = make(chan error, 1)
		go func() {
			_, err := io.Copy(w, out)
			out.CloseWithError(err)
			sent <- err
		}()
		_, err := tx.WriteTo(in)
		return err
	})
	if sent == nil {
		return err
	}
	in.CloseWithError(err)
	if broken := <-sent; broken != nil {
		return broken // the reason; err is what came of it
	}
	return err // a file that ends too early looks to the pipe like a good end
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
			if errors.Is(err, io.EOF) {
				err = damaged(path, errors.New("it is cut short"))
			}
			return err
		})
	})
	return (&Store{path: path}).explainPanic(err)
}

// Part prepares a copy for being gone on with although its original went on after at, when it was taken. From the same
// record both would give the same names to their next messages, and a reading that takes another turn the second time
// would find those of the first on screen and take them for its own. So the readings of the copy name theirs anew.
func Part(ctx context.Context, path string, at time.Time) error {
	s, err := Open(path, Options{})
	if err != nil {
		return err
	}
	err = s.write(ctx, func(tx *bolt.Tx) error {
		live := shelfOf(tx, bucketLive)
		var parted []reading.State
		if err := live.each(func(_, record []byte, err error) error {
			r, err := decode(record, err)
			parted = append(parted, r)
			return err
		}); err != nil {
			return err
		}
		for _, r := range parted {
			// Seconds rise from copy to copy, and faster than messages are named.
			r.Keys = max(r.Keys+1, int(at.Unix()))
			record, err := reading.Encode(r)
			if err != nil {
				return err
			}
			if err := live.put([]byte(r.ID), record); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, s.Close())
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
