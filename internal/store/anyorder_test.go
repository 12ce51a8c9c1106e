package store

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"storyteller/internal/library"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
)

// Whatever is written, in whatever order and at once, while the disk fails again and again: the next start takes the
// file, the doctor finds every number of entries right, and so does whoever opens a copy.
func TestAFileIsSoundWhateverWasWritten(t *testing.T) {
	for name, path := range map[string]func(t testing.TB) string{
		"new":      func(t testing.TB) string { return filepath.Join(t.TempDir(), "new.db") },
		"format 1": format1, "format 2": format2,
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range int64(2) {
				w := &whatever{T: t, path: path(t), chance: rand.New(rand.NewSource(seed)), logs: map[string]int{}}
				_, w.base = voting(t, "0")
				w.open()
				for range 15 {
					w.step()
				}
				w.s.Close()
				if t.Failed() {
					t.Fatalf("seed %d", seed)
				}
			}
		})
	}
}

// whatever writes at random.
type whatever struct {
	*testing.T
	path   string
	base   reading.State
	chance *rand.Rand
	s      *Store
	ill    bool // the disk; with nobody writing

	mu   sync.Mutex
	logs map[string]int // entries that were acknowledged
}

const whoever = 8 // readings

func (w *whatever) open() {
	w.Helper()
	sick := moody(rand.New(rand.NewSource(w.chance.Int63())), 6)
	var err error
	w.s, err = Open(w.path, Options{Volatile: true, Disk: func(commit func() error) error {
		if w.ill {
			return sick(commit)
		}
		return commit()
	}})
	if err != nil {
		w.Fatal(err)
	}
}

// step writes some things at once, and looks at what has become of the file.
func (w *whatever) step() {
	w.Helper()
	w.ill = w.chance.Intn(2) == 0
	var wait sync.WaitGroup
	for _, id := range w.chance.Perm(whoever)[:1+w.chance.Intn(whoever-1)] { // each reading is written by one
		wait.Go(w.write(fmt.Sprint("r", id)))
	}
	wait.Go(w.other())
	wait.Wait()
	w.ill = false
	if w.chance.Intn(8) == 0 {
		w.forget()
	}
	w.s.Close()
	w.examine(w.path)
	w.open()
	if w.s.ground.stray > 0 {
		w.Errorf("%d logs are said to belong to nobody", w.s.ground.stray)
	}
	for id, n := range w.logs {
		if log, err := w.s.Log(w.Context(), id); err != nil || len(log) != n {
			w.Errorf("log %s has %d entries, want %d: %v", id, len(log), n, err)
		}
	}
}

func (w *whatever) examine(path string) {
	w.Helper()
	if _, err := Examine(w.Context(), path, library.OpenStates, func(p Problem) {
		if p.Where == "pages" || strings.HasPrefix(p.Where, "the file") || strings.HasPrefix(p.Where, "log") {
			w.Error(p)
		}
	}); err != nil {
		w.Error(err)
	}
}

// size is often about that of a page.
func (w *whatever) size() int {
	return []int{w.chance.Intn(50), 3900 + w.chance.Intn(300), w.chance.Intn(20000)}[w.chance.Intn(3)]
}

func guildOf(id string) string { return "g" + string(id[1]%3+'0') }

// write is what happens to a reading.
func (w *whatever) write(id string) func() {
	r := w.base
	r.ID, r.Place = id, reading.Place{Guild: guildOf(id), Channel: "c" + id}
	if w.chance.Intn(4) == 0 {
		b := vote.Ballot{Voter: fmt.Sprint(w.chance.Intn(40)), Option: 1, Order: w.chance.Uint64()}
		return func() { w.done(w.s.Cast(w.Context(), id, r.Votes, b)) }
	}
	log := make([]reading.Entry, w.chance.Intn(6))
	for i := range log {
		log[i] = reading.Entry{At: start, Beat: &reading.Beat{Text: strings.Repeat("x", w.size())}}
		if i == 3 {
			log[i].Ending = fmt.Sprint(w.chance.Intn(5))
		}
	}
	r.Story.Blurb = strings.Repeat("b", w.size())
	if w.chance.Intn(4) == 0 {
		r.Phase, r.Vote, r.Outbox, r.Due = reading.Over, nil, nil, time.Time{}
	}
	return func() {
		if w.done(w.s.Save(w.Context(), r, log)) {
			w.mu.Lock()
			w.logs[id] += len(log)
			w.mu.Unlock()
		}
	}
}

// other is what belongs to no reading, or does not succeed.
func (w *whatever) other() func() {
	ctx, text, some := w.Context(), bytes.Repeat([]byte("z"), w.size()*w.chance.Intn(2)), fmt.Sprint(w.chance.Intn(9))
	return []func(){
		func() { w.done(w.s.KeepBundle(ctx, some, text)) },
		func() { w.done(w.s.Sweep(ctx)) },
		func() { w.done(w.s.Remember(ctx, some, text)) },
		func() { w.done(w.s.LeftGuild(ctx, guildOf("r"+some), start)) },
		func() { w.done(w.s.BackInGuild(ctx, guildOf("r"+some))) },
		func() { w.copy() },
		func() {
			r := w.base
			r.ID = strings.Repeat("r", 1<<15) // more than a key may have
			if err := w.s.Save(ctx, r, make([]reading.Entry, 2)); err == nil {
				w.Error("it has no room for it")
			}
		},
	}[w.chance.Intn(7)]
}

// done says whether a write was acknowledged.
func (w *whatever) done(err error) bool {
	if err != nil && !errors.Is(err, errSick) {
		w.Error(err)
	}
	return err == nil
}

// forget drops the guilds that were left.
func (w *whatever) forget() {
	gone, err := w.s.ForgetGuilds(w.Context(), start.Add(time.Hour))
	w.done(err)
	for _, guild := range gone {
		for id := range w.logs {
			if guildOf(id) == guild {
				delete(w.logs, id)
			}
		}
	}
}

// copy takes a copy and opens it.
func (w *whatever) copy() {
	var text bytes.Buffer
	if err := w.s.Backup(w.Context(), &text, func(int64) {}); errors.Is(err, errAnew) || !w.done(err) {
		return
	}
	path := filepath.Join(w.TempDir(), "copy.db")
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		w.Error(err)
	}
	if err := Part(w.Context(), path, time.Now()); err != nil {
		w.Errorf("the copy: %v", err)
	}
	w.examine(path)
}
