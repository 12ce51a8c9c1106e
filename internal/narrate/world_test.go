package narrate_test

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/ink"
	"storyteller/internal/library"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
	"storyteller/internal/store"
)

// evenings is how many readings go on at once in a simulated world.
const evenings = 6

var errWorld = errors.New("the world fails")

// fault is a fault planted in the bot, for the simulation to find.
type fault string

const (
	none              fault = ""
	postsUnsaved      fault = "posts before it has saved"
	acksUnsaved       fault = "tells a member that a ballot counts before it is on disk"
	newNonce          fault = "tries again under another nonce"
	neverLooksBack    fault = "does not look into the history"
	lastPressCounts   fault = "counts the press that came last and not the newest"
	refusalIsDone     fault = "takes a refused message for a shown one"
	trustsWallClock   fault = "believes the machine's clock when it is set forward"
	losesOutbox       fault = "forgets what was not yet shown when it resumes"
	confirmsStrangers fault = "takes an answer for that of another message"
)

var planted = []fault{
	postsUnsaved, acksUnsaved, newNonce, neverLooksBack, lastPressCounts, refusalIsDone, trustsWallClock,
	losesOutbox, confirmsStrangers,
}

// world is a bot, a Discord and a machine in which things fail by lot.
type world struct {
	t       *testing.T
	story   *library.Story
	path    string
	planted fault
	presses sync.WaitGroup
	late    sync.WaitGroup // writes of a planted fault

	mu     sync.Mutex
	lots   lots
	calm   bool          // nothing fails any more
	life   int           // rises with every end of the bot
	dying  bool          // the life is over, and nobody has noticed yet
	offset time.Duration // of the machine's clock

	screen
	ballotBox
	deadlines

	narrator *narrate.Narrator
	store    *store.Store
	cancel   context.CancelFunc
	dead     chan struct{}
}

func newWorld(t *testing.T, story *library.Story, seed int64, planted fault, path string) *world {
	return &world{
		t: t, story: story, path: path, planted: planted, lots: lots{seed: seed, drawn: map[string]uint64{}},
		screen: newScreen(), ballotBox: newBallotBox(), deadlines: newDeadlines(),
	}
}

// lots draws by lot. Each site has lots of its own, so that a seed gives the same world again, in whatever order the
// goroutines of one moment come to run.
type lots struct {
	seed  int64
	drawn map[string]uint64
}

func (l *lots) draw(site string) uint64 {
	l.drawn[site]++
	h := fnv.New64a()
	fmt.Fprint(h, l.seed, site, l.drawn[site])
	x := h.Sum64()
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// happens says whether what has the given chance happens now.
func (w *world) happens(site string, chance float64) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lot(site, chance)
}

func (w *world) lot(site string, chance float64) bool {
	return !w.calm && float64(w.lots.draw(site)>>11)/(1<<53) < chance
}

func (w *world) pick(site string, n int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return int(w.lots.draw(site) % uint64(n))
}

// note tells what happens, when a single seed is replayed.
func (w *world) note(format string, a ...any) {
	if *oneSeed >= 0 && testing.Verbose() {
		fmt.Printf("%s life %d: %s\n", time.Now().Format("15:04:05.000"), w.life, fmt.Sprintf(format, a...))
	}
}

// soothe lets nothing fail from now on.
func (w *world) soothe() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calm = true
	clear(w.forbidden)
}

// wall is the machine's clock.
func (w *world) wall() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.offset)
}

// jump sets the machine's clock, by up to three hours forward or back.
func (w *world) jump() {
	by := time.Duration(w.pick(people, 6*60)-3*60) * time.Minute
	w.mu.Lock()
	defer w.mu.Unlock()
	w.offset += by
}

func (w *world) bot() *narrate.Narrator {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.narrator
}

// boot starts a bot on the file as it is.
func (w *world) boot() {
	db, err := store.Open(w.path, store.Options{Volatile: true})
	if err != nil {
		w.t.Fatal(err)
	}
	w.mu.Lock()
	w.life++
	w.dying = false
	me := life{w: w, n: w.life}
	w.mu.Unlock()
	ctx, cancel := context.WithCancel(w.t.Context())
	n := narrate.New(narrate.Config{
		Store: &frailStore{Store: db, life: me}, Stage: &frailStage{life: me}, Log: slog.New(slog.DiscardHandler), Wall: w.wall,
	})
	n.PlantStep(w.step)
	if err := n.Load(ctx); err != nil {
		w.t.Fatal(err)
	}
	dead := make(chan struct{})
	go func() {
		defer close(dead)
		if err := n.Run(ctx); err != nil {
			w.t.Error(err)
		}
	}()
	w.mu.Lock()
	w.narrator, w.store, w.cancel, w.dead = n, db, cancel, dead
	w.mu.Unlock()
	synctest.Wait()
	if w.happens(people, 0.7) {
		w.login()
	}
}

