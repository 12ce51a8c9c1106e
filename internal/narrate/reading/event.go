package reading

import (
	"encoding/json"
	"time"
)

// Event is something that happened to a reading.
type Event interface{ event() }

type (
	// Ticked says that the time Wake asked for has come.
	Ticked struct{}
	// Joined says that a member wants to be counted among the readers.
	Joined struct{ Reader string }
	// Began says that By wants the lobby closed.
	Began struct{ By string }
	// Voted is a member's press on an option. The shell has saved the ballot before it sends this.
	Voted struct {
		Vote   int // number of the vote, from 1
		Option int // index into its options
		Voter  string
		Order  uint64 // the interaction's snowflake: of several presses, the highest counts
	}
	// Paused stops the clock.
	Paused struct{ By string }
	// Resumed lets it run on.
	Resumed struct{ By string }
	// Skipped ends what is being waited for: the lobby, the pause after a beat, or a vote.
	Skipped struct{ By string }
	// Stopped ends the reading.
	Stopped struct{ By string }
	// Posted says that the stage shows the first message of the outbox, under the id given.
	Posted struct{ Key, ID string }
	// Refused says that the stage will not show the first message of the outbox. With ChannelGone no Key is needed:
	// nothing will be shown any more.
	Refused struct {
		Key    string
		Reason Refusal
		Why    error // what the stage said, for Stuck; may be nil
	}
	// Returned says that the reading can be reached again, and from when until when it could not: the process was gone, the
	// guild away, or Discord not heard.
	Returned struct{ Since, Back time.Time }
	// Asked says that somebody wants to know how the reading stands. What is on screen is brought up to date, which shows
	// whether it still is there.
	Asked struct{}
	// Vanished says that a message of the reading was deleted from the channel.
	Vanished struct{ ID string }
	// Barred says that nobody can write in the channel any more, or press anything: it is locked.
	Barred struct{}
	// Admitted says that what kept the reading from being shown may be over.
	Admitted struct{}
)

func (Ticked) event()   {}
func (Joined) event()   {}
func (Began) event()    {}
func (Voted) event()    {}
func (Paused) event()   {}
func (Resumed) event()  {}
func (Skipped) event()  {}
func (Stopped) event()  {}
func (Posted) event()   {}
func (Refused) event()  {}
func (Vanished) event() {}
func (Asked) event()    {}
func (Returned) event() {}
func (Barred) event()   {}
func (Admitted) event() {}

// Refusal says why the stage will not show a message, however often it is asked.
type Refusal string

const (
	ChannelGone    Refusal = "channel gone"    // the channel or the guild is no more
	NotAllowed     Refusal = "not allowed"     // a permission is missing
	MessageMissing Refusal = "message missing" // the message to edit was deleted
	Unacceptable   Refusal = "unacceptable"    // the stage says the message itself is wrong: our fault
)

// Effect is what Step wants told beside the outbox.
type Effect interface{ effect() }

type (
	// Typing asks for a sign that the next beat is near.
	Typing struct{}
	// Stuck says that from now on the reading waits until it may be shown again. The host is to be told elsewhere: where
	// it is held, nothing can be. Why is that of Refused, or nil when the place is locked.
	Stuck struct{ Why error }
	// Refreshed asks for an edit that may be lost: a newer one will follow.
	Refreshed struct{ Message Message }
	// Answer is what the member who caused the event is told, privately.
	Answer struct {
		Outcome Outcome
		Option  string    // the option's text: Counted, Changed, Same
		Before  string    // the option chosen before: Changed
		Closes  time.Time // when the vote closes, if that is known
	}
)

// Entries picks what belongs into the log out of effects.
func Entries(effects []Effect) []Entry {
	var log []Entry
	for _, e := range effects {
		if entry, ok := e.(Entry); ok {
			log = append(log, entry)
		}
	}
	return log
}

func (Typing) effect()    {}
func (Stuck) effect()     {}
func (Refreshed) effect() {}
func (Answer) effect()    {}
func (Entry) effect()     {}

// Outcome says what became of a member's wish.
type Outcome string

const (
	Done         Outcome = "done"          // as was wished
	Counted      Outcome = "counted"       // the ballot counts
	Changed      Outcome = "changed"       // the ballot takes the place of an earlier one
	Same         Outcome = "same"          // the voter had chosen the same already
	VoteOver     Outcome = "vote over"     // the vote is closed; the ballot does not count
	VotePaused   Outcome = "vote paused"   // the reading is paused; the ballot does not count
	HostDecides  Outcome = "host decides"  // only the host may vote in this round
	NoSuchOption Outcome = "no such"       // not an option of this vote
	AlreadyIn    Outcome = "already in"    // is a reader already
	RoomFull     Outcome = "room full"     // MaxReaders have joined
	AlreadyBegun Outcome = "already begun" // the lobby is closed
	NotPaused    Outcome = "not paused"    // there is nothing to resume
	IsPaused     Outcome = "is paused"     // it was before, or there is nothing to skip while it is
	IsOver       Outcome = "is over"       // the reading has ended
	Underway     Outcome = "underway"      // nothing can be skipped: the next message is on its way
)

// Entry is a line of a reading's log: what was told and what was decided, in order. The transcript, the paths not taken
// and a way back are read from it.
type Entry struct {
	At      time.Time       `json:"at"`
	Beat    *Beat           `json:"beat,omitempty"`
	Vote    *Poll           `json:"vote,omitempty"`    // as it closed
	Ink     json.RawMessage `json:"ink,omitempty"`     // with Vote: the story's state when the vote opened
	Steered string          `json:"steered,omitempty"` // "begun", "paused", "resumed", "skipped", "stopped", "broke"
	By      string          `json:"by,omitempty"`
	Ended   bool            `json:"ended,omitempty"`
	Ending  string          `json:"ending,omitempty"` // with Ended: its name, if it has one
}
