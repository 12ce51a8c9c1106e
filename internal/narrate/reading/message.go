package reading

import (
	"time"

	"storyteller/internal/cue"
)

// Message is one thing that the channel is to show: exactly one of the pointers is set. Key names it within the
// reading; the stage derives from it what makes a second attempt harmless.
type Message struct {
	Key  string `json:"key"`
	Edit string `json:"edit,omitempty"` // key of the message this one takes the place of; empty for a new message
	ID   string `json:"id,omitempty"`   // where Edit is: the stage's id of that message, once it is known

	Card   *Card   `json:"card,omitempty"`
	Beat   *Beat   `json:"beat,omitempty"`
	Poll   *Poll   `json:"poll,omitempty"`
	Notice *Notice `json:"notice,omitempty"`
	Ending *Ending `json:"ending,omitempty"`
}

// Card is the title card, above everything else. What it says of the story is in State.Story.
type Card struct {
	Host    string    `json:"host"`            // member who started the reading
	Readers int       `json:"readers"`         // who have joined, the host among them
	Begins  time.Time `json:"begins,omitzero"` // when it begins by itself; zero once the lobby is closed
	Over    bool      `json:"over,omitempty"`  // the reading has ended: nobody can join any more
	Vote    int       `json:"vote"`            // seconds a vote stays open
	Live    bool      `json:"live,omitempty"`  // tallies show while a vote is open
	Ties    Ties      `json:"ties,omitempty"`  // what decides a tie
}

// Beat is one message of story text.
type Beat struct {
	Text    string       `json:"text,omitempty"` // paragraphs, parted by an empty line
	Chapter string       `json:"chapter,omitempty"`
	Speaker string       `json:"speaker,omitempty"`
	Image   *cue.Picture `json:"image,omitempty"`
}

// Poll is the paper that a vote is held with: open, paused, or closed with its result.
type Poll struct {
	Number  int       `json:"number"`          // of the vote in the reading, from 1; the buttons carry it
	Asked   bool      `json:"asked,omitempty"` // the story itself has just put the question
	Options []Option  `json:"options"`
	Voted   int       `json:"voted"`             // members who have voted so far
	Tally   []int     `json:"tally,omitempty"`   // votes for each option: when closed, or always where tallies are live
	Closes  time.Time `json:"closes,omitzero"`   // while open
	Status  Status    `json:"status"`            // what is to be said of it
	Chosen  int       `json:"chosen"`            // index into Options, when closed; otherwise -1
	Tied    []int     `json:"tied,omitempty"`    // the options that had equally many votes, where that decided something
	Round   Round     `json:"round,omitempty"`   // why the vote is held on these options
	Host    string    `json:"host,omitempty"`    // in a HostRound: whose ballot decides
	Extends bool      `json:"extends,omitempty"` // nobody had voted when the time was over, so it was extended
	Away    bool      `json:"away,omitempty"`    // the bot was away when the time was over, so there is a little more
}

// Option is one answer of a vote.
type Option struct {
	Text    string `json:"text"`
	Emoji   string `json:"emoji,omitempty"`
	Danger  bool   `json:"danger,omitempty"`  // the author marks it as one that cannot be taken back
	Default bool   `json:"default,omitempty"` // taken when nobody votes
	Index   int    `json:"index"`             // of the ink choice
}

// Status says where a vote stands.
type Status string

const (
	StatusOpen    Status = "open"    // ballots are taken
	StatusPaused  Status = "paused"  // the clock stands; ballots so far are kept
	StatusMoved   Status = "moved"   // the vote goes on in a newer message
	StatusChosen  Status = "chosen"  // most votes
	StatusDrawn   Status = "drawn"   // a tie, drawn by lot
	StatusSecond  Status = "second"  // a tie: a second round follows
	StatusToHost  Status = "to host" // a tie: the host decides next
	StatusDefault Status = "default" // nobody voted: the author's default was taken
	StatusLot     Status = "lot"     // closed by the host before anybody voted: drawn by lot
	StatusStopped Status = "stopped" // the reading was stopped
)

// Closed says whether the message that shows the vote takes no ballots.
func (s Status) Closed() bool {
	return s != StatusOpen
}

// Notice is a short word about the reading itself.
type Notice struct {
	Kind NoticeKind `json:"kind"`
	By   string     `json:"by,omitempty"` // the member who did it, where it was a member
	Text string     `json:"text,omitempty"`
}

// NoticeKind says what a notice is about.
type NoticeKind string

const (
	NoticePaused  NoticeKind = "paused"  // by a member
	NoticeSilent  NoticeKind = "silent"  // nobody voted, twice: paused by itself
	NoticeResumed NoticeKind = "resumed" // by a member, or by itself when that was allowed again
	NoticeHeard   NoticeKind = "heard"   // nobody seemed to vote, but the bot did not hear them: it goes on
	NoticeStopped NoticeKind = "stopped" // by a member
	NoticeBroke   NoticeKind = "broke"   // the story has a fault and cannot go on; Text is the author's error
	NoticeResult  NoticeKind = "result"  // the vote's message is gone: Text is what was chosen
	NoticeRefused NoticeKind = "refused" // the stage will not take the next message, so the reading waits
)

// Ending is the last message of a reading.
type Ending struct {
	Name   string     `json:"name,omitempty"` // as the author calls it; empty when the story names none
	Votes  int        `json:"votes"`
	Words  int        `json:"words"`
	Untold []NotTaken `json:"untold,omitempty"` // what the room did not choose, vote by vote
}

// NotTaken is a fork of the way that the room did not go.
type NotTaken struct {
	Vote    int      `json:"vote"`
	Options []string `json:"options"`
}
