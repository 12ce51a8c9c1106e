package main

import (
	"strings"
	"testing"
	"time"
)

// The bot hears nothing of Discord for five minutes, and its session is over by then: it has to log in anew, at which all
// servers are away for a moment. The vote that ran out meanwhile is held again all the same.
func TestAVoteIsHeldAgainAfterANewLogin(t *testing.T) {
	inBubble(t, func(t *testing.T, r *room) {
		c := atTheVote(t, r)
		gateway := r.fake.Gateway()
		gateway.Mute(true)
		time.Sleep(5 * time.Minute)
		gateway.ExpireSessions()
		gateway.Mute(false)
		logins := gateway.Identifies()
		time.Sleep(90 * time.Second) // a connection that is being made, and the one after it
		r.settle()
		if n := gateway.Identifies(); n != logins+1 {
			t.Fatalf("the bot logged in %d times", n-logins)
		}
		if !strings.Contains(r.written(), "The vote is open again.") {
			t.Fatalf("the vote is not held again:\n%s", r.written())
		}
		c.press(time.Now(), time.Millisecond, 4)
		time.Sleep(2 * time.Minute)
		r.settle()
		if result := c.tally(); result != [2]int{3, 1} {
			t.Errorf("the vote came out as %v:\n%s", result, r.written())
		}
	})
}

// A bot that comes back does not hear Discord before it has logged in, which may take minutes: until then a vote that has
// run out is not closed, and then the room has a little more of it.
func TestAVoteWaitsForTheFirstLogin(t *testing.T) {
	inBubble(t, func(t *testing.T, r *room) {
		c := atTheVote(t, r)
		r.end()
		r.fake.Gateway().Mute(true)
		time.AfterFunc(100*time.Second, func() { r.fake.Gateway().Mute(false) })
		r.start() // returns after the login
		c.press(time.Now(), time.Millisecond, 4)
		time.Sleep(2 * time.Minute)
		r.settle()
		if counted, refused, unanswered := c.told(t); counted != [2]int{3, 1} || refused+unanswered > 0 {
			t.Errorf("%v were counted, %d refused, %d not answered", counted, refused, unanswered)
		}
		if result := c.tally(); result != [2]int{3, 1} {
			t.Errorf("the vote came out as %v:\n%s", result, r.written())
		}
	})
}
