package reading

import (
	"encoding/json"
	"slices"
	"time"

	"storyteller/internal/cue"
	"storyteller/internal/narrate/vote"
)

// Phase says what a reading is doing.
type Phase string

const (
	Lobby   Phase = "lobby"   // the title card is up, readers are joining
	Telling Phase = "telling" // beats and the pauses after them
	Voting  Phase = "voting"  // a vote is open
	OnHold  Phase = "on hold" // paused: only people can move it
	Over    Phase = "over"    // ended, one way or another
)

// State is one reading, whole: what is saved, and all that Step needs.
type State struct {
	Version  int       `json:"version"`
	Revision uint64    `json:"revision"` // rises with every change that has to be saved
	ID       string    `json:"id"`       // snowflake of the interaction that started it
	Place    Place     `json:"place"`
	Host     string    `json:"host"`
	Story    Story     `json:"story"`
	Program  string    `json:"program"` // hash of the compiled story with its pictures
	Seed     uint64    `json:"seed"`
	Settings Settings  `json:"settings"`
	Started  time.Time `json:"started"`

	Phase   Phase           `json:"phase"`
	Due     time.Time       `json:"due,omitzero"`      // when the lobby closes or the next beat comes; zero while a message is on its way
	Rest    time.Duration   `json:"rest,omitempty"`    // the pause that begins when the outbox is empty
	Held    Held            `json:"held,omitzero"`     // with OnHold: what was stopped, and why
	Readers []string        `json:"readers,omitempty"` // members who joined or voted, sorted
	Ink     json.RawMessage `json:"ink,omitempty"`     // the story's own state, as ink saves it
	Queue   []Passage       `json:"queue,omitempty"`   // told by ink, not yet part of a beat
	VoteFor time.Duration   `json:"vote_for,omitempty"`
	Asks    bool            `json:"asks,omitempty"`   // the latest beat ends with a question
	Ending  string          `json:"ending,omitempty"` // name of the ending that ink has reached
	Fault   string          `json:"fault,omitempty"`  // with Over: what was wrong with the story
	Words   int             `json:"words,omitempty"`  // told so far
	Beats   int             `json:"beats,omitempty"`  // told so far
	Votes   int             `json:"votes,omitempty"`  // opened so far
	Vote    *OpenVote       `json:"vote,omitempty"`   // with Voting, or with OnHold when a vote is held
	Untold  []NotTaken      `json:"untold,omitempty"` // what was not chosen in the latest MaxUntold votes
	Keys    int             `json:"keys,omitempty"`   // messages named so far
	Card    string          `json:"card,omitempty"`   // the stage's id of the title card
	Last    string          `json:"last,omitempty"`   // the stage's id of the newest message
	LastAt  time.Time       `json:"last_at,omitzero"` // when that was shown
	Outbox  []Message       `json:"outbox,omitempty"` // to be shown, in this order

	// What follows is not saved: after a crash the next event brings it back.
	typing    bool      // the sign that a beat is near has been given
	stale     bool      // the count on the card or on the vote is behind
	refreshAt time.Time // not before this is a count shown anew
}

// Place is where a reading happens.
type Place struct {
	Guild   string `json:"guild"`
	Channel string `json:"channel"`
}

// Story is what the channel is told of the story itself.
type Story struct {
	ID       string      `json:"id"` // its name in the library
	Title    string      `json:"title"`
	Author   string      `json:"author,omitempty"`
	Blurb    string      `json:"blurb,omitempty"`
	Language string      `json:"language,omitempty"`
	Warning  string      `json:"warning,omitempty"`
	Color    int         `json:"color,omitempty"` // 0xRRGGBB; 0 is none
	Cover    cue.Picture `json:"cover,omitzero"`
	Minutes  int         `json:"minutes,omitempty"` // that a typical reading takes
	Votes    int         `json:"votes,omitempty"`   // that a typical reading has
	Endings  int         `json:"endings,omitempty"` // that have a name
}

