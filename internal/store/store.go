// Package store keeps readings in a bbolt file: their records and logs, the ballots of open votes, the stories they run
// on, and the endings that a guild has found. It is the only importer of bbolt.
//
// Layout of the file, format 1. Keys are text unless said otherwise.
//
//	meta     "format"                          -> "1"
//	live     reading                           -> record (reading.Encode)
//	past     reading                           -> record of a reading that is over
//	log      reading -> bucket: 8 bytes, big-endian, rising -> entry (JSON)
//	ballots  reading 00 vote (4 bytes, big-endian) voter    -> option (4 bytes), order (8 bytes), both big-endian
//	bundles  hash                              -> bundle of a story
//	endings  guild 00 story 00 ending          -> reading that found it first
//	memory   name                              -> small notes: when the process was last there, what the Discord edge knows
package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Format is the number of the file's layout. Raise it when code of the format before would misread the file; what
// brings an old file up to date then goes beside Open.
const Format = "1"

// LockPatience is how long Open waits for another process to let go of the file: long enough for one that is just
// stopping, short enough that an operator sees at once what is wrong.
const LockPatience = 300 * time.Millisecond

var (
	bucketMeta    = []byte("meta")
	bucketLive    = []byte("live")
	bucketPast    = []byte("past")
	bucketLog     = []byte("log")
	bucketBallots = []byte("ballots")
	bucketBundles = []byte("bundles")
	bucketEndings = []byte("endings")
	bucketMemory  = []byte("memory")

	keyFormat = []byte("format")
)

// Error is a fault of the file that an operator can do something about.
type Error struct {
	Msg     string
	Err     error
	hint    string
	setting bool
}

func (e *Error) Error() string { return e.Msg }
func (e *Error) Unwrap() error { return e.Err }

// Hint says what to do about it.
func (e *Error) Hint() string { return e.hint }

// WrongSetting says that the path is at fault, not the file.
func (e *Error) WrongSetting() bool { return e.setting }

// Store is an open file. Its methods may be called from many goroutines.
type Store struct {
	db   *bolt.DB
	path string
}

// Gather is how long a write waits for others that can share its commit: a busy room presses within it, and nobody
// notices it.
const Gather = 5 * time.Millisecond

// Options are for tests and simulations; the zero value is what a bot wants.
type Options struct {
	Alone    bool // each write is committed at once, so that no time passes in it
	Volatile bool // writes do not wait for the disk: for worlds whose power never fails
}

// Open opens the file at path, and makes it if there is none. A file that another process holds, that is damaged or that
// is of another format is an *Error.
func Open(path string, o Options) (*Store, error) {
	if err := readable(path); err != nil {
		return nil, err
	}
	var s *Store
	err := guard(func() error {
		db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: LockPatience, NoSync: o.Volatile})
		if err != nil {
			return explain(path, err)
		}
		db.MaxBatchDelay = Gather
		if o.Alone {
			db.MaxBatchDelay = 0
		}
		s = &Store{db: db, path: path}
		return s.prepare(path)
	})
	if err != nil {
		if s != nil {
			s.db.Close()
		}
		if errors.Is(err, errPanic) {
			return nil, damaged(path, err)
		}
		return nil, err
	}
	return s, nil
}

// Close lets go of the file. What was saved is on the disk already.
func (s *Store) Close() error {
	return s.db.Close()
}

// readable refuses what bbolt would make nonsense of: a folder, or a file in a folder that is not there.
func readable(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return &Error{Msg: fmt.Sprintf("cannot open the database %s: %v", path, err), hint: "check that the path is right and that this user may read and write it", Err: err}
	case info.IsDir():
		return &Error{Msg: fmt.Sprintf("the database %s is a folder", path), hint: "name a file in it, such as storyteller.db", setting: true}
	case !info.Mode().IsRegular():
		return &Error{Msg: fmt.Sprintf("the database %s is a device or a pipe", path), hint: "name a file, such as storyteller.db", setting: true}
	}
	return nil
}

// prepare checks the format of an old file and lays out a new one.
func (s *Store) prepare(path string) error {
	if err := s.db.View(func(tx *bolt.Tx) error {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if info.Size() < tx.Size() {
			return damaged(path, fmt.Errorf("it is cut short: %d bytes of %d", info.Size(), tx.Size()))
		}
		return checkFormat(path, tx)
	}); err != nil {
		return err
	}
	return s.db.Update(func(tx *bolt.Tx) error {
		for _, name := range [][]byte{bucketMeta, bucketLive, bucketPast, bucketLog, bucketBallots, bucketBundles, bucketEndings, bucketMemory} {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return tx.Bucket(bucketMeta).Put(keyFormat, []byte(Format))
	})
}

func checkFormat(path string, tx *bolt.Tx) error {
	meta := tx.Bucket(bucketMeta)
	if meta == nil {
		if name, _ := tx.Cursor().First(); name != nil {
			return &Error{Msg: fmt.Sprintf("%s is a database of another program", path), hint: "set STORYTELLER_DB to a file of the bot's own"}
		}
		return nil
	}
	if format := meta.Get(keyFormat); string(format) != Format {
		return &Error{
			Msg:  fmt.Sprintf("the database %s has format %q; this bot reads format %s", path, format, Format),
			hint: "run the version of the bot that wrote it, or a newer one; the file was not changed",
		}
	}
	return nil
}

// explain turns bbolt's refusal into words for an operator.
func explain(path string, err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return &Error{Msg: fmt.Sprintf("the database %s is in use by another process", path), hint: "stop the other bot first: two cannot share a file", Err: err}
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return damaged(path, err)
	case errors.Is(err, fs.ErrNotExist):
		return &Error{Msg: fmt.Sprintf("there is no folder for the database %s", path), hint: "make the folder, or set STORYTELLER_DB to a file in one that is there", setting: true, Err: err}
	case errors.Is(err, fs.ErrPermission):
		return &Error{Msg: fmt.Sprintf("this user may not read and write the database %s", path), hint: "give the user the file, or set STORYTELLER_DB to another one", Err: err}
	}
	var system syscall.Errno
	if errors.As(err, &system) {
		return &Error{Msg: fmt.Sprintf("the database %s cannot be opened: %v", path, system), hint: "look at the disk: it may be full, read-only or gone; the file itself may be well", Err: err}
	}
	return damaged(path, err)
}

func damaged(path string, err error) error {
	return &Error{
		Msg:  fmt.Sprintf("the database %s is damaged: %v", path, err),
		hint: "put a backup in its place; keep the damaged file, the bot has not changed it",
		Err:  err,
	}
}

// errPanic marks what bbolt says about a damaged page: it panics.
var errPanic = errors.New("the file's pages contradict each other")

// guard turns a panic of bbolt into an error.
func guard(f func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: %v", errPanic, fault)
		}
	}()
	return f()
}

// write runs f in a transaction that it may share with others, and returns when the disk has it. f may run twice.
func (s *Store) write(ctx context.Context, f func(tx *bolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.explainPanic(guard(func() error { return s.db.Batch(f) }))
}

// read runs f on a view of the file that does not change meanwhile.
func (s *Store) read(ctx context.Context, f func(tx *bolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.explainPanic(guard(func() error { return s.db.View(f) }))
}

// explainPanic says in words for an operator that a page is damaged.
func (s *Store) explainPanic(err error) error {
	if errors.Is(err, errPanic) {
		return damaged(s.path, err)
	}
	return err
}
