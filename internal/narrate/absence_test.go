package narrate_test

import (
	"testing"
	"testing/synctest"
	"time"

	"storyteller/internal/narrate"
	"storyteller/internal/narrate/reading"
)

// A vote of half a minute runs out unheard. Whether the room gets more time depends on how much of it nobody could use,
// however often and for whatever reason that was.
func TestAbsencesAreToldApart(t *testing.T) {
	const vote = 30 * time.Second
	type step struct {
		at time.Duration // since the vote was shown
		do func(s *scene)
	}
	away := func(s *scene) { s.GuildUnavailable("5", true) }
	back := func(s *scene) { s.GuildUnavailable("5", false) }
	deaf := func(s *scene) { s.Hears(false, 0) }
	hears := func(s *scene) { s.Hears(true, 0) }
	for name, c := range map[string]struct {
		steps []step
		grace bool
	}{
		"away for the end of it":               {[]step{{20 * time.Second, away}, {40 * time.Second, back}}, false},
		"away for most of it":                  {[]step{{time.Second, away}, {40 * time.Second, back}}, true},
		"away for a moment, and for the end":   {[]step{{10 * time.Second, away}, {11 * time.Second, back}, {20 * time.Second, away}, {40 * time.Second, back}}, false},
		"away, and deaf before it is back":     {[]step{{time.Second, away}, {16 * time.Second, deaf}, {17 * time.Second, back}, {40 * time.Second, hears}}, true},
		"deaf, and away before it hears":       {[]step{{time.Second, deaf}, {16 * time.Second, away}, {17 * time.Second, hears}, {40 * time.Second, back}}, true},
		"away, and deaf for a moment in there": {[]step{{time.Second, away}, {2 * time.Second, deaf}, {5 * time.Second, hears}, {40 * time.Second, back}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			inScene(t, narrate.Config{}, func(s *scene) {
				id := s.opens(shortStory(t, "tale"), "5", 1)
				s.until(id, reading.Voting)
				synctest.Wait()
				s.does(id, reading.Joined{Reader: "7"})
				s.does(id, reading.Voted{Vote: 1, Option: 1, Voter: "6", Order: 1})
				shown := s.state(id).Vote.Closes.Add(-vote)
				for _, step := range c.steps {
					time.Sleep(time.Until(shown.Add(step.at)))
					step.do(s)
				}
				synctest.Wait()
				state := s.state(id)
				if grace := state.Phase == reading.Voting && state.Vote.Away; grace != c.grace {
					t.Errorf("the reading is %s; there is a grace: %v, want %v", state.Phase, grace, c.grace)
				}
			})
		})
	}
}
