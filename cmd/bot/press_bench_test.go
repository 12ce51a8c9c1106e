package main

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"storyteller/internal/fakediscord"
	"storyteller/internal/store"
)

// percentile sorts what was measured; p is from 0 to 1.
func percentile(all []time.Duration, p float64) time.Duration {
	slices.Sort(all)
	return all[min(len(all)-1, int(p*float64(len(all))))]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// BenchmarkPress presses the buttons of one vote 1,000 times a second, for ten seconds in each turn, and measures from the
// moment at which a press was due to the moment at which its answer reaches Discord. In between are the frame on the
// gateway, discordgo, the decision, the ballot on the disk (a real file, and a real sync), and the call of the answer;
// only the network is missing, and Discord runs in the same process.
func BenchmarkPress(b *testing.B) {
	const members, perSecond, seconds = 2000, 1000, 10
	c := newFullHouse(b)
	for b.Loop() {
		db := filepath.Join(b.TempDir(), "bot.db")
		fake := fakediscord.New(fakediscord.Options{Limits: fakediscord.Limits{Off: true}})
		box := c.ballotBox(fake, time.Hour)
		c.keep(b, db, box)
		var g gauge
		h := enterHall(b, fake, db, store.Options{}, g.over)
		ids := voters(b, fake, members)
		ctx, cancel := context.WithTimeout(b.Context(), time.Minute)
		message, options := h.buttons(ctx, box.Place.Channel)

		due := make(map[string]time.Time, perSecond*seconds)
		began := time.Now()
		for i := range perSecond * seconds {
			at := began.Add(time.Duration(i) * time.Second / perSecond)
			time.Sleep(time.Until(at))
			id, err := fake.Press(fakediscord.PressInput{
				User: ids[i%members], Channel: box.Place.Channel, Message: message, CustomID: options[(i/7)%len(options)],
			})
			if err != nil {
				b.Fatal(err)
			}
			due[id] = at
		}
		var waits []time.Duration
		for id, at := range due {
			if o, err := fake.WaitOutcome(ctx, id); err != nil || o.Message == nil {
				b.Fatalf("a press was not answered: %+v, %v", o, err)
			}
			g.mu.Lock()
			waits = append(waits, g.answers[id].Sub(at))
			g.mu.Unlock()
		}
		b.ReportMetric(milliseconds(percentile(waits, 0.5)), "ms-p50")
		b.ReportMetric(milliseconds(percentile(waits, 0.99)), "ms-p99")
		b.ReportMetric(milliseconds(percentile(waits, 1)), "ms-max")
		cancel()
		h.leave()
		fake.Close()
	}
}