// stop ends the bot: gently, or in the middle of whatever it does, so that nothing it still tries has any effect.
func (w *world) stop(gently bool) {
	if !gently {
		w.strike(people, 1)
	}
	w.cancel()
	<-w.dead
	w.strike(people, 1)
	if err := w.store.Close(); err != nil {
		w.t.Fatal(err)
	}
}

// strike ends the bot with the given chance, at the very moment that the caller is at.
func (w *world) strike(site string, chance float64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dying || chance < 1 && !w.lot(site, chance) {
		return
	}
	w.life++
	w.dying = true
}

// struck says whether the bot has ended by itself.
func (w *world) struck() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.dying
}

// life is one run of the bot; once it is over nothing that it does has an effect.
type life struct {
	w *world
	n int
}

func (l life) over() bool {
	l.w.mu.Lock()
	defer l.w.mu.Unlock()
	return l.w.life != l.n
}

func id(i int) string { return fmt.Sprint(1000 + i) }

func place(i int) reading.Place {
	return reading.Place{Guild: fmt.Sprint("g", i%2), Channel: fmt.Sprint("c", i)}
}

// begin starts a reading, as often as it takes: the member tries again.
func (w *world) begin(i int) {
	for {
		_, err := w.bot().Start(w.t.Context(), narrate.Opening{ID: id(i), Place: place(i), Host: "host", Story: w.story})
		var busy *narrate.Busy
		if !w.struck() && (err == nil || errors.As(err, &busy) && busy.Current.ID == id(i)) {
			return
		}
		time.Sleep(time.Second)
		if w.struck() {
			w.stop(false)
			w.boot()
		}
	}
}

// frailStore fails before it has written, and its process ends before and after.
type frailStore struct {
	*store.Store
	life
}

// people is the site of what people do, one after the other.
const people = "people"

// endsAt is how likely the process ends at each of the moments at which that matters.
const endsAt = 0.002

func (f *frailStore) Save(ctx context.Context, s reading.State, log []reading.Entry) error {
	site := "save " + s.ID
	f.w.strike(site, endsAt)
	if f.over() || f.w.happens(site, 0.03) {
		return errWorld
	}
	if f.w.planted == postsUnsaved {
		f.later(site, func() { f.save(ctx, s, log) })
		return nil
	}
	return f.save(ctx, s, log)
}

func (f *frailStore) save(ctx context.Context, s reading.State, log []reading.Entry) error {
	if err := f.Store.Save(ctx, s, log); err != nil {
		return err
	}
	f.w.watch(s, log)
	f.w.strike("saved "+s.ID, endsAt)
	if f.over() {
		return errWorld // the process is gone before it learns that the disk has it
	}
	return nil
}

func (f *frailStore) Cast(ctx context.Context, id string, number int, b vote.Ballot) error {
	site := fmt.Sprint("cast ", b.Order)
	f.w.strike(site, endsAt)
	if f.over() || f.w.happens(site, 0.03) {
		return errWorld
	}
	if f.w.planted == acksUnsaved {
		f.later(site, func() { f.Store.Cast(ctx, id, number, b) })
		return nil
	}
	err := f.Store.Cast(ctx, id, number, b)
	f.w.strike(site, endsAt)
	if f.over() {
		return errWorld
	}
	return err
}

// later writes when the process lives long enough.
func (f *frailStore) later(site string, write func()) {
	wait := time.Duration(f.w.pick(site, 3000)) * time.Millisecond
	f.w.late.Go(func() {
		time.Sleep(wait)
		if !f.over() {
			write()
		}
	})
}

// step is reading.Step, with the faults that are planted in it.
func (w *world) step(p *ink.Program, s reading.State, e reading.Event, now time.Time) (reading.State, []reading.Effect) {
	switch w.planted {
	case lastPressCounts:
		if v, ok := e.(reading.Voted); ok {
			w.mu.Lock()
			w.arrivals++
			v.Order = 1<<40 + w.arrivals
			w.mu.Unlock()
			e = v
		}
	case refusalIsDone:
		if r, ok := e.(reading.Refused); ok && r.Reason == reading.NotAllowed {
			e = reading.Posted{Key: r.Key, ID: "0"}
		}
	case trustsWallClock:
		if wall := w.wall(); wall.After(now) {
			now = wall
		}
	case losesOutbox:
		if _, ok := e.(reading.Resumed); ok && s.Blocked() {
			s.Outbox = nil
		}
	case confirmsStrangers:
		if posted, ok := e.(reading.Posted); ok && len(s.Outbox) > 0 {
			posted.Key = s.Outbox[0].Key
			next, effects := reading.Step(p, s, posted, now)
			if len(next.Outbox) > 1 && next.Outbox[0].Edit != "" {
				posted.Key = next.Outbox[0].Key
				return reading.Step(p, next, posted, now)
			}
			return next, effects
		}
	}
	return reading.Step(p, s, e, now)
}
