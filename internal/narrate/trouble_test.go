package narrate_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"storyteller/internal/ink"
	"storyteller/internal/library"
	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
	"storyteller/internal/store"
	"storyteller/internal/testlog"
)

// scene is a narrator on a stage of its own, in virtual time.
type scene struct {
	*testing.T
	*narrate.Narrator
	db   *store.Store
	stop func()
}

// inScene runs a test with a narrator. The stage and the clock may be nil for ordinary ones.
func inScene(t *testing.T, c narrate.Config, test func(s *scene)) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db")
	synctest.Test(t, func(t *testing.T) {
		db, err := store.Open(path, store.Options{Volatile: true})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		s := &scene{T: t, db: db}
		s.run(c)
		defer func() { s.stop() }() // of the narrator that runs by then
		test(s)
	})
}

func (s *scene) run(c narrate.Config) {
	if c.Store == nil {
		c.Store = s.db
	}
	if c.Stage == nil {
		c.Stage = &wall{}
	}
	s.Narrator = narrate.New(c)
	if err := s.Load(s.Context()); err != nil {
		s.Fatal(err)
	}
	ctx, cancel := context.WithCancel(s.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Narrator.Run(ctx) }()
	<-s.Begun()
	s.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			s.Error(err)
		}
	}
}

// shortStory is one line, a vote of half a minute, and an end.
func shortStory(t *testing.T, name string) *library.Story {
	t.Helper()
	source := "# title: " + name + "\n# vote: 30s\nOnce.\n* [Left]\n  Left.\n* [Right]\n  Right.\n- # ending: E\n-> END\n"
	story, findings := library.Load(fstest.MapFS{name + ".ink": {Data: []byte(source)}}, name)
	if findings.Failed() {
		t.Fatal(findings)
	}
	return story
}

// opens starts a reading in a channel of its own, and begins it.
func (s *scene) opens(story *library.Story, guild string, n int) string {
	s.Helper()
	id := fmt.Sprint(100 + n)
	place := reading.Place{Guild: guild, Channel: fmt.Sprint(n)}
	if _, err := s.Start(s.Context(), narrate.Opening{ID: id, Place: place, Host: "6", Story: story}); err != nil {
		s.Fatal(err)
	}
	s.does(id, reading.Began{By: "6"})
	return id
}

func (s *scene) does(id string, e reading.Event) reading.Answer {
	s.Helper()
	a, err := s.Do(s.Context(), id, e)
	if err != nil {
		s.Fatal(err)
	}
	return a
}

func (s *scene) state(id string) reading.State {
	s.Helper()
	state, known, err := s.Find(s.Context(), id)
	if err != nil || !known {
		s.Fatalf("reading %s: %v", id, err)
	}
	return state
}