// Held is what a pause keeps.
type Held struct {
	Phase Phase         `json:"phase"`          // to return to
	Left  time.Duration `json:"left,omitempty"` // of the lobby, the rest after a beat, or the vote
	Why   Hold          `json:"why"`
}

// Hold says why a reading is on hold.
type Hold string

const (
	ByMember  Hold = "member"       // a member who may steer wanted it
	Silence   Hold = "silence"      // nobody voted, twice
	Forbidden Hold = "forbidden"    // a permission is missing in the channel
	Misfit    Hold = "unacceptable" // the stage will not take the next message
)

// OpenVote is the vote that is being held. Its ballots are saved one by one, beside the record.
type OpenVote struct {
	Number  int           `json:"number"` // from 1
	Options []Option      `json:"options"`
	For     time.Duration `json:"for"`             // how long it is open
	Left    time.Duration `json:"left"`            // of For, to run from the moment its message is shown
	Closes  time.Time     `json:"closes,omitzero"` // zero while on hold
	Early   time.Time     `json:"early,omitzero"`  // when it closes because the outcome is settled; zero if it is not
	Extends bool          `json:"extends,omitempty"`
	Away    bool          `json:"away,omitempty"` // it was given a ReturnGrace
	Round   Round         `json:"round,omitempty"`
	Key     string        `json:"key"`               // of the message that shows it
	Message string        `json:"message,omitempty"` // the stage's id of that message, once it is shown
	Ballots vote.Ballots  `json:"-"`
}

// Round says why a vote is held again on fewer options.
type Round string

const (
	FirstRound  Round = ""       // the vote as the story put it
	SecondRound Round = "second" // the room votes again on the tied options
	HostRound   Round = "host"   // the host chooses among the tied options
)

// clone copies what Step changes in place. Ballots are shared: they are on disk before Step sees them, so they are
// true whatever becomes of the step.
func (s State) clone() State {
	s.Readers = slices.Clone(s.Readers)
	s.Queue = slices.Clone(s.Queue)
	s.Untold = slices.Clone(s.Untold)
	s.Outbox = slices.Clone(s.Outbox)
	if s.Vote != nil {
		v := *s.Vote
		s.Vote = &v
	}
	return s
}

// Blocked says that the outbox must wait: the stage refused its first message, and only people can change that.
func (s State) Blocked() bool {
	return s.Phase == OnHold && (s.Held.Why == Forbidden || s.Held.Why == Misfit && !s.complains())
}

// complains says that the next message tells the room why the one after it is not shown.
func (s State) complains() bool {
	return len(s.Outbox) > 0 && s.Outbox[0].Notice != nil && s.Outbox[0].Notice.Kind == NoticeRefused
}

// Finished says that the reading is over and all of it has been shown.
func (s State) Finished() bool {
	return s.Phase == Over && len(s.Outbox) == 0
}

// HasReader says whether the member joined or voted.
func (s State) HasReader(member string) bool {
	_, found := slices.BinarySearch(s.Readers, member)
	if !found && s.Vote != nil {
		_, found = s.Vote.Ballots[member]
	}
	return found
}

// Wake returns when to send Ticked, or the zero time when only people, or the stage, can move the reading.
func (s State) Wake() time.Time {
	var wake time.Time
	switch s.Phase {
	case Lobby:
		wake = s.Due
	case Telling:
		wake = s.Due
		if !wake.IsZero() && !s.typing {
			wake = wake.Add(-s.Settings.scaled(TypingLead))
		}
	case Voting:
		// A vote that nobody can see yet does not run out.
		if s.Vote.Message != "" {
			wake = s.Vote.end()
		}
	}
	if s.stale && (wake.IsZero() || s.refreshAt.Before(wake)) {
		wake = s.refreshAt
	}
	return wake
}

// end returns when the vote closes as things stand.
func (v *OpenVote) end() time.Time {
	if !v.Early.IsZero() && v.Early.Before(v.Closes) {
		return v.Early
	}
	return v.Closes
}
