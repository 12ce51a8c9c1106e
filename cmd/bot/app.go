package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"

	"storyteller/internal/commands"
	"storyteller/internal/discord"
	"storyteller/internal/library"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/store"
	"storyteller/stories"
)

// app is the whole bot, wired: what serves on Discord, what rehearses, and what the tests run are the same.
type app struct {
	store    *store.Store
	library  *library.Library
	narrator *narrate.Narrator
	bot      *discord.Bot
	log      *slog.Logger
	leftOut  map[string]bool // stories with an error, by id
	owner    string          // of the database; empty if not known
}

// wiring is what differs between them.
type wiring struct {
	settings
	transport http.RoundTripper // nil for the network
	dial      func(ctx context.Context, network, addr string) (net.Conn, error)
	store     store.Options
	memory    discord.Memory      // where the edge keeps its notes, if not in the database
	only      fs.FS               // stories instead of the bot's own, if not nil
	finished  func(reading.State) // called with each reading that is over and shown; may be nil
}

// build opens the database and puts the pieces together. Nothing runs yet.
func build(ctx context.Context, w wiring) (*app, error) {
	w.store.Log = w.log
	db, err := store.Open(w.db, w.store)
	if err != nil {
		return nil, err
	}
	a := &app{store: db, log: w.log}
	if err := a.wire(ctx, w); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return a, nil
}

// readStories fills the library and says in the log what is wrong with stories.
func (a *app) readStories(ctx context.Context, w wiring) error {
	from, err := sources(w)
	if err != nil {
		return err
	}
	for _, source := range from[1:] {
		if ids, wrong := library.Folders(source.FS); len(ids)+len(wrong) == 0 {
			a.log.Warn("there are no stories in the folder: only the bot's own can be told", "setting", envStories, "folder", source.Name, "wanted", "a folder for each story, with an ink file of the same name in it")
		}
	}
	a.library, a.leftOut = library.New(from...), make(map[string]bool)
	for _, problem := range a.library.Reload(ctx) {
		for _, finding := range problem.Findings {
			level, says := slog.LevelDebug, "a story could be better"
			if problem.Findings.Failed() {
				a.leftOut[problem.ID] = true
				level, says = slog.LevelError, "a story is left out"
			}
			a.log.Log(ctx, level, says, "source", problem.Source, "story", problem.ID, "finding", finding.String())
		}
	}
	return nil
}

// sources lists where stories come from: the bot's own, then the operator's. No link in the operator's folder leads out
// of it.
func sources(w wiring) ([]library.Source, error) {
	own := library.Source{Name: "the bot's own stories", FS: stories.FS}
	if w.only != nil {
		own = library.Source{Name: "the stories given", FS: w.only}
	}
	if w.stories == "" {
		return []library.Source{own}, nil
	}
	folder, err := os.OpenRoot(w.stories)
	if err != nil {
		return nil, wrongUse(fmt.Sprintf("%s cannot be read: %v", envStories, err), "name a folder that this user may read")
	}
	return []library.Source{own, {Name: w.stories, FS: folder.FS()}}, nil
}

// wire makes the bot, which is the narrator's stage, and the narrator, which answers the bot's commands.
func (a *app) wire(ctx context.Context, w wiring) error {
	if err := a.checkOwner(ctx, w); err != nil {
		return err
	}
	if err := a.readStories(ctx, w); err != nil {
		return err
	}
	if err := a.store.Sweep(ctx); err != nil {
		return err
	}
	door := &doorway{}
	var memory discord.Memory = a.store
	if w.memory != nil {
		memory = w.memory
	}
	bot, err := discord.New(discord.Config{
		Token: w.token, API: w.api, Guild: w.guild, Transport: w.transport, DialGateway: w.dial,
		Memory: memory, Handler: door, Watcher: door, Log: a.log,
	})
	if err != nil {
		return err
	}
	a.bot = bot
	a.narrator = narrate.New(narrate.Config{Store: a.store, Stage: bot, Log: a.log, Speed: w.speed, Finished: w.finished})
	door.Narrator = a.narrator
	door.commands = commands.New(a.narrator, a.library, a.log)
	return a.narrator.Load(ctx)
}

// doorway is where the Discord edge hands over what comes in. Bot and narrator need each other; this closes the circle.
type doorway struct {
	*narrate.Narrator
	commands *commands.Commands
}

// Handle answers a member.
func (d *doorway) Handle(ctx context.Context, r commands.Request) commands.Reply {
	return d.commands.Handle(ctx, r)
}

// run lets the bot work until ctx ends or it cannot go on, and leaves everything saved. A database that is lost while it
// is open is an end at once: nothing can be saved any more, and calls that were under way may never return.
func (a *app) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- a.work(ctx, cancel) }()
	select {
	case err := <-done:
		return errors.Join(err, a.store.Close())
	case <-a.store.Lost():
		return a.store.Err()
	}
}

// work runs the bot and the narrator until ctx ends or one of them cannot go on.
func (a *app) work(ctx context.Context, cancel context.CancelFunc) error {
	narrating := make(chan error, 1)
	go func() { narrating <- a.narrator.Run(ctx) }()
	a.narrator.Hears(false, 0) // until the bot has logged in
	<-a.narrator.Begun()       // Discord tells at once what has become of channels
	owning := make(chan struct{})
	go func() {
		defer close(owning)
		a.takeOwnership(ctx)
	}()
	err := a.bot.Run(ctx)
	if ctx.Err() != nil {
		err = nil // asked to stop
	}
	cancel()
	<-owning
	return errors.Join(err, <-narrating)
}

// storyNames lists the stories as people type them.
func (a *app) storyNames() string {
	var names []string
	for _, story := range a.library.All() {
		names = append(names, story.ID)
	}
	return strings.Join(names, ", ")
}
