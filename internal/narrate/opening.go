package narrate

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"

	"storyteller/internal/library"
	"storyteller/internal/narrate/reading"
)

// Opening is what a member asks for who starts a reading.
type Opening struct {
	ID       string // snowflake of the interaction
	Place    reading.Place
	Host     string
	Story    *library.Story
	Settings reading.Settings // what is zero is as the author, or the house, has it
}

// Busy says that another reading has the channel.
type Busy struct {
	Current reading.State
}

func (b *Busy) Error() string {
	return fmt.Sprintf("the channel is taken by a reading of %q", b.Current.Story.Title)
}

// Start begins a reading. It returns when the reading is saved; its title card follows. The same interaction given twice
// starts one reading.
func (n *Narrator) Start(ctx context.Context, o Opening) (reading.State, error) {
	if _, ok := n.alive(); !ok {
		return reading.State{}, ErrStopping
	}
	if current, taken := n.take(o); taken {
		if current.ID == o.ID {
			return current, nil
		}
		return current, &Busy{Current: current}
	}
	s, err := n.open(ctx, o)
	if err != nil {
		n.giveBack(o)
		return reading.State{}, err
	}
	p := n.admit(s)
	p.log().Info("a reading begins", "story", s.Story.ID, "host", s.Host)
	p.wake()
	return s, nil
}

// take reserves the channel; true when it is taken already.
func (n *Narrator) take(o Opening) (reading.State, bool) {
	n.mu.Lock()
	id, taken := n.byChannel[o.Place.Channel]
	if !taken {
		n.byChannel[o.Place.Channel] = o.ID
	}
	p := n.running[id]
	n.mu.Unlock()
	if !taken {
		return reading.State{}, false
	}
	if p == nil { // being started at this very moment
		return reading.State{ID: id, Place: o.Place, Story: reading.Story{Title: o.Story.Meta.Title}}, true
	}
	return p.snapshot(), true
}

func (n *Narrator) giveBack(o Opening) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.byChannel[o.Place.Channel] == o.ID && n.running[o.ID] == nil {
		delete(n.byChannel, o.Place.Channel)
	}
}

func (n *Narrator) open(ctx context.Context, o Opening) (reading.State, error) {
	if _, over, err := n.store.Past(ctx, o.ID); err != nil {
		return reading.State{}, err
	} else if over {
		return reading.State{}, errors.New("this reading has been held already")
	}
	if err := n.programs.keep(ctx, o.Story); err != nil {
		return reading.State{}, err
	}
	if o.Settings.Speed == 0 {
		o.Settings.Speed = n.speed
	}
	s, err := reading.Open(o.Story.Program, reading.Opening{
		ID: o.ID, Place: o.Place, Host: o.Host, Story: told(o.Story), Program: o.Story.Hash,
		Seed: seed(o.ID), Settings: settings(o),
	}, n.now())
	if err != nil {
		return reading.State{}, err
	}
	return s, n.store.Save(ctx, s, nil)
}

// settings are the host's wishes, then the author's.
func settings(o Opening) reading.Settings {
	c := o.Settings
	if c.Pace == 0 {
		c.Pace = o.Story.Meta.Pace
	}
	if c.Vote == 0 {
		c.Vote = o.Story.Meta.Vote
	}
	return c
}

// told is what the channel is told of the story.
func told(s *library.Story) reading.Story {
	m := s.Meta
	return reading.Story{
		ID: s.ID, Title: m.Title, Author: m.Author, Blurb: m.Blurb, Language: m.Language, Warning: m.Warning, Color: m.Color,
		Cover: m.Cover, Minutes: m.Minutes, Votes: m.Votes, Endings: len(m.Endings),
	}
}

// seed makes a reading's chance from its id: no two evenings alike, and each can be told again.
func seed(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}
