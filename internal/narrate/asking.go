package narrate

import (
	"context"
	"slices"
	"strings"

	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
)

// Do takes a member's wish to a reading and returns what to tell them. A reading that is not live any more answers
// reading.IsOver. An error means that the wish could not be saved and has no effect.
func (n *Narrator) Do(ctx context.Context, id string, e reading.Event) (reading.Answer, error) {
	p := n.performer(id)
	if p == nil {
		return reading.Answer{Outcome: reading.IsOver}, nil
	}
	a, err := p.do(ctx, e)
	shift(&a.Closes, n.ahead())
	return a, err
}

func (p *performer) do(ctx context.Context, e reading.Event) (reading.Answer, error) {
	if v, ok := e.(reading.Voted); ok {
		return p.vote(ctx, v)
	}
	effects, err := p.apply(e)
	return answer(effects), err
}

// vote counts a ballot: on disk first, in the tally after. The reading is not locked while the disk writes, so that the
// ballots of many members share a commit.
func (p *performer) vote(ctx context.Context, v reading.Voted) (reading.Answer, error) {
	if _, ok := p.n.alive(); !ok {
		return reading.Answer{}, ErrStopping
	}
	welcome, ok := p.accepts(v)
	if !ok {
		return welcome, nil
	}
	ballot := vote.Ballot{Voter: v.Voter, Option: v.Option, Order: v.Order}
	if err := p.n.store.Cast(ctx, p.reading, v.Vote, ballot); err != nil {
		p.log().Error("a ballot could not be saved", "error", err)
		return reading.Answer{}, err
	}
	effects, err := p.apply(v)
	switch {
	case err == nil:
		return answer(effects), nil
	case p.enter(v.Vote, ballot):
		return welcome, nil // whatever could not be done beside it
	default:
		return reading.Answer{Outcome: reading.VoteOver}, nil
	}
}

// enter puts a ballot that is on disk among the others where the core could not: it counts there as it would after a
// restart. False when its vote has been closed meanwhile.
func (p *performer) enter(number int, b vote.Ballot) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	open := p.state.Vote
	if open == nil || open.Number != number {
		return false
	}
	open.Ballots.Cast(b)
	return true
}

// accepts says whether the ballot is welcome, and what the voter is told: why it is not, or that it counts.
func (p *performer) accepts(v reading.Voted) (reading.Answer, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if refusal, ok := p.state.Accepts(v); !ok {
		return refusal, false
	}
	return reading.Answer{Outcome: reading.Counted, Option: p.state.Vote.Options[v.Option].Text}, true
}

func answer(effects []reading.Effect) reading.Answer {
	for _, e := range effects {
		if a, ok := e.(reading.Answer); ok {
			return a
		}
	}
	return reading.Answer{}
}

// snapshot is the state as it is now; it does not change any more.
func (p *performer) snapshot() reading.State {
	return p.copied(vote.Ballots.Clone)
}

// outline is the snapshot without the ballots of an open vote, so that it costs the same however many have voted.
func (p *performer) outline() reading.State {
	return p.copied(func(vote.Ballots) vote.Ballots { return nil })
}

func (p *performer) copied(ballots func(vote.Ballots) vote.Ballots) reading.State {
	p.mu.Lock()
	defer p.mu.Unlock()
	s, ahead := p.state, p.n.ahead()
	shift(&s.Due, ahead)
	if s.Vote != nil {
		v := *s.Vote
		v.Ballots = ballots(v.Ballots)
		shift(&v.Closes, ahead)
		shift(&v.Early, ahead)
		s.Vote = &v
	}
	return s
}

// In returns the reading that has the channel; false if there is none.
func (n *Narrator) In(channel string) (reading.State, bool) {
	n.mu.Lock()
	p := n.running[n.byChannel[channel]]
	n.mu.Unlock()
	if p == nil {
		return reading.State{}, false
	}
	return p.snapshot(), true
}

// Find returns a reading, live or over; false if it is not known. It comes without the ballots of an open vote, since every
// press begins with it.
func (n *Narrator) Find(ctx context.Context, id string) (reading.State, bool, error) {
	if p := n.performer(id); p != nil {
		return p.outline(), true, nil
	}
	return n.store.Past(ctx, id)
}

// Guild lists the readings that go on in a guild, by channel, without the ballots of open votes.
func (n *Narrator) Guild(guild string) []reading.State {
	var all []reading.State
	for _, p := range n.performers() {
		if p.place.Guild != guild {
			continue
		}
		if s := p.outline(); s.Phase != reading.Over {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b reading.State) int { return strings.Compare(a.Place.Channel, b.Place.Channel) })
	return all
}

func (n *Narrator) performers() []*performer {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := make([]*performer, 0, len(n.running))
	for _, p := range n.running {
		all = append(all, p)
	}
	return all
}

// Log returns what a reading has told and decided, in order.
func (n *Narrator) Log(ctx context.Context, id string) ([]reading.Entry, error) {
	return n.store.Log(ctx, id)
}

// EndingsFound lists the endings of a story that a guild knows.
func (n *Narrator) EndingsFound(ctx context.Context, guild, story string) ([]string, error) {
	return n.store.EndingsFound(ctx, guild, story)
}
