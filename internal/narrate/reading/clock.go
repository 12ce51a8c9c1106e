package reading

import "time"

// Bounded returns the reading as it is at now, when a process takes it up. A deadline that is further away than it was
// when it was set can only mean that the machine's clock went back in between; it is brought to that distance, so that
// nothing hangs and nothing ends before its time.
func (s State) Bounded(now time.Time) State {
	switch s.Phase {
	case Lobby:
		bound(&s.Due, now, s.Settings.scaled(s.Settings.Lobby))
	case Telling:
		bound(&s.Due, now, s.Rest)
	}
	if s.Vote != nil {
		v := *s.Vote
		s.Vote = &v
		bound(&v.Closes, now, v.Left)
		bound(&v.Early, now, s.Settings.scaled(Grace))
	}
	return s
}

// bound brings a deadline to at most most from now; one that is not set stays so.
func bound(deadline *time.Time, now time.Time, most time.Duration) {
	if latest := now.Add(most); deadline.After(latest) {
		*deadline = latest
	}
}
