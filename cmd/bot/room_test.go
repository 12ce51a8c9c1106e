package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
	"storyteller/internal/store"
)

// room is a channel with people and the bot in it, in virtual time.
type room struct {
	t       *testing.T
	db      string
	stories fstest.MapFS
	fake    *fakediscord.Server
	guild   string
	channel string            // where people act unless they say otherwise
	first   string            // the channel where they began
	home    string            // the server that the commands are registered in; empty for everywhere
	members map[string]string // id by name
	began   time.Time

	app     *app               // the bot that runs
	stop    context.CancelFunc // of the bot that runs
	stopped chan error
	watch   context.CancelFunc
	seen    *journal
	log     strings.Builder
	faults  []func() int // of Discord's, until it recovers: each ends one and tells how many calls it hit
	acts    []string     // interactions, the newest last
	tokens  tokens       // of interactions, which must not get out

	mu   sync.Mutex
	disk func(commit func() error) error // what stands between the bot and its disk; nil for nothing

	transport func(http.RoundTripper) http.RoundTripper // what stands between the bot and Discord; nil for nothing
}

func newRoom(t *testing.T, db string, stories fstest.MapFS) *room {
	r := &room{t: t, db: db, stories: stories, members: map[string]string{}, fake: fakediscord.New(observed(t))}
	r.guild = r.fake.Guild().ID
	r.channel = r.fake.Channels(r.guild)[0].ID
	r.first = r.channel
	ctx, cancel := context.WithCancel(t.Context())
	r.watch = cancel
	r.began = time.Now()
	r.seen = newJournal(r)
	events := r.fake.Subscribe(ctx)
	go func() {
		for e := range events {
			r.seen.note(e)
		}
	}()
	r.start()
	r.began = time.Now()
	return r
}

// start lets a bot in, on the database as it is.
func (r *room) start() {
	r.t.Helper()
	network := traffic.Over(r.t.Name(), r.fake.Transport())
	if r.transport != nil {
		network = r.transport(network)
	}
	a, err := build(r.t.Context(), wiring{
		settings:  settings{token: fakediscord.DefaultToken, db: r.db, guild: r.home, log: slog.New(slog.NewTextHandler(&r.log, &slog.HandlerOptions{Level: slog.LevelWarn}))},
		transport: &customs{room: r, next: network}, dial: r.fake.DialGateway, only: r.stories, store: store.Options{Volatile: true, Disk: r.toDisk},
	})
	if err != nil {
		r.t.Fatal(err)
	}
	if len(a.library.All()) == 0 {
		r.t.Fatalf("no story could be read:\n%s", r.log.String())
	}
	ctx, cancel := context.WithCancel(r.t.Context())
	r.app, r.stop, r.stopped = a, cancel, make(chan error, 1)
	go func() { r.stopped <- a.run(ctx) }()
	select {
	case <-a.bot.Ready():
	case err := <-r.stopped:
		r.t.Fatalf("the bot did not come up: %v", err)
	}
	synctest.Wait()
}

// end lets the bot stop as it does when it is asked to.
func (r *room) end() {
	r.t.Helper()
	r.stop()
	if err := <-r.stopped; err != nil {
		r.t.Errorf("the bot stopped with an error: %v", err)
	}
}

// hasEnded leaves a room in which no bot runs: to end it once more does nothing.
func (r *room) hasEnded() {
	r.stop, r.stopped = func() {}, make(chan error, 1)
	r.stopped <- nil
}

func (r *room) close() {
	r.end()
	r.watch()
	r.fake.Close()
	synctest.Wait()
	r.tokens.check(r.t, r.log.String())
	if r.t.Failed() {
		r.t.Logf("the bot's log:\n%s", r.log.String())
	}
}

// settle waits until nothing happens any more without time passing.
func (r *room) settle() { synctest.Wait() }

// aWhile is longer than anything takes that does not wait for a deadline.
const aWhile = 900 * time.Millisecond

func (r *room) written() string { return r.seen.text() }

// do follows one line of a script: WHEN WHO WHAT. WHEN is a time since the beginning ("1m5s") or since the line before
// ("+3s"). WHO is a person, "bot" or "discord".
func (r *room) do(line string) error {
	words := fields(line)
	if len(words) < 2 {
		return errors.New("a line needs a time and an act")
	}
	if err := r.await(words[0]); err != nil {
		return err
	}
	if words[1] == "wait" {
		return nil
	}
	if len(words) < 3 {
		return errors.New("a line needs a time, a person and an act")
	}
	if err := r.act(words[1], words[2], words[3:]); err != nil {
		return err
	}
	r.settle()
	return nil
}

func (r *room) await(when string) error {
	since, relative := strings.CutPrefix(when, "+")
	d, err := time.ParseDuration(since)
	if err != nil {
		return err
	}
	if !relative {
		d -= time.Since(r.began)
	}
	if d < 0 {
		return fmt.Errorf("%s is over", when)
	}
	time.Sleep(d)
	r.settle()
	return nil
}

