package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"storyteller/internal/fakediscord"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/rehearse"
)

// Bounds of a rehearsal.
const (
	mostReaders = 100    // more than a room that talks
	mostSpeed   = 10_000 // an evening in seconds; beyond it every pause is a rounding error
)

// rehearsal is what the flags of bot rehearse say.
type rehearsal struct {
	story   string
	addr    string
	readers int
	speed   float64
	once    bool
	db      string
}

const rehearseUsage = `Usage: bot rehearse [STORY] [flags]

The whole bot on this machine, without a token and without a network: it talks to a Discord of its own, and a web page
shows the channel. Open the page in several tabs to be several members. With STORY the reading starts by itself.

Flags:
`

func parseRehearsal(args []string, help io.Writer) (rehearsal, error) {
	var r rehearsal
	flags := flag.NewFlagSet("rehearse", flag.ContinueOnError)
	flags.StringVar(&r.addr, "addr", "127.0.0.1:8080", "`address` of the page; port 0 picks a free one")
	flags.IntVar(&r.readers, "readers", 5, "`number` of simulated members who join and vote")
	flags.Float64Var(&r.speed, "speed", 1, "divide every pause and deadline by this `factor`")
	flags.BoolVar(&r.once, "once", false, "end with the reading, whoever reads and whoever began it")
	flags.StringVar(&r.db, "db", "", "keep the readings in this `file` (default: a new one, gone at the end)")
	names, err := positional(flags, rehearseUsage, args, help)
	switch {
	case err != nil:
		return r, err
	case len(names) > 1:
		return r, wrongUse("one story at a time, not "+strings.Join(names, " and "), "bot rehearse -h tells the flags")
	case len(names) == 1:
		r.story = names[0]
	}
	if r.readers < 0 || r.readers > mostReaders {
		return r, wrongUse(fmt.Sprintf("--readers cannot be %d", r.readers), fmt.Sprintf("it is a number from 0 to %d", mostReaders))
	}
	if !(r.speed > 0 && r.speed <= mostSpeed) {
		return r, wrongUse(fmt.Sprintf("--speed cannot be %v", r.speed), fmt.Sprintf("it is a number above 0, at most %d", mostSpeed))
	}
	if strings.ContainsAny(r.story, `/\`) || strings.HasSuffix(r.story, ".ink") || strings.HasSuffix(r.story, ".json") {
		return r, noPath(r.story)
	}
	return r, nil
}

// noPath says how to rehearse the story at a path.
func noPath(story string) error {
	file := filepath.Base(filepath.ToSlash(story))
	name, compiled := strings.CutSuffix(file, ".json")
	name = strings.TrimSuffix(name, ".ink")
	if !compiled {
		file = name + ".ink"
	}
	return wrongUse(fmt.Sprintf("%q is a path, and rehearse takes the name of a story", story),
		fmt.Sprintf("have %s name the folder that %s/%s lies in, then: bot rehearse %s", envStories, name, file, name))
}

// rehearse runs the bot against a Discord of its own.
func (p program) rehearse(ctx context.Context, args []string) error {
	r, err := parseRehearsal(args, p.out)
	if err != nil {
		return err
	}
	listener, err := listen(r.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	db, remove, err := r.database()
	if err != nil {
		return err
	}
	defer remove()
	logged := &lastWord{to: p.err}
	defer logged.end()
	log, err := logger(p.quietly(), logged)
	if err != nil {
		return err
	}
	warnOfUnknown(p.set, log)
	room := fakediscord.New(fakediscord.Options{
		Token: rehearsalToken, ApplicationID: rehearsalBot,
		GuildID: rehearsalGuild, OwnerID: rehearsalOwner, ChannelID: rehearsalChannel,
		// Discord's limit of a message a second is no limit to people's reading, but to time that is sped up.
		Limits: fakediscord.Limits{Off: r.speed > 1},
	})
	defer room.Close()
	finished := make(chan reading.State, 1)
	a, err := build(ctx, wiring{
		settings:  settings{token: rehearsalToken, db: db, stories: p.env(envStories), speed: r.speed, log: log},
		memory:    &forgetful{notes: make(map[string][]byte)},
		transport: room.Transport(), dial: room.DialGateway,
		finished: func(s reading.State) {
			select {
			case finished <- s:
			default: // one is enough to end with
			}
		},
	})
	if err != nil {
		return err
	}
	if err := r.startable(a); err != nil {
		return errors.Join(err, a.store.Close())
	}
	return r.perform(ctx, stageHands{p: p, app: a, room: room, listener: listener, finished: finished, log: log})
}

// The room is the same in every rehearsal, so that a reading that is kept with --db goes on in the next.
const (
	rehearsalBot     = "200000000000000001"
	rehearsalGuild   = "200000000000000002"
	rehearsalOwner   = "200000000000000003"
	rehearsalChannel = "200000000000000004"
)

// startable says whether the story that is to start by itself can.
func (r rehearsal) startable(a *app) error {
	if r.story == "" {
		return nil
	}
	_, known := a.library.Story(r.story)
	switch {
	case !known && a.leftOut[r.story]:
		return &fault{msg: fmt.Sprintf("the story %q has an error and cannot be told", r.story), hint: "bot check says what is wrong with it"}
	case !known:
		return &fault{status: statusUsage, msg: fmt.Sprintf("there is no story %q", r.story), hint: "there is " + a.storyNames()}
	}
	if current, ok := a.narrator.In(rehearsalChannel); ok && current.Story.ID != r.story {
		return &fault{
			status: statusUsage, msg: fmt.Sprintf("the database holds a reading of %q that is not over", current.Story.ID),
			hint: "name that story, or none, to go on with it; or another file with --db",
		}
	}
	return nil
}

// forgetful keeps the edge's notes for one rehearsal: the next one has a Discord that knows nothing yet.
type forgetful struct {
	mu    sync.Mutex
	notes map[string][]byte
}

func (f *forgetful) Remember(_ context.Context, name string, note []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.notes[name] = bytes.Clone(note)
	return nil
}

func (f *forgetful) Recall(_ context.Context, name string) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return bytes.Clone(f.notes[name]), nil
}

// rehearsalToken is the token of the bot in its own room; it opens nothing else.
const rehearsalToken = "rehearsal"

// quietly is the environment with warnings only, unless the log level is set: the terminal shows the story.
func (p program) quietly() func(string) string {
	return func(name string) string {
		if value := p.env(name); value != "" || name != envLogLevel {
			return value
		}
		return "warn"
	}
}

// listen takes the page's address.
func listen(addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, cannotListen(addr, err)
	}
	return listener, nil
}

// cannotListen says what to do about an address that the page cannot have.
func cannotListen(addr string, err error) error {
	const free = "--addr 127.0.0.1:0 picks a free port"
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return &fault{msg: addr + " is in use by another program", hint: free, err: err}
	case errors.Is(err, fs.ErrPermission):
		return wrongUse(fmt.Sprintf("this user may not use the port of --addr %s", addr), "take one from 1024 on; "+free)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return wrongUse(fmt.Sprintf("--addr %s is not of this machine", addr), free)
	}
	return wrongUse(fmt.Sprintf("--addr %s: %v", addr, err), "it looks like 127.0.0.1:8080")
}

// database is the file to keep readings in, and how to clean up after it.
func (r rehearsal) database() (path string, remove func(), err error) {
	if r.db != "" {
		return r.db, func() {}, nil
	}
	dir, err := os.MkdirTemp("", "storyteller-")
	if err != nil {
		return "", nil, &fault{msg: fmt.Sprintf("there is no place for a database: %v", err), hint: "name a file with --db", err: err}
	}
	return filepath.Join(dir, defaultDB), func() { os.RemoveAll(dir) }, nil
}

// stageHands is what a rehearsal runs with.
type stageHands struct {
	p        program
	app      *app
	room     *fakediscord.Server
	listener net.Listener
	finished <-chan reading.State
	log      *slog.Logger
}

// perform opens the page, lets the bot in, and plays until the reading or the operator ends it.
func (r rehearsal) perform(ctx context.Context, h stageHands) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	failed := make(chan error, 3)
	ended := make(chan struct{})
	go func() { defer close(ended); failed <- h.app.run(ctx) }()
	go func() { failed <- rehearse.New(h.room, rehearse.Options{}).Serve(ctx, h.listener) }()
	stop := func(err error) error {
		cancel()
		<-ended // everything is saved
		return err
	}
	select {
	case <-h.app.bot.Ready():
	case err := <-failed:
		return stop(err)
	case <-ctx.Done():
		return stop(nil)
	}
	fmt.Fprintln(h.p.out, rehearse.URL(h.listener.Addr()))

	over := make(chan struct{})
	printed := make(chan error, 1)
	channel := h.room.Channels(h.room.Guild().ID)[0].ID
	go func() {
		printed <- rehearse.Print(ctx, h.room, h.p.out, rehearse.PrintOptions{Channel: channel, Over: over})
	}()
	if err := r.people(ctx, h, channel, failed); err != nil {
		return stop(err)
	}
	for {
		select {
		case s := <-h.finished:
			if !r.once {
				continue
			}
			close(over)
			err := <-printed
			if s.Fault != "" {
				err = errors.Join(err, &fault{msg: "the story broke: " + s.Fault, hint: "bot check names what is wrong with a story"})
			}
			return stop(err)
		case err := <-failed:
			return stop(err)
		case <-ctx.Done():
			return stop(nil)
		}
	}
}

// people lets the simulated members in and, where a story is named, has one of them start it.
func (r rehearsal) people(ctx context.Context, h stageHands, channel string, failed chan<- error) error {
	members, err := rehearse.AddReaders(h.room, r.readers)
	if err != nil {
		return err
	}
	host := fakediscord.Member{Username: "host", DisplayName: "Host"}
	if len(members) > 0 {
		host = members[0]
	} else if r.story != "" {
		if host, err = h.room.AddMember(host); err != nil {
			return err
		}
	}
	if len(members) > 0 {
		go func() {
			failed <- rehearse.Readers(ctx, h.room, rehearse.ReadersOptions{
				Members: members, Seed: 1, Speed: r.speed, Begin: r.story != "",
			})
		}()
	}
	if _, goesOn := h.app.narrator.In(channel); r.story == "" || goesOn {
		return nil
	}
	_, err = h.room.Command(fakediscord.CommandInput{
		User: host.ID, Channel: channel, Name: "story", Subcommand: "start", Options: map[string]any{"story": r.story},
	})
	return err
}
