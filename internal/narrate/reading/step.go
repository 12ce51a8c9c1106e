package reading

import (
	"slices"
	"strconv"
	"time"

	"storyteller/internal/ink"
)

// Step says where a reading goes next: given where it is, what happened and when. It never blocks and never fails: a
// story that breaks is a state that announces it. The state given is left as it was, but for the ballots of an open
// vote (see OpenVote).
func Step(p *ink.Program, s State, e Event, now time.Time) (State, []Effect) {
	t := &turn{p: p, s: s.clone(), now: now}
	switch e := e.(type) {
	case Ticked:
		t.tick()
	case Joined:
		t.join(e)
	case Began:
		t.began(e)
	case Voted:
		t.voted(e)
	case Paused:
		t.pause(e)
	case Resumed:
		t.resume(e)
	case Skipped:
		t.skip(e)
	case Stopped:
		t.stop(e)
	case Posted:
		t.posted(e)
	case Refused:
		t.refused(e)
	case Vanished:
		t.vanished(e)
	case Asked:
		t.s.stale = t.s.Phase == Lobby || t.s.Phase == Voting
	case Returned:
		t.returned(e)
	case Barred:
		t.barred()
	case Admitted:
		t.admitted()
	}
	t.settle()
	return t.s, t.effects
}

// turn is one Step in the making.
type turn struct {
	p       *ink.Program
	s       State
	now     time.Time
	effects []Effect
	saved   bool
}

// changed marks the record as one that has to be saved.
func (t *turn) changed() {
	if !t.saved {
		t.s.Revision++
		t.saved = true
	}
}

// after returns the moment d from now, at the speed of the reading.
func (t *turn) after(d time.Duration) time.Time {
	return t.now.Add(t.s.Settings.scaled(d))
}

// say puts a new message into the outbox and returns its key. The prefix tells a person what it is.
func (t *turn) say(prefix string, m Message) string {
	t.changed()
	t.s.Keys++
	m.Key = prefix + strconv.Itoa(t.s.Keys)
	t.s.Outbox = append(t.s.Outbox, m)
	return m.Key
}

// edit puts a message into the outbox that takes the place of an earlier one.
func (t *turn) edit(key, id string, m Message) {
	if id == "" && !t.pending(key) {
		return // it never was on screen
	}
	m.Edit, m.ID = key, id
	t.say("e", m)
}

func (t *turn) notice(kind NoticeKind, by, text string) {
	t.say("n", Message{Notice: &Notice{Kind: kind, By: by, Text: text}})
}

func (t *turn) log(e Entry) {
	t.changed()
	e.At = t.now
	t.effects = append(t.effects, e)
}

func (t *turn) answer(o Outcome) {
	t.effects = append(t.effects, Answer{Outcome: o})
}

func (t *turn) tick() {
	switch {
	case t.s.Phase == Lobby && !t.now.Before(t.s.Due):
		t.begin("")
	case t.s.Phase == Telling && !t.s.Due.IsZero():
		t.tickTelling()
	case t.s.Phase == Voting && t.s.Vote.Message != "" && !t.now.Before(t.s.Vote.end()):
		t.closeVote()
	}
}

func (t *turn) tickTelling() {
	switch {
	case !t.now.Before(t.s.Due):
		t.tell()
	case !t.s.typing && !t.now.Before(t.s.Due.Add(-t.s.Settings.scaled(TypingLead))):
		t.s.typing = true
		t.effects = append(t.effects, Typing{})
	}
}

// settle ends every step: what the new state implies by itself.
func (t *turn) settle() {
	// The rest after a beat begins when the beat is on screen, not when it was decided.
	if t.s.Phase == Telling && t.s.Due.IsZero() && len(t.s.Outbox) == 0 {
		t.changed()
		t.s.Due = t.now.Add(t.s.Rest)
		t.s.typing = false
	}
	t.refresh()
}

// refresh brings the count of readers or voters on screen up to date, not oftener than RefreshEvery.
func (t *turn) refresh() {
	if !t.s.stale || t.now.Before(t.s.refreshAt) {
		return
	}
	var m Message
	switch {
	case t.s.Phase == Lobby && t.s.Card != "":
		m = Message{Edit: "card", ID: t.s.Card, Card: t.card()}
	case t.s.Phase == Voting && t.s.Vote.Message != "":
		m = Message{Edit: t.s.Vote.Key, ID: t.s.Vote.Message, Poll: t.poll(StatusOpen)}
	default:
		t.s.stale = false
		return
	}
	t.s.stale = false
	t.s.refreshAt = t.after(RefreshEvery)
	t.effects = append(t.effects, Refreshed{Message: m})
}

// enlist adds a member to the readers; false if the room is full or they are in already.
func (t *turn) enlist(member string) bool {
	at, found := slices.BinarySearch(t.s.Readers, member)
	if found || len(t.s.Readers) >= MaxReaders {
		return false
	}
	t.s.Readers = slices.Insert(t.s.Readers, at, member)
	return true
}