// act is one thing that somebody does.
func (r *room) act(who, what string, args []string) error {
	switch who {
	case "bot":
		return r.actBot(what)
	case "discord":
		return r.actDiscord(what, args)
	case "disk":
		return r.actDisk(strings.Join(append([]string{what}, args...), " "))
	}
	user, err := r.member(who)
	if err != nil {
		return err
	}
	switch what {
	case "joins-server":
		return r.permit(user, args)
	case "takes-no-messages": // of the bot, sent directly
		return r.fake.TakeDirectMessages(user, false)
	case "types":
		return r.types(who, user, args)
	case "completes":
		return r.completes(who, user, args)
	case "presses":
		return r.presses(who, user, args)
	case "forges":
		r.seen.say(fmt.Sprintf("%s forges %s", who, strings.Join(args, " ")))
		return r.did(r.fake.Forge(fakediscord.PressInput{User: user, Channel: r.channel, Message: r.newest(), CustomID: r.custom(args[0])}))
	case "deletes":
		id, _, err := r.find(args[0])
		if err != nil {
			return err
		}
		return r.fake.DeleteMessage(r.channel, id)
	case "moves-to":
		return r.moveTo(who, args[0])
	case "says":
		return r.says(who, user, args)
	}
	return fmt.Errorf("nobody can %q", what)
}

func (r *room) actBot(what string) error {
	switch what {
	case "restarts":
		r.end()
		r.seen.say("the bot is restarted")
		r.start()
	case "stops":
		r.end()
		r.seen.say("the bot is stopped")
		r.hasEnded()
	case "starts":
		r.seen.say("the bot is started")
		r.start()
	case "restarts-for-server": // its commands are registered there and nowhere else
		r.end()
		r.seen.say("the bot is restarted for this server only")
		r.home = r.guild
		r.start()
	case "ends":
		return r.ends()
	default:
		return fmt.Errorf("the bot cannot %q", what)
	}
	return nil
}

func (r *room) actDiscord(what string, args []string) error {
	switch what {
	case "fails":
		return r.fails(args)
	case "recovers":
		return r.recovers(args)
	case "holds": // what happens reaches the bot later
		r.fake.Gateway().Hold()
		return nil
	case "releases": // it reaches the bot now; of several things, "latest" lets only the latest through
		var order func(names []string) []int
		if slices.Contains(args, "latest") {
			order = func(names []string) []int { return []int{len(names) - 1} }
		}
		return r.fake.Gateway().Release(order)
	case "redelivers": // [N]: the latest interaction, or the one N before it, reaches the bot, maybe once more
		n := 0
		if len(args) > 0 {
			n, _ = strconv.Atoi(args[0])
		}
		if n < 0 || n >= len(r.acts) {
			return errors.New("there were not so many interactions")
		}
		r.seen.say("an interaction reaches the bot once more")
		return r.fake.Gateway().Redeliver(r.acts[len(r.acts)-1-n])
	case "deletes-channel":
		r.seen.say("the channel is deleted")
		return r.fake.DeleteChannel(r.channel)
	case "forbids", "allows":
		n, err := strconv.ParseUint(args[0], 0, 64)
		if err != nil {
			return err
		}
		bits := fakediscord.Permissions(n)
		r.seen.say("the bot's permissions change")
		return r.fake.Permit(r.guild, r.channel, r.fake.Bot().ID, bits)
	case "invites-bot":
		r.seen.say("the bot is invited again")
		return r.fake.RestoreBot(r.guild)
	case "loses-server", "restores-server":
		r.seen.say(map[bool]string{true: "the server is available again", false: "the server is not available"}[what == "restores-server"])
		return r.fake.SetGuildAvailable(r.guild, what == "restores-server")
	case "archives", "locks", "unlocks":
		r.seen.say("the thread is " + map[string]string{"archives": "archived", "locks": "locked", "unlocks": "unlocked"}[what])
		return r.fake.SetThread(r.channel, what == "archives", what == "locks")
	case "cuts-gateway":
		r.seen.say("the gateway connection breaks")
		r.fake.Gateway().Cut()
		return nil
	case "removes-bot":
		r.seen.say("the bot is removed from the server")
		return r.fake.RemoveBot(r.guild)
	}
	return fmt.Errorf("Discord cannot %q", what)
}

var word = regexp.MustCompile(`"[^"]*"|[^\s"]+(?:"[^"]*")?`)

// fields splits a line into words; quotes keep spaces together.
func fields(line string) []string {
	all := word.FindAllString(line, -1)
	for i := range all {
		all[i] = strings.ReplaceAll(all[i], `"`, "")
	}
	return all
}
