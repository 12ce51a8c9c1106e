package narrate

import (
	"context"
	"time"

	"storyteller/internal/narrate/reading"
)

// A reading cannot be reached while the process is gone, while its guild is away, and while the bot does not hear Discord.
// What passed of a vote's time meanwhile was nobody's to use: the core is told so (reading.Returned) before it next moves.

// Hears takes note of whether members can reach the bot; when they no longer can, for how long that was so unheard. While
// they cannot, beats go on, and no vote closes.
func (n *Narrator) Hears(hearing bool, unheard time.Duration) {
	n.mu.Lock()
	since := n.deaf
	switch {
	case hearing:
		n.deaf = time.Time{}
	case since.IsZero():
		n.deaf = n.now().Add(-unheard)
	}
	n.mu.Unlock()
	if !hearing || since.IsZero() {
		return
	}
	for _, p := range n.performers() {
		p.heard(since)
	}
}

func (n *Narrator) isDeaf() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return !n.deaf.IsZero()
}

// heard says that the bot hears Discord again, and since when it did not. Where the guild is away too, the absence goes on.
func (p *performer) heard(since time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	life, ok := p.n.alive()
	if !ok || p.state.Vote == nil {
		return
	}
	if p.leave(since); p.asleep {
		return
	}
	p.back = p.n.now()
	p.returned(life)
	p.setAlarm(p.state.Wake())
}

// goAway stops the clock and the sender of a reading whose guild is not available.
func (p *performer) goAway() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.asleep {
		return
	}
	p.asleep = true
	if p.alarm != nil {
		p.alarm.Stop()
	}
	p.leave(p.n.now())
}

// comeBack sets them going again.
func (p *performer) comeBack() {
	if _, ok := p.n.alive(); !ok {
		return
	}
	p.mu.Lock()
	slept := p.asleep
	p.asleep, p.back = false, p.n.now()
	p.mu.Unlock()
	if slept {
		p.wake()
	}
}

// leave notes the beginning of an absence. One that the reading has come back from, and not yet moved since, is over; two
// that overlap are one.
func (p *performer) leave(since time.Time) {
	over := p.back.After(p.absent) && since.After(p.back)
	if p.absent.IsZero() || over || since.Before(p.absent) {
		p.absent = since
	}
}

// returned tells the core of an absence. It is false when that could not be saved.
func (p *performer) returned(life context.Context) bool {
	if p.absent.IsZero() {
		return true
	}
	back := p.n.clock.began
	if p.back.After(back) {
		back = p.back
	}
	if _, err := p.applyLocked(life, reading.Returned{Since: p.absent, Back: back}); err != nil {
		return false
	}
	p.absent = time.Time{}
	return true
}
