package fakediscord

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// Gateway steers the server's gateway: what Discord does on its own account,
// done when a test wants it.
type Gateway struct{ s *Server }

// Gateway gives access to the gateway.
func (s *Server) Gateway() Gateway { return Gateway{s} }

// each calls f with every connection, under the lock.
func (g Gateway) each(f func(*gatewayConn)) int {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	n := len(g.s.gateway.conns)
	for c := range g.s.gateway.conns {
		f(c)
	}
	return n
}

// Reconnect sends op 7 to every connection.
func (g Gateway) Reconnect() { g.each(func(c *gatewayConn) { c.send(packet{Op: opReconnect}) }) }

// ReconnectInsteadOfHello lets the next n connections begin with op 7.
func (g Gateway) ReconnectInsteadOfHello(n int) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.gateway.early = n
}

// ReconnectAfterIdentify answers the next n Identifies and Resumes with op 7.
func (g Gateway) ReconnectAfterIdentify(n int) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.gateway.afterIdentify = n
}

// InvalidSession sends op 9 to every connection. Without resumable the
// sessions are gone; in either case the connection has none any more, and may
// identify anew, as some clients do.
func (g Gateway) InvalidSession(resumable bool) {
	g.each(func(c *gatewayConn) {
		c.send(packet{Op: opInvalidSession, Data: mustJSON(resumable)})
		se := c.session
		if se == nil {
			return
		}
		se.conn, se.left, c.session = nil, g.s.Now(), nil
		if !resumable {
			delete(g.s.gateway.sessions, se.id)
		}
	})
}

// RequestHeartbeat sends op 1 to every connection.
func (g Gateway) RequestHeartbeat() { g.each(func(c *gatewayConn) { c.send(packet{Op: opHeartbeat}) }) }

// Close closes every connection with a code. Sessions die with the codes that
// say so: 4004, 4007, 4009 and 4010 to 4014.
func (g Gateway) Close(code int, reason string) {
	g.each(func(c *gatewayConn) {
		fatal := code == closeAuthenticationFailed || code == closeInvalidSeq || code == closeSessionTimedOut || code >= closeInvalidShard
		if se := c.session; se != nil && fatal {
			delete(g.s.gateway.sessions, se.id)
		}
		c.closeWith(code, reason)
	})
}

// Cut breaks every connection off without a word.
func (g Gateway) Cut() { g.each(func(c *gatewayConn) { c.cut() }) }

// Silence stops or resumes the acknowledging of heartbeats.
func (g Gateway) Silence(on bool) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.gateway.silent = on
}

// Mute makes every link half-open, or whole again: what clients send arrives,
// what is said to them (a Hello, an event, an acknowledgement) is lost. Only a
// resume brings events back.
func (g Gateway) Mute(on bool) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.gateway.mute = on
}

// ExpireSessions ends every session, as a long time would; connections stay.
func (g Gateway) ExpireSessions() {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	for _, se := range g.s.gateway.sessions {
		if se.conn != nil {
			se.conn.session = nil
		}
	}
	g.s.gateway.sessions = map[string]*session{}
}

// Hold keeps all events back until Release.
func (g Gateway) Hold() {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.gateway.holding = true
}

// Release sends the events that were held, and ends the hold. order may
// rearrange, drop or repeat them: it maps their names, oldest first, to the
// indices to send; nil keeps them as they are.
func (g Gateway) Release(order func(names []string) []int) error {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	st := &g.s.gateway
	held := st.held
	st.holding, st.held = false, nil
	indices := make([]int, len(held))
	names := make([]string, len(held))
	for i, e := range held {
		indices[i], names[i] = i, e.name
	}
	if order != nil {
		indices = order(names)
	}
	for _, i := range indices {
		if i < 0 || i >= len(held) {
			return fmt.Errorf("there is no held event %d", i)
		}
		g.s.deliver(held[i])
	}
	return nil
}

// Reversed is an order for Release: the latest event first.
func Reversed(names []string) []int {
	l := make([]int, len(names))
	for i := range l {
		l[i] = len(names) - 1 - i
	}
	return l
}

// Redeliver sends the event of an interaction once more, as Discord does on
// rare occasions.
func (g Gateway) Redeliver(interactionID string) error {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	i := g.s.interactions[interactionID]
	if i == nil {
		return fmt.Errorf("there is no interaction %s", interactionID)
	}
	g.s.dispatch(i.guildID, 0, "INTERACTION_CREATE", i.payload)
	return nil
}

// Dispatch sends an event of any name and data to the sessions of a guild
// (empty: the default guild), for events that the world does not make itself.
func (g Gateway) Dispatch(guildID, name string, data json.RawMessage) error {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	guild, err := g.s.guildOf(guildID)
	if err != nil {
		return err
	}
	g.s.pass(heldEvent{guild.id, 0, name, slices.Clone(data)})
	return nil
}

// Sessions is the number of sessions with a live connection.
func (g Gateway) Sessions() int {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return g.connected()
}

func (g Gateway) connected() int {
	n := 0
	for _, se := range g.s.gateway.sessions {
		if se.conn != nil {
			n++
		}
	}
	return n
}

// WaitReady waits until a session is connected.
func (g Gateway) WaitReady(ctx context.Context) error {
	return g.s.await(ctx, func() bool { return g.connected() > 0 })
}

// WaitGone waits until no session is connected.
func (g Gateway) WaitGone(ctx context.Context) error {
	return g.s.await(ctx, func() bool { return g.connected() == 0 })
}

// Identifies is the number of Identifies in the last 24 hours.
func (g Gateway) Identifies() int {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.gateway.trim(g.s.Now())
	return len(g.s.gateway.identifies)
}

// Resumes is the number of successful Resumes so far.
func (g Gateway) Resumes() int {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return g.s.gateway.resumes
}

// StrayResumes is how many of the Resumes came to another address than
// resume_gateway_url. They succeed, but Discord ends such sessions more often.
func (g Gateway) StrayResumes() int {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return g.s.gateway.strays
}

// Intents are those that the sessions with a live connection asked for in
// their Identify, each a set of bits.
func (g Gateway) Intents() []int {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	var list []int
	for _, se := range g.s.gateway.sessions {
		if se.conn != nil {
			list = append(list, se.intents)
		}
	}
	return list
}
