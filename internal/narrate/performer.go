package narrate

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"storyteller/internal/ink"
	"storyteller/internal/narrate/reading"
)

// performer runs one reading.
type performer struct {
	n       *Narrator
	reading string // its id
	place   reading.Place

	mu      lock // guards what follows
	state   reading.State
	alarm   *time.Timer
	asleep  bool             // no alarm is to be set, and nothing shown: the Narrator stops, or the guild is away
	trying  bool             // the message that was not allowed is to be tried once more
	sending bool             // a sender is at work
	count   *reading.Message // the newest edit for a count, if the sender has not got to it
	tried   string           // key of the message that this process tried to show last
	triedAt time.Time        // when it did so first; its monotonic part counts
	faults  int              // events in a row that could not be taken through the core or saved
	// keys of the messages that an earlier process may have shown; nil if there are none
	inherited map[string]bool
	absent    time.Time // since when it could not be reached; zero once the reading knows, and while it can be
	back      time.Time // when its guild, or the hearing of the bot, was last back; zero if neither was ever away
}

// log tells the operator of this reading. It is made when there is something to tell: most readings never have any.
func (p *performer) log() *slog.Logger {
	return p.n.log.With("guild", p.place.Guild, "channel", p.place.Channel, "reading", p.reading)
}

// apply takes one event through the core: step, save, and only then what follows from it. The error is that of the
// save; the reading is then as it was before.
func (p *performer) apply(e reading.Event) ([]reading.Effect, error) {
	ctx, ok := p.n.alive()
	if !ok {
		return nil, ErrStopping
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.applyLocked(ctx, e)
}

func (p *performer) applyLocked(ctx context.Context, e reading.Event) ([]reading.Effect, error) {
	// What has begun to be saved is saved, whoever has stopped waiting for it.
	ctx = context.WithoutCancel(ctx)
	program, err := p.n.programs.program(ctx, p.state.Program)
	if err != nil && !endsWithoutStory(e) {
		return nil, p.falter("the story of a reading cannot be loaded; it waits", err)
	}
	next, effects, err := p.step(program, e)
	if err != nil {
		return nil, p.falter("a reading cannot be moved on; it waits", err)
	}
	if next.Revision != p.state.Revision {
		if err := p.n.store.Save(ctx, next, reading.Entries(effects)); err != nil {
			return nil, p.falter("a reading could not be saved; it waits", err)
		}
	}
	p.faults = 0
	p.state = next
	p.follow(ctx, effects)
	return effects, nil
}

// falter has the reading wait after a failure, longer after each in a row, and returns why.
func (p *performer) falter(says string, err error) error {
	p.log().Error(says, "error", err)
	p.setAlarm(p.n.now().Add(faultPause(p.faults, p.state.Seed)))
	p.faults++
	return err
}

// step is what the core makes of an event. A fault of ours in it is the fault of this reading, and of no other.
func (p *performer) step(program *ink.Program, e reading.Event) (next reading.State, effects []reading.Effect, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%v\n%s", fault, debug.Stack())
		}
	}()
	next, effects = p.n.step(program, p.state, e, p.n.now())
	return next, effects, nil
}

// endsWithoutStory says whether the event ends the reading without a look into its story.
func endsWithoutStory(e reading.Event) bool {
	switch e := e.(type) {
	case reading.Stopped:
		return true
	case reading.Refused:
		return e.Reason == reading.ChannelGone
	default:
		return false
	}
}

// follow does what a step asks for, once it is saved.
func (p *performer) follow(ctx context.Context, effects []reading.Effect) {
	for _, e := range effects {
		switch e := e.(type) {
		case reading.Typing:
			p.showTyping(ctx)
		case reading.Stuck:
			p.tellHost(e.Why)
		case reading.Refreshed:
			p.count = &e.Message
		}
	}
	if p.state.Phase == reading.Over {
		p.n.release(p.state)
	}
	p.setAlarm(p.state.Wake())
	p.startSending()
}

// showTyping shows that a beat is near. It is worth one try and no waiting.
func (p *performer) showTyping(ctx context.Context) {
	place := p.state.Place
	p.n.sends.Go(func() {
		ctx, cancel := context.WithTimeout(ctx, reading.TypingLead)
		defer cancel()
		if err := p.n.stage.Typing(ctx, place); err != nil {
			p.log().Debug("typing could not be shown", "error", err)
		}
	})
}

// wake sets the alarm and the sender of a reading that was loaded.
func (p *performer) wake() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.setAlarm(p.state.Wake())
	p.startSending()
}

// sleep stops the clock of the reading.
func (p *performer) sleep() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asleep = true
	if p.alarm != nil {
		p.alarm.Stop()
	}
}

// setAlarm has the reading ticked at the time given; the zero time means never.
func (p *performer) setAlarm(at time.Time) {
	if p.alarm != nil {
		p.alarm.Stop()
	}
	if at.IsZero() || p.asleep {
		return
	}
	wait := max(at.Sub(p.n.now()), 0)
	if p.alarm == nil {
		p.alarm = time.AfterFunc(wait, p.tick)
		return
	}
	p.alarm.Reset(wait)
}

// tick moves the reading on. A save that fails sets the next alarm and writes the log.
func (p *performer) tick() {
	life, ok := p.n.alive()
	if !ok {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.asleep || p.state.Phase == reading.Voting && p.n.isDeaf() || !p.returned(life) {
		return
	}
	_, _ = p.applyLocked(life, reading.Ticked{})
}

// How long a reading waits when the disk or the stage fails: twice as long each time.
const (
	FirstPause   = time.Second
	LongestPause = time.Minute
)

// faultPause is the wait after so many failures in a row: doubling, up to LongestPause, and a fifth more or less, so that
// readings that failed together do not come back together.
func faultPause(faults int, seed uint64) time.Duration {
	pause := LongestPause
	if faults < 6 {
		pause = min(FirstPause<<faults, LongestPause)
	}
	return pause + time.Duration((chance(seed, faults)*0.4-0.2)*float64(pause))
}

// patience is the wait when the stage has said how long to wait: not less, but up to a fifth more, so that readings that
// were told the same do not come back together.
func patience(after time.Duration, faults int, seed uint64) time.Duration {
	return after + time.Duration(chance(seed, faults)*float64(min(after/5, LongestPause)))
}

// chance is a number from 0 to 1, the same for the same reading after as many failures.
func chance(seed uint64, faults int) float64 {
	x := (seed ^ uint64(faults+1)) * 0x9e3779b97f4a7c15
	return float64(x>>40) / float64(1<<24)
}
