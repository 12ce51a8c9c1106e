package discord

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/commands"
	"storyteller/internal/fakediscord"

	"github.com/bwmarrin/discordgo"
)

// tampered is a gateway connection that a test meddles with. Frames of the fake that are shorter than a read come whole.
type tampered struct {
	net.Conn
	after  string     // once something with this in it was read,
	add    []byte     // this is read as well,
	deaf   bool       // or nothing any more, and what is written vanishes
	shared *sync.Once // of all connections that are meddled with alike: it happens once
	closed chan struct{}

	mu     sync.Mutex
	is     bool // deaf by now
	closes sync.Once
}

func (c *tampered) Read(p []byte) (int, error) {
	if c.silent() {
		<-c.closed
		return 0, net.ErrClosed
	}
	n, err := c.Conn.Read(p[:len(p)-len(c.add)])
	if !bytes.Contains(p[:n], []byte(c.after)) {
		return n, err
	}
	c.shared.Do(func() {
		n += copy(p[n:], c.add)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.is = c.deaf
	})
	return n, err
}

func (c *tampered) silent() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.is
}

func (c *tampered) Write(p []byte) (int, error) {
	if c.silent() {
		return len(p), nil
	}
	return c.Conn.Write(p)
}

func (c *tampered) Close() error {
	c.closes.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

// meddle has the bot's connections tampered with, once in all.
func (r *room) meddle(after string, add []byte, deaf bool) {
	dial, once := r.bot.cfg.DialGateway, &sync.Once{}
	r.bot.cfg.DialGateway = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &tampered{Conn: c, after: after, add: add, deaf: deaf, shared: once, closed: make(chan struct{})}, nil
	}
}

// wantGateway says how often the bot should have logged in and resumed; it has to be connected.
func (r *room) wantGateway(identifies, resumes int) {
	r.Helper()
	g := r.fake.Gateway()
	if g.Sessions() != 1 || g.Identifies() != identifies || g.Resumes() != resumes || g.StrayResumes() != 0 {
		r.Errorf("%d sessions, %d Identifies, %d resumes, %d of them astray; want 1, %d, %d, 0:\n%s",
			g.Sessions(), g.Identifies(), g.Resumes(), g.StrayResumes(), identifies, resumes, r.log)
	}
}

func TestEveryCloseCodeHasItsReaction(t *testing.T) {
	again, anew, end := "resumed", "begun anew", "the end"
	for code, want := range map[int]string{
		1000: anew, 1001: anew, 1011: again, 1012: again, 3000: again,
		4000: again, 4001: again, 4002: again, 4003: again, 4004: end, 4005: again, 4006: again, 4007: anew, 4008: again, 4009: anew,
		4010: end, 4011: end, 4012: end, 4013: end, 4014: end, 4015: again, 4999: again,
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			inRoom(t, fakediscord.Options{}, func(r *room) {
				r.enter()
				if code == 1000 || code == 1001 {
					r.fake.Gateway().ExpireSessions()
				}
				r.fake.Gateway().Close(code, "because")
				if want == end {
					logins := r.fake.Gateway().Identifies()
					r.wantFatal("")
					settle(time.Hour)
					if n := r.fake.Gateway().Identifies(); n != logins {
						r.Errorf("%d logins after a code that forbids them", n-logins)
					}
					return
				}
				settle(30 * time.Second)
				if want == again && r.fake.Gateway().Resumes() == 0 && code > 4014 {
					want = anew // the fake ends sessions with codes that Discord does not have
				}
				if want == again {
					r.wantGateway(1, 1)
				} else {
					r.wantGateway(2, 0)
				}
			})
		})
	}
}

