package fakediscord

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"math"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway close codes.
const (
	closeUnknownOpcode        = 4001
	closeDecodeError          = 4002
	closeNotAuthenticated     = 4003
	closeAuthenticationFailed = 4004
	closeAlreadyAuthenticated = 4005
	closeInvalidSeq           = 4007
	closeRateLimited          = 4008
	closeSessionTimedOut      = 4009
	closeInvalidShard         = 4010
	closeShardingRequired     = 4011
	closeInvalidVersion       = 4012
	closeInvalidIntents       = 4013
	closeDisallowedIntents    = 4014
)

const (
	// writeTimeout is how long a client may take to read a message.
	writeTimeout = 10 * time.Second
	// closeGrace is how long a client may take to answer a close.
	closeGrace = 2 * time.Second
	// compressFrom is the size from which payloads are compressed for clients
	// that asked for it, in bytes: some are and some are not, as with Discord.
	compressFrom = 1024
	// maxSilentBeats is how many heartbeat intervals a client may miss.
	maxSilentBeats = 2
)

// gatewayConn is one websocket. The server's lock guards all but ws and wake.
type gatewayConn struct {
	s         *Server
	ws        *websocket.Conn
	raw       net.Conn
	session   *session
	version   int
	resumeURL string // where its session is told to resume
	forResume bool   // the client came to such an address

	out    []frame
	wake   chan struct{} // holds a token while out is not empty
	closed chan struct{}
	ended  bool // no more frames are taken

	beat  *time.Timer // fires when the client's heartbeat fails
	sends window
}

// frame is a message that waits to be written.
type frame struct {
	kind int
	data []byte
}

var upgrader = websocket.Upgrader{
	HandshakeTimeout: writeTimeout,
	// Bots send no Origin; pages in a browser have no token.
	CheckOrigin: func(*http.Request) bool { return true },
}

// serveGateway accepts a gateway connection and serves it to its end.
func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	version := 0
	switch q.Get("v") {
	case "9":
		version = 9
	case "10":
		version = 10
	}
	if e := q.Get("encoding"); e != "" && e != "json" || q.Get("compress") != "" {
		http.Error(w, "only encoding=json without transport compression is spoken here", http.StatusBadRequest)
		return
	}
	s.notePublicURL(r)
	if !s.start() {
		http.Error(w, "closed", http.StatusServiceUnavailable)
		return
	}
	defer s.work.Done()
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &gatewayConn{
		s: s, ws: ws, raw: ws.NetConn(), version: version, resumeURL: s.resumeURL(r), forResume: s.isResumeURL(r),
		wake: make(chan struct{}, 1), closed: make(chan struct{}),
	}
	c.serve()
}

// start counts a goroutine that Close waits for, unless it is too late.
func (s *Server) start() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.work.Add(1)
	return true
}

func (c *gatewayConn) serve() {
	s := c.s
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		_ = c.raw.Close()
		return
	}
	s.gateway.conns[c] = true
	s.work.Add(1)
	go c.write()
	c.greet()
	s.touch()
	s.mu.Unlock()

	code := c.read()

	s.mu.Lock()
	s.leave(c, code)
	c.end()
	s.mu.Unlock()
	_ = c.raw.Close()
}

// greet sends Hello, or what a test asked for instead.
func (c *gatewayConn) greet() {
	g := &c.s.gateway
	switch {
	case c.version == 0:
		c.s.violate("gateway: the address has no v=9 or v=10")
		c.closeWith(closeInvalidVersion, "Invalid API version")
	case g.early > 0:
		g.early--
		c.send(packet{Op: opReconnect})
	default:
		c.send(packet{Op: opHello, Data: mustJSON(jsonMap{"heartbeat_interval": c.s.opts.HeartbeatInterval.Milliseconds()})})
	}
}

// read handles what the client sends until the connection ends; the result is
// the client's close code.
func (c *gatewayConn) read() int {
	for {
		kind, data, err := c.ws.ReadMessage()
		if err != nil {
			if ce, ok := err.(*websocket.CloseError); ok {
				return ce.Code
			}
			return websocket.CloseAbnormalClosure
		}
		c.s.mu.Lock()
		c.handle(kind, data)
		c.s.mu.Unlock()
	}
}

