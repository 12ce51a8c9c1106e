package discord

import (
	"context"
	"sync"
)

// crew counts those at work, takes no more than a number of them at once, and none once it is to end. A sync.WaitGroup
// does not allow one to begin while another waits for all.
type crew struct {
	most  int
	mu    sync.Mutex
	n     int
	ended bool
	idle  chan struct{} // closed when the last has finished after the end
}

func newCrew(most int) *crew { return &crew{most: most, idle: make(chan struct{})} }

// run does the work in a goroutine, unless the crew has ended. It returns false when there are too many at work.
func (c *crew) run(work func()) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return true // nobody is told: there is nobody any more
	}
	if c.n >= c.most {
		return false
	}
	c.n++
	go func() {
		defer c.finished()
		work()
	}()
	return true
}

func (c *crew) finished() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n--
	if c.ended && c.n == 0 {
		close(c.idle)
	}
}

// end lets nobody begin any more and waits for those at work, or for ctx. It says whether all have finished.
func (c *crew) end(ctx context.Context) bool {
	c.mu.Lock()
	c.ended = true
	working := c.n > 0
	c.mu.Unlock()
	if !working {
		return true
	}
	select {
	case <-c.idle:
		return true
	case <-ctx.Done():
		return false
	}
}
