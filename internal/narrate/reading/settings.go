package reading

import (
	"time"

	"storyteller/internal/cue"
)

// What a reading is like when neither the author nor the host says otherwise.
const (
	BeatWords    = 90 // about what fits on a phone's screen
	DefaultLobby = 60 * time.Second
)

// How the room is treated.
const (
	ShortestPause = 2 * time.Second  // below it a chat jumps rather than reads
	LeadIn        = 2 * time.Second  // between the end of the lobby and the first beat
	TypingLead    = 2 * time.Second  // how long before a beat the bot is seen typing
	Grace         = 3 * time.Second  // between a settled vote and its close, to change one's mind
	ReturnGrace   = 30 * time.Second // for a vote that ran out while the bot was away for most of it
	RefreshEvery  = 5 * time.Second  // between two edits for a count: Discord limits edits
	LongestLobby  = 24 * time.Hour
)

// How large a reading may grow.
const (
	MaxReaders   = 1000 // listed one by one in the record, which is written with each step
	MaxUntold    = 20   // votes whose other options the ending names
	MaxBeatRunes = 3000 // Discord shows 4000; headings, names and escapes need room too
	MaxSilent    = 1000 // lines without text in a row: more is a story that runs in a circle
)

// Settings are what a reading was started with. They never change afterwards.
type Settings struct {
	Pace  float64       `json:"pace"`  // 1 is WordsPerMinute, 2 twice as fast
	Lobby time.Duration `json:"lobby"` // how long readers can gather
	Vote  time.Duration `json:"vote"`  // how long a vote is open
	Live  bool          `json:"live,omitempty"`
	Ties  Ties          `json:"ties"`
	Speed float64       `json:"speed,omitempty"` // divides every pause and deadline; 0 means 1. For rehearsals.
}

// Ties says what decides between options that have equally many votes.
type Ties string

const (
	DrawLots  Ties = "draw"  // by lot, from the reading's seed
	VoteAgain Ties = "again" // a second round on the tied options; then by lot
	AskHost   Ties = "host"  // the host chooses; if they do not, by lot
)

// withDefaults fills what is unset and bounds what is set.
func (c Settings) withDefaults() Settings {
	if c.Pace <= 0 {
		c.Pace = 1
	}
	c.Pace = min(max(c.Pace, cue.SlowestPace), cue.FastestPace)
	if c.Lobby <= 0 {
		c.Lobby = DefaultLobby
	}
	c.Lobby = min(c.Lobby, LongestLobby)
	if c.Vote <= 0 {
		c.Vote = cue.DefaultVote
	}
	c.Vote = min(max(c.Vote, cue.ShortestVote), cue.LongestVote)
	if c.Ties == "" {
		c.Ties = DrawLots
	}
	return c
}

// scaled divides d by the speed of the reading.
func (c Settings) scaled(d time.Duration) time.Duration {
	if c.Speed <= 0 || c.Speed == 1 {
		return d
	}
	return time.Duration(float64(d) / c.Speed)
}

// readingTime is how long a room needs for so many words, at least ShortestPause.
func (c Settings) readingTime(words int) time.Duration {
	need := time.Duration(float64(words) / (cue.WordsPerMinute * c.Pace) * float64(time.Minute))
	return max(need, ShortestPause)
}
