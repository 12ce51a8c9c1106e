package narrate

import (
	"strconv"
	"time"

	"storyteller/internal/narrate/reading"
)

// accessSettles is how long changes of permissions are waited for to end: they come in bunches, one for each role.
const accessSettles = 2 * time.Second

// ChannelGone ends the reading of a channel or thread that was deleted.
func (n *Narrator) ChannelGone(guild, channel string) {
	for _, p := range n.inChannel(guild, channel) {
		p.tell(reading.Refused{Reason: reading.ChannelGone})
	}
}

// ThreadChanged takes note of whether a thread is locked: then nobody can vote in it, and its reading waits.
func (n *Narrator) ThreadChanged(guild, thread string, locked bool) {
	for _, p := range n.inChannel(guild, thread) {
		if locked {
			p.tell(reading.Barred{})
		} else {
			p.tryAgain(true)
		}
	}
}

// AccessChanged takes note that permissions in a guild have changed, or may have. Readings that wait because one was
// missing are tried, once.
func (n *Narrator) AccessChanged(guild string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.trying[guild] || len(n.byGuild[guild]) == 0 {
		return
	}
	n.trying[guild] = true
	time.AfterFunc(accessSettles, func() {
		n.mu.Lock()
		delete(n.trying, guild)
		n.mu.Unlock()
		for _, p := range n.inGuild(guild) {
			p.tryAgain(false)
		}
	})
}

// tryAgain tries to show the message for which a permission was missing; if that succeeds the reading goes on. Where there
// is no such message, the reading goes on if it is sure that it can.
func (p *performer) tryAgain(sure bool) {
	life, ok := p.n.alive()
	if !ok {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.state.Phase != reading.OnHold || p.state.Held.Why != reading.Forbidden:
	case len(p.state.Outbox) > 0:
		p.trying = true
		p.startSending()
	case sure:
		_, _ = p.applyLocked(life, reading.Admitted{}) // a save that fails is in the log, and /story resume remains
	}
}

// tellHost has the host told that the reading waits from now on. That is worth no more than it takes: a host who cannot be
// told, or is not because the process ends at this very moment, can ask.
func (p *performer) tellHost(why error) {
	if _, ok := p.n.alive(); !ok && !p.sending {
		return // nobody waits for what would begin now
	}
	s := p.state
	w := Waiting{
		Reading: s.ID, Key: "w" + strconv.FormatUint(s.Revision, 10), Place: s.Place, Host: s.Host, Title: s.Story.Title, Why: why,
	}
	p.n.sends.Go(func() {
		ctx, cancel := p.n.lastWords()
		defer cancel()
		if err := p.n.stage.TellHost(ctx, w); err != nil {
			p.log().Debug("the host could not be told that the reading waits", "error", err)
		}
	})
}

// inChannel lists the readings of a channel: the one that has it, and those that are over but not yet shown whole.
func (n *Narrator) inChannel(guild, channel string) []*performer {
	var here []*performer
	for _, p := range n.inGuild(guild) {
		if p.place.Channel == channel {
			here = append(here, p)
		}
	}
	return here
}
