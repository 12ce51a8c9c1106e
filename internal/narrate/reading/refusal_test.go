package reading

import "testing"

// The room is told once that a message was refused, before it, and then the reading waits; whatever the host decides, and
// whether or not the notice has been seen by then.
func TestTheRoomIsToldOfARefusal(t *testing.T) {
	for _, seen := range []bool{true, false} {
		for name, act := range map[string]Event{"resume": Resumed{By: "host"}, "skip": Skipped{By: "host"}, "stop": Stopped{By: "host"}} {
			h := newHouse(t, tale, Settings{})
			h.await(func(m Message) bool { return m.Beat != nil })
			refused := h.s.Outbox[0]
			h.step(Refused{Key: refused.Key, Reason: Unacceptable})
			notice := h.s.Outbox[0]
			if h.s.Blocked() || notice.Notice == nil || notice.Notice.Kind != NoticeRefused || h.s.Outbox[1].Key != refused.Key {
				t.Fatalf("%s: the outbox holds %+v", name, h.s.Outbox)
			}
			if seen {
				h.show()
				if !h.s.Blocked() || h.s.Outbox[0].Key != refused.Key {
					t.Fatalf("%s: blocked %t, the outbox holds %+v", name, h.s.Blocked(), h.s.Outbox)
				}
			}
			h.step(act)
			kept := false
			for _, m := range h.s.Outbox {
				kept = kept || m.Key == refused.Key
				if m.Notice != nil && m.Notice.Kind == NoticeRefused {
					t.Errorf("%s: the notice comes after the decision", name)
				}
			}
			if kept != (name == "resume") {
				t.Errorf("%s: the refused message is kept: %t", name, kept)
			}
		}
	}
}

// A refusal of the notice itself changes nothing.
func TestARefusedNoticeIsLeftOut(t *testing.T) {
	h := newHouse(t, tale, Settings{})
	h.await(func(m Message) bool { return m.Beat != nil })
	refused := h.s.Outbox[0].Key
	h.step(Refused{Key: refused, Reason: Unacceptable})
	h.step(Refused{Key: h.s.Outbox[0].Key, Reason: Unacceptable})
	if !h.s.Blocked() || h.s.Held.Why != Misfit || len(h.s.Outbox) != 1 || h.s.Outbox[0].Key != refused {
		t.Errorf("blocked %t, held %+v, the outbox holds %+v", h.s.Blocked(), h.s.Held, h.s.Outbox)
	}
}
