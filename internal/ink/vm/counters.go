package vm

import "math"

// never is the turn of a container that was not visited.
const never = math.MinInt32

// pageSize is how many containers' counts lie together. A reader sees a small
// part of a large story: pages without a visit take no memory.
const pageSize = 32

// counters hold what is recorded of visits to containers, by slot.
type counters struct{ pages []*[pageSize]counter }

type counter struct{ visits, turn int32 }

func newCounters(n int) counters {
	return counters{make([]*[pageSize]counter, (n+pageSize-1)/pageSize)}
}

func (c counters) get(slot int32) counter {
	if page := c.pages[slot/pageSize]; page != nil {
		return page[slot%pageSize]
	}
	return counter{turn: never}
}

// at returns the counter to change it.
func (c counters) at(slot int32) *counter {
	page := &c.pages[slot/pageSize]
	if *page == nil {
		*page = new([pageSize]counter)
		for i := range *page {
			(*page)[i].turn = never
		}
	}
	return &(*page)[slot%pageSize]
}
