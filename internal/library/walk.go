package library

import (
	"math/rand/v2"
	"strings"
	"time"

	"storyteller/internal/cue"
	"storyteller/internal/ink"
)

// How far a play-through goes. What goes on for longer is a story that comes back to the same places for ever.
const (
	maxWalkLines = 30_000
	maxWalkVotes = 500
)

// outcome says how a play-through came to its end.
type outcome int

const (
	ended   outcome = iota // the story did
	broke                  // the story cannot go on
	endless                // the play-through was given up
)

// walk is one play-through of a story.
type walk struct {
	outcome outcome
	err     error // with broke
	lines   int
	words   int
	votes   int
	took    time.Duration // as a room would need
	endings []string      // reached, by name
	last    string        // the last text that was told
}

// guide decides where a play-through goes, and sees what it meets.
type guide struct {
	pick     func(choices []ink.Choice) int // which of the choices to take; nil means by lot
	until    time.Time                      // when to give up
	meta     *Meta                          // pace and votes
	warnings func(s *ink.Story)             // looks at the story when the play-through is over; may be nil
}

// walkThrough plays the story once. The same seed goes the same way.
func walkThrough(p *ink.Program, seed uint64, g guide) walk {
	var w walk
	chance := rand.New(rand.NewPCG(seed, 0x73746f72)) // the second half only has to be the same every time
	s := p.New(seed)
	if g.warnings != nil {
		defer g.warnings(s)
	}
	pace, vote := max(g.meta.Pace, cue.SlowestPace), g.meta.Vote
	if g.meta.Pace == 0 {
		pace = 1
	}
	if vote == 0 {
		vote = cue.DefaultVote
	}
	next := vote
	for lines := 0; ; lines++ {
		if lines >= maxWalkLines || w.votes >= maxWalkVotes || time.Now().After(g.until) {
			w.outcome = endless
			break
		}
		if s.CanContinue() {
			line, err := s.Continue()
			if err != nil {
				w.outcome, w.err = broke, err
				break
			}
			w.lines++
			w.take(line, &next)
			continue
		}
		choices := s.Choices()
		if len(choices) == 0 {
			break
		}
		w.votes++
		w.took += typicalVote(next)
		next = vote
		chosen := 0
		if g.pick != nil {
			chosen = g.pick(choices)
		} else if len(choices) > 1 {
			chosen = chance.IntN(len(choices))
		}
		if err := s.Choose(choices[chosen].Index); err != nil {
			w.outcome, w.err = broke, err
			break
		}
	}
	w.took += time.Duration(float64(w.words) / (cue.WordsPerMinute * pace) * float64(time.Minute))
	return w
}

// take counts a line.
func (w *walk) take(line ink.Line, nextVote *time.Duration) {
	if text := strings.TrimSpace(line.Text); text != "" {
		w.words += len(strings.Fields(text))
		w.last = text
	}
	for _, text := range line.Tags {
		switch name, value := cue.Split(text); name {
		case "pause":
			if d, bad := parsePause(value); bad == nil {
				w.took += d
			}
		case "vote":
			if d, bad := parseVote(value); bad == nil {
				*nextVote = d
			}
		case "ending":
			if value != "" {
				w.endings = append(w.endings, value)
			}
		}
	}
}

// typicalVote is how long a room takes for a vote that is open for d: most have read the options and pressed a button
// by half of the time, and a vote closes early when all have. A vote of hours is for members who look in now and then;
// it takes what it takes.
func typicalVote(d time.Duration) time.Duration {
	return d / 2
}
