// Package narrate is the shell around the core: it runs every live reading, one event at a time each. It loads what is
// live when it starts, wakes each reading when the reading wants to be woken, saves every new state before anything of it
// is shown, and carries what the channel must show to the stage until the stage has it.
//
// Decisions are the core's (package reading). What is here waits, saves, sends, and tries again.
package narrate

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"storyteller/internal/ink"
	"storyteller/internal/narrate/reading"
)

// Config is what a Narrator works with.
type Config struct {
	Store Store
	Stage Stage
	Log   *slog.Logger
	Speed float64 // divides every pause and deadline of readings started here; 0 means 1. For rehearsals.

	// Wall is the machine's clock; nil means time.Now.
	Wall func() time.Time

	// Finished is called with each reading that is over and shown whole; nil if nobody asks. It must not wait.
	Finished func(reading.State)
}

// Narrator runs readings. Make one with New, and let Run run for as long as readings are to go on.
type Narrator struct {
	store    Store
	stage    Stage
	log      *slog.Logger
	speed    float64
	finished func(reading.State)
	programs *programs
	clock    clock
	step     stepFunc
	begun    chan struct{} // closed when Run has begun

	mu        sync.Mutex
	life      context.Context       // ends when the Narrator is to stop; nil before Run
	words     context.Context       // ends LastWords after that
	running   map[string]*performer // by the reading's id
	byChannel map[string]string     // id of the reading that a channel is taken by
	byGuild   map[string]map[string]*performer
	trying    map[string]*access // guilds in which readings will be tried again soon
	deaf      time.Time          // since when members cannot reach the bot; zero while they can
	sends     sync.WaitGroup
}

// stepFunc is reading.Step. Tests plant faults in it, to see that they are found.
type stepFunc func(*ink.Program, reading.State, reading.Event, time.Time) (reading.State, []reading.Effect)

// New makes a Narrator that does nothing yet.
func New(c Config) *Narrator {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Finished == nil {
		c.Finished = func(reading.State) {}
	}
	if c.Wall == nil {
		c.Wall = time.Now
	}
	return &Narrator{
		clock: clock{wall: c.Wall}, step: reading.Step, begun: make(chan struct{}),
		store: c.Store, stage: c.Stage, log: c.Log, speed: c.Speed, finished: c.Finished,
		programs:  newPrograms(c.Store),
		running:   make(map[string]*performer),
		byChannel: make(map[string]string),
		byGuild:   make(map[string]map[string]*performer),
		trying:    make(map[string]*access),
	}
}

// LastWords is how long a message that is being sent when the Narrator is to stop may take to be sent. What is not sent
// by then is sent after the next start.
const LastWords = 3 * time.Second

// Load takes up every live reading where it was. It must be called once, before anything else.
func (n *Narrator) Load(ctx context.Context) error {
	absent, ahead, err := n.store.LastAlive(ctx)
	if err != nil {
		n.log.Warn("it is not known for how long the bot was away", "error", err)
	}
	n.clock.start(ahead)
	return n.store.Live(ctx, func(id string, s reading.State, err error) {
		if err != nil {
			n.log.Error("a saved reading cannot be read; it is left as it is", "reading", id, "error", err)
			return
		}
		p := n.admit(s.Bounded(n.now()))
		p.absent, p.inherited = absent, inherited(s)
	})
}

// inherited lists what an earlier process may have shown: all that waits in the outbox.
func inherited(s reading.State) map[string]bool {
	if len(s.Outbox) == 0 {
		return nil
	}
	keys := make(map[string]bool, len(s.Outbox))
	for _, m := range s.Outbox {
		keys[m.Key] = true
	}
	return keys
}

// Begun is closed when Run has begun. What the Narrator is told before that, of guilds and channels, is lost.
func (n *Narrator) Begun() <-chan struct{} { return n.begun }

// Run lets the readings go on until ctx ends; then it waits for what is being sent, LastWords at most. It is called once.
func (n *Narrator) Run(ctx context.Context) error {
	words, silence := context.WithCancel(context.WithoutCancel(ctx))
	defer silence()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(LastWords, silence) })()
	n.mu.Lock()
	n.life, n.words = ctx, words
	n.mu.Unlock()
	close(n.begun)
	all := n.performers()
	for _, p := range all {
		p.wake()
	}
	n.sends.Go(func() { n.beAlive(ctx) })
	n.sends.Go(func() { n.forget(ctx) })
	n.log.Info("readings to go on with", "count", len(all))
	<-ctx.Done()
	n.halt()
	return nil
}

// AliveEvery is how often the Narrator notes that it is there: what it does not know better than that is for how long it
// was away.
const AliveEvery = 15 * time.Second

// beAlive notes, until ctx ends and once then, that the process is there.
func (n *Narrator) beAlive(ctx context.Context) {
	tick := time.NewTicker(AliveEvery)
	defer tick.Stop()
	for {
		n.noteAlive(ctx)
		select {
		case <-tick.C:
		case <-ctx.Done():
			n.noteAlive(ctx)
			return
		}
	}
}

// noteAlive is the sign of life; the last one is given when ctx has ended.
func (n *Narrator) noteAlive(ctx context.Context) {
	if err := n.store.Alive(context.WithoutCancel(ctx), n.now(), n.ahead()); err != nil {
		n.log.Warn("the database could not be written to", "error", err)
	}
}

// halt stops every clock and waits for the senders.
func (n *Narrator) halt() {
	for _, p := range n.performers() {
		p.sleep()
	}
	n.sends.Wait()
}

// alive returns the context that ends with the Narrator; false when it does not run.
func (n *Narrator) alive() (context.Context, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.life == nil || n.life.Err() != nil {
		return nil, false
	}
	return n.life, true
}

// admit makes a performer for s.
func (n *Narrator) admit(s reading.State) *performer {
	p := &performer{n: n, reading: s.ID, place: s.Place, mu: newLock(), state: s}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.running[s.ID] = p
	n.programs.use(s.Program)
	if n.byGuild[s.Place.Guild] == nil {
		n.byGuild[s.Place.Guild] = make(map[string]*performer)
	}
	n.byGuild[s.Place.Guild][s.ID] = p
	if s.Phase != reading.Over {
		n.byChannel[s.Place.Channel] = s.ID
	}
	return p
}

// release lets go of the channel of a reading that is over, and of the reading once all of it is shown.
func (n *Narrator) release(s reading.State) {
	n.mu.Lock()
	if n.byChannel[s.Place.Channel] == s.ID {
		delete(n.byChannel, s.Place.Channel)
	}
	_, live := n.running[s.ID]
	if s.Finished() {
		if live {
			n.programs.leave(s.Program)
		}
		delete(n.running, s.ID)
		if delete(n.byGuild[s.Place.Guild], s.ID); len(n.byGuild[s.Place.Guild]) == 0 {
			delete(n.byGuild, s.Place.Guild)
		}
	}
	n.mu.Unlock()
	if live && s.Finished() {
		n.finished(s)
	}
}

// performer returns the live reading with the id, or nil.
func (n *Narrator) performer(id string) *performer {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.running[id]
}

// ErrStopping is the answer to whoever comes when the Narrator is about to stop.
var ErrStopping = errors.New("the bot is being restarted")
