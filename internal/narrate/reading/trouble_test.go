package reading

import (
	"testing"
	"time"
)

// await lets the reading go on, message by message, until the next one to be shown is as wanted.
func (h *house) await(wanted func(Message) bool) {
	h.t.Helper()
	for len(h.s.Outbox) == 0 || !wanted(h.s.Outbox[0]) {
		if len(h.s.Outbox) > 0 {
			h.show()
			continue
		}
		h.now = h.s.Wake()
		h.step(Ticked{})
	}
}

func isEnding(m Message) bool { return m.Ending != nil }

func isPaper(m Message) bool { return m.Poll != nil && m.Edit == "" }

// A permission that is missing at the very end does not cost the room its ending.
func TestAnEndingThatIsNotAllowedWaits(t *testing.T) {
	h := newHouse(t, tale, Settings{})
	h.until(Voting)
	h.showAll()
	h.vote("host", 2, 1)
	h.await(isEnding)
	h.step(Refused{Key: h.s.Outbox[0].Key, Reason: NotAllowed})
	if h.s.Phase != OnHold || !h.s.Blocked() {
		t.Fatalf("phase %q, held %+v", h.s.Phase, h.s.Held)
	}
	h.step(Resumed{By: "host"})
	h.showAll()
	if !h.s.Finished() || h.s.Ending != "Stayed" {
		t.Errorf("phase %q, ending %q, outbox %+v", h.s.Phase, h.s.Ending, h.s.Outbox)
	}
	endings := 0
	for _, m := range h.shown {
		if m.Ending != nil {
			endings++
		}
	}
	if endings != 1 {
		t.Errorf("%d endings on screen", endings)
	}
}

// An ending that the stage takes for wrong can be left out; the reading is over all the same.
func TestAnEndingThatIsWrongCanBeLeftOut(t *testing.T) {
	h := newHouse(t, "One. # beat\n-> END\n", Settings{})
	h.await(isEnding)
	h.step(Refused{Key: h.s.Outbox[0].Key, Reason: Unacceptable})
	h.step(Skipped{By: "host"})
	if h.s.Phase != Over || h.answer().Outcome != Done {
		t.Fatalf("phase %q, answer %+v", h.s.Phase, h.answer())
	}
	h.showAll()
	if !h.s.Finished() {
		t.Errorf("the outbox holds %+v", h.s.Outbox)
	}
}

// Time that passes before anybody has seen a vote is not the room's time.
func TestAVoteThatCouldNotBeShownKeepsItsWholeTime(t *testing.T) {
	h := newHouse(t, tale, Settings{Vote: time.Minute})
	h.await(isPaper)
	h.now = h.now.Add(8 * time.Minute) // an outage
	h.step(Refused{Key: h.s.Vote.Key, Reason: NotAllowed})
	if h.s.Held.Left != time.Minute {
		t.Errorf("%v is left, want the whole minute", h.s.Held.Left)
	}
}

// There is one paper for a vote, however often its message is found to be missing while another is on its way.
func TestAVoteThatMovedIsNotShownTwice(t *testing.T) {
	h := newHouse(t, tale, Settings{Vote: time.Minute})
	h.await(isPaper)
	h.now = h.now.Add(30 * time.Second)
	h.show() // late: an edit with the new end follows
	h.step(Refused{Key: h.s.Outbox[0].Key, Reason: NotAllowed})
	h.step(Resumed{By: "host"}) // the vote moves to the end of the channel
	h.step(Refused{Key: h.s.Outbox[0].Key, Reason: MessageMissing})
	papers := 0
	for _, m := range h.s.Outbox {
		if m.Poll != nil && m.Edit == "" {
			papers++
		}
	}
	if papers != 1 {
		t.Errorf("%d new papers are on their way", papers)
	}
}

// Stopping a reading where nothing was allowed still tries to close what is open.
func TestStoppingClosesWhatIsOpen(t *testing.T) {
	h := newHouse(t, tale, Settings{})
	h.until(Voting)
	h.showAll()
	h.vote("host", 0, 1)
	h.now = h.s.Wake()
	h.step(Ticked{})
	h.step(Refused{Key: h.s.Outbox[0].Key, Reason: NotAllowed})
	h.step(Stopped{By: "host"})
	if first := h.s.Outbox[0]; first.Poll == nil || first.Poll.Status != StatusChosen {
		t.Errorf("the result of the vote is not tried again: %+v", h.s.Outbox)
	}
}

// Clocks that go back between two processes make no deadline further away than it ever was.
func TestADeadlineIsBoundedWhenTheClockWentBack(t *testing.T) {
	h := newHouse(t, tale, Settings{Lobby: time.Minute, Vote: time.Minute})
	if due := h.s.Bounded(start.Add(-3 * time.Hour)).Wake(); !due.Equal(start.Add(-3*time.Hour + time.Minute)) {
		t.Errorf("the lobby closes at %v", due)
	}
	h.until(Voting)
	h.showAll()
	h.vote("host", 1, 1)
	early := h.now.Add(-time.Hour)
	if due := h.s.Bounded(early).Wake(); due.After(early.Add(Grace)) {
		t.Errorf("a settled vote closes at %v, %v after the start", due, due.Sub(early))
	}
	h.step(Joined{Reader: "anna"})
	if due := h.s.Bounded(early).Wake(); due.After(early.Add(time.Minute)) {
		t.Errorf("the vote closes at %v, %v after the start", due, due.Sub(early))
	}
	if same := h.s.Bounded(h.now); !same.Wake().Equal(h.s.Wake()) {
		t.Errorf("a clock that went on moved the end of the vote from %v to %v", h.s.Wake(), same.Wake())
	}
}

// What was to take the place of a message that is never shown goes with it.
func TestWhatIsDroppedTakesItsEditsAlong(t *testing.T) {
	h := newHouse(t, tale, Settings{})
	h.await(isPaper)
	paper := h.s.Vote.Key
	h.step(Stopped{By: "host"}) // closes the vote, whose message is still on its way
	h.step(Refused{Key: paper, Reason: NotAllowed})
	for _, m := range h.s.Outbox {
		if m.Edit == paper {
			t.Errorf("%q is to take the place of a message that was never shown", m.Key)
		}
	}
	h.showAll()
	if !h.s.Finished() {
		t.Errorf("phase %q, outbox %+v", h.s.Phase, h.s.Outbox)
	}
}