// until lets time pass until the reading is in a phase.
func (s *scene) until(id string, phase reading.Phase) {
	s.Helper()
	for range 1000 {
		if s.state(id).Phase == phase {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.Fatalf("the reading does not come to be %s: it is %s", phase, s.state(id).Phase)
}

// While the bot does not hear Discord, nobody can vote: no vote closes, and there is a grace after it.
func TestAVoteDoesNotCloseUnheard(t *testing.T) {
	inScene(t, narrate.Config{}, func(s *scene) {
		id := s.opens(shortStory(t, "tale"), "5", 1)
		s.until(id, reading.Voting)
		s.Hears(false, 0)
		time.Sleep(10 * time.Minute)
		if state := s.state(id); state.Phase != reading.Voting || state.Vote.Extends {
			t.Fatalf("the reading is %s; extended: %v", state.Phase, state.Vote != nil && state.Vote.Extends)
		}
		s.Hears(true, 0)
		synctest.Wait()
		state := s.state(id)
		if left := time.Until(state.Vote.Closes); !state.Vote.Away || left != reading.ReturnGrace {
			t.Fatalf("the vote is open for %v more, away: %v", left, state.Vote.Away)
		}
		s.does(id, reading.Voted{Vote: 1, Option: 1, Voter: "6", Order: 1})
		time.Sleep(reading.Grace + time.Second)
		if state := s.state(id); state.Phase == reading.Voting {
			t.Error("the vote does not close")
		}
	})
}

// A connection that breaks for a moment changes nothing.
func TestAVoteThatWasHeardForLongClosesWhenItShould(t *testing.T) {
	inScene(t, narrate.Config{}, func(s *scene) {
		id := s.opens(shortStory(t, "tale"), "5", 1)
		s.until(id, reading.Voting)
		s.does(id, reading.Joined{Reader: "7"})
		s.does(id, reading.Voted{Vote: 1, Option: 1, Voter: "6", Order: 1})
		closes := s.state(id).Vote.Closes
		time.Sleep(5 * time.Second)
		s.Hears(false, 0)
		time.Sleep(3 * time.Second)
		s.Hears(true, 0)
		time.Sleep(time.Until(closes) + 100*time.Millisecond)
		if state := s.state(id); state.Phase == reading.Voting {
			t.Errorf("the vote is still open, until %v", time.Until(state.Vote.Closes))
		}
	})
}

// shownPolls remembers what the stage was given.
type shownPolls struct {
	wall
	mu     sync.Mutex
	closes time.Time
}

func (p *shownPolls) Post(ctx context.Context, posting narrate.Posting) (string, error) {
	p.mu.Lock()
	if posting.Message.Poll != nil {
		p.closes = posting.Message.Poll.Closes
	}
	p.mu.Unlock()
	return p.wall.Post(ctx, posting)
}

func (p *shownPolls) shown() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closes
}

// Members see when a vote closes by their own clocks, whatever this machine's clock was when the bot started; the clock of
// readings goes on over a restart.
func TestShownTimesAreThoseOfTheWall(t *testing.T) {
	var wrong atomic.Int64
	wrong.Store(int64(2 * time.Hour))
	stage := &shownPolls{}
	config := narrate.Config{Stage: stage, Wall: func() time.Time { return time.Now().Add(time.Duration(wrong.Load())) }}
	inScene(t, config, func(s *scene) {
		id := s.opens(shortStory(t, "tale"), "5", 1)
		wrong.Store(0) // the clock is set right
		s.until(id, reading.Voting)
		synctest.Wait()
		if left := time.Until(stage.shown()); left < 25*time.Second || left > 30*time.Second {
			t.Errorf("the channel is told that the vote closes in %v", left)
		}
		if left := time.Until(s.state(id).Vote.Closes); left < 25*time.Second || left > 30*time.Second {
			t.Errorf("the status is that it closes in %v", left)
		}
		closes := s.state(id).Vote.Closes
		s.stop()
		s.run(config)
		if again := s.state(id).Vote.Closes; again.Sub(closes).Abs() > time.Second {
			t.Errorf("after a restart the vote closes at %v, before at %v", again, closes)
		}
	})
}

// forbidding is a stage on which nothing is allowed.
type forbidding struct {
	wall
	mu       sync.Mutex
	refused  int
	hiccough bool // the next post fails without a reason
	allowed  bool
}

func (f *forbidding) Post(ctx context.Context, p narrate.Posting) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.hiccough:
		f.hiccough = false
		return "", errors.New("out of order")
	case f.allowed:
		return f.wall.Post(ctx, p)
	}
	f.refused++
	return "", &narrate.StageError{Reason: reading.NotAllowed, Err: errors.New("no")}
}

