package discord

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// resumeFor is how long a session that was lost is taken up again. Discord forgets one after "some minutes"; asking for
// it longer costs nothing but time, as Discord says when it has forgotten.
const resumeFor = 5 * time.Minute

// link is one session of discordgo, over as many connections as Discord lets it resume.
type link struct {
	session *discordgo.Session
	door    *door
	dropped chan struct{} // holds a token when discordgo has noticed the loss of a connection
	dialled chan *conn    // the latest connection, until it is taken
	conn    *conn         // the latest connection; nil if none was made
	opening chan error    // while discordgo connects
	up      bool          // discordgo has a connection that it has not let go of

	mu    sync.Mutex
	begun bool      // Discord has given the session an id
	told  bool      // the latest connection has brought an event
	first func()    // called when the connection brings its first event; nil when none is expected
	lost  time.Time // when the latest connection ended that had brought one
}

// newLink makes a session that will identify, when it may.
func (g *gateway) newLink(ctx context.Context) (*link, error) {
	address, err := g.may(ctx)
	if err != nil {
		return nil, err
	}
	s, err := g.session()
	if err != nil {
		return nil, err
	}
	select {
	case <-g.anew: // this one is
	default:
	}
	l := &link{session: s, door: newDoor(address), dropped: make(chan struct{}, 1), dialled: make(chan *conn, 1)}
	s.Identify.Intents = discordgo.IntentsGuilds
	s.Compress = false // frames reads along
	s.SyncEvents = true
	s.Client = &http.Client{Transport: l.door}
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
		l.hear(e)
		g.event(e)
	})
	return l, nil
}

// onFirst has f called before the next event is heard.
func (l *link) onFirst(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.first = f
}

// hear notes what an event says of the session itself.
func (l *link) hear(e *discordgo.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.told = true
	if l.first != nil {
		l.first()
		l.first = nil
	}
	if e.Type != eventReady {
		return
	}
	var ready struct {
		Session string `json:"session_id"`
		Resume  string `json:"resume_gateway_url"`
	}
	if json.Unmarshal(e.RawData, &ready) == nil && ready.Session != "" {
		l.begun = true
		l.door.resumeAt(ready.Resume)
	}
}

// tap notes the connections that dial makes, and listens in on them.
func (l *link) tap(dial dialFunc) dialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		if l.door.isShut() {
			return nil, errShut
		}
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

// connect has discordgo connect to where the door leads.
func (l *link) connect() error {
	if l.door.moved() {
		l.door.shut(true)
		err := l.session.Open() // discordgo forgets the old address
		l.door.shut(false)
		if err == nil {
			return errShut // it cannot be: no connection was made
		}
	}
	return l.session.Open()
}

// take notes the connection that was made.
func (l *link) take() {
	select {
	case l.conn = <-l.dialled:
	default:
	}
}

// verdict says how the latest attempt ended: Discord's close code or 0, whether the session is certainly dead, and why the
// connection ended itself, if it did. An address at which no connection could be opened is not used again.
func (l *link) verdict(unopened bool) (code int, dead bool, ended error) {
	if unopened {
		l.door.failed()
	}
	l.mu.Lock()
	if l.told {
		l.told, l.lost = false, time.Now()
	}
	l.mu.Unlock()
	if l.conn == nil {
		return 0, false, nil
	}
	return l.conn.verdict()
}

// lives says whether the session may be resumed.
func (l *link) lives() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.begun && time.Since(l.lost) < resumeFor
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
