package discord

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// openLimit is how long discordgo may take to connect. It has no limit of its own.
	openLimit = 60 * time.Second
	// dropLimit is how long discordgo may take to notice that a connection is lost. It sleeps a second over it.
	dropLimit = 10 * time.Second
	// watchEvery is how often heartbeats are looked after.
	watchEvery = 5 * time.Second
	// steady is how long a connection has to last for the pauses between attempts to begin anew.
	steady = 2 * time.Minute
	// shortestBackoff and longestBackoff bound the pause before an attempt to connect.
	shortestBackoff = time.Second
	longestBackoff  = 2 * time.Minute
)

// gateway keeps the bot connected. It has discordgo connect, and watches it; a session that is stuck is abandoned, with
// its goroutines, and replaced.
type gateway struct {
	session func() (*discordgo.Session, error)
	dial    dialFunc    // nil: the network
	tls     *tls.Config // nil: the usual
	event   func(*discordgo.Event)
	may     func(ctx context.Context) error // asked before each Identify; a *FatalError ends the loop
	up      func(connected bool)            // told of every connection and its loss
	log     *slog.Logger

	openLimit, dropLimit time.Duration
}

// link is one session of discordgo, over as many connections as Discord lets it resume.
type link struct {
	session *discordgo.Session
	dropped chan struct{} // holds a token when discordgo has noticed the loss of a connection
	dialled chan *conn    // the latest connection, until it is taken
	conn    *conn
	ready   chan struct{} // holds a token when the session has begun
	begun   bool
	opening chan error // while discordgo connects
	up      bool       // discordgo has a connection that it has not let go of
}

// run connects until ctx ends, which is no error, or until trying again would be no use.
func (g *gateway) run(ctx context.Context) error {
	var l *link
	for failures := 0; ; failures++ {
		if err := sleep(ctx, backoff(failures)); err != nil {
			l.leave()
			return nil
		}
		if l == nil {
			var err error
			if l, err = g.newLink(ctx); err != nil {
				if ctx.Err() != nil {
					return nil
				}
				return err
			}
		}
		began := time.Now()
		err := g.serve(ctx, l)
		if ctx.Err() != nil {
			l.leave()
			return nil
		}
		code, dead, ended := l.verdict()
		if fatal := fatalClose(code); fatal != nil {
			l.leave()
			return fatal
		}
		g.log.Warn("the gateway connection was lost", "code", code, "error", cause(err, ended), "after", time.Since(began).Round(time.Second))
		if dead || !resumable(code) || !l.begun || errors.Is(err, errStuck) || errors.Is(err, errNotOpened) {
			l.abandon()
			l = nil
		}
		if time.Since(began) > steady {
			failures = -1
		}
	}
}

func cause(err, ended error) string {
	if ended != nil {
		return ended.Error()
	}
	return redact(err.Error())
}

// backoff is the pause before an attempt: none before the first, then growing, with jitter, so that many bots do not
// come back at the same moment.
func backoff(failures int) time.Duration {
	if failures <= 0 {
		return 0
	}
	full := min(shortestBackoff<<min(failures-1, 16), longestBackoff)
	return full/2 + rand.N(full/2)
}

// newLink makes a session that will identify, when it may.
func (g *gateway) newLink(ctx context.Context) (*link, error) {
	if err := g.may(ctx); err != nil {
		return nil, err
	}
	s, err := g.session()
	if err != nil {
		return nil, err
	}
	l := &link{session: s, dropped: make(chan struct{}, 1), dialled: make(chan *conn, 1), ready: make(chan struct{}, 1)}
	s.Identify.Intents = discordgo.IntentsGuilds
	s.Compress = false // frames reads along
	s.SyncEvents = true
	dial := g.dial
	if dial == nil {
		dial = dialer(http.ProxyFromEnvironment)
	}
	d := *s.Dialer // a copy: all of discordgo shares the original
	d.Proxy = nil  // dial sees to it
	d.HandshakeTimeout = dialLimit
	d.NetDialContext = l.tap(dial)
	d.NetDialTLSContext = l.tap(overTLS(dial, g.tls))
	s.Dialer = &d
	s.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) { signalTo(l.dropped) })
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		if e.Type == eventReady {
			signalTo(l.ready)
		}
		g.event(e)
	})
	return l, nil
}

