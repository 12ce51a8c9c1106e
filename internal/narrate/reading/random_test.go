package reading

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"
)

// Whatever people do, in whatever order, however late the stage is and however often it repeats itself: every state
// holds, the beats shown are those of the story on the path that was voted, and the reading can be brought to its end.
func TestWhateverHappensTheBeatsAreTheStorys(t *testing.T) {
	for seed := range int64(150) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewSource(seed))
			settings := Settings{Live: r.Intn(2) == 0, Ties: []Ties{DrawLots, VoteAgain, AskHost}[r.Intn(3)]}
			h := newHouse(t, tale, settings)
			for range 150 {
				h.now = h.now.Add(time.Duration(r.Int63n(int64(20 * time.Second))))
				h.random(r)
				if h.s.Phase == Over {
					break
				}
			}
			h.conclude()
			h.checkTold()
		})
	}
}

// random is one thing that may happen.
func (h *house) random(r *rand.Rand) {
	people := []string{"host", "anna", "ben", "cleo"}
	who := people[r.Intn(len(people))]
	switch r.Intn(16) {
	case 0:
		h.step(Joined{Reader: who})
	case 1:
		h.step(Began{By: who})
	case 2:
		h.step(Paused{By: who})
	case 3, 4:
		h.step(Resumed{By: who})
	case 5:
		h.step(Skipped{By: who})
	case 6:
		h.step(Refused{Key: "e999", Reason: NotAllowed}) // of a message long since shown
	case 7:
		if len(h.s.Outbox) > 0 && h.s.Outbox[0].Edit != "" {
			h.step(Refused{Key: h.s.Outbox[0].Key, Reason: MessageMissing})
		}
	case 8:
		if len(h.s.Outbox) > 0 {
			h.step(Refused{Key: h.s.Outbox[0].Key, Reason: NotAllowed})
		}
	case 9:
		if h.s.Vote != nil && h.s.Vote.Message != "" {
			h.step(Vanished{ID: h.s.Vote.Message})
		}
	case 10, 11:
		h.vote(who, r.Intn(3), uint64(r.Intn(1000)))
	case 12, 13:
		if len(h.s.Outbox) > 0 && !h.s.Blocked() {
			h.show()
			h.step(Posted{Key: h.shown[len(h.shown)-1].Key, ID: "again"}) // told twice
		}
	default:
		h.step(Ticked{})
	}
}

// conclude brings the reading to its end as a willing room would.
func (h *house) conclude() {
	for order := uint64(2000); !h.s.Finished(); order++ {
		if order > 3000 {
			h.t.Fatalf("it does not end; phase %s", h.s.Phase)
		}
		if h.s.Phase == OnHold {
			h.step(Resumed{By: "host"})
		}
		h.showAll()
		if h.s.Phase == Voting {
			h.vote("host", 0, order)
		}
		if wake := h.s.Wake(); !wake.IsZero() {
			h.now = wake
			h.step(Ticked{})
		}
	}
}

// checkTold compares the beats on screen with the story, played along the votes of the log.
func (h *house) checkTold() {
	story := h.p.New(h.s.Seed)
	var want []string
	read := func() {
		for story.CanContinue() {
			line, err := story.Continue()
			if err != nil {
				h.t.Fatal(err)
			}
			want = append(want, strings.TrimSpace(line.Text))
		}
	}
	read()
	for _, e := range h.log {
		if e.Vote == nil || e.Vote.Chosen < 0 {
			continue
		}
		if err := story.Choose(e.Vote.Options[e.Vote.Chosen].Index); err != nil {
			h.t.Fatal(err)
		}
		read()
	}
	if !slices.Equal(h.told(), want) {
		h.t.Errorf("told %q, want %q", h.told(), want)
	}
	var logged []string
	for _, e := range h.log {
		if e.Beat != nil {
			logged = append(logged, e.Beat.Text)
		}
	}
	if !slices.Equal(logged, want) {
		h.t.Errorf("logged %q, want %q", logged, want)
	}
}
