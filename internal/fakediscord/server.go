// Package fakediscord speaks Discord's REST API and gateway on the wire, in
// memory: it is the ground the bot's tests stand on and the engine of a
// rehearsal.
//
// It is strict. What Discord refuses is refused here with Discord's status and
// code, and beyond that unknown routes and unknown JSON fields are refused too,
// because Discord would ignore a misspelt field and the mistake would pass.
//
// It can be used without sockets (Transport, DialGateway), also inside a
// testing/synctest bubble, or on any listener (Handler). People are played
// through Go methods or the control API under /control/.
//
// The clock of a bubble starts in the year 2000, before Discord's first
// snowflake. A Server made at such a time runs its own clock ahead by a fixed
// difference (Server.Now tells it); a test that compares both clocks should
// sleep past 2015 before it calls New.
package fakediscord

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// Defaults for Options.
const (
	DefaultToken = "fake-token"

	defaultGuildName = "The Reading Room"
	defaultBotName   = "storyteller"

	// defaultNonceWindow stands for Discord's unpublished "few minutes".
	defaultNonceWindow = 5 * time.Minute
	// defaultResumeWindow stands for the "some minutes" in which a broken
	// session can be resumed.
	defaultResumeWindow = 5 * time.Minute
	// defaultHeartbeat is the example of Discord's documentation.
	defaultHeartbeat = 45 * time.Second
	// defaultIdentifyInterval is how far apart Discord wants two Identifies
	// when max_concurrency is 1.
	defaultIdentifyInterval = 5 * time.Second
	// defaultIdentifyBudget is the number of Identifies Discord allows a day.
	defaultIdentifyBudget = 1000
	// defaultInvalidLimit is how many 401, 403 and 429 answers in ten minutes
	// make Cloudflare ban an address.
	defaultInvalidLimit = 10_000
)

// Options are the settings of a Server; the zero value is a working one.
type Options struct {
	Token         string // bot token without the "Bot " prefix
	ApplicationID string // also the bot user's id; made up when empty
	BotName       string
	GuildName     string // name of the default guild

	// Ids of the default guild, its owner and its channel; made up when empty.
	// With ids that stay the same a bot finds its place again in a later run.
	GuildID, OwnerID, ChannelID string

	NonceWindow       time.Duration // how long a nonce is remembered
	ResumeWindow      time.Duration // how long a broken gateway session lives
	HeartbeatInterval time.Duration
	IdentifyInterval  time.Duration // least time between Identifies; negative: no limit
	IdentifyBudget    int           // Identifies in 24 hours

	PrivilegedIntents int    // privileged intents switched on for the application
	InvalidLimit      int    // 401, 403 and 429 answers in ten minutes before a ban
	Limits            Limits // rate limits
	// ResumeURL is the scheme, host and port that sessions are told to resume
	// at, as in "ws://127.0.0.1:4711", when the handler is served there too.
	// When empty it is another path of the gateway's own address, and in this
	// process another host.
	ResumeURL string
	// OnEvent sees every event of the gateway but those that Gateway.Dispatch
	// made up, with the server's lock held: it must return at once and not call
	// the server.
	OnEvent func(name string, data []byte)
	// PublicURL is the scheme and host that attachment URLs start with. When
	// empty it follows the last request that came over a socket.
	PublicURL string
}

func (o Options) withDefaults() Options {
	setString := func(p *string, v string) {
		if *p == "" {
			*p = v
		}
	}
	setDuration := func(p *time.Duration, v time.Duration) {
		if *p == 0 {
			*p = v
		}
	}
	setInt := func(p *int, v int) {
		if *p == 0 {
			*p = v
		}
	}
	setString(&o.Token, DefaultToken)
	setString(&o.BotName, defaultBotName)
	setString(&o.GuildName, defaultGuildName)
	setDuration(&o.NonceWindow, defaultNonceWindow)
	setDuration(&o.ResumeWindow, defaultResumeWindow)
	setDuration(&o.HeartbeatInterval, defaultHeartbeat)
	setDuration(&o.IdentifyInterval, defaultIdentifyInterval)
	setInt(&o.IdentifyBudget, defaultIdentifyBudget)
	setInt(&o.InvalidLimit, defaultInvalidLimit)
	return o
}

// Server is one Discord with one application on it. Its methods may be called
// from any goroutine.
type Server struct {
	opts Options
	skew time.Duration // Discord's clock minus ours; set once

	mu     sync.Mutex // guards all below; never held while waiting
	lastID uint64
	world  world
	nonces map[string]nonceUse
	swept  time.Time // when nonces were last swept

	commands     commandRegistry
	interactions map[string]*interaction // by id
	byToken      map[string]*interaction
	attachments  map[string]*storedFile // by attachment id
	uploads      map[string]Attachment  // members' files, by id

	gateway    gatewayState
	limits     limiter
	faults     []*Fault
	violations []string
	ledger     []Entry
	events     eventLog
	publicURL  string
	oldEdits   map[string][]time.Time // edits of old messages, by channel
	polls      map[string]*ballotBox  // by message

	life   context.Context // until Close
	die    context.CancelFunc
	done   <-chan struct{} // of life
	closed bool
	work   sync.WaitGroup // goroutines of gateway connections
	http   http.Handler
}

// New makes a Discord with the default guild, one text channel and the bot in
// it. It starts no goroutines. Inside a synctest bubble it must be called in
// the bubble.
func New(o Options) *Server {
	s := &Server{
		opts:         o.withDefaults(),
		nonces:       map[string]nonceUse{},
		interactions: map[string]*interaction{},
		byToken:      map[string]*interaction{},
		attachments:  map[string]*storedFile{},
		uploads:      map[string]Attachment{},
		oldEdits:     map[string][]time.Time{},
		polls:        map[string]*ballotBox{},
	}
	s.life, s.die = context.WithCancel(context.Background())
	s.done = s.life.Done()
	s.skew = clockSkew(time.Now())
	s.publicURL = s.opts.PublicURL
	if s.publicURL == "" {
		s.publicURL = "https://" + cdnHost
	}
	s.limits = newLimiter(s.opts)
	s.gateway = newGatewayState()
	s.commands = newCommandRegistry()
	s.world = newWorld(s)
	s.http = s.routes()
	return s
}

// Now is Discord's time: what snowflakes, timestamps and Date headers tell.
func (s *Server) Now() time.Time { return time.Now().Add(s.skew) }

// Close ends all gateway connections, watchers and stalled requests, and waits
// for the goroutines of the gateway.
func (s *Server) Close() {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		s.die()
		for _, i := range s.interactions {
			i.stopTimer()
		}
		for _, box := range s.polls {
			box.timer.Stop()
		}
		for _, g := range s.world.guilds {
			for _, e := range g.scheduled {
				e.timer.Stop()
			}
		}
		for c := range s.gateway.conns {
			c.cut()
		}
	}
	s.mu.Unlock()
	s.work.Wait()
}

// Handler serves REST under /api/v9 and /api/v10, the gateway at /gateway-ws,
// attachments under /attachments/ and the control API under /control/.
func (s *Server) Handler() http.Handler { return s.http }

// Violations lists every request and gateway message that was refused as
// malformed: what a correct bot never sends. A test should see none.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.violations...)
}

// maxViolations keeps a bot gone wild from filling the memory.
const maxViolations = 1000

func (s *Server) violate(text string) {
	if len(s.violations) < maxViolations {
		s.violations = append(s.violations, text)
	}
}

// ended reports whether a wait should stop: the context's error, or
// net/http's ErrServerClosed after Close.
func (s *Server) ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-s.done:
		return http.ErrServerClosed
	default:
		return nil
	}
}
