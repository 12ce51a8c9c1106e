package narrate

import (
	"time"

	"storyteller/internal/ink"
	"storyteller/internal/narrate/reading"
)

// PlantStep has a narrator step in another way, for tests that see whether a fault is found.
func (n *Narrator) PlantStep(step func(*ink.Program, reading.State, reading.Event, time.Time) (reading.State, []reading.Effect)) {
	n.step = step
}
