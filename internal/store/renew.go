package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// What a failed commit leaves behind is not certain. Where only the last step failed, the sync of the page that makes the
// commit valid, the commit can be seen by this process and may or may not be on the disk; to build on it could destroy
// the file, and to keep it would make true what members were told is not. So the file is closed, that page is set back
// to the commit before, and the file is opened anew. Until that has succeeded nothing is read or written.

// errAnew is what those are told who were reading at length, errShut what readers are told while the file cannot be opened anew, and errChanged that it is not the same any more.
var (
	errAnew    = errors.New("the database was opened anew meanwhile; try again")
	errShut    = errors.New("the database is closed until the disk is well again")
	errChanged = &Error{Msg: "the database was changed by another process", hint: "two cannot share a file; stop the other bot, then start this one again"}
)

// renew closes the file after a failed commit and opens it as it was before. The caller has the turn.
func (s *Store) renew(cause error) {
	defer s.shutGate(errAnew)()
	if s.db != nil {
		db := s.db
		s.db, s.torn = nil, tornPage(s.file, s.last)
		if err := guard(db.Close); err != nil {
			s.log.Error("the database could not be closed", "error", err)
		}
	}
	s.shut = fmt.Errorf("%w: %w", errShut, cause)
	s.reopen()
}

// shutGate keeps everybody from reading until open is called. Those who read at length are sent away with the reason
// given: all others would wait for them. The caller has the turn.
func (s *Store) shutGate(why error) (open func()) {
	s.endLong(why)
	s.gate.Lock()
	s.long, s.endLong = context.WithCancelCause(context.Background())
	return s.gate.Unlock
}

// awake opens the file again if it had to be closed. The caller has the turn, so nobody else opens or closes it.
func (s *Store) awake() error {
	s.gate.RLock() // writes do not wait for those who read
	open := s.db != nil
	s.gate.RUnlock()
	if open {
		return nil
	}
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.closed {
		return bolterrors.ErrDatabaseNotOpen
	}
	if s.db == nil {
		s.reopen()
	}
	if s.db == nil {
		return s.shut
	}
	return nil
}

// reopen opens the file as it was after the last commit that succeeded. The caller holds the gate.
func (s *Store) reopen() {
	db, file, g, err := func() (*bolt.DB, *os.File, *ground, error) {
		if err := s.setBack(); err != nil {
			return nil, nil, nil, err
		}
		db, file, g, err := openFile(s.path, s.o)
		if err != nil {
			return nil, nil, nil, err
		}
		if last, err := lastCommit(db); err != nil || last != s.last {
			return nil, nil, nil, errors.Join(errChanged, err, guard(db.Close))
		}
		return db, file, g, nil
	}()
	var broken *Error
	if errors.Is(err, errChanged) || errors.As(err, &broken) && broken.lasting {
		s.shut = err
		s.lose(err)
		return
	}
	if err != nil {
		s.shut = fmt.Errorf("%w: %w", errShut, err)
		s.log.Error("the database is closed until the disk is well again", "error", err)
		return
	}
	s.db, s.file, s.ground, s.shut = db, file, g, nil
}

// tornPage is what a commit that failed has left as the newest first page; nil if it did not come that far. The caller
// has the file open, so nobody else can have written it.
func tornPage(f *os.File, last int) []byte {
	metas, err := readMetas(f)
	if err != nil {
		return nil
	}
	for _, m := range metas {
		if m.fault == nil && m.commit > uint64(last) {
			return m.raw
		}
	}
	return nil
}

// setBack makes the latest commit that succeeded the newest in the file, and has the disk know it. A page whose sync has
// failed counts as written to the system, so both pages are written anew, whatever they say.
func (s *Store) setBack() (err error) {
	f, err := os.OpenFile(s.path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, letGo, err := hold(s.path) // nobody else may write meanwhile
	if err != nil {
		return err
	}
	defer letGo()
	metas, err := readMetas(f)
	if err != nil {
		return damaged(s.path, err)
	}
	for i, m := range metas {
		if m.fault == nil && m.commit > uint64(s.last) {
			other := metas[1-i]
			if !bytes.Equal(m.raw, s.torn) || other.fault != nil || other.commit != uint64(s.last) {
				return errChanged
			}
			m = other
		}
		if _, err := f.WriteAt(m.as(i), int64(i)*int64(m.pageSize)); err != nil {
			return err
		}
	}
	if s.o.Volatile {
		return nil
	}
	return f.Sync()
}
