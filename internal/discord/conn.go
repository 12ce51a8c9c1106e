package discord

import (
	"errors"
	"net"
	"sync"
	"time"
)

// conn is a gateway connection that is listened in on. It ends itself when Discord ends the session (ops 7 and 9), and
// at what is no message of a gateway: discordgo answers op 7 with a deadlock if it comes first, op 9 by identifying anew
// without end or count, and some garbage with a panic. To discordgo the connection is simply lost, and the bot's own
// loop does what is to be done.
//
// Closing it without a websocket close leaves the session alive for a resume.
type conn struct {
	net.Conn
	gone chan struct{} // closed when nothing more can be read

	mu       sync.Mutex
	frames   frames
	over     bool
	ended    error         // why conn ended itself
	code     int           // of Discord's close
	dead     bool          // the session cannot be resumed
	interval time.Duration // between heartbeats
	ackAt    time.Time     // of the latest acknowledgement, or of Hello
}

var (
	errReconnect      = errors.New("the gateway asks for a new connection")
	errInvalidSession = errors.New("the gateway does not know the session")
	errGarbage        = errors.New("the gateway sent what cannot be read")
)

func listenIn(c net.Conn) *conn {
	l := &conn{Conn: c, gone: make(chan struct{})}
	l.frames.heard = l.hear
	return l
}

// parting is how long discordgo learns later of the end of a connection than the bot. When it does it takes a lock and
// sleeps with it; a heartbeat that has just begun would wait for that lock, and gets out of the way in this time.
const parting = 10 * time.Millisecond

// Read implements net.Conn.
func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	n, err, last := c.take(p[:n], err)
	if last {
		time.Sleep(parting)
	}
	return n, err
}

// take looks at what was read, and says how much of it discordgo may see. last says that the connection is over with
// it: it broke, or nobody reads any more after a close frame.
func (c *conn) take(p []byte, err error) (n int, _ error, last bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended == nil {
		n = c.frames.read(p)
	}
	if c.ended != nil {
		// What came before is good: an event in it would be told once more after a resume, but READY would not.
		_ = c.Conn.Close()
		if err = nil; n == 0 {
			err = c.ended
		}
	}
	if (err != nil || c.code != 0) && !c.over {
		c.over, last = true, true
		close(c.gone)
	}
	return n, err, last
}

// closeFrame is the first byte of a websocket close. The library writes a frame in one piece.
const closeFrame = 0x80 | frameClose

// Write implements net.Conn. It keeps discordgo's close frames to itself: they say 1000, which ends the session, even
// where Discord closed the connection first and wants it back.
//
// It never fails. A write that does breaks the connection, and whoever reads finds out: if discordgo's heartbeat and its
// reader both do, both close the session, one holding a lock that the other waits for.
func (c *conn) Write(p []byte) (int, error) {
	if len(p) > 0 && p[0] == closeFrame {
		return len(p), nil
	}
	if _, err := c.Conn.Write(p); err != nil {
		_ = c.Conn.Close()
	}
	return len(p), nil
}

// hear notes a signal; the lock is held. It says whether the connection ends with it.
func (c *conn) hear(s signal) (last bool) {
	switch {
	case s.garbage:
		c.ended = errGarbage
	case s.close != 0:
		c.code = s.close
	case s.op == opReconnect:
		c.ended = errReconnect
	case s.op == opInvalidSession:
		c.ended, c.dead = errInvalidSession, !s.resume
	case s.op == opHello:
		c.interval, c.ackAt = time.Duration(s.beat)*time.Millisecond, time.Now()
	case s.op == opAck:
		c.ackAt = time.Now()
	}
	return c.ended != nil
}

// ackSlack is given beyond two intervals: the first heartbeat of a connection may be late.
const ackSlack = 5 * time.Second

// silent says for how long Discord has not acknowledged a heartbeat, and whether that is more than two intervals. A
// connection that is never read any more counts as well, so this also finds a discordgo that is stuck. discordgo itself
// would wait for five.
func (c *conn) silent(now time.Time) (silence time.Duration, lost bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	silence = now.Sub(c.ackAt)
	return silence, !c.ackAt.IsZero() && silence > 2*c.interval+ackSlack
}

// verdict says how the connection ended: Discord's close code or 0, whether the session is certainly dead, and why the
// connection ended itself, if it did.
func (c *conn) verdict() (code int, dead bool, ended error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.code, c.dead, c.ended
}
