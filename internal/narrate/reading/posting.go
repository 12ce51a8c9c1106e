package reading

import (
	"slices"
	"strconv"
	"time"
)

// posted takes the first message off the outbox: the stage shows it.
func (t *turn) posted(e Posted) {
	if len(t.s.Outbox) == 0 || t.s.Outbox[0].Key != e.Key {
		return // told twice
	}
	t.admitted() // it could be shown
	t.changed()
	m := t.s.Outbox[0]
	t.s.Outbox = slices.Delete(t.s.Outbox, 0, 1)
	if m.Edit != "" {
		return
	}
	t.s.Last, t.s.LastAt = e.ID, t.now
	for i := range t.s.Outbox {
		if t.s.Outbox[i].Edit == e.Key {
			t.s.Outbox[i].ID = e.ID
		}
	}
	if m.Card != nil {
		t.s.Card = e.ID
	}
	if m.Ending != nil {
		t.end()
	}
	if v := t.s.Vote; v != nil && v.Key == e.Key {
		v.Message = e.ID
		t.startClock(v, m.Poll.Closes)
	}
}

// startClock gives the room its whole time when the vote's message came late, and shows when it closes if the message was
// made for another moment.
func (t *turn) startClock(v *OpenVote, shown time.Time) {
	const late = 2 * time.Second // less is not worth an edit
	if t.s.Phase != Voting {
		return
	}
	if full := t.now.Add(v.Left); full.Sub(v.Closes) >= late {
		v.Closes = full
	}
	if v.Closes.Sub(shown) >= late {
		t.edit(v.Key, v.Message, Message{Poll: t.poll(StatusOpen)})
	}
}

// refused deals with a message that the stage will not show.
func (t *turn) refused(e Refused) {
	if e.Reason == ChannelGone {
		t.vacate()
		return
	}
	if len(t.s.Outbox) == 0 || t.s.Outbox[0].Key != e.Key {
		return
	}
	t.changed()
	m := t.s.Outbox[0]
	switch {
	case e.Reason == MessageMissing:
		t.drop()
		t.replace(m)
	case t.s.Phase == Over || t.s.complains():
		t.drop()
	case e.Reason == NotAllowed:
		t.forbid(e.Why)
	default:
		t.block(Misfit)
		t.complain()
	}
}

// complain tells the room that the next message will not be taken, before anything else.
func (t *turn) complain() {
	t.s.Keys++
	t.s.Outbox = slices.Insert(t.s.Outbox, 0, Message{Key: "n" + strconv.Itoa(t.s.Keys), Notice: &Notice{Kind: NoticeRefused}})
}

// hush takes a complaint back that nobody has seen yet: people know already.
func (t *turn) hush() {
	if t.s.complains() {
		t.drop()
	}
}

// vacate ends a reading that has nowhere to be told.
func (t *turn) vacate() {
	t.changed()
	t.s.Outbox, t.s.Vote, t.s.Held = nil, nil, Held{}
	if t.s.Phase != Over {
		t.s.Phase = Over
		t.s.Due = time.Time{}
		t.log(Entry{Steered: "stopped", Ended: true})
	}
}

// drop takes the first message off the outbox unseen, and with it what was to take its place.
func (t *turn) drop() {
	t.changed()
	dropped := t.s.Outbox[0]
	if dropped.Ending != nil {
		t.end()
	}
	t.s.Outbox = slices.DeleteFunc(t.s.Outbox, func(m Message) bool {
		return m.Key == dropped.Key || m.Edit == dropped.Key && m.ID == ""
	})
}

// block puts the reading on hold until people have mended what keeps it from being shown.
func (t *turn) block(why Hold) {
	if t.s.Phase == OnHold {
		t.s.Held.Why = why
		return
	}
	t.holdOn(why, t.left())
	t.log(Entry{Steered: "paused"})
}

// replace shows anew what a deleted message would have been edited to, where people need it.
func (t *turn) replace(m Message) {
	switch {
	case m.Poll == nil || m.Poll.Status == StatusMoved || m.Poll.Status == StatusStopped:
	case m.Poll.Status == StatusOpen || m.Poll.Status == StatusPaused:
		if v := t.s.Vote; v != nil && v.Key == m.Edit { // not if it has moved on since
			t.showAgain(v, m.Poll)
		}
	default:
		// The result belongs before whatever follows it.
		t.s.Keys++
		m.Key, m.Edit, m.ID = "r"+strconv.Itoa(t.s.Keys), "", ""
		t.s.Outbox = slices.Insert(t.s.Outbox, 0, m)
	}
}

// vanished deals with a message that a moderator deleted: the room still needs the open vote.
func (t *turn) vanished(e Vanished) {
	if v := t.s.Vote; v != nil && v.Message == e.ID {
		status := StatusOpen
		if t.s.Phase == OnHold {
			status = StatusPaused
		}
		t.showAgain(v, t.poll(status))
	}
}

// showAgain posts the paper of the open vote in a new message. The clock runs on.
func (t *turn) showAgain(v *OpenVote, paper *Poll) {
	v.Message = ""
	v.Left = max(v.Closes.Sub(t.now), t.s.Settings.scaled(Grace))
	v.Key = t.say("v", Message{Poll: paper})
}

// pending says whether the message with this key is still to be shown.
func (t *turn) pending(key string) bool {
	return slices.ContainsFunc(t.s.Outbox, func(m Message) bool { return m.Key == key })
}