// A guild whose permissions never rest does not use up the refusals that all guilds share.
func TestAGuildThatChangesAllTheTimeIsLeftAlone(t *testing.T) {
	stage := &forbidding{}
	inScene(t, narrate.Config{Stage: stage}, func(s *scene) {
		story := shortStory(t, "tale")
		for n := range 20 {
			s.opens(story, "5", n)
		}
		for range 280 {
			s.AccessChanged("5")
			time.Sleep(2100 * time.Millisecond)
		}
		stage.mu.Lock()
		if stage.refused > 500 {
			t.Errorf("%d refusals in ten minutes", stage.refused)
		}
		stage.allowed = true
		stage.mu.Unlock()
		s.AccessChanged("5")
		time.Sleep(6 * time.Minute)
		for n := range 20 {
			if state := s.state(fmt.Sprint(100 + n)); state.Blocked() {
				t.Errorf("reading %d still waits", n)
			}
		}
	})
}

// A permission that came back is tried until there is an answer.
func TestATryWithoutAnAnswerIsTriedAgain(t *testing.T) {
	stage := &forbidding{}
	inScene(t, narrate.Config{Stage: stage}, func(s *scene) {
		id := s.opens(shortStory(t, "tale"), "5", 1)
		s.until(id, reading.OnHold)
		stage.mu.Lock()
		stage.hiccough, stage.allowed = true, true
		stage.mu.Unlock()
		s.AccessChanged("5")
		time.Sleep(10 * time.Second)
		if state := s.state(id); state.Phase == reading.OnHold {
			t.Error("the reading still waits")
		}
	})
}

// A fault of ours in one reading is not the end of the others.
func TestAPanicInOneReadingIsItsOwn(t *testing.T) {
	var log testlog.Buffer
	inScene(t, narrate.Config{Stage: &stumbling{}, Log: slog.New(slog.NewTextHandler(&log, nil))}, func(s *scene) {
		s.PlantStep(func(p *ink.Program, state reading.State, e reading.Event, now time.Time) (reading.State, []reading.Effect) {
			if _, tick := e.(reading.Ticked); tick && state.ID == "101" {
				panic("planted")
			}
			return reading.Step(p, state, e, now)
		})
		story := shortStory(t, "tale")
		s.opens(story, "5", 1) // its core stumbles
		s.opens(story, "5", 2) // the stage stumbles over its beat
		third := s.opens(story, "5", 3)
		s.until(third, reading.Voting)
		time.Sleep(10 * time.Minute)
		if state := s.state("102"); state.Phase != reading.OnHold || state.Held.Why != reading.Misfit {
			t.Errorf("the reading that cannot be shown is %s", state.Phase)
		}
		if text := log.String(); strings.Count(text, "planted") < 2 || strings.Count(text, "planted") > 60 {
			t.Errorf("the log names the fault %d times:\n%s", strings.Count(text, "planted"), text)
		}
	})
}

// stumbling is a stage that stumbles over the beats of one reading.
type stumbling struct{ wall }

func (s *stumbling) Post(ctx context.Context, p narrate.Posting) (string, error) {
	if p.Reading == "102" && p.Message.Beat != nil {
		panic("planted")
	}
	return s.wall.Post(ctx, p)
}

// slowShelf is a store from which one story is read slowly.
type slowShelf struct {
	*store.Store
	slow string
}

func (f *slowShelf) Bundle(ctx context.Context, hash string) ([]byte, bool, error) {
	if hash == f.slow {
		time.Sleep(time.Hour)
	}
	return f.Store.Bundle(ctx, hash)
}

// A story that takes long to be read delays its own readings only.
func TestOneStorysReadDelaysNoOther(t *testing.T) {
	slow, quick := shortStory(t, "slow"), shortStory(t, "quick")
	inScene(t, narrate.Config{}, func(s *scene) {
		s.opens(slow, "5", 1)
		id := s.opens(quick, "6", 2)
		s.stop()
		s.run(narrate.Config{Store: &slowShelf{Store: s.db, slow: slow.Hash}})
		s.until(id, reading.Voting)
		if waited := time.Since(s.state(id).Started); waited > time.Minute {
			t.Errorf("the other story's vote came after %v", waited)
		}
		time.Sleep(time.Hour)
	})
}
