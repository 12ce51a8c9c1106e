package discord

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// openLimit is how long discordgo may take to connect, to the first event of the session. It has no limit of its own.
	openLimit = 60 * time.Second
	// dropLimit is how long discordgo may take to notice that a connection is lost. It sleeps a second over it.
	dropLimit = 10 * time.Second
	// maxStuck is how many sessions of discordgo in a row may hang before the process had better begin anew: each keeps
	// its memory.
	maxStuck = 3
	// watchEvery is how often heartbeats are looked after.
	watchEvery = 5 * time.Second
	// steady is how long a connection has to last for the pauses between attempts to begin anew.
	steady = 2 * time.Minute
	// shortestBackoff and longestBackoff bound the pause before an attempt to connect.
	shortestBackoff = time.Second
	longestBackoff  = 2 * time.Minute
)

// gateway keeps the bot connected. It has discordgo connect, and watches it; a session that is stuck is abandoned, with
// its goroutines, and replaced. What a session missed while it was not connected is told after a resume, so a session
// that may still live is never given up for a failed attempt.
type gateway struct {
	session func() (*discordgo.Session, error)
	dial    dialFunc    // nil: the network
	tls     *tls.Config // nil: the usual
	event   func(*discordgo.Event)
	may     func(ctx context.Context) (address string, err error) // asked before each Identify, and where to; a *FatalError ends the loop
	// up is told of every connection, before its first event is; and of its loss, and for how long it was dead before.
	up   func(connected bool, unheard time.Duration)
	anew <-chan struct{} // holds a token when the session is to be given up for a new one; nil for never
	log  *slog.Logger
}

// run connects until ctx ends, which is no error, or until trying again would be no use.
func (g *gateway) run(ctx context.Context) error {
	var l *link
	stuck := 0 // sessions in a row
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
		code, dead, ended := l.verdict(errors.Is(err, errNotOpened))
		if fatal := fatalClose(code); fatal != nil {
			l.leave()
			return fatal
		}
		g.log.Warn("the gateway connection was lost", "code", code, "error", cause(err, ended), "after", time.Since(began).Round(time.Second))
		if stuck = inARow(stuck, errors.Is(err, errStuck)); stuck == maxStuck {
			l.abandon()
			return &FatalError{"the connection to Discord hangs and cannot be replaced", "start the bot again: everything is saved, and readings go on where they were"}
		}
		if dead || !resumable(code) || errors.Is(err, errStuck) || errors.Is(err, errAnew) || !l.lives() {
			l.abandon()
			l = nil
		}
		if time.Since(began) > steady {
			failures = -1
		}
	}
}

func inARow(n int, again bool) int {
	if again {
		return n + 1
	}
	return 0
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

var (
	errStuck     = errors.New("discordgo is stuck")
	errNotOpened = errors.New("the connection was not made")
	errSilent    = errors.New("heartbeats are not acknowledged")
	errLost      = errors.New("the connection broke")
	errAnew      = errors.New("events were dropped")
)

// serve connects a link and returns when the connection is over, with the reason.
func (g *gateway) serve(ctx context.Context, l *link) error {
	l.onFirst(func() { g.up(true, 0) })
	unheard := time.Duration(0)
	defer func() {
		l.onFirst(nil)
		g.up(false, unheard)
	}()
	if err := g.open(ctx, l); err != nil {
		return err
	}
	if l.conn == nil {
		return errNotOpened
	}
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case now := <-tick.C:
			if silence, lost := l.conn.silent(now); lost {
				unheard = silence
				_ = l.conn.Close()
				return g.awaitDrop(ctx, l, errSilent)
			}
		case <-l.conn.gone:
			return g.awaitDrop(ctx, l, errLost)
		case <-g.anew:
			_ = l.conn.Close()
			return g.awaitDrop(ctx, l, errAnew)
		case <-l.dropped:
			l.up = false
			return errLost
		}
	}
}

// awaitDrop waits until discordgo has let go of a connection, so that the session can connect again.
func (g *gateway) awaitDrop(ctx context.Context, l *link, reason error) error {
	t := time.NewTimer(dropLimit)
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
	l.conn, l.opening = nil, done
	go func() { done <- l.connect() }()
	limit := time.NewTimer(openLimit)
	defer limit.Stop()
	for late := false; ; late = true {
		select {
		case err := <-done:
			l.take()
			l.opening, l.up = nil, err == nil
			switch {
			case late && err == nil: // it came up as it was given up
				_ = l.conn.Close()
				return g.awaitDrop(ctx, l, errNotOpened)
			case late:
				return fmt.Errorf("%w: the gateway did not answer in %s", errNotOpened, openLimit)
			case err != nil:
				return fmt.Errorf("%w: %s", errNotOpened, redact(err.Error()))
			}
			return nil
		case <-limit.C:
			l.abandon()
			if late {
				return fmt.Errorf("%w while it connects", errStuck)
			}
			limit.Reset(dropLimit)
		case <-ctx.Done():
			l.take()
			return ctx.Err()
		}
	}
}
