package narrate

import (
	"time"

	"storyteller/internal/narrate/reading"
)

// clock tells the time of readings: that of the machine's clock when it was started, and from then on what has truly
// passed. Whoever sets the machine's clock while readings go on, by a second or by a year, neither closes a vote early nor
// keeps it open. A machine that was asleep goes on where it was, and so do its readings.
//
// How far the two have come apart is noted with the sign of life, so that the next process goes on by the same clock. What
// happened to the machine's clock while there was none looks like an absence, or is bounded (reading.State.Bounded).
type clock struct {
	wall  func() time.Time
	began time.Time // the time of readings when the process began
	from  time.Time // the same moment, by the clock that only goes forward
}

// start starts the clock; ahead is how far the machine's clock was before it, when that was last noted.
func (c *clock) start(ahead time.Duration) {
	c.began, c.from = c.wall().Round(0).Add(-ahead), time.Now()
}

func (c *clock) now() time.Time {
	return c.began.Add(time.Since(c.from))
}

// now is the time as readings know it.
func (n *Narrator) now() time.Time { return n.clock.now() }

// clockSlack is what the two clocks may be apart before it matters to what people are shown: they see whole seconds.
const clockSlack = time.Second

// ahead is how far the machine's clock is before that of readings.
func (n *Narrator) ahead() time.Duration {
	ahead := n.clock.wall().Round(0).Sub(n.now())
	if ahead.Abs() < clockSlack {
		return 0
	}
	return ahead
}

// onTheWall is a message with its times as the members' clocks have them.
func (n *Narrator) onTheWall(m reading.Message) reading.Message {
	ahead := n.ahead()
	if ahead == 0 {
		return m
	}
	if m.Card != nil {
		card := *m.Card
		shift(&card.Begins, ahead)
		m.Card = &card
	}
	if m.Poll != nil {
		poll := *m.Poll
		shift(&poll.Closes, ahead)
		m.Poll = &poll
	}
	return m
}

// shift moves a time; one that is not set stays so.
func shift(at *time.Time, by time.Duration) {
	if !at.IsZero() {
		*at = at.Add(by)
	}
}
