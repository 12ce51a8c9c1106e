package narrate

import (
	"strconv"
	"time"

	"storyteller/internal/narrate/reading"
)

// How long changes of permissions are waited for to end, since they come in bunches, one for each role; and how long at
// most, when what was tried before has failed: each try is a refusal that Discord counts, and a guild that never rests
// must not use up what all guilds share.
const (
	accessSettles = 2 * time.Second
	accessRests   = 5 * time.Minute
	accessQuiet   = 30 * time.Second // after so long without a try the next change is one of its own again
)

// access is what is known of the tries in a guild where a permission was missing.
type access struct {
	waiting bool
	wait    time.Duration // before the next try
	tried   time.Time
}

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
// missing are tried, each once; the longer it has been in vain, the later.
func (n *Narrator) AccessChanged(guild string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.byGuild[guild]) == 0 {
		delete(n.trying, guild)
		return
	}
	a := n.trying[guild]
	if a == nil {
		a = &access{wait: accessSettles}
		n.trying[guild] = a
	}
	if !a.waiting {
		if time.Since(a.tried) > max(accessQuiet, a.wait) {
			a.wait = accessSettles
		}
		a.waiting = true
		time.AfterFunc(a.wait, func() { n.tryGuild(guild) })
	}
}

// tryGuild tries every reading of a guild that waits for a permission.
func (n *Narrator) tryGuild(guild string) {
	tried := 0
	for _, p := range n.inGuild(guild) {
		if p.tryAgain(false) {
			tried++
		}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	a := n.trying[guild]
	switch {
	case a == nil:
	case tried == 0:
		delete(n.trying, guild)
	default:
		a.waiting, a.wait, a.tried = false, min(2*a.wait, accessRests), time.Now()
	}
}

// tryAgain tries to show the message for which a permission was missing; if that succeeds the reading goes on. Where there
// is no such message, the reading goes on if it is sure that it can. It says whether the reading was waiting.
func (p *performer) tryAgain(sure bool) bool {
	life, ok := p.n.alive()
	if !ok {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.state.Phase != reading.OnHold || p.state.Held.Why != reading.Forbidden:
		return false
	case len(p.state.Outbox) > 0:
		p.trying = true
		p.startSending()
	case sure:
		_, _ = p.applyLocked(life, reading.Admitted{}) // a save that fails is in the log, and /story resume remains
	}
	return true
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