// tap notes the connections that dial makes, and listens in on them.
func (l *link) tap(dial dialFunc) dialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		raw, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		c := listenIn(raw)
		select {
		case <-l.dialled: // of an attempt that failed
		default:
		}
		l.dialled <- c
		return c, nil
	}
}

var (
	errStuck     = errors.New("discordgo is stuck")
	errNotOpened = errors.New("the connection was not made")
	errSilent    = errors.New("heartbeats are not acknowledged")
	errLost      = errors.New("the connection broke")
)

// serve connects a link and returns when the connection is over, with the reason.
func (g *gateway) serve(ctx context.Context, l *link) error {
	if err := g.open(ctx, l); err != nil {
		return err
	}
	if l.conn == nil {
		return errNotOpened
	}
	g.up(true)
	defer g.up(false)
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-l.ready:
			l.begun = true
		case now := <-tick.C:
			if l.conn.silent(now) {
				_ = l.conn.Close()
				return g.awaitDrop(ctx, l, errSilent)
			}
		case <-l.conn.gone:
			return g.awaitDrop(ctx, l, errLost)
		case <-l.dropped:
			l.up = false
			return errLost
		}
	}
}

// awaitDrop waits until discordgo has let go of a connection, so that the session can connect again.
func (g *gateway) awaitDrop(ctx context.Context, l *link, reason error) error {
	t := time.NewTimer(g.dropLimit)
	defer t.Stop()
	select {
	case <-l.dropped:
		l.up = false
		return reason
	case <-t.C:
		return fmt.Errorf("%w after %w", errStuck, reason)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// open has discordgo connect. It runs aside, as it may never return.
func (g *gateway) open(ctx context.Context, l *link) error {
	select {
	case <-l.dropped: // of the connection before
	default:
	}
	done := make(chan error, 1)
	go func() { done <- l.session.Open() }()
	l.opening = done
	limit := time.NewTimer(g.openLimit)
	defer limit.Stop()
	select {
	case err := <-done:
		l.take()
		l.opening, l.up = nil, err == nil
		if err != nil {
			return fmt.Errorf("%w: %s", errNotOpened, redact(err.Error()))
		}
		return nil
	case <-limit.C:
		l.take()
		return fmt.Errorf("%w: no connection in %s", errStuck, g.openLimit)
	case <-ctx.Done():
		l.take()
		return ctx.Err()
	}
}

// take notes the connection that was made, and whether the session has begun on it.
func (l *link) take() {
	select {
	case l.conn = <-l.dialled:
	default:
	}
	select {
	case <-l.ready:
		l.begun = true
	default:
	}
}

// verdict says how the latest connection ended.
func (l *link) verdict() (code int, dead bool, ended error) {
	if l.conn == nil {
		return 0, false, nil
	}
	return l.conn.verdict()
}

// abandon cuts a link's connection. discordgo's own Close is not called: it sleeps, and if stuck it never returns.
// Whatever goroutine still reads ends with the connection.
func (l *link) abandon() {
	l.take()
	if l.conn != nil {
		_ = l.conn.Close()
	}
}

// leaveLimit is how long discordgo has to end its goroutines when the bot stops.
const leaveLimit = 2 * time.Second

// leave abandons a link at the bot's end, and gives discordgo a moment to notice.
func (l *link) leave() {
	if l == nil {
		return
	}
	l.abandon()
	limit := time.NewTimer(leaveLimit)
	defer limit.Stop()
	if l.opening != nil {
		select {
		case err := <-l.opening:
			l.up = err == nil
			l.abandon() // what was dialled in between
		case <-limit.C:
			l.abandon()
			return
		}
	}
	if l.up {
		select {
		case <-l.dropped:
		case <-limit.C:
		}
	}
}

// signalTo puts a token into a channel that holds one.
func signalTo(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
