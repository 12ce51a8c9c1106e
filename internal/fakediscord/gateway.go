package fakediscord

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway opcodes.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opAck            = 11
)

// Gateway intents that the server's events belong to.
const (
	intentGuilds         = 1 << 0
	intentMembers        = 1 << 1
	intentWebhooks       = 1 << 5
	intentPresences      = 1 << 8
	intentGuildMessages  = 1 << 9
	intentTyping         = 1 << 11
	intentDirectMessages = 1 << 12
	intentMessageContent = 1 << 15
	intentScheduled      = 1 << 16
	intentPolls          = 1 << 24

	privilegedIntents = intentMembers | intentPresences | intentMessageContent
	// knownIntents are all bits that Discord gives a meaning.
	knownIntents = 1<<17 - 1 | 1<<20 | 1<<21 | 1<<24 | 1<<25
)

const (
	// maxGatewayPayload is the largest message a client may send, in bytes.
	maxGatewayPayload = 4096
	// maxGatewaySends is how many messages a client may send in a minute.
	maxGatewaySends = 120
	// guildsPerShard is how many guilds one shard may serve.
	guildsPerShard = 2500
	// identifyDay is the time in which Identifies are counted.
	identifyDay = 24 * time.Hour
	// maxReplay is how many events a session keeps for a resume.
	maxReplay = 5000
)

// gatewayState is everything about the gateway.
type gatewayState struct {
	conns      map[*gatewayConn]bool
	sessions   map[string]*session
	identifies []time.Time // of the last day
	resumes    int
	strays     int  // Resumes at an address that is not for them
	tokenReset bool // the Identify budget was exceeded

	silent        bool // heartbeats are not acknowledged
	mute          bool // nothing is said to anyone
	holding       bool // events wait for Release
	held          []heldEvent
	early         int // connections that get op 7 instead of Hello
	afterIdentify int // Identifies and Resumes that are answered with op 7
	lastNumber    int // of sessions
}

// heldEvent is an event that waits for Release.
type heldEvent struct {
	guildID string
	intent  int
	name    string
	data    json.RawMessage
}

func newGatewayState() gatewayState {
	return gatewayState{conns: map[*gatewayConn]bool{}, sessions: map[string]*session{}}
}

// trim forgets Identifies that are older than a day.
func (g *gatewayState) trim(now time.Time) {
	g.identifies = slices.DeleteFunc(g.identifies, func(t time.Time) bool { return now.Sub(t) >= identifyDay })
}

// packet is a gateway message.
type packet struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  *int            `json:"s"`
	Name *string         `json:"t"`
}

// session is a gateway session; it outlives its connection for a while.
type session struct {
	id        string
	intents   int
	shard     [2]int // number and count
	seq       int
	replay    []packet // the latest events, the last of them has number seq
	conn      *gatewayConn
	left      time.Time // when the connection was lost
	compress  bool
	resumeURL string
}

// serves reports whether a guild's events go to the shard of this connection.
func (se *session) serves(guildID string) bool {
	if guildID == "" {
		return se.shard[0] == 0
	}
	return int(idNumber(guildID)>>snowflakeTimeShift%uint64(se.shard[1])) == se.shard[0]
}

// dispatch sends an event to all sessions that serve the guild and have the
// intent (0: needs none).
func (s *Server) dispatch(guildID string, intent int, name string, data any) {
	if len(s.gateway.sessions) == 0 && !s.gateway.holding {
		return
	}
	raw := mustJSON(data)
	s.tell(name, raw)
	s.pass(heldEvent{guildID, intent, name, raw})
}

// tell shows an event that the world made to whoever wants to see them.
func (s *Server) tell(name string, data []byte) {
	if s.opts.OnEvent != nil {
		s.opts.OnEvent(name, data)
	}
}

// pass delivers an event, unless all are held.
func (s *Server) pass(e heldEvent) {
	if s.gateway.holding {
		s.gateway.held = append(s.gateway.held, e)
		return
	}
	s.deliver(e)
}

func (s *Server) deliver(e heldEvent) {
	for _, se := range s.gateway.sessions {
		if se.serves(e.guildID) && (e.intent == 0 || se.intents&e.intent != 0) {
			s.sendEvent(se, e.name, e.data)
		}
	}
}

// sendEvent numbers an event, keeps it for a resume and sends it if the
// session is connected.
func (s *Server) sendEvent(se *session, name string, data json.RawMessage) {
	if se.conn == nil && s.Now().Sub(se.left) > s.opts.ResumeWindow {
		delete(s.gateway.sessions, se.id)
		return
	}
	se.seq++
	seq := se.seq
	p := packet{Op: opDispatch, Data: data, Seq: &seq, Name: &name}
	se.replay = append(se.replay, p)
	if len(se.replay) > 2*maxReplay {
		se.replay = slices.Clone(se.replay[maxReplay:])
	}
	if se.conn != nil {
		se.conn.send(p)
	}
}