func TestWhatCannotBeReadEndsTheConnectionAndNothingElse(t *testing.T) {
	for name, garbage := range map[string][]byte{
		"null":                 frame(frameText, "null"),
		"no JSON":              frame(frameText, "{"),
		"no op":                frame(frameText, `{"t":"READY"}`),
		"a list":               frame(frameText, `[]`),
		"an event of nothing":  frame(frameText, `{"op":0,"t":"GUILD_CREATE","s":2,"d":null}`),
		"a channel of nothing": frame(frameText, `{"op":0,"t":"CHANNEL_CREATE","s":2,"d":null}`),
		"binary":               frame(frameBinary, "\x00\x01"),
		"an interval of zero":  frame(frameText, `{"op":10,"d":{"heartbeat_interval":0}}`),
		"op 7":                 frame(frameText, `{"op":7,"d":null}`),
		"op 9, resumable":      frame(frameText, `{"op":9,"d":true}`),
	} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, fakediscord.Options{}, func(r *room) {
				r.meddle(`"READY"`, garbage, false) // in the middle of logging in
				r.enter()
				settle(20 * time.Second)
				r.wantGateway(1, 1)
			})
		})
	}
	for name, garbage := range map[string][]byte{
		"instead of Hello": frame(frameText, "null"),
		"a Hello of zero":  frame(frameText, `{"op":10,"d":{"heartbeat_interval":0}}`),
		"a hasty Hello":    frame(frameText, `{"op":10,"d":{"heartbeat_interval":-1}}`),
	} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, fakediscord.Options{}, func(r *room) {
				r.meddle("HTTP/1.1 101", garbage, false)
				r.enter()
				settle(20 * time.Second)
				r.wantGateway(1, 0)
			})
		})
	}
}

func TestSilenceAtAnyMomentIsNoticed(t *testing.T) {
	for name, c := range map[string]struct {
		after    string
		patience time.Duration
	}{
		"no Hello": {"HTTP/1.1 101", openLimit},
		"no READY": {`"op":10`, openLimit},
		// Discord may have given the session up a moment before: it is resumed, or begun anew.
		"a half link": {`"GUILD_CREATE"`, 2*45*time.Second + ackSlack + watchEvery},
	} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, fakediscord.Options{}, func(r *room) {
				r.meddle(c.after, nil, true)
				r.start()
				settle(c.patience - 2*watchEvery)
				if strings.Contains(r.log.String(), "connection was lost") {
					r.Errorf("it was given up too early:\n%s", r.log)
				}
				settle(2*watchEvery + 30*time.Second)
				if g := r.fake.Gateway(); g.Sessions() != 1 || g.Identifies()+g.Resumes() > 2 {
					r.Errorf("%d sessions, %d Identifies, %d resumes:\n%s", g.Sessions(), g.Identifies(), g.Resumes(), r.log)
				}
			})
		})
	}
}

func TestAResumeThatIsNotAnsweredIsTriedElsewhere(t *testing.T) {
	for name, hear := range map[string]func(r *room){
		"it cannot be dialled": func(r *room) {
			dial := r.bot.cfg.DialGateway
			r.bot.cfg.DialGateway = func(ctx context.Context, network, addr string) (net.Conn, error) {
				if strings.HasSuffix(addr, ":8443") {
					return nil, errors.New("connection refused")
				}
				return dial(ctx, network, addr)
			}
		},
		"it says nothing": func(r *room) {
			dial := r.bot.cfg.DialGateway
			r.bot.cfg.DialGateway = func(ctx context.Context, network, addr string) (net.Conn, error) {
				c, err := dial(ctx, network, addr)
				if err == nil && strings.HasSuffix(addr, ":8443") {
					c = &tampered{Conn: c, after: "HTTP/1.1 101", deaf: true, shared: &sync.Once{}, closed: make(chan struct{})}
				}
				return c, err
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, fakediscord.Options{}, func(r *room) {
				hear(r)
				r.enter()
				r.fake.Gateway().Cut()
				settle(openLimit + 10*time.Second)
				if g := r.fake.Gateway(); g.Sessions() != 1 || g.Identifies() != 1 || g.Resumes() != 1 || g.StrayResumes() != 1 {
					r.Errorf("%d sessions, %d Identifies, %d resumes, %d elsewhere; want 1 each:\n%s", g.Sessions(), g.Identifies(), g.Resumes(), g.StrayResumes(), r.log)
				}
			})
		})
	}
}

