package narrate_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"storyteller/internal/library"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
	"storyteller/internal/store"
)

var (
	seeds    = flag.Int64("seeds", 15, "how many seeds TestSimulation runs")
	oneSeed  = flag.Int64("seed", -1, "the one seed that TestSimulation runs")
	evenings = 6 // readings at once in a simulation
)

// Whatever crashes, fails, is late or comes twice: every beat is shown once and in order, every ballot that was
// acknowledged counts once, and every reading comes to its end. Time is virtual, the store is real.
func TestSimulation(t *testing.T) {
	first, last := int64(0), *seeds
	if *oneSeed >= 0 {
		first, last = *oneSeed, *oneSeed+1
	}
	for seed := first; seed < last; seed++ {
		path := filepath.Join(t.TempDir(), fmt.Sprint(seed, ".db"))
		ok := t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { newSimulation(t, seed, path).run() })
		})
		if !ok {
			t.Fatalf("replay it with: go test ./internal/narrate -run Simulation -seed=%d", seed)
		}
	}
}

const simulated = `# title: Simulated
# blurb: A story for a world in which everything fails.
# vote: 30s
One. # beat
Two. # beat
* [Left]
  Left. # beat
* [Right]
  Right. # beat
- Between. # beat
{shuffle:
- Sun. # beat
- Rain. # beat
}
* [Up]
  Up. # beat
* [Down]
  Down. # beat
- Last. # beat # ending: Out
-> END
`

var errWorld = errors.New("the world fails")

// simulation is a world in which things fail by lot.
type simulation struct {
	t     *testing.T
	story *library.Story
	path  string

	mu      sync.Mutex
	chance  *rand.Rand
	calm    bool                              // nothing fails any more
	life    int                               // rises with every crash
	posts   map[string]string                 // id of a message, by reading and key
	channel map[string][]string               // what a channel shows, beat by beat
	acks    map[string]map[string]vote.Ballot // acknowledged ballots, by vote and voter
	unsure  map[string]bool                   // votes with a ballot whose saving was not acknowledged
	order   uint64
	over    map[string]bool

	narrator *narrate.Narrator
	store    *store.Store
	crash    context.CancelFunc
	dead     chan struct{}
}

func newSimulation(t *testing.T, seed int64, path string) *simulation {
	story, findings := library.Load(fstest.MapFS{"sim.ink": {Data: []byte(simulated)}}, "sim")
	if story == nil {
		t.Fatal(findings)
	}
	return &simulation{
		t: t, story: story, path: path, chance: rand.New(rand.NewSource(seed)), posts: map[string]string{}, channel: map[string][]string{},
		acks: map[string]map[string]vote.Ballot{}, unsure: map[string]bool{}, over: map[string]bool{},
	}
}

// happens says whether what has the given chance happens now.
func (w *simulation) happens(chance float64) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.calm && w.chance.Float64() < chance
}

func (w *simulation) pick(n int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.chance.Intn(n)
}

// boot starts a bot on the file as it is.
func (w *simulation) boot() {
	db, err := store.Open(w.path, store.Options{Volatile: true})
	if err != nil {
		w.t.Fatal(err)
	}
	w.mu.Lock()
	w.life++
	me := life{w: w, n: w.life}
	w.mu.Unlock()
	ctx, cancel := context.WithCancel(w.t.Context())
	w.store, w.crash, w.dead = db, cancel, make(chan struct{})
	w.narrator = narrate.New(narrate.Config{
		Store: &frailStore{Store: db, life: me}, Stage: &frailStage{life: me}, Log: slog.New(slog.DiscardHandler),
		Finished: func(s reading.State) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.over[s.ID] = true
		},
	})
	if err := w.narrator.Load(ctx); err != nil {
		w.t.Fatal(err)
	}
	go func(dead chan struct{}, n *narrate.Narrator) {
		defer close(dead)
		n.Run(ctx)
	}(w.dead, w.narrator)
	synctest.Wait()
}

// kill ends the bot in the middle of whatever it does: from here on nothing that it tries has any effect.
func (w *simulation) kill() {
	w.mu.Lock()
	w.life++
	w.mu.Unlock()
	w.crash()
	<-w.dead
	if err := w.store.Close(); err != nil {
		w.t.Fatal(err)
	}
}

