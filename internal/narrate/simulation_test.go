package narrate_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"storyteller/internal/library"
	"storyteller/internal/narrate/reading"
)

var (
	seeds   = flag.Int64("seeds", 200, "how many seeds TestSimulation runs")
	from    = flag.Int64("from", 0, "the first seed that TestSimulation runs")
	oneSeed = flag.Int64("seed", -1, "the one seed that TestSimulation runs")
)

// Whatever crashes, fails, is late, comes twice or in the wrong order, and whatever the machine's clock does: every beat
// is shown once and in order, every ballot that was acknowledged counts once, no vote ends early, and every reading comes
// to its end. Time is virtual, the store is real.
func TestSimulation(t *testing.T) {
	first, last := *from, *from+*seeds
	if *oneSeed >= 0 {
		first, last = *oneSeed, *oneSeed+1
	}
	for seed := first; seed < last; seed++ {
		if err := simulate(t, seed, none); err != nil {
			t.Fatalf("seed %d: %v\nreplay it with: go test ./internal/narrate -run Simulation -seed=%d", seed, err, seed)
		}
	}
}

// Seeds that failed once, each with what it found. A seed means another world whenever the world is changed, so each of
// these has a test of its own in reading/trouble_test.go.
func TestSimulationOfSeedsThatFailed(t *testing.T) {
	for seed, found := range map[int64]string{
		17:    "an ending was dropped when a permission was missing at the very end",
		22:    "the time of a vote ran out before its message could be shown; a vote that had moved was shown twice",
		18450: "an edit outlived the message that it was to take the place of, so that the record could not be read again",
		206:   "a reading that was stopped where nothing was allowed left its vote open",
	} {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			if err := simulate(t, seed, none); err != nil {
				t.Errorf("%s: %v", found, err)
			}
		})
	}
}

// plantedWithin is how many seeds may pass before a planted fault is found.
const plantedWithin = 1000

// The simulation can fail: faults that are planted are found.
func TestSimulationFindsPlantedFaults(t *testing.T) {
	for _, f := range planted {
		t.Run(string(f), func(t *testing.T) {
			for seed := range int64(plantedWithin) {
				if err := simulate(t, seed, f); err != nil {
					t.Logf("found by seed %d: %.200v", seed, err)
					return
				}
			}
			t.Errorf("not found within %d seeds", plantedWithin)
		})
	}
}

const simulated = `# title: Simulated
# blurb: A story for a world in which everything fails.
# vote: 60s
One. # beat
Two. # beat
* [Left]
  Left. # beat
* [Right]
  Right. # beat
- Between. # beat
{shuffle:
- Sun. # beat
- Rain. # beat
}
* [Up]
  Up. # beat
* [Down]
  Down. # beat
- Last. # beat # ending: Out
-> END
`

// simulate plays one seed, and returns what was wrong with the world at its end.
func simulate(t *testing.T, seed int64, planted fault) (wrong error) {
	t.Helper()
	story, findings := library.Load(fstest.MapFS{"sim.ink": {Data: []byte(simulated)}}, "sim")
	if story == nil {
		t.Fatal(findings)
	}
	folder := t.TempDir()
	defer os.RemoveAll(folder) // and not at the end of all seeds: there may be a hundred thousand
	path := filepath.Join(folder, "sim.db")
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, story, seed, planted, path)
		w.boot()
		for i := range evenings {
			w.begin(i)
		}
		for range 120 {
			time.Sleep(time.Duration(w.pick(people, 6000)) * time.Millisecond)
			w.disturb()
		}
		wrong = w.conclude()
		w.late.Wait()
		wrong = errors.Join(wrong, w.check())
	})
	return wrong
}

// disturb has people act, and things happen to them.
func (w *world) disturb() {
	w.press()
	if w.happens(people, 0.04) {
		w.steer()
	}
	if w.happens(people, 0.03) {
		w.jump()
	}
	if w.happens(people, 0.01) {
		w.deletePaper()
	}
	if w.happens(people, 0.005) {
		w.forbid(time.Duration(w.pick(people, 120)) * time.Second)
	}
	if w.happens(people, 0.002) {
		w.deleteChannel()
	}
	if w.happens(people, 0.02) {
		w.outage()
	}
	if w.happens(people, 0.03) {
		w.endOutages()
	}
	if w.happens(people, 0.02) {
		w.bot().AccessChanged(place(w.pick(people, 2)).Guild)
	}
	if w.happens(people, 0.01) {
		w.lock()
	}
	if w.happens(people, 0.02) {
		w.bot().Hears(false, time.Duration(w.pick(people, 60))*time.Second)
	}
	if w.happens(people, 0.06) {
		w.bot().Hears(true, 0)
	}
	if w.happens(people, 0.05) || w.struck() {
		w.stop(w.happens(people, 0.4))
		away := time.Duration(w.pick(people, 90)) * time.Second
		if w.happens(people, 0.15) {
			away = time.Duration(w.pick(people, 5*60)) * time.Minute
		}
		time.Sleep(away)
		if w.happens(people, 0.2) {
			w.jump()
		}
		w.boot()
	}
}

// press has a few members press buttons, some at the same moment, some twice, some so late that others overtake them.
func (w *world) press() {
	i := w.pick(people, evenings)
	s, live := w.bot().In(place(i).Channel)
	if !live || s.Vote == nil {
		return
	}
	for range 1 + w.pick(people, 3) {
		v := w.ballot(s.Vote.Number, w.pick(people, 2), fmt.Sprint("m", w.pick(people, 5)))
		for range 1 + w.pick(people, 2) {
			late := time.Duration(0)
			if w.happens(people, 0.2) {
				late = time.Duration(w.pick(people, 40_000)) * time.Millisecond
			}
			w.presses.Go(func() {
				time.Sleep(late)
				w.cast(id(i), v)
			})
		}
	}
	synctest.Wait()
}

// steer has the host do something.
func (w *world) steer() {
	i := w.pick(people, evenings)
	events := []reading.Event{
		reading.Paused{By: "host"}, reading.Resumed{By: "host"}, reading.Skipped{By: "host"}, reading.Joined{Reader: "m9"},
		reading.Began{By: "host"}, reading.Asked{}, reading.Stopped{By: "host"},
	}
	e := events[w.pick(people, len(events))]
	if _, stop := e.(reading.Stopped); stop && w.happens(people, 0.8) {
		return
	}
	_, _ = w.bot().Do(w.t.Context(), id(i), e) // what could not be saved has no effect
}

// conclude lets the world calm down and brings every reading to its end.
func (w *world) conclude() error {
	w.presses.Wait()
	w.soothe()
	if w.struck() {
		w.stop(false)
		w.boot()
	}
	w.endOutages()
	w.bot().Hears(true, 0)
	defer w.stop(false)
	for range 300 {
		done := true
		for i := range evenings {
			s, known, err := w.bot().Find(w.t.Context(), id(i))
			if err != nil || !known {
				return fmt.Errorf("reading %s is lost: %w", id(i), err)
			}
			if s.Finished() {
				continue
			}
			done = false
			if s.Phase == reading.OnHold {
				if _, err := w.bot().Do(w.t.Context(), id(i), reading.Resumed{By: "host"}); err != nil {
					return err
				}
			}
			if s.Vote != nil {
				w.cast(id(i), w.ballot(s.Vote.Number, 0, "host"))
			}
		}
		if done {
			return nil
		}
		time.Sleep(10 * time.Second)
	}
	return errors.New("the readings do not come to an end")
}
