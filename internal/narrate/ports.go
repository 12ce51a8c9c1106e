package narrate

import (
	"context"
	"time"

	"storyteller/internal/narrate/reading"
	"storyteller/internal/narrate/vote"
)

// Stage is where a reading is shown. Its methods may be called for many readings at once, never at once for one.
type Stage interface {
	// Post shows a new message and returns its id. Posting the same Reading and Message.Key again shows nothing new:
	// it returns the id of the first. An error is a *StageError when the stage knows what is to be done about it;
	// any other error means that the outcome is unknown, and the message is posted again later.
	Post(ctx context.Context, p Posting) (id string, err error)
	// Edit makes the message p.Message.ID look like p.Message. Errors are as those of Post.
	Edit(ctx context.Context, p Posting) error
	// Typing shows for some seconds that a message is near. It may fail without harm.
	Typing(ctx context.Context, place reading.Place) error
	// TellHost tells the host, and nobody else, that a reading waits because it may not be shown where it is held. It
	// may fail without harm: the host may not want to be told anything.
	TellHost(ctx context.Context, w Waiting) error
}

// Waiting is what a host is told of a reading that waits.
type Waiting struct {
	Reading string // the reading's id
	Key     string // of this wait, among all that the reading has to tell
	Place   reading.Place
	Host    string
	Title   string // of the story
	Why     error  // what the stage said when it refused a message; nil if the place is locked
}

// Posting is one message of a reading on its way to the stage.
type Posting struct {
	Reading string // the reading's id
	Place   reading.Place
	Story   reading.Story
	Message reading.Message
	Picture []byte  // what the cover of a card or the image of a beat shows; nil if there is none, or none to be had
	Ending  Endings // with an Ending: how many of the story's endings the guild knows, this one among them
	After   string  // id of the newest message of the reading that is known to be on screen; empty if none is

	// A message may be on screen already, by an earlier try whose answer was lost.
	Tried     time.Time // when this process tried it first, by the clock that only goes forward; zero if it did not
	Inherited bool      // an earlier process may have shown it: nobody knows how long ago
}

// Endings counts the named endings of a story that the readings of a guild have reached.
type Endings struct {
	Found, All int
}

// StageError is a refusal that the stage understands.
type StageError struct {
	Reason reading.Refusal // why it will never work; empty: try again
	After  time.Duration   // with an empty Reason: not before this has passed
	Err    error
}

func (e *StageError) Error() string { return e.Err.Error() }
func (e *StageError) Unwrap() error { return e.Err }

// Store keeps readings. Every method is safe for concurrent use, and has written to the disk what it was given when it
// returns without an error.
type Store interface {
	// Save writes the record of a reading and appends to its log, all of it or nothing. A reading that is Finished
	// leaves the live ones; its log stays. The ballots of votes other than the open one go.
	Save(ctx context.Context, s reading.State, log []reading.Entry) error
	// Cast writes one ballot of an open vote. Of two by the same voter, the one with the higher Order stays.
	Cast(ctx context.Context, id string, number int, b vote.Ballot) error
	// Live calls yield with each live reading, the ballots of its open vote in place. A record that cannot be read is
	// given as its id and an error.
	Live(ctx context.Context, yield func(id string, s reading.State, err error)) error
	// Log reads the log of a reading, in order. A reading that is not known has none.
	Log(ctx context.Context, id string) ([]reading.Entry, error)
	// Past returns the last record of a reading that is over; false if it is not known.
	Past(ctx context.Context, id string) (reading.State, bool, error)
	// KeepBundle keeps what a reading needs of a story under its hash. It does nothing when it is there already.
	KeepBundle(ctx context.Context, hash string, bundle []byte) error
	// Bundle returns what KeepBundle kept; false if there is none.
	Bundle(ctx context.Context, hash string) ([]byte, bool, error)
	// Alive notes that the process was there at this moment, by the clock of readings, and how far the machine's clock was
	// ahead of that; LastAlive returns what was noted last, or the zero time.
	Alive(ctx context.Context, at time.Time, ahead time.Duration) error
	LastAlive(ctx context.Context) (at time.Time, ahead time.Duration, err error)
	// LeftGuild notes that the bot was removed from a guild; of several such moments the first counts, until BackInGuild.
	LeftGuild(ctx context.Context, guild string, at time.Time) error
	BackInGuild(ctx context.Context, guild string) error
	// Guilds lists every guild that the store knows something of.
	Guilds(ctx context.Context) ([]string, error)
	// ForgetGuilds drops all that is known of guilds that were left before the moment given, and returns which those are.
	ForgetGuilds(ctx context.Context, leftBefore time.Time) ([]string, error)
	// EndingsFound lists the names of the endings that readings of the story have reached in the guild, sorted.
	EndingsFound(ctx context.Context, guild, story string) ([]string, error)
}
