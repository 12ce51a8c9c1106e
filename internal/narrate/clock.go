package narrate

import "time"

// clock tells the time of readings: that of the machine's clock when it was started, and from then on what has truly
// passed. Whoever sets the machine's clock while readings go on, by a second or by a year, neither closes a vote early nor
// keeps it open. A machine that was asleep goes on where it was, and so do its readings.
//
// Over a restart the time is the machine's again; what that means for deadlines is the core's (reading.Returned).
type clock struct {
	wall  func() time.Time
	began time.Time // by wall
	from  time.Time // the same moment, by the clock that only goes forward
}

func (c *clock) start() {
	c.began, c.from = c.wall().Round(0), time.Now()
}

func (c *clock) now() time.Time {
	return c.began.Add(time.Since(c.from))
}

// now is the time as readings know it.
func (n *Narrator) now() time.Time { return n.clock.now() }
