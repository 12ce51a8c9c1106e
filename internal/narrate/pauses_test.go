package narrate

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// Many readings fail at the same moment when Discord does. They must not all come back at the same moment.
func TestReadingsThatFailedTogetherComeBackApart(t *testing.T) {
	const readings = 1000
	for name, wait := range map[string]func(seed uint64) time.Duration{
		"after a failure":              func(seed uint64) time.Duration { return faultPause(0, seed) },
		"after many":                   func(seed uint64) time.Duration { return faultPause(20, seed) },
		"asked for patience":           func(seed uint64) time.Duration { return patience(30*time.Second, 0, seed) },
		"asked for patience for hours": func(seed uint64) time.Duration { return patience(time.Hour, 3, seed) },
	} {
		t.Run(name, func(t *testing.T) {
			var all []time.Duration
			for n := range readings {
				all = append(all, wait(seed(fmt.Sprint(1456074443984994310+n))))
			}
			slices.Sort(all)
			span := all[len(all)-1] - all[0]
			// In any tenth of the time that they are spread over there are not many more than a tenth of them.
			for i, at := range all {
				n := 0
				for _, other := range all[i:] {
					if other <= at+span/10 {
						n++
					}
				}
				if n > readings/5 {
					t.Fatalf("%d of %d come back within %s", n, readings, span/10)
				}
			}
			if least := min(all[0]/6, LongestPause/2); span < least {
				t.Errorf("%d readings come back within %s, want them spread over %s at least", readings, span, least)
			}
		})
	}
}

// Whoever asks for patience gets at least as much as was asked for, and nobody waits for ever.
func TestPausesHaveBounds(t *testing.T) {
	for faults := range 100 {
		for n := range uint64(100) {
			if d := faultPause(faults, n); d < FirstPause*4/5 || d > LongestPause*6/5 {
				t.Fatalf("after %d failures a reading waits %s", faults, d)
			}
			for _, after := range []time.Duration{0, time.Second, time.Hour} {
				if d := patience(after, faults, n); d < after || d > after+LongestPause {
					t.Fatalf("asked for %s, a reading waits %s", after, d)
				}
			}
		}
	}
}
