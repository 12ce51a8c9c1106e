package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	bolterrors "go.etcd.io/bbolt/errors"
)

// stuck is who takes a piece of a copy and then is busy until it is let go.
type stuck struct {
	first      sync.Once
	took, goOn chan struct{}
}

func (w *stuck) Write(b []byte) (int, error) {
	w.first.Do(func() { close(w.took) })
	<-w.goOn
	return len(b), nil
}

// busyFor is how long who takes a copy is busy if the test does not let it go: it fails then, and does not hang.
const busyFor = 20 * time.Second

// takeSlowly begins a copy, and returns when its first piece was taken; end, which lets go of it, returns how it ended.
func takeSlowly(t *testing.T, s *Store) (end func() error) {
	t.Helper()
	w, ended := &stuck{took: make(chan struct{}), goOn: make(chan struct{})}, make(chan error, 1)
	letGo := sync.OnceFunc(func() { close(w.goOn) })
	late := time.AfterFunc(busyFor, func() {
		t.Error("all wait for who takes the copy")
		letGo()
	})
	go func() { ended <- s.Backup(t.Context(), w, func(int64) {}) }()
	<-w.took
	return func() error {
		late.Stop()
		letGo()
		return <-ended
	}
}

// large makes the file larger than any buffer on a copy's way.
func large(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Remember(t.Context(), "large", bytes.Repeat([]byte("x"), 1<<20)); err != nil {
		t.Fatal(err)
	}
}

// A commit that fails while a copy is taken slowly breaks the copy off: nobody else waits for who takes it.
func TestAFailedCommitDoesNotWaitForACopy(t *testing.T) {
	s, d, _ := openSick(t)
	large(t, s)
	end := takeSlowly(t, s)
	d.fail(nil, errSick)
	if err := s.Remember(t.Context(), "a", []byte("1")); !errors.Is(err, errSick) {
		t.Errorf("the write ended with %v", err)
	}
	d.fail(nil, nil)
	if got := recall(t, s, "a"); got != "" {
		t.Errorf("it reads %q", got)
	}
	if err := s.Remember(t.Context(), "b", []byte("2")); err != nil {
		t.Errorf("the next write: %v", err)
	}
	if err := end(); !errors.Is(err, errAnew) {
		t.Errorf("the copy that broke off ended with %v", err)
	}
	var again bytes.Buffer
	var size int64
	if err := s.Backup(t.Context(), &again, func(n int64) { size = n }); err != nil || int64(again.Len()) != size {
		t.Errorf("the copy after it has %d bytes of %d: %v", again.Len(), size, err)
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(path, again.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := problems(t, path); len(got) > 0 {
		t.Error(strings.Join(got, "\n"))
	}
}

// A bot that stops does not wait for a copy either.
func TestClosingDoesNotWaitForACopy(t *testing.T) {
	s, _ := openStore(t)
	large(t, s)
	end := takeSlowly(t, s)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := end(); !errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		t.Errorf("the copy ended with %v", err)
	}
}

// drip takes a copy piece by piece, each after a while.
type drip time.Duration

func (d drip) Write(b []byte) (int, error) {
	time.Sleep(time.Duration(d))
	return len(b), nil
}

// A copy has a bound as a whole, however patiently each piece is taken, and ends with its context.
func TestACopyIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := Open(filepath.Join(t.TempDir(), "test.db"), Options{Volatile: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		large(t, s)
		const piece = copyLimit / 10
		began := time.Now()
		if err := s.Backup(t.Context(), drip(piece), func(int64) {}); !errors.Is(err, errTooSlow) {
			t.Errorf("it ended with %v", err)
		}
		if took := time.Since(began); took < copyLimit || took > copyLimit+piece {
			t.Errorf("it took %v", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), piece*3/2)
		defer cancel()
		if err := s.Backup(ctx, drip(piece), func(int64) {}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("it ended with %v", err)
		}
	})
}

// full is a place for a copy that takes no more.
type full struct{ room int }

func (w *full) Write(b []byte) (int, error) {
	if w.room -= len(b); w.room < 0 {
		return 0, errSick
	}
	return len(b), nil
}

// A copy that is not whole is never taken for whole: neither where its place is full nor where the file ends too early.
func TestACopyThatIsNotWholeFails(t *testing.T) {
	s, path := openStore(t)
	large(t, s)
	if err := s.Backup(t.Context(), &full{room: 100_000}, func(int64) {}); !errors.Is(err, errSick) {
		t.Errorf("where its place is full it ended with %v", err)
	}
	if err := os.Truncate(path, 100_000); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), io.Discard, func(int64) {}); err == nil {
		t.Error("a file that was cut short is copied as if it were whole")
	}
}
