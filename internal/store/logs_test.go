package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"storyteller/internal/narrate/reading"
)

// insides are kinds of damage to log "1", all of which are inside of it or where its bucket says what it is.
var insides = map[string]func(m *image){
	"a page that says another number": func(m *image) { m.leaf(m.roots["1"], 1)[0] ^= 1 },
	"a page of another kind":          func(m *image) { m.leaf(m.roots["1"], 1)[8] ^= 1 },
	"a page of another log":           func(m *image) { copy(m.child(m.roots["1"], 1), m.child(m.roots["2"], 1)) },
	"its first page is another log's": func(m *image) { order.PutUint64(m.text[m.heads["1"]:], m.roots["2"]) },
	"its first page is within it":     func(m *image) { copy(m.text[m.heads["1"]:], m.child(m.roots["1"], 1)) },
	"a page of records":               func(m *image) { order.PutUint64(m.child(m.roots["1"], 1), m.parts["live"]) },
	"a page that is free":             func(m *image) { order.PutUint64(m.child(m.roots["1"], 1), m.free) },
	"a page of its own that is free": func(m *image) {
		copy(m.page(m.free), m.leaf(m.roots["1"], 1))
		order.PutUint64(m.page(m.free), m.free)
		order.PutUint64(m.child(m.roots["1"], 1), m.free)
	},
	"another name":                   func(m *image) { m.text[m.names["1"]] = '0' },
	"it is an entry":                 func(m *image) { m.text[m.kinds["1"]] ^= 1 },
	"a page that the file has not":   func(m *image) { order.PutUint64(m.child(m.roots["1"], 1), 1<<40) },
	"the same page twice":            func(m *image) { copy(m.child(m.roots["1"], 1), m.child(m.roots["1"], 0)) },
	"a circle":                       func(m *image) { order.PutUint64(m.child(m.roots["1"], 0), m.roots["1"]) },
	"its last page is cut off":       func(m *image) { m.page(m.roots["1"])[10]-- },
	"its last entry is cut off":      func(m *image) { p := m.page(m.roots["1"]); m.leaf(m.roots["1"], count(p)-1)[10]-- },
	"an entry in the middle is gone": func(m *image) { m.leaf(m.roots["1"], 1)[10]-- },
	"a page runs over the next":      func(m *image) { m.leaf(m.roots["1"], 1)[12]++ },
	"a page with nothing of it": func(m *image) {
		page := m.leaf(m.roots["1"], 1)
		for i := range count(page) {
			at := pageHeader + i*element
			key, _ := cut(page, at, 4, at+8)
			value, _ := after(page, at, len(key))
			value[0] ^= 1
		}
	},
	"an entry looks like a bucket": func(m *image) { m.leaf(m.roots["1"], 1)[pageHeader] ^= 1 },
	"it says too many entries":     func(m *image) { m.text[m.heads["1"]+8]++ },
	"it says too few entries":      func(m *image) { m.text[m.heads["1"]+8]-- },
}

// What is damaged inside of a log is the log's: the file opens, whoever reads the log or writes to it is told, nothing of
// it is changed, all else goes on, and the doctor tells.
func TestALogThatIsDamagedInside(t *testing.T) {
	whole := logged(t)
	for name, spoil := range insides {
		for first, use := range map[string]func(t *testing.T, s *Store) error{
			"read": func(t *testing.T, s *Store) error {
				log, err := s.Log(t.Context(), "1")
				if len(log) > 0 {
					t.Errorf("%d entries are read", len(log))
				}
				return err
			},
			"append": func(t *testing.T, s *Store) error {
				return s.Save(t.Context(), live(t, s)["1"], told("new", 1))
			},
			"forget": func(t *testing.T, s *Store) error {
				gone, err := s.ForgetGuilds(t.Context(), start.Add(1))
				if len(gone) > 0 || guilds(t, s) != "g1 g2 g3 gover gshort" {
					t.Errorf("forgotten: %q, left: %s", gone, guilds(t, s))
				}
				if live(t, s)["1"].ID != "" {
					t.Error("the record is not forgotten")
				}
				return err
			},
		} {
			t.Run(name+"/"+first, func(t *testing.T) {
				m := imageOf(t, whole)
				spoil(m)
				path := filepath.Join(t.TempDir(), "damaged.db")
				m.write(path)
				if len(problems(t, path)) == 0 {
					t.Error("the doctor finds nothing")
				}
				s, err := Open(path, Options{Volatile: true})
				if err != nil {
					t.Fatal(err)
				}
				for range 2 {
					var known *Error
					if err := use(t, s); !errors.Is(err, errUnfit) || !errors.As(err, &known) || known.Hint() == "" || !known.Lasting() || !strings.Contains(err.Error(), "put a backup in its place") {
						t.Errorf("it is used: %v", err)
					}
					othersGoOn(t, s)
				}
				s.Close()
				if s, err = Open(path, Options{Volatile: true}); err != nil {
					t.Fatal(err)
				}
				othersGoOn(t, s)
				s.Close()
				after, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				for _, id := range m.pagesOf("1") {
					if at := int(id) * m.size; !slices.Equal(m.text[at:at+m.size], after[at:at+m.size]) {
						t.Errorf("page %d of the log was changed", id)
					}
				}
			})
		}
	}
}