func TestAnOutageDoesNotCostTheSession(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		dial := r.bot.cfg.DialGateway
		var down atomic.Bool
		r.bot.cfg.DialGateway = func(ctx context.Context, network, addr string) (net.Conn, error) {
			if down.Load() {
				return nil, errors.New("no route to host")
			}
			return dial(ctx, network, addr)
		}
		r.enter()
		down.Store(true)
		r.fake.Gateway().Cut()
		settle(2 * time.Minute)
		down.Store(false)
		settle(2 * time.Minute)
		if g := r.fake.Gateway(); g.Sessions() != 1 || g.Identifies() != 1 || g.Resumes() != 1 {
			r.Errorf("%d sessions, %d Identifies, %d resumes; want 1 each:\n%s", g.Sessions(), g.Identifies(), g.Resumes(), r.log)
		}
	})
}

// wedge runs a gateway whose first sessions of discordgo hang once they are connected.
func wedge(r *room, hang int) (ended chan error, free func()) {
	release := make(chan struct{})
	sessions := 0
	g := &gateway{
		dial: r.fake.DialGateway, event: func(*discordgo.Event) {}, up: func(bool, time.Duration) {}, log: slog.New(slog.NewTextHandler(r.log, nil)),
		may: func(context.Context) (string, error) { return "ws://discord.com/gateway-ws", nil },
		session: func() (*discordgo.Session, error) {
			s, err := r.bot.newSession()
			if sessions++; sessions <= hang && err == nil {
				s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
					if e.Type == eventGuildCreate {
						<-release
					}
				})
			}
			return s, err
		},
	}
	ended = make(chan error, 1)
	ctx, stop := context.WithCancel(r.Context())
	go func() { ended <- g.run(ctx) }()
	return ended, func() { stop(); close(release); r.fake.Gateway().Cut() }
}

func TestAWedgedSessionIsReplaced(t *testing.T) {
	inRoom(t, fakediscord.Options{IdentifyInterval: -1}, func(r *room) {
		ended, free := wedge(r, maxStuck-1)
		settle(20 * time.Minute)
		if n := r.fake.Gateway().Sessions(); n != 1 {
			r.Errorf("%d sessions, want 1:\n%s", n, r.log)
		}
		if n := strings.Count(r.log.String(), errStuck.Error()); n != maxStuck-1 {
			r.Errorf("%d sessions were stuck, want %d:\n%s", n, maxStuck-1, r.log)
		}
		free()
		if err := <-ended; err != nil {
			r.Error(err)
		}
		settle(time.Minute)
	})
}

func TestABotThatStaysWedgedEnds(t *testing.T) {
	inRoom(t, fakediscord.Options{IdentifyInterval: -1}, func(r *room) {
		ended, free := wedge(r, maxStuck)
		settle(30 * time.Minute)
		free()
		var fatal *FatalError
		if err := <-ended; !errors.As(err, &fatal) || fatal.Hint() == "" {
			r.Errorf("it ended with %v, want a FatalError with a hint:\n%s", err, r.log)
		}
		settle(time.Minute)
	})
}