func (w *simulation) run() {
	w.boot()
	for i := range evenings {
		w.begin(i)
	}
	for step := range 120 {
		time.Sleep(time.Duration(w.pick(6000)) * time.Millisecond)
		w.press(step)
		if w.happens(0.04) {
			w.steer()
		}
		if w.happens(0.06) {
			w.kill()
			time.Sleep(time.Duration(w.pick(90)) * time.Second)
			w.boot()
		}
	}
	w.conclude()
	w.kill()
	w.check()
}

func id(i int) string { return fmt.Sprint(1000 + i) }

func place(i int) reading.Place {
	return reading.Place{Guild: fmt.Sprint("g", i%2), Channel: fmt.Sprint("c", i)}
}

// begin starts a reading, as often as it takes: the member tries again.
func (w *simulation) begin(i int) {
	for {
		_, err := w.narrator.Start(w.t.Context(), narrate.Opening{ID: id(i), Place: place(i), Host: "host", Story: w.story})
		var busy *narrate.Busy
		if err == nil || errors.As(err, &busy) && busy.Current.ID == id(i) {
			return
		}
		time.Sleep(time.Second)
	}
}

// press has a few members press buttons, some of them at the same moment, some twice, some on a vote that is over.
func (w *simulation) press(step int) {
	i := w.pick(evenings)
	s, live := w.narrator.In(place(i).Channel)
	if !live || s.Vote == nil {
		return
	}
	var presses sync.WaitGroup
	for range 1 + w.pick(3) {
		w.mu.Lock()
		w.order++
		v := reading.Voted{Vote: s.Vote.Number, Option: w.chance.Intn(2), Voter: fmt.Sprint("m", w.chance.Intn(5)), Order: w.order}
		w.mu.Unlock()
		for range 1 + w.pick(2) {
			presses.Go(func() { w.cast(id(i), v) })
		}
	}
	presses.Wait()
}

func (w *simulation) cast(reader string, v reading.Voted) {
	a, err := w.narrator.Do(w.t.Context(), reader, v)
	ballot := fmt.Sprint(reader, "/", v.Vote)
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case err != nil:
		w.unsure[ballot] = true
	case a.Outcome == reading.Counted || a.Outcome == reading.Changed || a.Outcome == reading.Same:
		if w.acks[ballot] == nil {
			w.acks[ballot] = map[string]vote.Ballot{}
		}
		if old, ok := w.acks[ballot][v.Voter]; !ok || old.Order < v.Order {
			w.acks[ballot][v.Voter] = vote.Ballot{Voter: v.Voter, Option: v.Option, Order: v.Order}
		}
	}
}

func (w *simulation) steer() {
	events := []reading.Event{reading.Paused{By: "host"}, reading.Resumed{By: "host"}, reading.Skipped{By: "host"}, reading.Joined{Reader: "m9"}, reading.Began{By: "host"}}
	w.narrator.Do(w.t.Context(), id(w.pick(evenings)), events[w.pick(len(events))])
}

// conclude lets the world calm down and brings every reading to its end.
func (w *simulation) conclude() {
	w.mu.Lock()
	w.calm = true
	w.mu.Unlock()
	for range 200 {
		done := true
		for i := range evenings {
			s, live, err := w.narrator.Find(w.t.Context(), id(i))
			if err != nil || !live {
				w.t.Fatalf("reading %s is lost: %v", id(i), err)
			}
			if s.Finished() {
				continue
			}
			done = false
			if s.Phase == reading.OnHold {
				w.narrator.Do(w.t.Context(), id(i), reading.Resumed{By: "host"})
			}
			if s.Vote != nil {
				w.mu.Lock()
				w.order++
				v := reading.Voted{Vote: s.Vote.Number, Option: 0, Voter: "host", Order: w.order}
				w.mu.Unlock()
				w.cast(id(i), v)
			}
		}
		if done {
			return
		}
		time.Sleep(10 * time.Second)
	}
	w.t.Fatal("the readings do not come to an end")
}

// check holds what was shown and counted against the story.
func (w *simulation) check() {
	db, err := store.Open(w.path, store.Options{Volatile: true})
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	for i := range evenings {
		log, err := db.Log(w.t.Context(), id(i))
		if err != nil {
			w.t.Fatal(err)
		}
		s, _, err := db.Past(w.t.Context(), id(i))
		if err != nil {
			w.t.Fatal(err)
		}
		if err := s.Check(); err != nil {
			w.t.Error(err)
		}
		want := w.told(s, log)
		if got := w.channel[place(i).Channel]; !slices.Equal(got, want) {
			w.t.Errorf("channel %d shows %q, want %q", i, got, want)
		}
		w.checkVotes(id(i), log)
	}
}

