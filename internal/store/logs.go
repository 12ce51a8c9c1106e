package store

import (
	"encoding/binary"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// errUnfit says that bbolt must not be let into a log.
var errUnfit = errors.New("it is damaged")

// openLog is the log of a reading, fit for bbolt to be let into; its Bucket is nil if the reading has none. One that is
// damaged is left as it is, by whoever reads and by whoever writes: it is an *Error.
func (s *Store) openLog(tx *bolt.Tx, id []byte) (shelf, error) {
	log := logOf(tx, id)
	var err error
	if log.Bucket != nil {
		err = s.ground.enter(string(id), tree{root: uint64(log.Root()), sequence: log.Sequence()})
	} else {
		err = s.ground.none(string(id))
	}
	if err != nil {
		return shelf{}, s.damagedLog(id, fmt.Errorf("%w: %w", errUnfit, err))
	}
	return log, nil
}

// damagedLog says what is wrong with the log of a reading, and what to do: it ends no process, so it is only read in what
// that process notes.
func (s *Store) damagedLog(id []byte, err error) *Error {
	return &Error{
		Msg: fmt.Sprintf("the log of reading %s in the database %s: %v; the other readings go on; "+
			"to have this one back, stop the bot, keep the file, and put a backup in its place", id, s.path, err),
		hint: "bot doctor says what is wrong with it",
		Err:  err, lasting: true,
	}
}

func (s *Store) appendLog(tx *bolt.Tx, id string, entries [][]byte) error {
	if len(entries) == 0 {
		return nil
	}
	log, err := s.openLog(tx, []byte(id))
	if err != nil {
		return err
	}
	if log.Bucket == nil {
		if log, err = s.makeLog(tx, []byte(id)); err != nil {
			return err
		}
	}
	for _, entry := range entries {
		if err := log.put(binary.BigEndian.AppendUint64(nil, log.Sequence()+1), entry); err != nil {
			return err
		}
	}
	return nil
}

// makeLog begins the log of a reading. That bbolt may be let into it is so even if the transaction fails: the file had
// no log of this name when it was opened.
func (s *Store) makeLog(tx *bolt.Tx, id []byte) (shelf, error) {
	logs := shelfOf(tx, bucketLog)
	if _, err := logs.CreateBucket(id); err != nil {
		return shelf{}, err
	}
	s.ground.made(string(id))
	return logOf(tx, id), logs.count(1)
}

// dropLog drops the log of a reading, if it has one.
func (s *Store) dropLog(tx *bolt.Tx, id []byte) error {
	log, err := s.openLog(tx, id)
	if err != nil || log.Bucket == nil {
		return err
	}
	logs := shelfOf(tx, bucketLog)
	if err := logs.DeleteBucket(id); err != nil {
		return err
	}
	return logs.count(-1)
}
