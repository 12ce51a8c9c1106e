package reading

import (
	"fmt"
	"time"

	"storyteller/internal/ink"
)

// Opening is what a reading starts from.
type Opening struct {
	ID       string // snowflake of the interaction that starts it: two deliveries of one command are one reading
	Place    Place
	Host     string
	Story    Story
	Program  string // hash
	Seed     uint64
	Settings Settings
}

// Open makes a reading that waits in its lobby, its title card in the outbox.
func Open(p *ink.Program, o Opening, now time.Time) (State, error) {
	story := p.New(o.Seed)
	saved := story.Save()
	if _, err := p.Load(saved); err != nil {
		return State{}, fmt.Errorf("the story cannot be saved: %w", err)
	}
	t := &turn{p: p, now: now, s: State{
		Version: Version, ID: o.ID, Place: o.Place, Host: o.Host, Story: o.Story, Program: o.Program, Seed: o.Seed,
		Settings: o.Settings.withDefaults(), Started: now, Phase: Lobby, Ink: saved, Readers: []string{o.Host},
	}}
	t.s.Due = t.after(t.s.Settings.Lobby)
	t.changed()
	t.s.Outbox = []Message{{Key: CardKey, Card: t.card()}}
	return t.s, nil
}

// CardKey is the key of the title card, the first message of every reading.
const CardKey = "card"

// card is the title card as it should look now.
func (t *turn) card() *Card {
	c := &Card{
		Host: t.s.Host, Readers: len(t.s.Readers), Over: t.s.Phase == Over || t.ending(),
		Vote: int(t.s.Settings.scaled(t.s.Settings.Vote).Round(time.Second).Seconds()),
		Live: t.s.Settings.Live, Ties: t.s.Settings.Ties,
	}
	if t.s.Phase == Lobby {
		c.Begins = t.s.Due
	}
	return c
}

func (t *turn) join(e Joined) {
	switch {
	case t.s.Phase == Over:
		t.answer(IsOver)
	case t.s.HasReader(e.Reader):
		t.answer(AlreadyIn)
	case !t.enlist(e.Reader):
		t.answer(RoomFull)
	default:
		t.changed()
		t.answer(Done)
		t.s.stale = true
		t.reconsider()
	}
}

func (t *turn) began(e Began) {
	switch t.s.Phase {
	case Lobby:
		t.begin(e.By)
		t.answer(Done)
	case Over:
		t.answer(IsOver)
	case OnHold:
		t.answer(IsPaused)
	default:
		t.answer(AlreadyBegun)
	}
}

// begin closes the lobby.
func (t *turn) begin(by string) {
	t.s.Phase = Telling
	t.s.Due = time.Time{}
	t.s.Rest = t.s.Settings.scaled(LeadIn)
	t.s.stale = false
	t.edit(CardKey, t.s.Card, Message{Card: t.card()})
	t.log(Entry{Steered: "begun", By: by})
}
