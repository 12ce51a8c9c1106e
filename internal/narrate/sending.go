package narrate

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"storyteller/internal/narrate/reading"
)

// SendTimeout bounds one attempt to show a message, with the time that it waits for its turn when very many readings have
// something to show at once: Discord takes 50 calls a second. An attempt that gave up its place in that line would come to
// stand at the end of it. How long Discord itself may take for an answer is the stage's to know.
const SendTimeout = 10 * time.Minute

// startSending sets a sender to work when there is something to show. There is never more than one for a reading, so
// its messages come in order.
func (p *performer) startSending() {
	if p.sending || p.nothingToSend() {
		return
	}
	life, ok := p.n.alive()
	if !ok {
		return
	}
	p.sending = true
	p.n.sends.Go(func() { p.send(life) })
}

func (p *performer) nothingToSend() bool {
	return p.asleep || p.state.Blocked() && !p.trying || len(p.state.Outbox) == 0 && p.count == nil
}

// send shows one message after the other until there is none left.
func (p *performer) send(life context.Context) {
	for tries := 0; ; {
		posting, isCount, ok := p.nextPosting(life)
		if !ok {
			return
		}
		wait := p.attempt(life, posting, isCount, tries)
		if wait == 0 {
			tries = 0
			continue
		}
		tries++
		select {
		case <-time.After(wait):
		case <-life.Done():
		}
	}
}

// nextPosting is what is to be shown next: the outbox first, then a count. When there is nothing, or the Narrator stops,
// the sender's work is over.
func (p *performer) nextPosting(life context.Context) (posting Posting, isCount, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if life.Err() != nil || p.nothingToSend() {
		p.sending = false
		return Posting{}, false, false
	}
	posting = Posting{Reading: p.state.ID, Place: p.state.Place, Story: p.state.Story, After: p.state.Last}
	if len(p.state.Outbox) == 0 {
		posting.Message, p.count = *p.count, nil
		return posting, true, true
	}
	posting.Message = p.state.Outbox[0]
	p.count = nil // what the outbox shows is newer
	posting.Inherited = p.inherited[posting.Message.Key]
	if p.tried == posting.Message.Key {
		posting.Tried = p.triedAt
	} else {
		p.tried, p.triedAt = posting.Message.Key, time.Now()
	}
	return posting, false, true
}

// attempt shows one message. It returns how long to wait before the next attempt; 0 when there is to be none.
func (p *performer) attempt(life context.Context, posting Posting, isCount bool, tries int) time.Duration {
	ctx, cancel := p.n.lastWords()
	defer cancel()
	p.enrich(ctx, &posting)
	posting.Message = p.n.onTheWall(posting.Message)
	id, err := p.show(ctx, posting)
	var refusal *StageError
	known := errors.As(err, &refusal)
	switch {
	case err == nil && isCount:
		return 0
	case err == nil:
		return p.report(life, reading.Posted{Key: posting.Message.Key, ID: id})
	case known && refusal.Reason == reading.MessageMissing && isCount:
		return p.report(life, reading.Vanished{ID: posting.Message.ID})
	case isCount:
		p.log().Debug("a count could not be shown", "error", err)
		return 0
	case known && refusal.Reason != "":
		p.log().Warn("a message was refused", "key", posting.Message.Key, "reason", refusal.Reason, "error", err)
		return p.report(life, reading.Refused{Key: posting.Message.Key, Reason: refusal.Reason, Why: err})
	default:
		p.log().Warn("a message could not be shown yet", "key", posting.Message.Key, "tries", tries+1, "error", err)
		wait := faultPause(tries, seed(posting.Reading))
		if known {
			wait = max(wait, patience(refusal.After, tries, seed(posting.Reading)))
		}
		return wait
	}
}

// show hands a message to the stage. One that makes the stage stumble is wrong, and no other has to suffer for it.
func (p *performer) show(ctx context.Context, posting Posting) (id string, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = &StageError{Reason: reading.Unacceptable, Err: fmt.Errorf("%v\n%s", fault, debug.Stack())}
		}
	}()
	if posting.Message.Edit != "" {
		return "", p.n.stage.Edit(ctx, posting)
	}
	return p.n.stage.Post(ctx, posting)
}

// enrich adds what the state does not carry: pictures, and how many endings the guild has found.
func (p *performer) enrich(ctx context.Context, posting *Posting) {
	m := posting.Message
	switch {
	case m.Card != nil && m.Edit == "":
		posting.Picture = p.n.programs.picture(ctx, p.programHash(), posting.Story.Cover.File)
	case m.Beat != nil && m.Beat.Image != nil:
		posting.Picture = p.n.programs.picture(ctx, p.programHash(), m.Beat.Image.File)
	case m.Ending != nil:
		found, err := p.n.store.EndingsFound(ctx, posting.Place.Guild, posting.Story.ID)
		if err != nil {
			p.log().Warn("the endings found cannot be read", "error", err)
		}
		posting.Ending = Endings{Found: len(found), All: posting.Story.Endings}
	}
}

func (p *performer) programHash() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state.Program
}

// report tells the core what became of a message. Where that cannot be saved it waits: the message is on screen, and a
// second attempt to show it would have to be told from the first.
func (p *performer) report(life context.Context, e reading.Event) time.Duration {
	for faults := 0; ; faults++ {
		if err := p.record(life, e); err == nil {
			return 0
		}
		select {
		case <-time.After(faultPause(faults, seed(p.reading))):
		case <-life.Done():
			return 0 // the next start tries the message again, and the stage knows it
		}
	}
}

// record takes what became of a message through the core, also while the Narrator stops: what is on screen is known to be.
func (p *performer) record(life context.Context, e reading.Event) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.trying = false // what was tried has been answered
	_, err := p.applyLocked(life, e)
	return err
}

// lastWords is a context for one attempt: it ends SendTimeout from now, and LastWords after the Narrator is to stop.
func (n *Narrator) lastWords() (context.Context, context.CancelFunc) {
	return context.WithTimeout(n.words, SendTimeout)
}
