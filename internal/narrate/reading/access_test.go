package reading

import (
	"errors"
	"testing"
)

// stuck lists why the latest step says that the host is to be told of a wait.
func (h *house) stuck() []error {
	var why []error
	for _, e := range h.last {
		if e, ok := e.(Stuck); ok {
			why = append(why, e.Why)
		}
	}
	return why
}

// The host is told when a wait begins: not when it goes on, and not of what the room can be told.
func TestTheHostIsToldOnceOfAWait(t *testing.T) {
	refused := errors.New("missing")
	for _, c := range []struct {
		name string
		do   func(h *house)
		want int
	}{
		{"refused", func(h *house) { h.refuse(NotAllowed, refused) }, 1},
		{"refused again", func(h *house) { h.refuse(NotAllowed, refused); h.refuse(NotAllowed, refused) }, 0},
		{"locked", func(h *house) { h.step(Barred{}) }, 1},
		{"locked, then refused", func(h *house) { h.step(Barred{}); h.refuse(NotAllowed, refused) }, 0},
		{"locked twice", func(h *house) { h.step(Barred{}); h.step(Barred{}) }, 0},
		{"refused after a return", func(h *house) {
			h.refuse(NotAllowed, refused)
			h.step(Resumed{By: "host"})
			h.refuse(NotAllowed, refused)
		}, 1},
		{"refused while it pauses", func(h *house) { h.step(Paused{By: "host"}); h.refuse(NotAllowed, refused) }, 1},
		{"locked while it pauses", func(h *house) { h.step(Paused{By: "host"}); h.step(Barred{}) }, 0},
		{"not acceptable", func(h *house) { h.refuse(Unacceptable, refused) }, 0},
		{"refused when it is over", func(h *house) { h.step(Stopped{By: "host"}); h.refuse(NotAllowed, refused) }, 0},
		{"the channel gone", func(h *house) { h.refuse(ChannelGone, refused) }, 0},
	} {
		h := newHouse(t, tale, Settings{})
		h.await(func(m Message) bool { return m.Beat != nil })
		c.do(h)
		why := h.stuck()
		if len(why) != c.want {
			t.Errorf("%s: the host is told %d times, want %d", c.name, len(why), c.want)
		}
		if len(why) == 1 && why[0] != refused && c.name != "locked" {
			t.Errorf("%s: the reason is %v", c.name, why[0])
		}
	}
}

func (h *house) refuse(reason Refusal, why error) {
	h.step(Refused{Key: h.s.Outbox[0].Key, Reason: reason, Why: why})
}
