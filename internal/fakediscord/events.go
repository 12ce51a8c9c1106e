package fakediscord

import (
	"context"
	"fmt"
)

// Event is something that a person watching sees. Its JSON form is the data of
// the control API's event stream.
type Event struct {
	Seq int64  `json:"-"` // rises by one with each event
	For string `json:"-"` // the only user who sees it; empty for all

	Type          string    `json:"type"`
	Message       *Message  `json:"message,omitempty"`
	ChannelID     string    `json:"channel_id,omitempty"`
	ID            string    `json:"id,omitempty"`
	UserID        string    `json:"user_id,omitempty"`
	User          string    `json:"user,omitempty"`
	Member        *Member   `json:"member,omitempty"`
	Channel       *Channel  `json:"channel,omitempty"`
	InteractionID string    `json:"interaction_id,omitempty"`
	State         string    `json:"state,omitempty"`
	Error         string    `json:"error,omitempty"`
	Modal         *Modal    `json:"modal,omitempty"`
	Commands      []Command `json:"commands,omitempty"`
}

// States of an interaction in events of type "interaction".
const (
	StateWaiting      = "waiting"
	StateAcknowledged = "acknowledged"
	StateDeferred     = "deferred"
	StateFailed       = "failed"
)

// maxEvents is how many events are kept for watchers that come back; one that
// missed more gets a "reset" event and should read the state anew.
const maxEvents = 20_000

// eventLog holds the latest events and wakes those who wait for more.
type eventLog struct {
	events  []Event
	last    int64
	changed chan struct{} // closed at the next event; nil while nobody waits
}

// publish appends an event.
func (s *Server) publish(e Event) {
	l := &s.events
	l.last++
	e.Seq = l.last
	l.events = append(l.events, e)
	if len(l.events) > 2*maxEvents {
		l.events = append([]Event(nil), l.events[maxEvents:]...)
	}
	s.touch()
}

// touch wakes all who wait for a change.
func (s *Server) touch() {
	if s.events.changed != nil {
		close(s.events.changed)
		s.events.changed = nil
	}
}

// change is closed at the next change.
func (s *Server) change() <-chan struct{} {
	if s.events.changed == nil {
		s.events.changed = make(chan struct{})
	}
	return s.events.changed
}

// await calls try, with the lock held, until it reports true.
func (s *Server) await(ctx context.Context, try func() bool) error {
	for {
		s.mu.Lock()
		if try() {
			s.mu.Unlock()
			return nil
		}
		changed := s.change()
		s.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		case <-s.done:
			return fmt.Errorf("the fake Discord was closed: %w", s.ended(ctx))
		}
	}
}

// eventsAfter are the kept events after number n, and whether some before
// them are gone.
func (s *Server) eventsAfter(n int64) (l []Event, lost bool) {
	all := s.events.events
	first := s.events.last - int64(len(all)) + 1
	if n+1 < first || n > s.events.last { // the latter is from an earlier server's life
		return all, true
	}
	return all[n+1-first:], false
}

// next waits for events after number n.
func (s *Server) next(ctx context.Context, n int64) (l []Event, lost bool, err error) {
	err = s.await(ctx, func() bool {
		l, lost = s.eventsAfter(n)
		return len(l) > 0
	})
	return l, lost, err
}

// Subscribe tells every event from now on, those for single users too. The
// channel is closed when ctx is done or the server closed.
func (s *Server) Subscribe(ctx context.Context) <-chan Event {
	out := make(chan Event)
	s.mu.Lock()
	seen := s.events.last
	s.mu.Unlock()
	go func() {
		defer close(out)
		for {
			l, _, err := s.next(ctx, seen)
			if err != nil {
				return
			}
			for _, e := range l {
				select {
				case out <- e:
				case <-ctx.Done():
					return
				case <-s.done:
					return
				}
			}
			seen = l[len(l)-1].Seq
		}
	}()
	return out
}

// WaitEvent waits for an event that ok accepts, among those after number
// after (0: all that are kept).
func (s *Server) WaitEvent(ctx context.Context, after int64, ok func(Event) bool) (Event, error) {
	for {
		l, _, err := s.next(ctx, after)
		if err != nil {
			return Event{}, err
		}
		for _, e := range l {
			if ok(e) {
				return e, nil
			}
			after = e.Seq
		}
	}
}

// LastEvent is the number of the latest event.
func (s *Server) LastEvent() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.events.last
}

// WaitMessage waits until a channel holds a message that ok accepts, and
// returns the first such. Ephemeral ones count too.
func (s *Server) WaitMessage(ctx context.Context, channelID string, ok func(Message) bool) (Message, error) {
	var found Message
	err := s.await(ctx, func() bool {
		c := s.world.channels[channelID]
		if c == nil {
			return false
		}
		for _, m := range c.messages {
			if ok(*m.stored()) {
				found = *m.stored()
				return true
			}
		}
		return false
	})
	return found, err
}

// Messages are the messages of a channel, oldest first, ephemeral ones among
// them.
func (s *Server) Messages(channelID string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.channels[channelID]
	if c == nil {
		return nil
	}
	return c.copies()
}

// copies are the messages of a channel as they are now.
func (c *channelState) copies() []Message {
	l := make([]Message, 0, len(c.messages))
	for _, m := range c.messages {
		l = append(l, *m.stored())
	}
	return l
}
