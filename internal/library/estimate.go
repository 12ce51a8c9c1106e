package library

import (
	"math"
	"slices"
	"time"
)

// The length of a story is measured on play-throughs by lot: enough of them that the middle one is typical, few enough
// that a library is read in no time.
const (
	estimateWalks = 15
	estimateTime  = 500 * time.Millisecond // for a story that computes more than it tells
	firstTime     = 20 * time.Second       // for the first of them, which has to tell whether the story goes round
)

// estimate measures how long a typical reading takes.
func (d *draft) estimate() {
	g := guide{meta: &d.story.Meta, until: time.Now().Add(firstTime)}
	var took []time.Duration
	var votes []int
	broken, told := 0, false
	var fault error
	for seed := range uint64(estimateWalks) {
		switch w := walkThrough(d.program, seed+1, g); w.outcome {
		case ended:
			took = append(took, w.took)
			votes = append(votes, w.votes)
			told = told || w.words > 0 || w.votes > 0 || len(w.endings) > 0
		case broke:
			broken++
			fault = w.err
		case endless:
			if w.lines >= maxWalkLines && w.votes == 0 {
				d.broken = true
				d.findings.add(Error, place{file: d.main}, "lead it to a choice, or to -> END",
					"the story goes on for ever: %d lines without a vote", w.lines)
				return
			}
		}
		if seed == 0 {
			g.until = time.Now().Add(estimateTime)
		}
	}
	if d.broken = broken == estimateWalks; d.broken {
		if d.ranOut(fault) {
			return
		}
		at, msg := d.faultOf(fault)
		d.findings.add(Error, at, "", "the story breaks whatever is chosen: %s", msg)
		return
	}
	if len(took) == estimateWalks && !told && len(d.pictures) == 0 {
		d.broken = true
		d.findings.add(Error, place{file: d.main}, "write what the readers are told: each line of it becomes a message, \"-> END\" ends it", "the story has no text")
		return
	}
	if len(took) > 0 {
		slices.Sort(took)
		slices.Sort(votes)
		d.story.Meta.Minutes = max(1, int(math.Round(took[len(took)/2].Minutes())))
		d.story.Meta.Votes = votes[len(votes)/2]
	}
}
