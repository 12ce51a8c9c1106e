// Package store keeps readings in a bbolt file: their records and logs, the ballots of open votes, the stories they run
// on, and the endings that a guild has found. It is the only importer of bbolt.
//
// Layout of the file, format 3. Keys are text unless said otherwise. Every value but that of meta ends with a checksum of
// 4 bytes over its bucket, its key and itself. The sequence of every bucket but meta is the number of its entries.
//
//	meta     "format"                          -> "3"
//	live     reading                           -> record (reading.Encode)
//	past     reading                           -> record of a reading that is over
//	log      reading -> bucket: 8 bytes, big-endian, rising by one -> entry (JSON)
//	ballots  reading 00 vote (4 bytes, big-endian) voter    -> option (4 bytes), order (8 bytes), both big-endian
//	bundles  hash                              -> bundle of a story
//	endings  guild 00 story 00 ending          -> reading that found it first
//	guilds   guild 00 reading                  -> nothing: which readings belong to a guild
//	left     guild                             -> when the bot was removed from it (RFC 3339)
//	memory   name                              -> small notes: when the process was last there, what the Discord edge knows
//
// Format 1 had no checksums, no guilds and no left, format 2 no numbers of entries; Open brings them up to date.
package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// LockPatience is how long Open waits for another process to let go of the file: long enough for one that is just
// stopping, short enough that an operator sees at once what is wrong.
const LockPatience = 300 * time.Millisecond

// mapped is how much of the address space the file is given from the start. A file that outgrows what it was given has
// to wait for those who read it at length, which is a backup, for copyLimit at most; below a gigabyte nobody waits.
const mapped = 1 << 30

// growth is by how much more than it needs the file is made longer, so that not every commit has to.
const growth = 1 << 20

var (
	bucketMeta    = []byte("meta")
	bucketLive    = []byte("live")
	bucketPast    = []byte("past")
	bucketLog     = []byte("log")
	bucketBallots = []byte("ballots")
	bucketBundles = []byte("bundles")
	bucketEndings = []byte("endings")
	bucketMemory  = []byte("memory")
	bucketGuilds  = []byte("guilds")
	bucketLeft    = []byte("left")

	keyFormat = []byte("format")
)

// Store is an open file. Its methods may be called from many goroutines.
type Store struct {
	path string
	o    Options
	log  *slog.Logger

	mu      sync.Mutex
	waiting []*call // to be written with the next commit

	turn chan struct{} // held by whoever writes
	last int           // the latest commit that the disk has; with the turn
	torn []byte        // the first page as the commit that failed left it, if it came that far; with the turn

	gate   sync.RWMutex // held for reading by whoever reads, for writing while the file is closed or opened anew
	db     *bolt.DB     // nil while the file is closed
	file   *os.File     // what db has open
	ground *ground      // what was found in it
	shut   error        // why it is closed
	closed bool         // for good

	long    context.Context         // of those who read at length: ends when the file is to be closed; with the gate
	endLong context.CancelCauseFunc // ends long; with the turn

	door    sync.Mutex    // held while a transaction begins
	suspect atomic.Bool   // somebody who read has stumbled over a page
	lost    chan struct{} // closed when the file is lost to this process
	lostErr error         // why; set before
	losing  sync.Once
}

// Options are for tests and simulations, but for Log; the zero value is what a bot wants.
type Options struct {
	Log      *slog.Logger // where damage is told that is passed over, and what the disk does; nil for nowhere
	Volatile bool         // writes do not wait for the disk: for worlds whose power never fails

	// Disk stands between every commit and the disk: it calls commit, and may be late or fail, before that or after it.
	// nil for the disk as it is.
	Disk func(commit func() error) error
}

