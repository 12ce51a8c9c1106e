package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"storyteller/internal/fakediscord"
)

// ballotStory has one vote, which nobody can leave undecided.
var ballotStory = fstest.MapFS{"tale/tale.ink": {Data: []byte(`# title: The Ferry
# vote: 30s
The ferry was late.
* [Let him go]
  He went aboard without a word.
* [Go yourself]
  You went aboard. He did not wave.
- The engine turned over. # ending: Across
-> END
`)}}

// crowd is members who press a button each, at moments of their own.
type crowd struct {
	r       *room
	message string
	options [2]string // custom ids

	mu      sync.Mutex
	presses map[string]int // option by interaction
	wait    sync.WaitGroup
}

// atTheVote brings a room to its vote.
func atTheVote(t *testing.T, r *room) *crowd {
	t.Helper()
	for _, line := range []string{"0s anna types /story start story=tale", "+1s anna presses Begin", "+10s wait"} {
		if err := r.do(line); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	c := &crowd{r: r, presses: map[string]int{}}
	for i, label := range []string{"Let him go", "Go yourself"} {
		var err error
		if c.message, c.options[i], err = r.findButton(label); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// press has one member after the other press, each step after the one before: the first at the moment given.
func (c *crowd) press(from time.Time, step time.Duration, members int) {
	for n := range members {
		who, err := c.r.member(fmt.Sprintf("m%d", n))
		if err != nil {
			c.r.t.Fatal(err)
		}
		c.wait.Go(func() {
			time.Sleep(time.Until(from.Add(time.Duration(n) * step)))
			option := n % 3 % 2
			id, err := c.r.fake.Forge(fakediscord.PressInput{User: who, Channel: c.r.channel, Message: c.message, CustomID: c.options[option]})
			if err != nil {
				c.r.t.Error(err)
			}
			c.mu.Lock()
			defer c.mu.Unlock()
			c.presses[id] = option
		})
	}
}

// told says what the members were told: how many of each option that it counts, how many that it does not, and how many
// nothing.
func (c *crowd) told(t *testing.T) (counted [2]int, refused, unanswered int) {
	t.Helper()
	c.wait.Wait()
	for id, option := range c.presses {
		o, err := c.r.fake.Outcome(id)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case o.Message == nil:
			unanswered++
		case strings.HasPrefix(o.Message.Content, "Your vote: "):
			counted[option]++
		case strings.Contains(o.Message.Content, "does not count"):
			refused++
		default:
			t.Errorf("a member was told %q", o.Message.Content)
		}
	}
	return counted, refused, unanswered
}

var tallied = regexp.MustCompile(`(?m)\*\*\d+\.\*\* .* · (\d+) votes?`)

// tally is what the closed vote says.
func (c *crowd) tally() (votes [2]int) {
	for _, m := range c.r.fake.Messages(c.r.channel) {
		if found := tallied.FindAllStringSubmatch(m.Text(), -1); len(found) == len(votes) {
			for i := range votes {
				votes[i], _ = strconv.Atoi(found[i][1])
			}
			return votes
		}
	}
	return votes // none was closed
}

// comesOutAs holds the closed vote against what the members were told.
func (c *crowd) comesOutAs(t *testing.T, counted [2]int) {
	t.Helper()
	if result := c.tally(); result != counted {
		t.Errorf("the vote came out as %v, and these were told that they count: %v", result, counted)
	}
}

// inBubble runs a test in a room of its own, in virtual time.
func inBubble(t *testing.T, test func(t *testing.T, r *room)) {
	t.Helper()
	db := filepath.Join(t.TempDir(), "test.db")
	synctest.Test(t, func(t *testing.T) {
		r := newRoom(t, db, ballotStory)
		defer r.close()
		test(t, r)
	})
}

// disks are what a crowd's ballots go through.
var disks = map[string]func(commit func() error) error{
	"the disk is fast": nil,
	"the disk is slow": func(commit func() error) error {
		time.Sleep(30 * time.Millisecond)
		return commit()
	},
	"the disk tells late": func(commit func() error) error {
		err := commit()
		time.Sleep(30 * time.Millisecond)
		return err
	},
}

// While a vote closes, members go on pressing. Whoever is told that their vote counts is in the result, and nobody else.
func TestPressesInTheMomentOfClosing(t *testing.T) {
	for name, disk := range disks {
		for _, step := range []time.Duration{2 * time.Millisecond, 100 * time.Microsecond, 0} {
			t.Run(fmt.Sprintf("%s, %s", name, step), func(t *testing.T) {
				inBubble(t, func(t *testing.T, r *room) {
					c := atTheVote(t, r)
					r.setDisk(disk)
					const members = 600
					c.press(r.began.Add(closes-members/2*step), step, members)
					time.Sleep(2 * time.Minute)
					r.settle()
					counted, refused, unanswered := c.told(t)
					if step > time.Millisecond && (counted[0] == 0 || counted[1] == 0 || refused == 0) || unanswered > 0 {
						t.Errorf("%v were counted, %d refused, %d not answered: want some of each, and all answered", counted, refused, unanswered)
					}
					c.comesOutAs(t, counted)
				})
			})
		}
	}
}

// A disk that fails now and then: whoever is told that their vote could not be saved is not in the result, also when the
// bot is restarted before the vote closes, and whoever is told that it counts is.
func TestPressesThatCannotBeSaved(t *testing.T) {
	for name, fails := range map[string]func(commit func() error) error{
		"not written":          func(func() error) error { return syscall.EIO },
		"written but not told": func(commit func() error) error { return errors.Join(commit(), syscall.EIO) },
	} {
		for _, restart := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, restart %v", name, restart), func(t *testing.T) {
				inBubble(t, func(t *testing.T, r *room) {
					c := atTheVote(t, r)
					commits := 0
					r.setDisk(func(commit func() error) error {
						if commits++; commits%3 == 0 {
							return fails(commit)
						}
						return commit()
					})
					c.press(time.Now(), 10*time.Millisecond, 100)
					time.Sleep(2 * time.Second)
					r.setDisk(nil)
					if restart {
						r.end()
						r.start()
					}
					time.Sleep(2 * time.Minute)
					r.settle()
					counted, refused, unanswered := c.told(t)
					if counted[0] == 0 || counted[1] == 0 || refused == 0 || unanswered > 0 {
						t.Errorf("%v were counted, %d refused, %d not answered: want some of each, and all answered", counted, refused, unanswered)
					}
					c.comesOutAs(t, counted)
				})
			})
		}
	}
}