// identify opens a session on a connection, or refuses it.
func (s *Server) identify(c *gatewayConn, in identifyData) {
	now := s.Now()
	s.gateway.trim(now)
	switch {
	case in.Token != s.opts.Token || s.gateway.tokenReset:
		s.violate("gateway: Identify with a wrong token")
		c.closeWith(closeAuthenticationFailed, "Authentication failed.")
		return
	case s.tooSoon(now):
		c.send(packet{Op: opInvalidSession, Data: json.RawMessage("false")})
		return
	}
	if code, why := s.checkIdentify(in); code != 0 {
		s.violate("gateway: Identify refused: " + why)
		c.closeWith(code, why)
		return
	}
	s.gateway.identifies = append(s.gateway.identifies, now)
	if len(s.gateway.identifies) > s.opts.IdentifyBudget {
		s.resetToken()
		return
	}
	s.gateway.lastNumber++
	se := &session{
		id: sessionID(s.gateway.lastNumber), intents: *in.Intents, shard: in.shard(), conn: c,
		compress: in.Compress, resumeURL: c.resumeURL,
	}
	c.session = se
	c.startBeating()
	if s.gateway.afterIdentify > 0 {
		s.gateway.afterIdentify--
		s.gateway.sessions[se.id] = se
		c.send(packet{Op: opReconnect})
		return
	}
	s.gateway.sessions[se.id] = se
	s.welcome(se, in)
	s.touch()
}

// tooSoon reports whether an Identify comes before the interval that
// max_concurrency 1 demands has passed since the last.
func (s *Server) tooSoon(now time.Time) bool {
	l := s.gateway.identifies
	return s.opts.IdentifyInterval > 0 && len(l) > 0 && now.Sub(l[len(l)-1]) < s.opts.IdentifyInterval
}

// resetToken is what Discord does to a bot that identifies too often.
func (s *Server) resetToken() {
	s.violate("gateway: more Identifies than the daily budget; the token was reset")
	s.gateway.tokenReset = true
	s.gateway.sessions = map[string]*session{}
	for c := range s.gateway.conns {
		c.session = nil
		c.closeWith(closeAuthenticationFailed, "Authentication failed.")
	}
}

// welcome sends READY and the guilds.
func (s *Server) welcome(se *session, in identifyData) {
	guilds, mine := []jsonMap{}, []*guild{}
	for _, g := range s.joined() {
		if se.serves(g.id) {
			guilds = append(guilds, jsonMap{"id": g.id, "unavailable": true})
			mine = append(mine, g)
		}
	}
	ready := jsonMap{
		"v": se.conn.version, "user": s.world.bot, "guilds": guilds, "session_id": se.id, "resume_gateway_url": se.resumeURL,
		"application": jsonMap{"id": s.world.bot.ID, "flags": 0}, "session_type": "normal", "private_channels": []any{},
		"user_settings": jsonMap{}, "relationships": []any{}, "presences": []any{},
	}
	if in.Shard != nil {
		ready["shard"] = in.Shard
	}
	greet := func(name string, data any) {
		raw := mustJSON(data)
		s.tell(name, raw)
		s.sendEvent(se, name, raw)
	}
	greet("READY", ready)
	if se.intents&intentGuilds == 0 {
		return
	}
	for _, g := range mine {
		greet("GUILD_CREATE", s.guildCreate(g))
	}
}

// resume takes a session up again on a new connection.
func (s *Server) resume(c *gatewayConn, in resumeData) {
	if in.Token != s.opts.Token || s.gateway.tokenReset {
		s.violate("gateway: Resume with a wrong token")
		c.closeWith(closeAuthenticationFailed, "Authentication failed.")
		return
	}
	se := s.gateway.sessions[in.SessionID]
	dead := se == nil || se.conn == nil && s.Now().Sub(se.left) > s.opts.ResumeWindow
	if dead || se.seq-in.Seq > len(se.replay) {
		c.send(packet{Op: opInvalidSession, Data: json.RawMessage("false")})
		return
	}
	if in.Seq > se.seq {
		s.violate("gateway: Resume with a seq that was never sent")
		delete(s.gateway.sessions, se.id)
		c.closeWith(closeInvalidSeq, "Invalid seq")
		return
	}
	if se.conn != nil {
		se.conn.session = nil
		se.conn.cut()
	}
	s.gateway.resumes++
	if !c.forResume {
		s.gateway.strays++
	}
	c.session, se.conn = se, c
	c.startBeating()
	if s.gateway.afterIdentify > 0 {
		s.gateway.afterIdentify--
		c.send(packet{Op: opReconnect})
		return
	}
	for _, p := range se.replay[len(se.replay)-(se.seq-in.Seq):] {
		c.send(p)
	}
	s.sendEvent(se, "RESUMED", mustJSON(jsonMap{"_trace": []string{}}))
	s.touch()
}

// leave ends a connection. The session lives on unless the client ended it
// with 1000 or 1001.
func (s *Server) leave(c *gatewayConn, code int) {
	delete(s.gateway.conns, c)
	se := c.session
	c.session = nil
	if se == nil || se.conn != c {
		return
	}
	se.conn, se.left = nil, s.Now()
	if code == websocket.CloseNormalClosure || code == websocket.CloseGoingAway {
		delete(s.gateway.sessions, se.id)
	}
	s.touch()
}
