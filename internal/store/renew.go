package store

import (
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

// errShut is what readers are told while the file cannot be opened anew, and errChanged that it is not the same any more.
var (
	errShut    = errors.New("the database is closed until the disk is well again")
	errChanged = errors.New("another process has changed it meanwhile")
)

// renew closes the file after a failed commit and opens it as it was before. The caller has the turn.
func (s *Store) renew(cause error) {
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.db != nil {
		db := s.db
		s.db = nil
		if err := guard(db.Close); err != nil {
			s.log.Error("the database could not be closed", "error", err)
		}
	}
	s.shut = fmt.Errorf("%w: %w", errShut, cause)
	s.reopen()
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
	db, err := func() (*bolt.DB, error) {
		if err := setBack(s.path, s.last, !s.o.Volatile); err != nil {
			return nil, err
		}
		db, err := openFile(s.path, s.o)
		if err != nil {
			return nil, err
		}
		if last, err := lastCommit(db); err != nil || last != s.last {
			return nil, errors.Join(errChanged, err, guard(db.Close))
		}
		return db, nil
	}()
	if err != nil {
		s.shut = fmt.Errorf("%w: %w", errShut, err)
		s.log.Error("the database is closed until the disk is well again", "error", err)
		return
	}
	s.db, s.shut = db, nil
}

// setBack makes the file's newest valid commit the one given, and has the disk know it. A page whose sync has failed
// counts as written to the system, so both pages are written anew, whatever they say.
func setBack(path string, last int, sync bool) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	metas, err := readMetas(f)
	if err != nil {
		return err
	}
	for i := range metas {
		m := metas[i]
		if m.fault == nil && m.commit > uint64(last) {
			if m = metas[1-i]; m.fault != nil || m.commit != uint64(last) {
				return fmt.Errorf("commit %d is not in it any more: %w", last, errChanged)
			}
		}
		if _, err := f.WriteAt(m.as(i), int64(i)*int64(m.pageSize)); err != nil {
			return err
		}
	}
	if !sync {
		return nil
	}
	return f.Sync()
}