// closes is when the vote closes by itself.
const closes = 35 * time.Second

// While the bot stops, once as the vote closes, members go on pressing. What was acknowledged is there after the restart;
// nobody is told that a vote counts, or does not, which is not so.
func TestPressesAtADyingBot(t *testing.T) {
	for name, disk := range disks {
		for step, at := range map[time.Duration]time.Duration{2 * time.Millisecond: 15 * time.Second, 0: 16 * time.Second, time.Millisecond: closes} {
			t.Run(fmt.Sprintf("%s, %s", name, step), func(t *testing.T) {
				inBubble(t, func(t *testing.T, r *room) {
					c := atTheVote(t, r)
					r.setDisk(disk)
					const members = 200
					stops := r.began.Add(at)
					c.press(stops.Add(-members/2*step), step, members)
					time.Sleep(time.Until(stops))
					r.end()
					c.wait.Wait()
					time.Sleep(5 * time.Second) // until Discord has told those that nobody heard
					r.start()
					time.Sleep(2 * time.Minute)
					r.settle()
					counted, refused, unanswered := c.told(t)
					if step > 0 && (counted[0] == 0 || counted[1] == 0 || refused+unanswered == 0) {
						t.Errorf("%v were counted, %d refused, %d not answered: want both", counted, refused, unanswered)
					}
					result := c.tally()
					extra := result[0] + result[1] - counted[0] - counted[1]
					if result[0] < counted[0] || result[1] < counted[1] || extra > unanswered {
						t.Errorf("the vote came out as %v; %v were told that they count, %d were told nothing", result, counted, unanswered)
					}
				})
			})
		}
	}
}

// A press while the connection is broken reaches the bot when the session is resumed.
func TestAPressWhileTheConnectionIsBroken(t *testing.T) {
	inBubble(t, func(t *testing.T, r *room) {
		c := atTheVote(t, r)
		r.fake.Gateway().Cut()
		c.press(time.Now(), 100*time.Microsecond, 6)
		time.Sleep(10 * time.Second)
		if counted, refused, unanswered := c.told(t); refused+unanswered > 0 {
			t.Errorf("%v were counted, %d refused, %d not answered", counted, refused, unanswered)
		}
		for id := range c.presses { // a resume may bring what had come before
			if err := r.fake.Gateway().Redeliver(id); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(time.Minute)
		r.settle()
		if result := c.tally(); result != [2]int{4, 2} {
			t.Errorf("the vote came out as %v", result)
		}
		if n := r.fake.Gateway().Resumes(); n != 1 {
			t.Errorf("the session was resumed %d times", n)
		}
	})
}

// The bot hears nothing of Discord for five minutes, while what it sends arrives. The vote ran out, and the reading seemed to
// be in an empty room, before that was noticed: the vote is held again, with the presses that Discord kept.
func TestAVoteIsHeldAgainWhenItWasNotHeard(t *testing.T) {
	inBubble(t, func(t *testing.T, r *room) {
		c := atTheVote(t, r)
		r.fake.Gateway().Mute(true)
		c.press(time.Now(), time.Second, 4)
		time.Sleep(5 * time.Minute)
		r.fake.Gateway().Mute(false)
		time.Sleep(2 * time.Minute) // a connection that is being made, the one after it, and the vote
		r.settle()
		if result := c.tally(); result != [2]int{3, 1} {
			t.Errorf("the vote came out as %v:\n%s", result, r.written())
		}
		if !strings.Contains(r.written(), "The vote is open again.") {
			t.Errorf("nobody was told:\n%s", r.written())
		}
	})
}