// Open opens the file at path, and makes it if there is none. A file that another process holds, that is damaged or that
// is of another format is an *Error.
func Open(path string, o Options) (s *Store, err error) {
	if absent(path) {
		if err := create(path, o); err != nil && absent(path) {
			return nil, err
		}
	}
	if err := usable(path); err != nil {
		return nil, err
	}
	s = &Store{path: path, o: o, log: o.Log, turn: make(chan struct{}, 1), lost: make(chan struct{})}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.db, s.file, s.ground, err = openFile(path, o); err != nil {
		return nil, err
	}
	s.long, s.endLong = context.WithCancelCause(context.Background())
	if err := guard(s.prepare); err != nil {
		err = explain(path, err)
		return nil, errors.Join(err, guard(s.db.Close))
	}
	return s, nil
}

// openFile has bbolt open the file, unless its pages are not sound. Those inside of logs have not been looked at.
func openFile(path string, o Options) (db *bolt.DB, file *os.File, g *ground, err error) {
	open := func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
		file, err = os.OpenFile(name, flag, mode)
		return file, err
	}
	err = guard(func() (err error) {
		db, err = bolt.Open(path, 0o600, &bolt.Options{Timeout: LockPatience, NoSync: o.Volatile, InitialMmapSize: mapped, OpenFile: open})
		return err
	})
	if err != nil {
		if errors.Is(err, errPanic) && file != nil {
			if _, why := survey(file, nil); why != nil {
				err = fmt.Errorf("%w: %w", errPanic, why) // bbolt stumbled over it
			}
			err = errors.Join(err, file.Close()) // bbolt does so where it returns by itself
		}
		return nil, nil, nil, explain(path, err)
	}
	db.AllocSize = growth
	if g, err = survey(file, nil); err != nil {
		return nil, nil, nil, errors.Join(damaged(path, err), guard(db.Close))
	}
	return db, file, g, nil
}

// prepare checks the format of an old file, brings it up to date, and lays out a new one.
func (s *Store) prepare() (err error) {
	var format string
	if err := s.db.View(func(tx *bolt.Tx) (err error) {
		format, err = formatOf(s.path, tx)
		return err
	}); err != nil {
		return err
	}
	if format != Format {
		if err := sound(s.file); err != nil { // all of it is rewritten, or counted
			return damaged(s.path, err)
		}
		if err := s.db.Update(func(tx *bolt.Tx) error { return bringUp(tx, format) }); err != nil {
			return err
		}
		if s.ground, err = survey(s.file, nil); err != nil {
			return damaged(s.path, err)
		}
		if format != "" {
			s.log.Info("the database was brought up to date", "database", s.path, "from_format", format, "to_format", Format)
		}
	}
	last, err := lastCommit(s.db)
	s.last = last
	return err
}

// lastCommit is the number of the latest commit.
func lastCommit(db *bolt.DB) (last int, err error) {
	err = db.View(func(tx *bolt.Tx) error {
		last = tx.ID()
		return nil
	})
	return last, err
}

// Close lets go of the file. What was saved is on the disk already. A file that is lost is let go of by the end of the
// process only.
func (s *Store) Close() error {
	if s.Err() != nil {
		return nil
	}
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	defer s.shutGate(bolterrors.ErrDatabaseNotOpen)()
	s.closed = true
	if s.db == nil {
		return nil
	}
	db := s.db
	s.db, s.shut = nil, bolterrors.ErrDatabaseNotOpen
	return guard(db.Close)
}

// Lost is closed when this process can do nothing with the file any more, because it was damaged or changed by others
// while it was open. Every call fails from then on, and Err says why.
func (s *Store) Lost() <-chan struct{} { return s.lost }

// Err is why the file is lost; nil if it is not.
func (s *Store) Err() error {
	select {
	case <-s.lost:
		return s.lostErr
	default:
		return nil
	}
}

// lose gives the file up.
func (s *Store) lose(err error) {
	s.losing.Do(func() {
		s.lostErr = err
		close(s.lost)
		s.log.Error("the database is lost to this process", "error", err)
	})
}