// handle acts on one message of the client.
func (c *gatewayConn) handle(kind int, data []byte) {
	if c.ended {
		return
	}
	var p packet
	switch {
	case !c.sends.take(Limit{maxGatewaySends, time.Minute}, c.s.Now()):
		c.refuse(closeRateLimited, "You are being rate limited.")
		return
	case len(data) > maxGatewayPayload || kind != websocket.TextMessage || json.Unmarshal(data, &p) != nil:
		c.refuse(closeDecodeError, "Error while decoding payload.")
		return
	}
	switch p.Op {
	case opHeartbeat:
		c.heartbeat()
	case opIdentify:
		var in identifyData
		if !c.decode(p.Data, &in) {
			return
		}
		c.s.identify(c, in)
	case opResume:
		var in resumeData
		if !c.decode(p.Data, &in) {
			return
		}
		c.s.resume(c, in)
	case opPresence:
		if c.session == nil {
			c.refuse(closeNotAuthenticated, "Not authenticated.")
		}
	default:
		c.refuse(closeUnknownOpcode, fmt.Sprintf("Unknown opcode %d (or one that is not spoken here).", p.Op))
	}
}

// decode reads the data of an Identify or Resume, which come only once.
func (c *gatewayConn) decode(data json.RawMessage, into any) bool {
	switch {
	case c.session != nil:
		c.refuse(closeAlreadyAuthenticated, "Already authenticated.")
	case json.Unmarshal(data, into) != nil:
		c.refuse(closeDecodeError, "Error while decoding payload.")
	default:
		return true
	}
	return false
}

// refuse closes the connection because of a client's mistake.
func (c *gatewayConn) refuse(code int, why string) {
	c.s.violate(fmt.Sprintf("gateway: closed with %d: %s", code, why))
	c.closeWith(code, why)
}

func (c *gatewayConn) heartbeat() {
	if c.beat != nil {
		c.beat.Reset(c.silence())
	}
	if !c.s.gateway.silent {
		c.send(packet{Op: opAck})
	}
}

func (c *gatewayConn) silence() time.Duration { return maxSilentBeats * c.s.opts.HeartbeatInterval }

// startBeating begins to watch the client's heartbeats.
func (c *gatewayConn) startBeating() {
	if c.beat != nil {
		c.beat.Stop()
	}
	c.beat = time.AfterFunc(c.silence(), func() {
		c.s.mu.Lock()
		defer c.s.mu.Unlock()
		if c.ended {
			return
		}
		if c.session != nil {
			delete(c.s.gateway.sessions, c.session.id)
		}
		c.closeWith(closeSessionTimedOut, "Session timed out.")
	})
}

// send queues a message.
func (c *gatewayConn) send(p packet) {
	if p.Data == nil {
		p.Data = json.RawMessage("null")
	}
	data := mustJSON(p)
	if c.session != nil && c.session.compress && len(data) >= compressFrom {
		c.queue(frame{websocket.BinaryMessage, deflate(data)})
		return
	}
	c.queue(frame{websocket.TextMessage, data})
}

func deflate(data []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(data) // a Buffer takes anything
	_ = z.Close()
	return b.Bytes()
}

func (c *gatewayConn) queue(f frame) {
	if c.ended || c.s.gateway.mute && f.kind != websocket.CloseMessage {
		return
	}
	c.out = append(c.out, f)
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// closeWith sends a close frame after all that is queued; the client has a
// moment to answer it.
func (c *gatewayConn) closeWith(code int, why string) {
	if code <= 0 || code > math.MaxUint16 {
		code = websocket.CloseInternalServerErr
	}
	c.queue(frame{websocket.CloseMessage, websocket.FormatCloseMessage(code, strings.ToValidUTF8(why, ""))})
	if !c.ended {
		c.ended = true
		c.stopBeating()
	}
}

// cut ends the connection at once, without a close frame.
func (c *gatewayConn) cut() {
	c.end()
	if tcp, ok := c.raw.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = c.raw.Close()
}

// end stops the connection's writer.
func (c *gatewayConn) end() {
	c.ended = true
	c.stopBeating()
	select {
	case <-c.closed:
	default:
		close(c.closed)
	}
}

func (c *gatewayConn) stopBeating() {
	if c.beat != nil {
		c.beat.Stop()
	}
}

// write sends queued messages until the connection ends.
func (c *gatewayConn) write() {
	defer c.s.work.Done()
	for {
		select {
		case <-c.wake:
		case <-c.closed:
			return
		}
		c.s.mu.Lock()
		frames := c.out
		c.out = nil
		c.s.mu.Unlock()
		for _, f := range frames {
			_ = c.ws.SetWriteDeadline(time.Now().Add(writeTimeout))
			if err := c.ws.WriteMessage(f.kind, f.data); err != nil {
				_ = c.raw.Close() // the reader notices
				return
			}
			if f.kind == websocket.CloseMessage {
				c.lastWords()
				return
			}
		}
	}
}

// lastWords waits for the client's answer to a close, then hangs up.
func (c *gatewayConn) lastWords() {
	t := time.NewTimer(closeGrace)
	defer t.Stop()
	select {
	case <-t.C:
	case <-c.closed:
	}
	_ = c.raw.Close()
}