// A log that has no page of its own is looked at where it is.
func TestALogInPlaceThatIsDamaged(t *testing.T) {
	m := imageOf(t, logged(t))
	m.text[m.heads["short"]+bucketHeader+8] ^= 1
	path := filepath.Join(t.TempDir(), "damaged.db")
	m.write(path)
	s, err := Open(path, Options{Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 2 {
		if _, err := s.Log(t.Context(), "short"); !errors.Is(err, errUnfit) {
			t.Errorf("it is read: %v", err)
		}
		if err := s.Save(t.Context(), live(t, s)["short"], told("short", 1)); !errors.Is(err, errUnfit) {
			t.Errorf("it is written to: %v", err)
		}
		if err := s.Save(t.Context(), live(t, s)["1"], told("1", 1)); err != nil {
			t.Errorf("another one: %v", err)
		}
	}
}

// othersGoOn reads and appends to the logs of all but "1".
func othersGoOn(t *testing.T, s *Store) {
	t.Helper()
	all := live(t, s)
	for _, id := range []string{"2", "3", "over", "short"} {
		before, err := s.Log(t.Context(), id)
		if err != nil {
			t.Errorf("log %s: %v", id, err)
			continue
		}
		r, found := all[id]
		if id == "over" {
			r, found, err = s.Past(t.Context(), id)
		}
		if !found || err != nil {
			t.Errorf("reading %s: %v", id, err)
			continue
		}
		if err := s.Save(t.Context(), r, told("new", 1)); err != nil {
			t.Errorf("reading %s cannot go on: %v", id, err)
		}
		log, err := s.Log(t.Context(), id)
		if err != nil || len(log) != len(before)+1 {
			t.Errorf("log %s has %d entries, then %d: %v", id, len(before), len(log), err)
		}
		for i, e := range log {
			if e.By != id && (e.By != "new" || i < len(many(id)) && id != "short") {
				t.Errorf("log %s has an entry of %s", id, e.By)
			}
		}
	}
	_, fresh := voting(t, fmt.Sprint("fresh", len(all)))
	fresh.Place.Guild = "g2"
	if err := s.Save(t.Context(), fresh, told("fresh", 1)); err != nil {
		t.Errorf("a new reading: %v", err)
	}
}

// What is lost outside of the logs is seen when the file is opened, although it is not known where their pages are.
func TestWhatIsLostOutsideOfTheLogs(t *testing.T) {
	path := logged(t)
	s, err := Open(path, Options{Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 30 { // so that records take a branch
		settle(t, s, "g", fmt.Sprint("more", i), false)
	}
	s.Close()
	for name, spoil := range map[string]func(m *image){
		"the last records":                  func(m *image) { m.page(m.parts["live"])[10]-- },
		"all records but those of one page": func(m *image) { copy(m.header("live"), m.child(m.parts["live"], 0)) },
		"a record at the end of its page":   func(m *image) { m.leaf(m.parts["live"], 0)[10]-- },
		"records are a log's": func(m *image) {
			order.PutUint64(m.header("live"), m.roots["1"])
			order.PutUint64(m.header("live")[8:], uint64(len(many("1")))) // as many
		},
		"logs are one log's":               func(m *image) { order.PutUint64(m.header("log"), m.roots["1"]) },
		"the name of a record":             func(m *image) { order.PutUint32(m.header("past")[bucketHeader+pageHeader+8:], 0) },
		"a page of records is a log's":     func(m *image) { copy(m.child(m.parts["live"], 0), m.child(m.roots["1"], 0)) },
		"a page runs over others":          func(m *image) { m.leaf(m.parts["live"], 0)[12] += 2 },
		"the list of free pages is longer": func(m *image) { m.page(m.list)[12]++ },
		"a log":                            func(m *image) { m.header("log")[8]++ },
	} {
		t.Run(name, func(t *testing.T) {
			m := imageWithMore(t, path)
			spoil(m)
			damaged := filepath.Join(t.TempDir(), "damaged.db")
			m.write(damaged)
			if s, err := Open(damaged, Options{Volatile: true}); err == nil {
				s.Close()
				t.Error("it opened")
			}
			if len(problems(t, damaged)) == 0 {
				t.Error("the doctor finds nothing")
			}
		})
	}
}

// counting counts what is read through it.
type counting struct {
	io.ReaderAt
	reads int
}

func (c *counting) ReadAt(b []byte, at int64) (int, error) {
	c.reads++
	return c.ReaderAt.ReadAt(b, at)
}

// reads counts what f has read of pages.
func reads(s *Store, f func()) int {
	c := &counting{ReaderAt: s.ground.pages.f}
	s.ground.pages.f = c
	defer func() { s.ground.pages.f = c.ReaderAt }()
	f()
	return c.reads
}

// A log is looked at once, before it is first used; one that was made meanwhile is not; after a failed commit all are new.
func TestALogIsLookedAtOnce(t *testing.T) {
	d := &sick{}
	s, err := Open(logged(t), Options{Volatile: true, Disk: d.commit})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	read := func(id string) func() {
		return func() {
			if _, err := s.Log(t.Context(), id); err != nil {
				t.Error(err)
			}
		}
	}
	save := func(id string) func() {
		return func() {
			_, r := voting(t, id)
			r.Place.Guild = "g" + id
			if err := s.Save(t.Context(), r, told(id, 20)); err != nil {
				t.Error(err)
			}
		}
	}
	for i, c := range []struct {
		do     func()
		looked bool
	}{
		{read("1"), true}, {read("1"), false}, {save("1"), false}, {read("1"), false},
		{save("2"), true}, {save("2"), false}, {read("2"), false},
		{save("short"), false}, {save("short"), false}, {read("short"), false}, // it is in place first, then it is not
		{save("new"), false}, {read("new"), false}, {save("new"), false},
	} {
		if n := reads(s, c.do); (n > 0) != c.looked {
			t.Errorf("step %d reads %d pages", i, n)
		}
	}
	d.fail(nil, errSick)
	if err := s.Remember(t.Context(), "a", []byte("1")); !errors.Is(err, errSick) {
		t.Fatal(err)
	}
	d.fail(nil, nil)
	for _, id := range []string{"1", "2", "3", "short", "new"} {
		if n := reads(s, read(id)); n == 0 {
			t.Errorf("after a failed commit log %s is not looked at", id)
		}
		if n := reads(s, save(id)); n > 0 {
			t.Errorf("after a failed commit log %s is looked at twice", id)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems(t, s.path) {
		if !strings.Contains(problem, "its story") { // there is none in the file
			t.Error(problem)
		}
	}
}

// Whoever stumbles has all looked over that bbolt was let into, and nothing that it was not.
func TestWhatIsLookedOver(t *testing.T) {
	for id, lost := range map[string]bool{"2": false, "1": true} {
		m := imageOf(t, logged(t))
		path := filepath.Join(t.TempDir(), "test.db")
		m.write(path)
		s, err := Open(path, Options{Volatile: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Log(t.Context(), "1"); err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteAt([]byte("spoiled."), int64(order.Uint64(m.child(m.roots[id], 1)))*int64(m.size)); err != nil {
			t.Fatal(err)
		}
		f.Close()
		s.suspect.Store(true)
		_ = s.Remember(t.Context(), "a", []byte("1"))
		if got := s.Err() != nil; got != lost {
			t.Errorf("log %s is spoiled: the file is lost: %v", id, s.Err())
		}
		s.Close()
	}
}

// Many read and append at once, the file is opened anew again and again, and a copy is taken: each log is what was
// acknowledged, and nobody takes a sound one for damaged.
func TestManyUseLogsAtOnce(t *testing.T) {
	path := logged(t)
	chance := rand.New(rand.NewSource(1))
	s, err := Open(path, Options{Volatile: true, Disk: moody(chance, 8)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var wait sync.WaitGroup
	kept := map[string]*int{}
	for _, id := range []string{"1", "2", "3", "short", "new"} {
		n := new(int)
		kept[id] = n
		_, r := voting(t, id)
		r.Place.Guild = "g" + id
		wait.Go(func() {
			for range 30 {
				switch err := s.Save(t.Context(), r, told(id, 5)); {
				case err == nil:
					*n += 5
				case !errors.Is(err, errSick):
					t.Errorf("log %s: %v", id, err)
				}
			}
		})
		wait.Go(func() {
			for range 60 {
				log, err := s.Log(t.Context(), id)
				if err != nil || len(log)%5 > 1 { // "short" has one to begin with
					t.Errorf("log %s has %d entries: %v", id, len(log), err)
				}
			}
		})
	}
	wait.Go(func() {
		for range 5 {
			if err := s.Backup(t.Context(), io.Discard, func(int64) {}); err != nil && !errors.Is(err, errAnew) {
				t.Errorf("copy: %v", err)
			}
		}
	})
	wait.Wait()
	for id, n := range kept {
		want := *n
		switch id {
		case "1", "2", "3":
			want += len(many(id))
		case "short":
			want++
		}
		if log, err := s.Log(t.Context(), id); err != nil || len(log) != want {
			t.Errorf("log %s has %d entries, want %d: %v", id, len(log), want, err)
		}
	}
}

// numbers of entries are 8 bytes, as keys of nothing else are.
func TestNumbersOfEntries(t *testing.T) {
	if !numbered(binary.BigEndian.AppendUint64(nil, 1)) || numbered([]byte("identifi")) {
		t.Error("they are taken for one another")
	}
}

// A reading whose log is damaged can be brought to its end, so that its channel is free: the record is kept, the log is
// left as it is.
func TestAReadingWithADamagedLogCanEnd(t *testing.T) {
	whole := logged(t)
	for name, spoil := range insides {
		t.Run(name, func(t *testing.T) {
			m := imageOf(t, whole)
			spoil(m)
			path := filepath.Join(t.TempDir(), "damaged.db")
			m.write(path)
			s, err := Open(path, Options{Volatile: true})
			if err != nil {
				t.Fatal(err)
			}
			r := live(t, s)["1"]
			r.Phase, r.Vote, r.Outbox = reading.Over, nil, []reading.Message{{Key: "last"}}
			if err := s.Save(t.Context(), r, []reading.Entry{{At: start, Steered: "stopped", Ended: true, Ending: "Gone"}}); err != nil {
				t.Errorf("it cannot be ended: %v", err)
			}
			r.Outbox = nil
			if err := s.Save(t.Context(), r, nil); err != nil {
				t.Errorf("its last message cannot be shown: %v", err)
			}
			s.Close()
			if s, err = Open(path, Options{Volatile: true}); err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if _, found, err := s.Past(t.Context(), "1"); !found || err != nil || live(t, s)["1"].ID != "" {
				t.Errorf("it is not over: %v, %v", found, err)
			}
			if found, err := s.EndingsFound(t.Context(), "g1", r.Story.ID); len(found) != 1 || err != nil {
				t.Errorf("endings found: %q, %v", found, err)
			}
			if _, err := s.Log(t.Context(), "1"); !errors.Is(err, errUnfit) {
				t.Errorf("its log is read: %v", err)
			}
			othersGoOn(t, s)
		})
	}
}
