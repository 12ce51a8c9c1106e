package fakediscord

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// keepAlive is how often a quiet event stream says that it is alive.
const keepAlive = 15 * time.Second

// controlState answers GET /control/state.
func (s *Server) controlState(w http.ResponseWriter, r *http.Request) {
	user := r.URL.Query().Get("user")
	s.mu.Lock()
	g, err := s.guildOf(r.URL.Query().Get("guild"))
	if err != nil {
		s.mu.Unlock()
		failControl(w, http.StatusBadRequest, err)
		return
	}
	channels, messages := []*Channel{}, map[string][]*Message{}
	for _, c := range s.channelsOf(g.id) {
		channels = append(channels, c.public())
		seen := []*Message{}
		for _, m := range c.messages {
			if m.visibleTo(user) {
				seen = append(seen, m.stored())
			}
		}
		messages[c.ID] = seen
	}
	state := jsonMap{
		"guild": g.public(), "bot": s.world.bot, "channels": channels, "members": s.publicMembers(g),
		"commands": s.usableCommands(g.id), "messages": messages, "now": s.Now().UnixMilli(), "last": s.events.last,
	}
	s.mu.Unlock()
	writeControl(w, state)
}

// controlEvents answers GET /control/events: what one user sees, as it comes.
func (s *Server) controlEvents(w http.ResponseWriter, r *http.Request) {
	flusher, canFlush := w.(http.Flusher)
	if !canFlush {
		failControl(w, http.StatusNotImplemented, fmt.Errorf("this connection cannot stream"))
		return
	}
	seen, err := s.startAt(r)
	if err != nil {
		failControl(w, http.StatusBadRequest, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	_, _ = fmt.Fprint(w, ": hello\n\n")
	flusher.Flush()
	user := r.URL.Query().Get("user")
	for {
		l, lost, err := s.nextWithin(r, seen)
		if err != nil {
			return
		}
		if lost {
			_, _ = fmt.Fprintf(w, "data: %s\n\n", mustJSON(Event{Type: "reset"}))
		}
		for _, e := range l {
			seen = e.Seq
			if e.For == "" || e.For == user {
				_, _ = fmt.Fprintf(w, "id: %d\ndata: %s\n\n", e.Seq, mustJSON(e))
			}
		}
		if len(l) == 0 {
			_, _ = fmt.Fprint(w, ": still here\n\n")
		}
		flusher.Flush()
	}
}

// startAt is the number of the last event that a watcher has seen: what the
// browser remembers, else the query, else the latest.
func (s *Server) startAt(r *http.Request) (int64, error) {
	given := r.Header.Get("Last-Event-ID")
	if given == "" {
		given = r.URL.Query().Get("after")
	}
	if given == "" {
		return s.LastEvent(), nil
	}
	n, err := strconv.ParseInt(given, 10, 64)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("after is the number of an event, not %q", given)
	}
	return n, nil
}

// nextWithin waits for events, at most until the stream should give a sign of
// life; then it returns none.
func (s *Server) nextWithin(r *http.Request, seen int64) ([]Event, bool, error) {
	ctx, cancel := context.WithTimeout(r.Context(), keepAlive)
	defer cancel()
	l, lost, err := s.next(ctx, seen)
	if err != nil && s.ended(r.Context()) == nil {
		return nil, false, nil
	}
	return l, lost, err
}
