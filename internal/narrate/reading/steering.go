package reading

import (
	"time"

	"storyteller/internal/cue"
)

// holdOn stops the clock; left is what remained of what was being waited for.
func (t *turn) holdOn(why Hold, left time.Duration) {
	t.changed()
	t.s.Held = Held{Phase: t.s.Phase, Left: max(left, 0), Why: why}
	t.s.Phase = OnHold
	t.s.Due = time.Time{}
	t.s.stale = false
	if v := t.s.Vote; v != nil {
		v.Closes, v.Early = time.Time{}, time.Time{}
	}
}

// left is what remains of what is being waited for.
func (t *turn) left() time.Duration {
	switch {
	case t.s.Phase == Voting && t.s.Vote.Message == "":
		return t.s.Vote.Left // nobody has seen it yet
	case t.s.Phase == Voting:
		return t.s.Vote.Closes.Sub(t.now)
	case t.s.Due.IsZero():
		return t.s.Rest
	default:
		return t.s.Due.Sub(t.now)
	}
}

func (t *turn) pause(e Paused) {
	switch t.s.Phase {
	case Over:
		t.answer(IsOver)
		return
	case OnHold:
		t.answer(IsPaused)
		return
	}
	t.holdOn(ByMember, t.left())
	if v := t.s.Vote; v != nil {
		t.edit(v.Key, v.Message, Message{Poll: t.poll(StatusPaused)})
	}
	t.notice(NoticePaused, e.By, "")
	t.log(Entry{Steered: "paused", By: e.By})
	t.answer(Done)
}

func (t *turn) resume(e Resumed) {
	switch t.s.Phase {
	case Over:
		t.answer(IsOver)
		return
	case OnHold:
	default:
		t.answer(NotPaused)
		return
	}
	t.hush()
	held := t.s.Held
	t.s.Held = Held{}
	t.s.Phase = held.Phase
	if held.Why == Silence && e.By == "" {
		t.notice(NoticeHeard, "", "")
	} else {
		t.notice(NoticeResumed, e.By, "")
	}
	t.log(Entry{Steered: "resumed", By: e.By})
	switch held.Phase {
	case Lobby:
		t.s.Due = t.now.Add(held.Left)
		t.edit(CardKey, t.s.Card, Message{Card: t.card()})
	case Telling:
		t.s.Rest = max(held.Left, t.s.Settings.scaled(ShortestPause))
	case Voting:
		t.reopen(held.Left)
	}
	t.answer(Done)
}

// reopen shows a held vote again at the end of the channel, where people are; the ballots so far stay.
func (t *turn) reopen(left time.Duration) {
	v := t.s.Vote
	v.Left = max(left, t.s.Settings.scaled(cue.ShortestVote))
	v.Closes = t.now.Add(v.Left)
	t.reconsider()
	if v.Message != "" {
		t.repost()
	}
}

// repost shows the open vote in a new message and points from the old one to it.
func (t *turn) repost() {
	v := t.s.Vote
	t.edit(v.Key, v.Message, Message{Poll: t.poll(StatusMoved)})
	v.Message = ""
	v.Key = t.say("v", Message{Poll: t.poll(StatusOpen)})
}

func (t *turn) skip(e Skipped) {
	switch t.s.Phase {
	case Over:
		t.answer(IsOver)
		return
	case OnHold:
		t.skipMisfit(Resumed(e))
		return
	case Lobby:
		t.begin(e.By)
		t.answer(Done)
		return
	case Telling:
		if t.s.Due.IsZero() {
			t.answer(Underway)
			return
		}
		t.tell()
	case Voting:
		if t.s.Vote.Message == "" {
			t.answer(Underway)
			return
		}
		t.skipVote()
	}
	t.log(Entry{Steered: "skipped", By: e.By})
	t.answer(Done)
}

// skipVote closes the vote at once; where nobody has voted, the lot decides.
func (t *turn) skipVote() {
	v := t.s.Vote
	if len(v.Ballots) == 0 {
		t.choose(t.draw(len(v.Options)), StatusLot, nil)
		return
	}
	t.closeVote()
}

// skipMisfit leaves out the message that the stage will not take.
func (t *turn) skipMisfit(e Resumed) {
	t.hush()
	if t.s.Held.Why != Misfit || len(t.s.Outbox) == 0 {
		t.answer(IsPaused)
		return
	}
	t.drop()
	if t.s.Phase == Over {
		t.answer(Done)
		return
	}
	t.resume(e)
	if v := t.s.Vote; v != nil && v.Message == "" && !t.pending(v.Key) {
		t.choose(t.draw(len(v.Options)), StatusLot, nil) // the paper itself could not be shown
	}
}

func (t *turn) stop(e Stopped) {
	t.hush()
	if t.s.Phase == Over || t.ending() && !t.s.Blocked() {
		t.answer(IsOver)
		return
	}
	// What the stage takes for wrong stays wrong. What it did not allow is tried a last time, for the papers that would
	// otherwise stay open.
	if t.s.Blocked() && t.s.Held.Why == Misfit && len(t.s.Outbox) > 0 {
		t.drop()
	}
	t.s.Phase = Over
	t.s.Due = time.Time{}
	t.s.Held = Held{}
	if v := t.s.Vote; v != nil {
		t.edit(v.Key, v.Message, Message{Poll: t.poll(StatusStopped)})
		t.s.Vote = nil
	}
	t.notice(NoticeStopped, e.By, "")
	t.edit(CardKey, t.s.Card, Message{Card: t.card()})
	t.log(Entry{Steered: "stopped", By: e.By, Ended: true})
	t.answer(Done)
}
