package store

import (
	"context"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// A write is one function that changes the file. Those that come while the disk is busy with a commit share the next one,
// so that a busy room costs the disk no more than a quiet one.

// call is a write that waits for its commit.
type call struct {
	f    func(tx *bolt.Tx) error
	done chan error
}

// write runs f in a transaction that it may share with others, and returns when the disk has it. f may run more than
// once. An error means that nothing of f is in the file.
func (s *Store) write(ctx context.Context, f func(tx *bolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c := &call{f: f, done: make(chan error, 1)}
	s.mu.Lock()
	s.waiting = append(s.waiting, c)
	leads := len(s.waiting) == 1
	s.mu.Unlock()
	if leads {
		s.turn <- struct{}{}
		s.mu.Lock()
		calls := s.waiting
		s.waiting = nil
		s.mu.Unlock()
		s.commit(calls)
		<-s.turn
	}
	return s.explainPanic(<-c.done)
}

// begin starts a transaction. A file that is not even fit for that leaves bbolt locked for ever, so whoever comes after
// must not try.
func (s *Store) begin(writable bool) (tx *bolt.Tx, err error) {
	s.door.Lock()
	defer s.door.Unlock()
	if err := s.Err(); err != nil {
		return nil, err
	}
	err = guard(func() error {
		tx, err = s.db.Begin(writable)
		return err
	})
	if errors.Is(err, errPanic) {
		s.lose(damaged(s.path, err))
	}
	return tx, err
}

// commit writes calls in one transaction. One that fails by itself is answered and left out. The caller has the turn.
func (s *Store) commit(calls []*call) {
	err := s.Err()
	if err == nil {
		err = s.awake()
	}
	for err == nil && len(calls) > 0 {
		var failed int
		if failed, err = s.attempt(calls); failed >= 0 {
			calls[failed].done <- err
			calls, err = append(calls[:failed:failed], calls[failed+1:]...), nil
			continue
		}
		break
	}
	for _, c := range calls {
		c.done <- err
	}
}

// attempt writes calls in one transaction. failed is the call that made it fail, or -1.
func (s *Store) attempt(calls []*call) (failed int, err error) {
	failed = -1
	committing := false
	err = guard(func() error {
		tx, err := s.begin(true)
		if err != nil {
			committing = s.Err() == nil // bbolt refuses transactions when it lost its mapping of the file
			return err
		}
		defer tx.Rollback() //nolint:errcheck // it says that a committed transaction is over
		for i, c := range calls {
			failed = i
			if err := c.f(tx); err != nil {
				return err
			}
		}
		failed, committing = -1, true
		id := tx.ID()
		if err := s.toDisk(tx.Commit); err != nil {
			return err
		}
		s.last = id
		return nil
	})
	if s.suspect.Swap(false) || errors.Is(err, errPanic) {
		s.lookOver()
	}
	if err != nil && committing && s.Err() == nil {
		err = fmt.Errorf("the database cannot be written to: %w", err)
		s.renew(err)
	}
	return failed, err
}

// lookOver gives the file up if the pages that bbolt was let into are not sound: it has stumbled over one. The caller has
// the turn, so nobody changes them meanwhile.
func (s *Store) lookOver() {
	inside := map[string]tree{}
	now, err := survey(s.file, func(id string, t tree) {
		if s.ground.has(id) {
			inside[id] = t
		}
	})
	for id, t := range inside {
		if err == nil {
			err = now.enter(id, t)
		}
	}
	if err != nil {
		s.lose(damaged(s.path, err))
	}
}

// toDisk commits, or has the stand-in for the disk do it.
func (s *Store) toDisk(commit func() error) error {
	if s.o.Disk == nil {
		return commit()
	}
	return s.o.Disk(commit)
}

// read runs f on a view of the file that does not change meanwhile.
func (s *Store) read(ctx context.Context, f func(tx *bolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.db == nil {
		return s.shut
	}
	tx, err := s.begin(false)
	if err != nil {
		return s.explainPanic(err)
	}
	defer tx.Rollback() //nolint:errcheck // there is nothing to roll back
	err = guard(func() error { return f(tx) })
	if errors.Is(err, errPanic) {
		s.suspect.Store(true) // whoever writes next can look, and will
	}
	return s.explainPanic(err)
}
