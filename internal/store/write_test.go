package store

import (
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	bolt "go.etcd.io/bbolt"

	"storyteller/internal/narrate/reading"
)

var errSick = errors.New("the disk is sick")

// sick is a disk that fails as it is told.
type sick struct {
	mu     sync.Mutex
	before error // of a commit that nothing is written of
	after  error // of a commit that is written, but that the disk may not have: the last sync has failed
}

func (d *sick) commit(commit func() error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.before != nil {
		return d.before
	}
	if err := commit(); err != nil {
		return err
	}
	return d.after
}

func (d *sick) fail(before, after error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.before, d.after = before, after
}

func openSick(t testing.TB) (*Store, *sick, string) {
	t.Helper()
	d := &sick{}
	path := filepath.Join(t.TempDir(), "test.db")
	s, err := Open(path, Options{Volatile: true, Disk: d.commit})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, d, path
}

func recall(t testing.TB, s *Store, name string) string {
	t.Helper()
	note, err := s.Recall(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(note)
}

// A write that failed is not in the file, neither for this process nor for the next, however far its commit came; and
// the store goes on by itself when the disk is well.
func TestWhatCouldNotBeSavedIsNotThere(t *testing.T) {
	for name, err := range map[string][2]error{"before the commit": {errSick, nil}, "after the commit": {nil, errSick}} {
		t.Run(name, func(t *testing.T) {
			s, d, path := openSick(t)
			ctx := t.Context()
			if err := s.Remember(ctx, "a", []byte("1")); err != nil {
				t.Fatal(err)
			}
			d.fail(err[0], err[1])
			for range 3 {
				if err := s.Remember(ctx, "a", []byte("2")); !errors.Is(err, errSick) {
					t.Errorf("the write ended with %v", err)
				}
				if got := recall(t, s, "a"); got != "1" {
					t.Errorf("after a write that failed it reads %q", got)
				}
			}
			d.fail(nil, nil)
			if err := s.Remember(ctx, "b", []byte("3")); err != nil {
				t.Errorf("when the disk is well: %v", err)
			}
			s.Close()
			again, err := Open(path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			if a, b := recall(t, again, "a"), recall(t, again, "b"); a != "1" || b != "3" {
				t.Errorf("after a new start it reads %q and %q", a, b)
			}
		})
	}
}

// moody is a disk that fails by chance, as often before a commit as after it: each once in so many.
func moody(chance *rand.Rand, once int) func(commit func() error) error {
	return func(commit func() error) error { // never called twice at once
		switch chance.Intn(once) {
		case 0:
			return errSick
		case 1:
			return errors.Join(commit(), errSick)
		}
		return commit()
	}
}

// Many write at once while the disk fails at random: what was acknowledged is there, what was not is not, now and after
// a new start, and the file stays sound.
func TestEveryWriteIsThereOrNot(t *testing.T) {
	for seed := range int64(20) {
		chance := rand.New(rand.NewSource(seed))
		path := filepath.Join(t.TempDir(), fmt.Sprint(seed, ".db"))
		s, err := Open(path, Options{Volatile: true, Disk: moody(chance, 4)})
		if err != nil {
			t.Fatal(err)
		}
		var wait sync.WaitGroup
		const writers, writes = 8, 30
		kept := make([]int, writers) // the latest value that was acknowledged
		for w := range writers {
			wait.Go(func() {
				for i := 1; i <= writes; i++ {
					note := []byte(strings.Repeat(fmt.Sprint(i, " "), 1+i*50))
					if err := s.Remember(t.Context(), fmt.Sprint(w), note); err == nil {
						kept[w] = i
					} else if !errors.Is(err, errSick) {
						t.Errorf("seed %d: %v", seed, err)
					}
				}
			})
		}
		wait.Wait()
		check := func(s *Store, when string) {
			for w := range writers {
				want := strings.Repeat(fmt.Sprint(kept[w], " "), 1+kept[w]*50)
				if kept[w] == 0 {
					want = ""
				}
				if got := recall(t, s, fmt.Sprint(w)); got != want {
					t.Errorf("seed %d, %s: writer %d finds %.10q, %d was acknowledged last", seed, when, w, got, kept[w])
				}
			}
		}
		check(s, "at once")
		s.Close()
		if got := problems(t, path); len(got) > 0 {
			t.Errorf("seed %d: %s", seed, strings.Join(got, "\n"))
		}
		if s, err = Open(path, Options{}); err != nil {
			t.Fatal(err)
		}
		check(s, "after a new start")
		s.Close()
	}
}

// While the file cannot be opened anew after a failed commit, nothing is read or written; when it can be, all goes on.
func TestAFileThatIsGoneForAWhile(t *testing.T) {
	s, d, path := openSick(t)
	ctx := t.Context()
	if err := s.Remember(ctx, "a", []byte("1")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	d.fail(nil, errSick)
	if err := s.Remember(ctx, "a", []byte("2")); !errors.Is(err, errSick) {
		t.Errorf("write: %v", err)
	}
	if _, err := s.Recall(ctx, "a"); !errors.Is(err, errShut) {
		t.Errorf("read: %v", err)
	}
	d.fail(nil, nil)
	if err := s.Remember(ctx, "a", []byte("3")); !errors.Is(err, errShut) {
		t.Errorf("write: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a new file was made in place of the one that is away")
	}
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	if err := s.Remember(ctx, "b", []byte("4")); err != nil {
		t.Errorf("when it is back: %v", err)
	}
	if a, b := recall(t, s, "a"), recall(t, s, "b"); a != "1" || b != "4" {
		t.Errorf("it reads %q and %q", a, b)
	}
}

// A file that somebody else has written to meanwhile is not written to any more.
func TestAFileThatOthersChanged(t *testing.T) {
	for commits := 1; commits <= 3; commits++ {
		t.Run(fmt.Sprint(commits, " commits"), func(t *testing.T) { othersChange(t, commits) })
	}
}

func othersChange(t *testing.T, commits int) {
	s, d, path := openSick(t)
	ctx := t.Context()
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	d.fail(errSick, nil)
	if err := s.Remember(ctx, "a", []byte("1")); !errors.Is(err, errSick) {
		t.Fatal(err)
	}
	d.fail(nil, nil)
	other, err := Open(path+".away", Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range commits {
		if err := other.Remember(ctx, "a", []byte("theirs")); err != nil {
			t.Fatal(err)
		}
	}
	other.Close()
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Remember(ctx, "a", []byte("2")); !errors.Is(err, errChanged) {
			t.Errorf("write: %v", err)
		}
	}
	select {
	case <-s.Lost():
	default:
		t.Error("nobody is told that the file is lost")
	}
	if again, err := Open(path, Options{}); err != nil {
		t.Error(err)
	} else {
		if got := recall(t, again, "a"); got != "theirs" {
			t.Errorf("it reads %q", got)
		}
		again.Close()
	}
}

// A file that is cut short, or overwritten, while it is open ends nothing but the reading of what is gone.
func TestAFileCutShortWhileItIsOpen(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"cut short":   func(path string) error { return os.Truncate(path, int64(2*os.Getpagesize())) },
		"cut to 0":    func(path string) error { return os.Truncate(path, 0) },
		"overwritten": func(path string) error { return overwrite(path) },
	} {
		t.Run(name, func(t *testing.T) {
			s, path := openStore(t)
			for i := range 50 {
				settle(t, s, "7", fmt.Sprint(1000+i), false)
			}
			if err := spoil(path); err != nil {
				t.Fatal(err)
			}
			err := s.Live(t.Context(), func(id string, r reading.State, err error) {
				if err == nil && r.ID != id {
					t.Errorf("reading %q is told as %q", id, r.ID)
				}
			})
			if err == nil {
				t.Error("all is read as if nothing were")
			}
			for range 3 {
				if err := s.Remember(t.Context(), "a", []byte("1")); err == nil {
					t.Error("a write is acknowledged")
				}
			}
			if err := s.Close(); err != nil {
				t.Log(err)
			}
			if got := problems(t, path); name != "cut to 0" && len(got) == 0 {
				t.Error("nothing is wrong with it")
			}
		})
	}
}

func overwrite(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, scribble(text), 0o600)
}

// Writes that come while the disk is busy share the next commit.
func TestWritesShareCommits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		commits := 0
		s, err := Open(filepath.Join(t.TempDir(), "test.db"), Options{Volatile: true, Disk: func(commit func() error) error {
			commits++
			time.Sleep(10 * time.Millisecond)
			return commit()
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var wait sync.WaitGroup
		for i := range 1000 {
			wait.Go(func() {
				if err := s.Remember(t.Context(), fmt.Sprint(i), []byte("1")); err != nil {
					t.Error(err)
				}
			})
		}
		began := time.Now()
		wait.Wait()
		if commits > 3 || time.Since(began) > 30*time.Millisecond {
			t.Errorf("%d commits in %v", commits, time.Since(began))
		}
	})
}

// One write that cannot be done does not take those with it that share its commit.
func TestAWriteThatCannotBeDoneFailsAlone(t *testing.T) {
	s, _ := openStore(t)
	var wait sync.WaitGroup
	for i := range 50 {
		wait.Go(func() {
			err := s.write(t.Context(), func(tx *bolt.Tx) error {
				switch i % 10 {
				case 3:
					return errSick
				case 7:
					panic("a page is damaged")
				}
				return shelfOf(tx, bucketMemory).put(fmt.Append(nil, i), []byte("1"))
			})
			var known *Error
			if want := i%10 == 3; want != errors.Is(err, errSick) {
				t.Errorf("write %d: %v", i, err)
			}
			if want := i%10 == 7; want != errors.As(err, &known) {
				t.Errorf("write %d: %v", i, err)
			}
		})
	}
	wait.Wait()
	if n := keysIn(t, s, bucketMemory); n != 40 {
		t.Errorf("%d writes are there, want 40", n)
	}
}