func TestNoInteractionIsLostOrDoneTwiceWhateverTheGatewayDoes(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		var mu sync.Mutex
		done := map[string]int{}
		r.handle = func(_ context.Context, q commands.Request) commands.Reply {
			mu.Lock()
			defer mu.Unlock()
			done[q.ID]++
			return commands.Reply{Text: "ok"}
		}
		r.enter()
		anna, g := r.member("Anna"), r.fake.Gateway()
		faults := []func(){
			func() {}, g.Cut, g.Reconnect, func() { g.InvalidSession(true) }, func() { g.Close(4000, "") }, g.RequestHeartbeat,
			func() { g.RequestHeartbeat(); g.Cut() }, func() { g.ReconnectAfterIdentify(1); g.Cut() }, func() { g.ReconnectInsteadOfHello(1); g.Cut() },
		}
		var sent []string
		press := func() {
			id, err := r.fake.Command(fakediscord.CommandInput{User: anna, Channel: r.channel(), Name: commands.Group, Subcommand: "list"})
			if err != nil {
				r.Fatal(err)
			}
			sent = append(sent, id)
		}
		for round := range 4 * len(faults) {
			press()
			g.Hold()
			press()
			press()
			_ = g.Release(fakediscord.Reversed)
			faults[round%len(faults)]()
			press() // in the gap: it is told after the resume
			_ = g.Redeliver(sent[max(0, len(sent)-5)])
			settle(steady + 10*time.Second)
			_ = g.Redeliver(sent[len(sent)-1])
		}
		settle(time.Minute)
		mu.Lock()
		defer mu.Unlock()
		late := 0
		for _, id := range sent {
			// A command that Discord has given up on is not done: the member has seen that it failed.
			if n := done[id]; n > 1 {
				r.Errorf("interaction %s was handled %d times", id, n)
			} else if n == 0 {
				late++
			}
		}
		if g.Identifies() != 1 {
			r.Errorf("%d Identifies: what was told in between is lost", g.Identifies())
		}
		for _, id := range sent {
			if o := r.outcome(id, nil); o.State == fakediscord.StateFailed && done[id] > 0 {
				r.Errorf("a command was done of which Discord had said that it failed")
			} else if o.State != fakediscord.StateFailed && done[id] == 0 {
				r.Errorf("a command that was answered was not done")
			}
		}
		if late > 0 {
			r.Errorf("%d of %d commands were told too late to be done", late, len(sent))
		}
	})
}

func TestADayOfFlappingAndRestartsStaysWithinTheLogins(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		began, most, away, longest := time.Now(), 0, time.Now(), time.Duration(0)
		for n := 0; time.Since(began) < 25*time.Hour; n++ {
			g := r.fake.Gateway()
			if g.Sessions() > 0 {
				longest, away = max(longest, time.Since(away)), time.Now()
			}
			g.ExpireSessions()
			g.Cut()
			if n%10 == 9 { // the process dies over and over as well
				r.leave()
				r.bot = r.newBot(testToken)
				r.start()
			}
			settle(17 * time.Second)
			most = max(most, g.Identifies())
		}
		if most > maxLogins {
			r.Errorf("%d Identifies in a day, want at most %d", most, maxLogins)
		}
		if longest > 2*thriftySpace {
			r.Errorf("the bot was away for %s at a time, want it back every %s", longest, thriftySpace)
		}
		r.Logf("at most %d Identifies in 24 hours, at most %s away", most, longest)
	})
}

func TestOp1WhileTheConnectionBreaksDoesNoHarm(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.enter()
		for range 200 {
			r.fake.Gateway().RequestHeartbeat()
			r.fake.Gateway().Cut()
			settle(4 * time.Second)
		}
		settle(3 * time.Minute)
		if n := r.fake.Gateway().Sessions(); n != 1 {
			r.Errorf("%d sessions, want 1", n)
		}
	})
}

func TestAnEventThatBreaksItsListenerBreaksNothingElse(t *testing.T) {
	inRoom(t, fakediscord.Options{}, func(r *room) {
		r.handle = func(context.Context, commands.Request) commands.Reply { panic("a fault") }
		r.enter()
		id, err := r.fake.Command(fakediscord.CommandInput{User: r.member("Anna"), Channel: r.channel(), Name: commands.Group, Subcommand: "list"})
		if o := r.outcome(id, err); o.Message == nil || o.Message.Content != saySorry {
			r.Errorf("outcome %+v", o)
		}
		synctest.Wait()
		r.wantGateway(1, 0)
	})
}
