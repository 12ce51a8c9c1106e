package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
	"storyteller/internal/store"
)

var (
	seeds   = flag.Int64("seeds", 12, "how many seeds TestSimulation runs")
	oneSeed = flag.Int64("seed", -1, "the one seed that TestSimulation runs")
)

// The whole bot, with the real discordgo, in a world where everything fails by lot: each beat is shown once and in order,
// every ballot that was acknowledged counts once, and every evening comes to its end.
func TestSimulation(t *testing.T) {
	first, last := int64(0), *seeds
	if *oneSeed >= 0 {
		first, last = *oneSeed, *oneSeed+1
	}
	for seed := first; seed < last; seed++ {
		ok := t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			db := filepath.Join(t.TempDir(), "sim.db")
			synctest.Test(t, func(t *testing.T) { newFrailWorld(t, seed, db).run() })
		})
		if !ok {
			t.Fatalf("replay it with: go test ./cmd/bot -run 'TestSimulation$' -seed=%d", seed)
		}
	}
}

const (
	simulatedChannels = 3
	simulatedRounds   = 2
	simulatedReaders  = 3
)

// frailWorld is a room with several channels in which things fail by lot.
type frailWorld struct {
	*room
	*witness
	chance  *rand.Rand  // of what happens to people and to the bot; only run draws from it
	dead    atomic.Bool // nothing that the bot still tries has any effect
	doomed  atomic.Bool // it dies when it has posted the next message, before it hears so
	presses sync.WaitGroup
	people  map[string][]string // members, by channel; the first is the host
	ends    []func() int        // of the faults that are in force
}

func newFrailWorld(t *testing.T, seed int64, db string) *frailWorld {
	r := newRoom(t, db, fstest.MapFS{"killed/killed.ink": {Data: []byte(votedStory(simulatedRounds))}})
	w := &frailWorld{room: r, witness: newWitness(t, r.fake), chance: rand.New(rand.NewSource(seed)), people: map[string][]string{}}
	r.transport = func(next http.RoundTripper) http.RoundTripper { return mortalTransport{w: w, next: next} }
	r.setDisk(func(commit func() error) error {
		if w.dead.Load() {
			return errDead
		}
		return commit()
	})
	for i := range simulatedChannels {
		c, err := r.fake.AddChannel(fakediscord.Channel{GuildID: r.guild, Name: fmt.Sprint("room-", i)})
		if err != nil {
			t.Fatal(err)
		}
		w.channels = append(w.channels, c.ID)
		for n := range simulatedReaders {
			id, err := r.member(fmt.Sprint("reader", n, "in", i))
			if err != nil {
				t.Fatal(err)
			}
			w.people[c.ID] = append(w.people[c.ID], id)
		}
	}
	r.end()
	r.start() // through the transport that can die
	return w
}

var errDead = errors.New("the process is gone")

