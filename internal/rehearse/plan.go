package rehearse

import (
	"hash/fnv"
	"slices"
	"time"
)

// action is a button that a simulated member means to press.
type action struct {
	at      time.Time
	member  int // index
	channel string
	message string
	button  button
}

// plan is what simulated members mean to do, soonest first.
type plan struct {
	actions []action
}

func (p *plan) add(a action) {
	at, _ := slices.BinarySearchFunc(p.actions, a, func(have, add action) int {
		if have.at.After(add.at) {
			return 1
		}
		return -1 // of the same moment: the earlier planned goes first
	})
	p.actions = slices.Insert(p.actions, at, a)
}

// idleWait is how long to wait when nothing is planned; events wake earlier.
const idleWait = time.Hour

// wait is how long until the next action.
func (p *plan) wait(now time.Time) time.Duration {
	if len(p.actions) == 0 {
		return idleWait
	}
	return max(p.actions[0].at.Sub(now), 0)
}

// due takes out the actions whose time has come.
func (p *plan) due(now time.Time) []action {
	n := 0
	for n < len(p.actions) && !p.actions[n].at.After(now) {
		n++
	}
	due := slices.Clone(p.actions[:n])
	p.actions = slices.Delete(p.actions, 0, n)
	return due
}

// hash is a stable number for a text.
func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s)) // never fails
	return h.Sum64()
}
