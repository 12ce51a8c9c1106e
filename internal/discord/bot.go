package discord

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"storyteller/internal/commands"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/time/rate"
)

// Config is what a Bot needs. Token, Memory and Handler have to be set.
type Config struct {
	Token     string                // without "Bot " before it
	API       string                // REST base URL; empty: DefaultAPI
	Guild     string                // register the commands in this guild only; empty: everywhere
	Commands  []commands.Definition // subcommands to register; nil: those of commands.Definitions
	UserAgent string                // as Discord wants it: "DiscordBot (url, version)"; empty: a general one

	Transport   http.RoundTripper                                                 // carries REST; nil: the network
	DialGateway func(ctx context.Context, network, addr string) (net.Conn, error) // opens connections to the gateway; nil: the network

	Memory  Memory
	Handler Handler
	Watcher Watcher      // nil: nobody wants to know
	Log     *slog.Logger // nil: slog's default
}

// Handler answers requests. It returns by the end of its context.
type Handler interface {
	Handle(ctx context.Context, r commands.Request) commands.Reply
}

// Watcher is told what becomes of the places that readings are in. Its methods are called one after the other, in the
// order in which Discord told.
type Watcher interface {
	GuildsAre(guilds []string) // all that the bot is a member of, at a login; each is told to be available when it is
	GuildGone(guild string)    // the bot was removed from it
	GuildUnavailable(guild string, away bool)
	// Hears tells whether the bot is connected, so that what members do reaches it; and when it no longer is, for how long
	// that was so before it was noticed.
	Hears(hearing bool, unheard time.Duration)
	ChannelGone(guild, channel string)
	ThreadChanged(guild, thread string, locked bool)
	AccessChanged(guild string) // somebody's permissions in it, or in a channel of it
}

// defaultUserAgent names the bot to Discord. Cloudflare turns away what is not of this form.
// Source: https://discord.com/developers/docs/reference#user-agent
const defaultUserAgent = "DiscordBot (https://github.com/storyteller/storyteller, 1)"

// Bot is a bot on Discord. It is a narrate.Stage from the moment it is made; Run adds the gateway.
type Bot struct {
	cfg  Config
	log  *slog.Logger
	base *url.URL

	tls       *tls.Config        // of the gateway; nil: the usual
	calls     *http.Client       // the bot's own calls, paced
	callbacks *http.Client       // answers to interactions, which are exempt from the bot's limits
	rest      *discordgo.Session // makes the bot's own calls; it is never opened
	fatal     chan error         // holds what ends Run

	ready     chan struct{}
	readyOnce sync.Once
	events    *lifeline
	anew      chan struct{} // holds a token when the session is to be given up for a new one
	guilds    guildSet
	seen      *recent        // interactions
	plain     *recent        // messages that are shown without their pictures
	slots     chan struct{}  // held by interactions that are being handled
	handling  *crew          // of interactions, from their arrival on
	flooded   rate.Sometimes // tells that interactions are dropped
	pulse     *pulse
}

// New makes a bot. It connects nowhere yet.
func New(cfg Config) (*Bot, error) {
	words := strings.Fields(cfg.Token)
	if len(words) > 0 && words[0] == "Bot" {
		words = words[1:]
	}
	cfg.Token = strings.Join(words, "")
	switch {
	case cfg.Token == "":
		return nil, &FatalError{"the bot has no token", tokenHint}
	case cfg.Memory == nil || cfg.Handler == nil:
		return nil, errors.New("discord: Config needs a Memory and a Handler")
	case cfg.Guild != "" && !isSnowflake(cfg.Guild):
		return nil, &FatalError{
			fmt.Sprintf("%q is not the id of a server", clip(cfg.Guild, maxLabel)),
			"in Discord, switch on Developer Mode under Advanced, then right-click the server and copy its id",
		}
	}
	base, err := parseAPI(cfg.API)
	if err != nil {
		return nil, err
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.UserAgent == "" {
		cfg.UserAgent = defaultUserAgent
	}
	if cfg.Transport == nil {
		cfg.Transport = defaultTransport()
	}
	if cfg.Commands == nil {
		cfg.Commands = commands.Definitions()
	}
	b := &Bot{
		cfg: cfg, log: cfg.Log, base: base, fatal: make(chan error, 1), ready: make(chan struct{}),
		events: newLifeline(), anew: make(chan struct{}, 1), seen: newRecent(maxSeen), plain: newRecent(maxPlain), slots: make(chan struct{}, maxHandling), handling: newCrew(maxArrived), pulse: newPulse(),
		flooded: rate.Sometimes{Interval: time.Minute},
	}
	b.connectREST()
	if b.rest, err = b.newSession(); err != nil {
		return nil, err
	}
	hearDiscordgo(cfg.Log, cfg.Token)
	return b, nil
}

// connectREST builds what calls go through: address, then pacer, then the network.
func (b *Bot) connectREST() {
	brake := newBrake()
	brake.all, brake.resting = b.notedRest(), b.noteRest
	paced := func(exempt bool) *pacer {
		return &pacer{
			next: b.cfg.Transport, base: b.base.Path, exempt: exempt, brake: brake, log: b.log,
			queue: newQueue(callsPerSecond, callsAtOnce), windows: newWindows(),
		}
	}
	own := paced(false)
	own.refused = func() { b.fail(fatalClose(closeUnauthorized)) }
	b.calls = client(address{own, b.base})
	b.callbacks = client(paced(true))
}

// fail ends Run.
func (b *Bot) fail(err error) {
	select {
	case b.fatal <- err:
	default:
	}
}

// Ready is closed when the gateway has said READY for the first time and the commands are registered.
func (b *Bot) Ready() <-chan struct{} { return b.ready }

// farewell is how long interactions that are being handled have when the bot is to stop.
const farewell = 3 * time.Second

// Run connects to the gateway, registers the commands if they have changed, and serves until ctx ends, which is no
// error. It returns an error when going on would be no use; a *FatalError then says what would help. It is called once.
func (b *Bot) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	// What has begun may end in peace, so handlers outlive ctx a little.
	handling, endHandling := context.WithCancel(context.WithoutCancel(ctx))
	defer endHandling()

	var aside sync.WaitGroup
	aside.Go(func() { b.watch(ctx) })
	registered := make(chan string, 1) // the application's id, at the first READY
	aside.Go(func() { b.register(ctx, registered) })
	gone := make(chan error, 1)
	g := &gateway{
		session: b.newSession, dial: b.cfg.DialGateway, tls: b.tls, may: b.mayLogin, up: b.connected, anew: b.anew, log: b.log,
		event: func(e *discordgo.Event) { b.hear(handling, registered, e) },
	}
	go func() { gone <- g.run(ctx) }()

	var err error
	select {
	case err = <-gone:
	case err = <-b.fatal:
		stop()
		<-gone
	}
	stop()
	defer time.AfterFunc(farewell, endHandling).Stop()
	if !b.handling.end(handling) {
		b.log.Warn("interactions were still being handled when the bot stopped")
	}
	aside.Wait()
	return err
}