// mortalTransport is the network of a bot that can die between a request and its answer.
type mortalTransport struct {
	w    *frailWorld
	next http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (m mortalTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	if m.w.dead.Load() {
		return nil, errDead
	}
	resp, err := m.next.RoundTrip(req)
	if req.Method == http.MethodPost && strings.HasSuffix(req.URL.Path, "/messages") && m.w.doomed.CompareAndSwap(true, false) {
		m.w.dead.Store(true)
	}
	if m.w.dead.Load() && err == nil {
		resp.Body.Close()
		return nil, errDead
	}
	return resp, err
}

func (w *frailWorld) run() {
	for _, channel := range w.channels {
		w.begin(channel)
	}
	for range 50 {
		time.Sleep(time.Duration(w.chance.Intn(5000)) * time.Millisecond)
		w.press(w.channels[w.chance.Intn(len(w.channels))])
		w.disturb()
		if w.dead.Load() {
			w.restart(false)
		}
	}
	w.doomed.Store(false)
	w.conclude()
	w.room.close()
	w.check(w.db, store.Options{Volatile: true})
}

// begin starts the story, as often as it takes.
func (w *frailWorld) begin(channel string) {
	for len(w.room.fake.Messages(channel)) == 0 {
		w.types(channel, "start", map[string]any{"story": "killed", "lobby": 10})
		time.Sleep(5 * time.Second)
	}
}

// types has the host of a channel type a command.
func (w *frailWorld) types(channel, subcommand string, options map[string]any) {
	_, err := w.room.fake.Command(fakediscord.CommandInput{
		User: w.people[channel][0], Channel: channel, Name: "story", Subcommand: subcommand, Options: options,
	})
	if err != nil {
		w.room.t.Fatal(err)
	}
}

// press has everybody in a channel vote who has not been told that their vote counts.
func (w *frailWorld) press(channel string) {
	for nth, member := range w.people[channel] {
		for _, m := range w.room.fake.Messages(channel) {
			option, custom := preferred(m, nth)
			if custom == "" {
				continue
			}
			if told, _ := w.note(custom, member, false); told {
				continue
			}
			id, err := w.room.fake.Press(fakediscord.PressInput{User: member, Channel: channel, Message: m.ID, CustomID: custom})
			if err != nil {
				continue
			}
			w.acts = append(w.acts, id)
			w.presses.Go(func() {
				ctx, cancel := context.WithTimeout(w.room.t.Context(), 4*time.Second)
				defer cancel()
				o, err := w.room.fake.WaitOutcome(ctx, id)
				if err == nil && o.Message != nil && strings.Contains(o.Message.Text(), option) {
					w.note(custom, member, true)
				}
			})
		}
	}
}

// disturb has something go wrong, or come right again.
func (w *frailWorld) disturb() {
	trouble := []func(){
		w.fault, w.fault, w.fault, w.fault, w.recover, w.recover,
		w.link, w.link, w.redeliver, w.forbid, w.allow, w.allow, w.deletePaper, w.chat,
		func() { w.restart(false) }, func() { w.restart(true) }, func() { w.doomed.Store(true) }, func() { w.doomed.Store(true) },
		func() {}, func() {}, func() {}, func() {},
	}
	trouble[w.chance.Intn(len(trouble))]()
	w.settle()
}

// fault makes calls of Discord's API fail in one of its ways.
func (w *frailWorld) fault() {
	routes := []struct{ method, route string }{
		{"POST", "/channels/{channel}/messages"}, {"POST", "/channels/{channel}/messages"},
		{"PATCH", "/channels/{channel}/messages/{message}"}, {"POST", "/interactions/{interaction}/{token}/callback"},
		{"GET", "/channels/{channel}/messages"}, {"", ""},
	}
	at := routes[w.chance.Intn(len(routes))]
	f := fakediscord.Fault{Method: at.method, Route: at.route, AfterCommit: w.chance.Intn(2) == 0, Times: 1 + w.chance.Intn(6)}
	switch w.chance.Intn(8) {
	case 0:
		f.Kind = fakediscord.FaultReset
	case 1:
		f.Kind = fakediscord.FaultStall
	case 2:
		f.Kind = fakediscord.FaultBadJSON
	case 3:
		f.Kind, f.Delay = fakediscord.FaultDelay, time.Duration(w.chance.Intn(20_000))*time.Millisecond
	case 4:
		f.Status, f.AfterCommit = 429, false
		f.Scope = []string{"user", "shared", "global", "cloudflare"}[w.chance.Intn(4)]
		f.RetryAfter = time.Duration(1+w.chance.Intn(20)) * time.Second
	default:
		f.Status = []int{500, 502, 503, 504}[w.chance.Intn(4)]
	}
	end, err := w.room.fake.Fail(f)
	if err != nil {
		w.room.t.Fatalf("%+v: %v", f, err)
	}
	w.ends = append(w.ends, end)
}

func (w *frailWorld) recover() {
	for _, end := range w.ends {
		end()
	}
	w.ends = nil
}

// link does something to the gateway.
func (w *frailWorld) link() {
	g := w.room.fake.Gateway()
	switch w.chance.Intn(8) {
	case 0:
		g.Reconnect()
	case 1:
		g.InvalidSession(true)
	case 2:
		g.InvalidSession(false)
	case 3:
		codes := []int{1000, 1001, 1006, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009}
		g.Close(codes[w.chance.Intn(len(codes))], "by lot")
	case 4:
		g.Cut()
	case 5:
		g.ReconnectInsteadOfHello(1)
		g.Cut()
	case 6:
		g.ReconnectAfterIdentify(1)
		g.InvalidSession(false)
	case 7:
		g.Hold()
		time.Sleep(time.Duration(w.chance.Intn(3000)) * time.Millisecond)
		reverse := func(names []string) []int {
			order := make([]int, len(names))
			for i := range order {
				order[i] = len(names) - 1 - i
			}
			return order
		}
		if err := g.Release(reverse); err != nil {
			w.room.t.Fatal(err)
		}
	}
}

// redeliver has Discord tell of an old press once more.
func (w *frailWorld) redeliver() {
	if len(w.acts) > 0 {
		_ = w.room.fake.Gateway().Redeliver(w.acts[w.chance.Intn(len(w.acts))]) // one that is too old cannot be
	}
}

// What the bot may do in a channel, and what a moderator leaves it.
const (
	botMay    = botMayNot | fakediscord.SendMessages | fakediscord.EmbedLinks | fakediscord.AttachFiles
	botMayNot = fakediscord.ViewChannel | fakediscord.ReadMessageHistory | fakediscord.UseAppCommands
)

func (w *frailWorld) forbid() { w.permit(w.channels[w.chance.Intn(len(w.channels))], botMayNot) }

func (w *frailWorld) allow() {
	for _, channel := range w.channels {
		w.permit(channel, botMay)
	}
}

func (w *frailWorld) permit(channel string, p fakediscord.Permissions) {
	if err := w.room.fake.Permit(w.guild, channel, w.room.fake.Bot().ID, p); err != nil {
		w.room.t.Fatal(err)
	}
}

// deletePaper has a moderator delete the message of an open vote.
func (w *frailWorld) deletePaper() {
	channel := w.channels[w.chance.Intn(len(w.channels))]
	for _, m := range w.room.fake.Messages(channel) {
		if customID(m.Components, "Left") != "" {
			if err := w.room.fake.DeleteMessage(channel, m.ID); err != nil {
				w.room.t.Fatal(err)
			}
			return
		}
	}
}

// chat fills a channel with what people say, so that the history is long.
func (w *frailWorld) chat() {
	channel := w.channels[w.chance.Intn(len(w.channels))]
	for i := range w.chance.Intn(150) {
		if _, err := w.room.fake.Say(w.people[channel][1], channel, fmt.Sprint("word ", i)); err != nil {
			w.room.t.Fatal(err)
		}
	}
}

// restart ends the bot, gently or in the middle of whatever it does, and starts it after a while.
func (w *frailWorld) restart(gently bool) {
	w.dead.Store(!gently)
	if !gently {
		w.room.fake.Gateway().Cut()
	}
	w.stop()
	if err := <-w.stopped; err != nil && gently {
		w.room.t.Errorf("the bot stopped with an error: %v", err)
	}
	time.Sleep(time.Duration(w.chance.Intn(90)) * time.Second)
	if w.chance.Intn(3) == 0 {
		time.Sleep(time.Duration(w.chance.Intn(4*60)) * time.Minute)
	}
	w.dead.Store(false)
	w.doomed.Store(false)
	w.recover() // a bot that cannot come up is another test's
	w.start()
}

// conclude lets the world calm down and brings every evening to its end.
func (w *frailWorld) conclude() {
	w.recover()
	w.allow()
	for range 200 {
		over := 0
		for _, channel := range w.channels {
			if w.over(channel) {
				over++
				continue
			}
			w.press(channel)
		}
		if over == len(w.channels) {
			w.presses.Wait()
			return
		}
		time.Sleep(20 * time.Second)
		for _, channel := range w.channels {
			if !w.over(channel) {
				w.types(channel, "resume", nil) // whether or not it is paused
			}
		}
	}
	w.room.t.Error("the evenings do not come to an end")
}

func (w *frailWorld) over(channel string) bool {
	for _, m := range w.room.fake.Messages(channel) {
		if customID(m.Components, "Read again") != "" {
			return true
		}
	}
	return false
}