// told is the story along the way that the log says was voted.
func (w *simulation) told(s reading.State, log []reading.Entry) []string {
	story := w.story.Program.New(s.Seed)
	var beats []string
	read := func() {
		for story.CanContinue() {
			line, err := story.Continue()
			if err != nil {
				w.t.Fatal(err)
			}
			beats = append(beats, strings.TrimSpace(line.Text))
		}
	}
	read()
	for _, e := range log {
		if e.Vote != nil && e.Vote.Chosen >= 0 {
			if err := story.Choose(e.Vote.Options[e.Vote.Chosen].Index); err != nil {
				w.t.Fatal(err)
			}
			read()
		}
	}
	return beats
}

// checkVotes holds each tally against the ballots that members were told count.
func (w *simulation) checkVotes(reader string, log []reading.Entry) {
	for _, e := range log {
		if e.Vote == nil {
			continue
		}
		key := fmt.Sprint(reader, "/", e.Vote.Number)
		want := make([]int, len(e.Vote.Options))
		for _, b := range w.acks[key] {
			want[b.Option]++
		}
		total := func(tally []int) (n int) {
			for _, votes := range tally {
				n += votes
			}
			return n
		}
		switch {
		case !w.unsure[key] && !slices.Equal(e.Vote.Tally, want):
			w.t.Errorf("vote %s closed with %v; acknowledged were %v", key, e.Vote.Tally, want)
		case total(e.Vote.Tally) < total(want):
			w.t.Errorf("vote %s closed with %v; acknowledged were at least %v", key, e.Vote.Tally, want)
		}
	}
}

// life is one run of the bot; once it is over nothing that it does has an effect.
type life struct {
	w *simulation
	n int
}

func (l life) over() bool {
	l.w.mu.Lock()
	defer l.w.mu.Unlock()
	return l.w.life != l.n
}

// frailStage loses messages before and after they are shown, refuses some, and is slow.
type frailStage struct{ life }

func (f *frailStage) Post(ctx context.Context, p narrate.Posting) (string, error) {
	if f.w.happens(0.3) {
		time.Sleep(time.Duration(f.w.pick(20_000)) * time.Millisecond)
	}
	if f.over() || f.w.happens(0.1) {
		return "", errWorld
	}
	if f.w.happens(0.02) {
		return "", &narrate.StageError{Reason: reading.NotAllowed, Err: errWorld}
	}
	shown := f.show(p)
	if f.over() || f.w.happens(0.1) {
		return "", errWorld // shown, and the answer is lost
	}
	return shown, nil
}

// show is what Discord does with a nonce: the same one twice shows nothing new.
func (f *frailStage) show(p narrate.Posting) string {
	f.w.mu.Lock()
	defer f.w.mu.Unlock()
	key := p.Reading + "/" + p.Message.Key
	if shown, known := f.w.posts[key]; known {
		return shown
	}
	f.w.posts[key] = fmt.Sprint("m", len(f.w.posts))
	if b := p.Message.Beat; b != nil {
		f.w.channel[p.Place.Channel] = append(f.w.channel[p.Place.Channel], b.Text)
	}
	return f.w.posts[key]
}

func (f *frailStage) Edit(ctx context.Context, p narrate.Posting) error {
	switch {
	case f.over() || f.w.happens(0.1):
		return errWorld
	case f.w.happens(0.05):
		return &narrate.StageError{Reason: reading.MessageMissing, Err: errWorld}
	case f.w.happens(0.05):
		return &narrate.StageError{After: time.Duration(f.w.pick(30)) * time.Second, Err: errWorld}
	}
	return nil
}

func (f *frailStage) Typing(context.Context, reading.Place) error { return nil }

// frailStore fails before and after it has written.
type frailStore struct {
	*store.Store
	life
}

func (f *frailStore) Save(ctx context.Context, s reading.State, log []reading.Entry) error {
	if f.over() || f.w.happens(0.03) {
		return errWorld
	}
	if err := f.Store.Save(ctx, s, log); err != nil {
		return err
	}
	if f.over() {
		return errWorld // the process is gone before it learns that the disk has it
	}
	return nil
}

func (f *frailStore) Cast(ctx context.Context, id string, number int, b vote.Ballot) error {
	if f.over() || f.w.happens(0.03) {
		return errWorld
	}
	return f.Store.Cast(ctx, id, number, b)
}
